"""Every word that a script file can hold: its shape, and what it means, said for its authors.

The reader refuses whatever is not listed here, and docs/script.schema.json is made from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.engine.script import KEEPS, KINDS, PHASES

Shape = Literal[
    "name", "names", "text", "texts", "flag", "number", "condition", "conditions", "one of",
    "steps", "choices", "offer", "ways", "budget", "any",
]  # fmt: skip
"""What may stand behind a key; `conditions` is a mapping of names to conditions."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: its shape, what it means, and for `one of` the words that are allowed."""

    shape: Shape
    says: str
    words: tuple[str, ...] = ()
    needed: bool = False


SCRIPT_KEYS: Final[Mapping[str, Key]] = {
    "id": Key("name", "The name of this dialogue. It stays the same for good.", needed=True),
    "title": Key("text", "What people and staff call it."),
    "inputs": Key("names", "What a dialogue that calls this one has to hand in."),
    "result": Key("conditions", "What a dialogue that called this one gets back."),
    "budget": Key("budget", "How many minutes, and at most how many questions, this may take."),
    "retired": Key("names", "Ids of steps that were taken away for good."),
    "steps": Key("steps", "What is said and asked, from top to bottom.", needed=True),
}
STEP_KEYS: Final[Mapping[str, Key]] = {
    "id": Key("name", "The name of this step. It stays: people may be waiting here.", needed=True),
    "was": Key("names", "Names that this step had before."),
    "phase": Key("one of", "Which part of the reflection this belongs to.", PHASES),
    "only if": Key("condition", "For whom this step is. Everybody else passes it by."),
    "say": Key("texts", "What Kith says here. A list becomes several messages."),
    "ask": Key("one of", "What kind of answer is asked for.", KINDS),
    "answer": Key("name", "The name under which the answer is kept; else the step's id."),
    "keep": Key("one of", "How long the answer is kept.", KEEPS),
    "fresh": Key("flag", "Ask again when something that this question rests on has changed."),
    "choices": Key("choices", "What can be picked. Five at most."),
    "offer": Key("offer", "Choices made from a list of answers, one for each item."),
    "own words": Key("flag", "People may write something that is not on the list."),
    "exact": Key("flag", "Near-misses don't count, because much hangs on this answer."),
    "least": Key("number", "The smallest number that is taken."),
    "most": Key("number", "The largest number, or how many names or stones at most."),
    "skip": Key("text", "What the button says that leaves this question out."),
    "again": Key("text", "Other words for the question when the answer wasn't understood."),
    "next": Key("ways", "Where to go from here. The first way that holds is taken."),
    "call": Key("name", "Another dialogue that runs here."),
    "with": Key("conditions", "What is handed to that dialogue."),
    "for each": Key("condition", "Run it once for every item of this list."),
    "as": Key("name", "What the item in hand is called in `with`."),
    "suggest": Key("flag", "Look for suggestions here."),
    "joins": Key("flag", "This brings the person and the Other together: only where that is safe."),
    "ending": Key("flag", "This points at a person, a group, a place or a service to go to."),
    "remind": Key("condition", "Send one message after so many days."),
    "erase": Key("flag", "Forget everything about this person here."),
}
CHOICE_KEYS: Final[Mapping[str, Key]] = {
    "value": Key("text", "What is kept, and what conditions compare with.", needed=True),
    "label": Key("text", "What the button says.", needed=True),
    "reads": Key("text", "How it reads in the middle of a sentence."),
    "words": Key("texts", "Other things people may type for it."),
    "if": Key("condition", "When this can be picked."),
    "only": Key("flag", "Picking this excludes all others."),
}
OFFER_KEYS: Final[Mapping[str, Key]] = {
    "each": Key("condition", "The list that choices are made from.", needed=True),
    "value": Key("condition", "What is kept when `item` is picked.", needed=True),
    "label": Key("text", "What the button of `item` says.", needed=True),
    "if": Key("condition", "Which items are offered."),
}
WAY_KEYS: Final[Mapping[str, Key]] = {
    "if": Key("condition", "When this way is taken; without it, always."),
    "go": Key("name", "The step to go to, or `end`.", needed=True),
}
BUDGET_KEYS: Final[Mapping[str, Key]] = {
    "if": Key("condition", "For whom this budget is; without it, for everybody else."),
    "minutes": Key("number", "How many minutes it may take at most.", needed=True),
    "questions": Key("number", "How many questions may be asked at most."),
}
