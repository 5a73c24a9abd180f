"""The directory as conversations search it: in memory, and built anew when it has changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from bot.directory.few import near_in
from bot.directory.needs import Needs
from bot.directory.next_open import next_open
from bot.directory.open_to import Wanted
from bot.directory.outcodes import nation_of
from bot.directory.said import ear_for
from bot.directory.search import Found, Index
from bot.directory.service import KINDS, Service
from bot.engine.ages import freshness, months_since
from bot.engine.catalogue import UK
from bot.supports.places import MOST_FOUND, Find
from bot.supports.resources import Resource
from bot.supports.rules import Rule

LONGEST: Final = 160
"""So many letters of one thing that is told of a place are shown."""
MOST_LETTERS: Final = 400
"""So much of what somebody wrote is searched for: the time it takes grows with its square."""
ADULT: Final = 26.0
"""Kith asks only whether somebody is grown up, so what is for the young or the old is left out."""


@dataclass(frozen=True, slots=True)
class Places:
    """What can be found here, and which state of the directory it is."""

    services: tuple[Service, ...] = ()
    needs: Needs = field(default_factory=Needs, repr=False)
    version: int = 0
    _made: list[Index] = field(default_factory=list, repr=False, compare=False)

    @property
    def any(self) -> bool:
        """Say whether there is anything at all."""
        return bool(self.services)

    @property
    def index(self) -> Index:
        """Give what is searched. It is made when it is first wanted, which may take seconds."""
        if not self._made:
            self._made.append(Index.build(self.services, self.needs))
        return self._made[0]


def finder(places: Places, scope: Mapping[str, object], today: date, language: str = "en") -> Find:
    """Give how a rule finds what is near to this person today; days are in their language."""
    near = scope.get("near")
    near = near if isinstance(near, str) else ""
    wanted = Wanted("", today, near=near, age=ADULT, limit=MOST_FOUND)

    def find(words: str, rule: Rule) -> Sequence[Resource]:
        kinds = frozenset(kind for kind in KINDS if kind in rule.kinds)
        asked = replace(wanted, text=words[:MOST_LETTERS], for_whom=rule.for_whom, kinds=kinds)
        return [_shown(found, today, language) for found in places.index.find(asked)]

    return find


def near_ours(ours: Sequence[Resource], needs: Needs, today: date, elsewhere: Find) -> Find:
    """Give how a rule finds what the groups of this person list, and all else `elsewhere`."""
    listed = aged(ours, today)

    def find(words: str, rule: Rule) -> Sequence[Resource]:
        if rule.source != "our list":
            return elsewhere(words, rule)
        texts = [each.what for each in listed]
        near = near_in(texts, words[:MOST_LETTERS], ear_for(needs)) if texts else []
        return [replace(listed[each.number], said=each.said) for each in near]

    return find


def nation_near(scope: Mapping[str, object]) -> Mapping[str, object]:
    """Add the nation that an outcode lies in, where the person was not asked which it is."""
    near = scope.get("near")
    nation = nation_of(near) if isinstance(near, str) else ""
    return {**scope, "nation": nation} if nation and not scope.get("nation") else scope


def aged(resources: Iterable[Resource], today: date) -> list[Resource]:
    """Say of what ships how long ago it was checked; what was too long ago is left out."""
    return [one for each in resources if (one := _aged(each, today)) is not None]


def _aged(resource: Resource, today: date) -> Resource | None:
    if not resource.assured:
        return resource
    assured = date.fromisoformat(resource.assured)
    age = freshness(assured, today)
    if age == "gone":
        return None
    return replace(resource, checked=age, months=months_since(assured, today))


def _shown(found: Found, today: date, language: str) -> Resource:
    service = found.service
    numbers = [phone.number for phone in service.phones]
    made = Resource(
        id=service.id,
        name=service.name,
        kind=service.kind,
        what=service.what,
        start=_start(service),
        phone=numbers[0] if numbers else "",
        url=service.url,
        who_meets_you=_brief(service.meets_you),
        nations=UK,
        tags=frozenset(),
        assured=service.assured.isoformat() if service.assured else "",
        source=service.source,
        said=found.said,
        distance=found.distance,
        free=service.free is True,
        cost=_brief(service.cost).rstrip(" ."),
        opens=_opens(service, today, language),
        who_for=_brief(service.who_for).rstrip(" ."),
    )
    return _aged(made, today) or made


def _opens(service: Service, today: date, language: str) -> str:
    """Say when it is open next, or how its hours were put where no rule says that."""
    soon = next_open(service.hours, today)
    if soon is None:
        return _brief(next((each.words for each in service.hours if each.words), ""))
    from bot.languages.manner import weekday_in_words  # noqa: PLC0415 - no Babel without places

    return " ".join(filter(None, (weekday_in_words(language, soon.day), soon.at)))


def _start(service: Service) -> str:
    """Give how to begin; where nobody wrote that, the number, address or page to turn to."""
    reach = [*(phone.number for phone in service.phones), service.email, service.url]
    known = _brief(service.start or next((each for each in reach if each), ""))
    return known if not known or known.endswith((".", "!", "?", "…")) else f"{known}."


def _brief(text: str) -> str:
    """Cut a long text at a word; the whole of it is where the place itself says it."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[:LONGEST].rsplit(' ', 1)[0]} …"
