"""Every word that a script file can hold: its shape, and what it means, said for its authors.

The reader refuses whatever is not listed here, and docs/script.schema.json is made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Shape = Literal[
    "name", "step id", "answer", "names", "text", "label", "texts", "flag", "number", "condition",
    "conditions", "one of", "steps", "choices", "offer", "ways", "budget", "page", "parts",
    "picture", "round",
]  # fmt: skip
"""What may stand behind a key.

A `name` and a `label` are never empty, a `text` may be; a `step id` and an `answer` hold letters,
numbers and _ only (an id - as well); `conditions` are names, each with a condition.
"""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its shape, what it means, and for `one of` the words allowed, with their meaning."""

    shape: Shape
    says: str
    words: Mapping[str, str] = field(default_factory=dict)
    needed: bool = False


KIND_WORDS: Final[Mapping[str, str]] = {
    "choice": "One of the choices.",
    "several": "Any number of the choices.",
    "words": "Whatever somebody writes.",
    "number": "A number. 'least' and 'most' say how small and how large.",
    "yes/no": "Yes or no. The buttons are there by themselves.",
    "person": "Somebody's name. With 'most: 5', up to five names.",
    "place": "The name of a place or a group.",
    "date": "A day, such as tomorrow, Friday or 12 May.",
    "stones": "Five stones to lay on the choices: the more stones, the more it matters.",
}
KEEP_WORDS: Final[Mapping[str, str]] = {
    "keep": "Kept until the person wipes it. This is the rule.",
    "until the end": "Let go when the conversation is finished.",
    "never written": "Used at once by this step's own 'next', and stored nowhere.",
}
PHASE_WORDS: Final[Mapping[str, str]] = {
    "arrive": "Saying hello, and what this is.",
    "self": "The person: how it is for them, what they tried, what matters to them.",
    "other": "The person or people most bound up in it.",
    "situation": "What is around it: rules, money, housing, who else is affected.",
    "together": "All three side by side.",
    "supports": "Who is around, and who could share what.",
    "close": "What was put together, and goodbye.",
}

