"""Which texts of the dialogues are to be translated, each with where it stands and what it is."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from bot.engine.reading import Reader
from bot.engine.rounds import is_script
from bot.engine.source import Node

Use = Literal["text", "plain", "words", "reading", "reads"]
"""What becomes of a translation.

`text` may hold answers, `plain` may not. `words` is a list written with commas. `reading` is how a
value that people read is written (the value itself is kept in answers, and stays). `reads` is how a
choice reads inside a sentence, where its author left that to its label.
"""

_PHRASED: Final = re.compile(r"(\w+)\s*\|\s*phrase\b")
_LITERAL: Final = re.compile(r"""(?:\bor|\belse)\s+(?:"([^"]*)"|'([^']*)')""")
_SHORT: Final = ("short", "step", "more", "because", "draft")
_ABOUT: Final = {
    "short": "A button of a suggestion.",
    "step": "A suggestion: one sentence without its full stop. It stands in the plan.",
    "more": "What helps to begin with the suggestion, in whole sentences.",
    "first": "The first small step of a group, in whole sentences.",
    "because": 'Goes on after "Because", from what the person said.',
    "draft": "A message that the person may send. It names neither the Other nor what happened.",
    "name": "What it is called. Leave the names of organisations as they are.",
    "what": "What it is, in one or two plain sentences.",
    "start": "How to begin. Small and human.",
    "who_meets_you": "Who a person would meet there, in one sentence.",
    "precondition": "What a person has to know before a help number works.",
}

_OF_A_ROUND: Final = {
    "opens": "A group reads this when its round is opened.",
    "closes": "A group reads this when its round is closed.",
}


@dataclass(frozen=True, slots=True)
class Text:
    """One text to translate. `context` is its own: file, step or entry, field.

    `was` holds the contexts that it used to have, by the old ids of its step.
    """

    context: str
    node: Node
    original: str
    about: str
    use: Use = "text"
    was: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """Where the words begin in their file, counted from 1."""
        return self.node.text_line or self.node.line

    @property
    def place(self) -> str:
        """The step or entry that the text belongs to."""
        deep = is_script(self.context) or self.context.startswith("safety/")
        depth = 3 if deep else 2
        return "/".join(self.context.split("/")[:depth])


def texts_in(named: Mapping[str, Node]) -> list[Text]:
    """Give every text that people read, in the order of the files; empty ones are left out."""
    found = [text for name, node in named.items() for text in _of_file(name, node)]
    return [text for text in found if text.original.strip()]


def _of_file(name: str, node: Node) -> Iterator[Text]:
    where = name.removesuffix(".yaml")
    if is_script(name):
        yield from _script(where, node)
    readers = {
        "words.yaml": _words,
        "screens.yaml": _screens,
        "suggestions.yaml": _suggestions,
        "together.yaml": _together,
        "totals.yaml": _totals,
        "resources.yaml": _resources,
        "safety/numbers.yaml": _numbers,
        "typed.yaml": _typed,
        "commands.yaml": _commands,
    }
    if name in readers:
        yield from readers[name](where, node)


def _text(context: str, node: Node | None, about: str, use: Use = "text") -> Iterator[Text]:
    if node is not None and not isinstance(node.value, list | dict):
        yield Text(context, node, Reader().text(node), about, use)


def _list(context: str, node: Node | None, about: str) -> Iterator[Text]:
    if node is not None:
        words = [Reader().text(item) for item in Reader().items(node)]
        yield Text(context, node, ", ".join(words), f"{about} Commas between them.", "words")


def _script(where: str, node: Node) -> Iterator[Text]:
    yield from _text(f"{where}/title", node.get("title"), "What the dialogue is called.", "plain")
    for key, about in _OF_A_ROUND.items():
        yield from _text(f"{where}/round/{key}", (node.get("round") or node).get(key), about)
    phrased = _phrased(node)
    for name, value in Reader().pairs(node.get("result")).items():
        yield from _literals(f"{where}/result/{name}", value)
    for step in Reader().items(node.get("steps")):
        read = Reader()
        step_id, *old = [read.text(i) for i in (step.get("id"), *read.items(step.get("was")))]
        for text in _step(f"{where}/{step_id}", step, phrased):
            rest = text.context.removeprefix(f"{where}/{step_id}")
            was = tuple(f"{where}/{each}{rest}" for each in old)
            yield Text(text.context, text.node, text.original, text.about, text.use, was)


