"""Sample suggestions, made from the rules as the real ones are, with people and places of no one.

Their texts are marked: they are checked where they were written, in the file of the rules.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Final

from bot.engine.expression import Template
from bot.engine.script import PARTS
from bot.supports.places import LISTED
from bot.supports.rules import Rule
from bot.supports.suggest import Kind, Suggestion
from bot.wording.marks import marked

if TYPE_CHECKING:
    from bot.wording.samples import Samples

PLACE: Final[Mapping[str, str]] = {
    "name": marked("The Meeting Room"),
    "start": marked("You could look in on a Tuesday."),
    "what": marked("Tea and company"),
    "phone": marked("0800 000 000"),
    "url": marked("example.org"),
    "who_meets_you": marked("A volunteer at the door."),
    "said": marked("nobody to talk to"),
    "kind": "group",
    "distance": "near",
    "opens": marked("Monday 2 November 10:00"),
    "cost": marked("Two pounds"),
    "who_for": marked("Anyone who looks after someone."),
}
FAR: Final[Mapping[str, object]] = {
    **PLACE,
    "kind": "service",
    "distance": "a bus ride",
    "free": False,
    "phone": "",
}
FREE: Final[Mapping[str, object]] = {**PLACE, "free": True}
_KINDS: Final[Mapping[str, Kind]] = {"group": "group", "place": "place"}
_CHECKED: Final = {"group": "fresh", "service": "grey"}
_A_PART: Final = 3


def person_for(good_at: str, ask: str) -> dict[str, object]:
    """Give a sample person from somebody's map."""
    name = marked("Anna")
    return {"id": "anna", "name": name, "good_at": [good_at], "ask": ask, "give": "yes"}


def offers_of(rules: Sequence[Rule], samples: "Samples") -> Iterator[list[object]]:
    """Give lists of suggestions: for all parts, for each source and kind alone, and none."""
    made = [offer for rule in rules for offer in _made(rule, samples)]
    firsts: dict[tuple[str, ...], dict[str, object]] = {}
    for offer in made:
        alike = tuple(str(offer[key]) for key in ("part", "kind", "carried"))
        firsts.setdefault((*alike, "" if offer["step"] else "nothing to do"), offer)
    offers = list(firsts.values())
    shown = [each for part in PARTS for each in _of(offers, "part", part)[:_A_PART]]
    yield list(shown)
    for key in ("kind", "carried"):
        for value in sorted({str(offer[key]) for offer in offers}):
            yield list(_of(offers, key, value))
    for part in PARTS:
        yield list(_of(offers, "part", part))
    yield [offer for offer in offers if not offer["step"]]
    yield []


def _of(offers: Iterable[dict[str, object]], key: str, value: str) -> list[dict[str, object]]:
    return [offer for offer in offers if offer[key] == value]


def _made(rule: Rule, samples: "Samples") -> Iterator[dict[str, object]]:
    texts = [each for each in (rule.short, rule.step, rule.more, rule.because, rule.draft) if each]
    scope = next(samples.scopes(frozenset().union(*(each.reads for each in texts)), None, {}))

    def said(template: Template | None) -> str:
        return marked(template.render(scope)) if template else ""

    kinds: dict[str, Kind] = {
        **dict.fromkeys(("person", "animal", "me"), "person"),
        "group": "group",
    }
    for kind in (sorted(rule.kinds) if rule.source in LISTED else []) or [""]:
        listed = rule.source in LISTED
        offer = Suggestion(
            id=f"{rule.id} {kind}".strip(),
            part=rule.part,
            kind=_KINDS.get(kind, "service") if listed else kinds.get(rule.source, "service"),
            name="me" if rule.source == "me" else marked(f"{rule.source} {kind}".strip()),
            short=said(rule.short),
            step=said(rule.step),
            more=said(rule.more),
            because=said(rule.because),
            draft=said(rule.draft),
            carried=rule.carried,
            own=rule.source in ("person", "group", "animal"),
            listed=listed,
            when_unsafe=rule.when_unsafe,
            checked=_CHECKED.get(kind, "never") if listed else "",
            months=8 if listed else 0,
            near=rule.source == "directory",
        )
        yield asdict(offer)