SCRIPT_KEYS: Final[Mapping[str, Key]] = {
    "id": Key("name", "The name of this dialogue. Once people use it, it stays.", needed=True),
    "title": Key("text", "What people and staff call this dialogue."),
    "inputs": Key("names", "What a dialogue that calls this one has to hand in, by name."),
    "result": Key("conditions", "What the dialogue that called this one gets back, by name."),
    "budget": Key("budget", "How long this may take: minutes, and how many questions at most."),
    "retired": Key("names", "Ids of steps that people have met, and that are gone for good."),
    "round": Key("round", "What a group reads of this round. Only in dialogues/rounds."),
    "steps": Key("steps", "What is said and asked, from top to bottom.", needed=True),
}
STEP_KEYS: Final[Mapping[str, Key]] = {
    "id": Key(
        "step id",
        "The name of this step. Never change it: people may be waiting here.",
        needed=True,
    ),
    "was": Key("names", "Names that this step had before, so that nobody who waits here is lost."),
    "phase": Key("one of", "Which part of the conversation this belongs to.", PHASE_WORDS),
    "only if": Key("condition", "For whom this step is. Everybody else passes it by."),
    "say": Key("texts", "What Kith says here. A list becomes several messages."),
    "ask": Key("one of", "What kind of answer is asked for.", KIND_WORDS),
    "prompt": Key(
        "label",
        "What the group reads when this question comes, in a script of dialogues/rounds. "
        "Each person can then share their answer, or keep it.",
    ),
    "answer": Key("answer", "The name of the answer in texts and conditions. Without it: the id."),
    "keep": Key("one of", "How long the answer is kept.", KEEP_WORDS),
    "fresh": Key("flag", "Yes: ask this again when the answers it depends on have changed."),
    "choices": Key("choices", "What can be picked, a button each. Five at most."),
    "offer": Key("offer", "Buttons made from a list of answers, one for each item."),
    "own words": Key("flag", "Yes: people may also write something that is not on a button."),
    "exact": Key(
        "flag", "Yes: take no near-misses. For questions that somebody's safety hangs on."
    ),
    "postcode": Key(
        "flag",
        "Yes: this asks for a place by the first half of a postcode. "
        "A whole one is cut to that at once; the rest is kept nowhere.",
    ),
    "least": Key("number", "The smallest number that is taken."),
    "most": Key("number", "The largest number; or how many names, choices or stones at most."),
    "skip": Key("text", "Words for the button that leaves this question out."),
    "again": Key("text", "How to ask when the answer was not understood the first time."),
    "next": Key(
        "ways",
        "Where to go from here. The first way whose 'if' is true is taken. "
        "Without 'next', the step below follows.",
    ),
    "call": Key("name", "The id of another dialogue, which is talked through here."),
    "with": Key("conditions", "What that dialogue is handed, by the names of its 'inputs'."),
    "for each": Key("condition", "A list: the dialogue is talked through once for each item."),
    "as": Key("text", "What to call the item of that list under 'with'."),
    "suggest": Key("flag", "Yes: look here for who could share what (suggestions.yaml)."),
    "share": Key(
        "flag",
        "Yes: this text is a message that the person may pass on. Kith sends it to nobody.",
    ),
    "joins": Key(
        "flag",
        "Yes: this brings the person together with the Other, so only those "
        "see it who clearly said that this is safe.",
    ),
    "ending": Key(
        "flag",
        "Yes: this names a person, a group or a place to go to. Every way "
        "through a dialogue needs one.",
    ),
    "remind": Key(
        "condition",
        "Send one message after so many days. Its words stand in words.yaml "
        "under due_ and the id of this step.",
    ),
    "page": Key(
        "page",
        "A sheet to print, which goes along with what is said here. Not beside 'ask'.",
    ),
    "picture": Key(
        "picture",
        "A picture of who and what is around, which goes along with what is said here. "
        "Not beside 'ask' or 'page'. Its legend stands in words.yaml under picture_.",
    ),
    "erase": Key("flag", "Yes: forget everything about this person here."),
    "consent": Key(
        "name",
        "The version of what people agree to here. With a new one, everybody is asked again. "
        "Nothing is asked in words before.",
    ),
}
CHOICE_KEYS: Final[Mapping[str, Key]] = {
    "value": Key("name", "A short name for this choice, used in conditions.", needed=True),
    "label": Key("label", "What the button says.", needed=True),
    "reads": Key("text", "How it reads in the middle of a sentence."),
    "words": Key("texts", "Other things that people may type for it."),
    "if": Key("condition", "When this button is there. Without it: always."),
    "only": Key("flag", "Yes: who picks this can pick nothing else, as with None of these."),
}
OFFER_KEYS: Final[Mapping[str, Key]] = {
    "each": Key("condition", "The list of answers that the buttons are made from.", needed=True),
    "value": Key("condition", "What is kept when a button is picked: item.id", needed=True),
    "label": Key("label", "What the button says, such as {{ item.name }}.", needed=True),
    "if": Key("condition", "Which items get a button. Without it: all of them."),
}
PAGE_KEYS: Final[Mapping[str, Key]] = {
    "title": Key("label", "What stands at the top of the sheet.", needed=True),
    "parts": Key("parts", "The parts of the sheet, from top to bottom.", needed=True),
}
PICTURE_KEYS: Final[Mapping[str, Key]] = {
    "title": Key("label", "What stands at the top of the picture.", needed=True),
    "around": Key("condition", "Whom and what it shows: my_map, or people.", needed=True),
    "could try": Key("condition", "Names of what could be tried, drawn apart from the others."),
    "next step": Key("label", "One step, which stands at the bottom."),
}
PART_KEYS: Final[Mapping[str, Key]] = {
    "heading": Key("label", "What stands above this part.", needed=True),
    "text": Key(
        "label",
        "What stands there. An empty line begins a new paragraph, '- ' an item of a list. "
        "A part without words is left out.",
        needed=True,
    ),
}
WAY_KEYS: Final[Mapping[str, Key]] = {
    "if": Key("condition", "When this way is taken. Leave it out for the last way."),
    "go": Key("name", "The id of the step to go to, or: end", needed=True),
}
ROUND_KEYS: Final[Mapping[str, Key]] = {
    "opens": Key("label", "What the group reads when the round is opened.", needed=True),
    "closes": Key("label", "What the group reads when the round is closed.", needed=True),
    "we": Key(
        "flag",
        "Yes: the round asks about self, other and situation, and ends in one picture of them "
        "and what the group could do together.",
    ),
}
BUDGET_KEYS: Final[Mapping[str, Key]] = {
    "if": Key("condition", "For whom this budget is. Without it: for everybody else."),
    "minutes": Key("number", "How many minutes it may take at most.", needed=True),
    "questions": Key("number", "How many questions may be asked at most."),
}