def _phrased(node: Node) -> frozenset[str]:
    """Name the answers whose choices are put inside sentences."""
    steps = Reader().items(node.get("steps"))
    says = [say for step in steps for say in Reader().items(step.get("say"))]
    says += [text.node for step in steps if (page := step.get("page")) for text in _page("", page)]
    return frozenset(name for say in says for name in _PHRASED.findall(Reader().text(say)))


def _step(where: str, step: Node, phrased: frozenset[str]) -> Iterator[Text]:
    read = Reader()
    asked = read.text(step.get("ask"))
    yield from _text(f"{where}/prompt", step.get("prompt"), "A group reads this.")
    about = f"Kith says this and asks for: {asked}." if asked else "Kith says this."
    for place, say in enumerate(read.items(step.get("say")), 1):
        yield from _text(f"{where}/say" + (f"/{place}" if place > 1 else ""), say, about)
    said = read.text(read.items(step.get("say"))[-1]) if step.get("say") else ""
    question = " ".join(said.split())
    reads = (read.text(step.get("answer")) or read.text(step.get("id"))) in phrased
    for choice in read.items(step.get("choices")):
        yield from _choice(f"{where}/choices", choice, f"An answer to: {question}", reads=reads)
    yield from _text(f"{where}/offer/label", (step.get("offer") or step).get("label"), "A button.")
    yield from _text(f"{where}/skip", step.get("skip"), f"Leaves this out: {question}")
    yield from _text(f"{where}/again", step.get("again"), f"Asks again, differently: {question}")
    yield from _page(f"{where}/page", step.get("page") or Node({}, 1, 1, ""))
    picture = step.get("picture") or Node({}, 1, 1, "")
    for key in ("title", "next step"):
        yield from _text(f"{where}/picture/{key}", picture.get(key), "Stands on a picture.")
    for name, value in read.pairs(step.get("with")).items():
        yield from _literals(f"{where}/with/{name}", value)


def _page(where: str, page: Node) -> Iterator[Text]:
    yield from _text(f"{where}/title", page.get("title"), "The top line of a sheet to print.")
    for place, part in enumerate(Reader().items(page.get("parts")), 1):
        yield from _text(f"{where}/{place}/heading", part.get("heading"), "Stands above a part.")
        about = "A part of a sheet to print. A line that begins with - is an item of a list."
        yield from _text(f"{where}/{place}/text", part.get("text"), about)


def _choice(where: str, choice: Node, about: str, *, reads: bool) -> Iterator[Text]:
    pairs = choice.value if isinstance(choice.value, dict) else {}
    short = "value" not in pairs and len(pairs) == 1
    value, label = next(iter(pairs.items())) if short else ("", pairs.get("label"))
    value = value or Reader().text(pairs.get("value"))
    where = f"{where}/{value}"
    yield from _text(f"{where}/label", label, about)
    if " " in value:
        inside = "How this answer reads inside a sentence."
        yield Text(f"{where}/value", choice, value, inside, "reading")
    if short or label is None:
        return
    inside = "How this answer reads inside a sentence."
    if "reads" in pairs:
        yield from _text(f"{where}/reads", pairs["reads"], inside)
    elif reads:
        words = Reader().text(label)
        yield Text(f"{where}/reads", choice, words[:1].lower() + words[1:], inside, "reads")
    yield from _list(f"{where}/words", pairs.get("words"), "Other ways to type this answer.")


