"""How the choices of a script read in the middle of a sentence."""

from collections.abc import Iterable

from bot.engine.expression import Template, compile_template
from bot.engine.reading import Reader
from bot.engine.source import Node


def phrases_of(reader: Reader, steps: Iterable[Node]) -> dict[str, dict[str, Template]]:
    """Say how each choice reads inside a sentence: `reads`, or its label without the capital."""
    phrases: dict[str, dict[str, Template]] = {}
    for step in steps:
        name = reader.text(step.get("answer")) or reader.text(step.get("id"))
        for choice in reader.items(step.get("choices")):
            pairs = choice.value if isinstance(choice.value, dict) else {}
            value, label = reader.text(pairs.get("value")), pairs.get("reads") or pairs.get("label")
            if "value" not in pairs and len(pairs) == 1:
                value, label = next(iter(pairs.items()))
            phrases.setdefault(name, {})[value] = _lowered(reader, label)
    return phrases


def _lowered(reader: Reader, label: Node | None) -> Template:
    text = reader.text(label)
    keeps = text.startswith(("I ", "I'", "{"))
    try:
        return compile_template(text if keeps else text[:1].lower() + text[1:])
    except Exception:  # noqa: BLE001 - the same text is read, and complained about, as a label
        return compile_template("")