def _literals(where: str, condition: Node) -> Iterator[Text]:
    """Give the words that stand in for an answer that isn't there: `other or "the other side"`."""
    found = ["".join(pair) for pair in _LITERAL.findall(Reader().text(condition))]
    for place, words in enumerate((each for each in found if " " in each), 1):
        about = "Stands in a sentence where the person gave no answer."
        number = f"/{place}" if place > 1 else ""
        yield Text(f"{where}{number}", condition, words, about, "reading")


def _words(where: str, node: Node) -> Iterator[Text]:
    for name, text in Reader().pairs(node).items():
        yield from _text(f"{where}/{name}", text, "A button or a short text of Kith's own.")


def _screens(where: str, node: Node) -> Iterator[Text]:
    for name, screen in Reader().pairs(node).items():
        yield from _text(f"{where}/{name}/say", screen.get("say"), f"The screen '{name}'.")
        for item in Reader().items(screen.get("choices")):
            for action, label in Reader().pairs(item).items():
                about = f"A button of the screen '{name}'. It does: {action}."
                yield from _text(f"{where}/{name}/{action}", label, about)


def _suggestions(where: str, node: Node) -> Iterator[Text]:
    for rule in Reader().items(node.get("suggestions")):
        for field in _SHORT:
            context = f"{where}/{Reader().text(rule.get('id'))}/{field}"
            yield from _text(context, rule.get(field), _ABOUT[field])


def _together(where: str, node: Node) -> Iterator[Text]:
    for topic in Reader().items(node.get("topics")):
        context = f"{where}/{Reader().text(topic.get('id'))}"
        yield from _text(f"{context}/reads", topic.get("reads"), "Stands in a because.", "plain")
        yield from _list(f"{context}/words", topic.get("words"), "Words that people tell it by.")
    yield from _list(f"{where}/unsafe", node.get("unsafe"), "Words of somebody who is afraid.")
    for step in Reader().items(node.get("steps")):
        for field in ("step", "first", "because"):
            context = f"{where}/{Reader().text(step.get('id'))}/{field}"
            yield from _text(context, step.get(field), _ABOUT[field])


def _resources(where: str, node: Node) -> Iterator[Text]:
    for entry in Reader().items(node.get("resources")):
        context = f"{where}/{Reader().text(entry.get('id'))}"
        yield from _text(f"{context}/name", entry.get("name"), _ABOUT["name"], "reading")
        for field in ("what", "start", "who_meets_you"):
            yield from _text(f"{context}/{field}", entry.get(field), _ABOUT[field], "plain")


def _totals(where: str, node: Node) -> Iterator[Text]:
    read = Reader()
    for question in read.items(node.get("questions")):
        context = f"{where}/{read.text(question.get('id'))}"
        yield from _text(f"{context}/title", question.get("title"), "Above numbers.", "plain")
        for row in read.items(question.get("rows")):
            inside = f"{context}/{read.text(row.get('is'))}"
            yield from _text(f"{inside}/says", row.get("says"), "Stands beside a number.", "plain")
            about = "What could be proposed where many told it. One sentence."
            yield from _text(f"{inside}/step", row.get("step"), about, "plain")


def _numbers(where: str, node: Node) -> Iterator[Text]:
    for entry in Reader().items(node.get("numbers")):
        context = f"{where}/{Reader().text(entry.get('id'))}"
        about = "A help number as a person sees it. The number stays exactly as it is."
        yield from _text(f"{context}/text_line", entry.get("text_line"), about, "plain")
        for field in ("name", "precondition"):
            yield from _text(f"{context}/{field}", entry.get(field), _ABOUT[field], "plain")


def _typed(where: str, node: Node) -> Iterator[Text]:
    for command, words in Reader().pairs(node).items():
        about = f"What people may type for: {command}. Whole messages."
        yield from _list(f"{where}/{command}", words, about)


def _commands(where: str, node: Node) -> Iterator[Text]:
    for name, text in Reader().pairs(node).items():
        if isinstance(text.value, dict):
            yield from _commands(f"{where}/{name}", text)
        about = f"What the command /{name} does, in a few words."
        yield from _text(f"{where}/{name}", text, about, "plain")
