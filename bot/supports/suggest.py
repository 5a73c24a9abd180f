"""What could be suggested, for each part that came up, and why: own people first.

Whatever the rules say, this is kept here: nobody who is unsafe, not to be asked or likely to pass
it on is ever named; nothing joins the person with the Other unless that was called safe and no
concern about abuse arose; at most one suggestion of all is carried by the person alone; a message
to somebody knows of nothing but that somebody; who drains comes behind everybody else; and who has
nobody gets one open door, and one more at most.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal

from bot.engine.group_places import OURS
from bot.engine.joining import may_join
from bot.engine.values import Scope, as_list
from bot.supports.places import LISTED, Find, fitting, nothing_near, reachable
from bot.supports.resources import Resource
from bot.supports.rules import Rule
from bot.supports.unnamed import ANIMAL, GROUPS, askable, is_closed, is_unnamed, quiet

Kind = Literal["person", "group", "place", "service"]
DEFAULT_ORDER: Final = ("other", "situation", "self")
OPEN_DOOR: Final = "self"
"""The part in which there is a door for whoever has nobody."""
WITH_OTHER: Final = ("one", "several", "body", "died")
MOST_A_PART: Final = 3
MOST_FOR_NOBODY: Final = 1
DOORS_BESIDE: Final = 1
"""So many places and services besides the one open door are shown to who has nobody."""
MOST_A_NAME: Final = 2
DRAFTS_READ: Final = ("person", "us")
"""All that a message may know: somebody else will read it."""
_SHOWN: Final = (
    *("name", "start", "what", "phone", "url", "who_meets_you"),
    *("kind", "said", "distance", "free", "cost", "opens", "who_for"),
)
NEARBY: Final = 2
"""What is near and fits what somebody said stands with groups and places, whatever it is."""
_OWN, _LISTED_BY_OURS, _TIRING = 0, 1, 3
_RANK: Final[Mapping[str, int]] = {"person": _OWN, "group": NEARBY, "place": NEARBY, "service": 4}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that could be done, with whom, and because of what the person said.

    What is `listed` has its source, and `ref`, the id that the source gave it; `checked` says
    whether somebody made sure of it, and `months` how long ago. `near` came from the directory.
    """

    id: str
    part: str
    kind: Kind
    name: str
    short: str
    step: str
    more: str
    because: str
    draft: str
    carried: str
    own: bool
    listed: bool
    when_unsafe: bool
    checked: str = ""
    months: int = 0
    source: str = ""
    ref: str = ""
    near: bool = False


def suggest(
    scope: Scope,
    rules: Sequence[Rule],
    resources: Sequence[Resource],
    contact: str,
    find: Find = nothing_near,
) -> list[dict[str, Any]]:
    """Give the suggestions for each part that came up, heaviest part first, as plain data.

    `find` looks in the directory, for words and for whom and what a rule wants.
    """
    here = reachable(resources, scope)
    found: list[Suggestion] = []
    around = bool(safe_people(scope) or own_groups(scope))
    most = MOST_A_PART if around else MOST_FOR_NOBODY
    tiring = frozenset(str(each["name"]) for each in safe_people(scope) if drains(each))
    scope = {**scope, "buddy": _buddy(scope)}
    for part in parts_of(scope):
        used = {suggestion.name for suggestion in found}
        holding = tuple(rule for rule in rules if rule.part == part and _holds(rule, scope))
        if not around and part != OPEN_DOOR:
            holding = _few_doors(holding, scope, found)
        made = [_made(rule, scope, fitting(rule, scope, here, find, used)) for rule in holding]
        alone = any(other.carried == "alone" for other in found)
        best = _best(_in_turn([list(each) for each in made]), most=most, alone=alone, tiring=tiring)
        found += best or _last_resort(holding, scope, contact)
    return [asdict(each) for each in (found if around else _waiting_last(found))]


def _waiting_last(found: Sequence[Suggestion]) -> list[Suggestion]:
    """Put the open door before the parts in which there is nothing to do yet."""
    busy = {each.part for each in found if each.step}
    return sorted(found, key=lambda each: each.part not in busy)


def _few_doors(
    rules: tuple[Rule, ...], scope: Scope, found: Sequence[Suggestion]
) -> tuple[Rule, ...]:
    """Take out places and services for who has nobody: one door is enough, and three are a wall.

    Without an Other there is that door alone; with one there may be one more. What is there
    whether or not services are wanted, such as an advocate, stays.
    """
    beside = DOORS_BESIDE if scope.get("other_is") in WITH_OTHER else 0
    if sum(each.listed for each in found if each.part != OPEN_DOOR) < beside:
        return rules
    return tuple(rule for rule in rules if rule.source not in LISTED or rule.wanted_anyway)


def _in_turn(made: Sequence[Sequence[Suggestion]]) -> list[Suggestion]:
    """Take the first of each rule, then the second of each, so that one rule can't crowd out."""
    longest = max(map(len, made), default=0)
    return [rows[place] for place in range(longest) for rows in made if place < len(rows)]


def parts_of(scope: Scope) -> list[str]:
    """Order the parts that came up by where the person put the stones; no stones drop none.

    Only the person saying that it isn't going on now takes the Other, and a situation in which
    nobody else is and that nothing presses on, off the list.
    """
    other = scope.get("other_is") in WITH_OTHER
    over = scope.get("now") == "no"
    pressed = bool(set(as_list(scope.get("pressures"))) - {"none"})
    shared = scope.get("affected") in ("some", "many")
    came_up = {
        "self": True,
        "other": other and not over,
        "situation": not over or pressed or shared,
    }
    stones = scope.get("stones")
    weights = stones if isinstance(stones, Mapping) else {}
    ordered = [part for part in DEFAULT_ORDER if came_up[part]]
    return sorted(ordered, key=lambda part: -int(weights.get(part, 0)))


def safe_people(scope: Scope) -> list[Mapping[str, object]]:
    """Give those on the map who may be named and asked.

    A plain yes comes before a perhaps, and whoever drains at the end.
    """
    people = [each for each in askable(scope) if each.get("kind") not in (*GROUPS, ANIMAL)]
    return sorted(people, key=lambda each: (drains(each), each.get("ask") == "maybe"))


def own_groups(scope: Scope) -> list[str]:
    """Give the groups and places of one's own that may be named."""
    own = scope.get("belongs")
    around = [*askable(scope), *askable(scope, "my_map")]
    mapped = [str(each["name"]) for each in around if each.get("kind") in GROUPS]
    named = own if isinstance(own, str) else ""
    told = [] if is_unnamed(named, scope) or is_closed(named, scope) else [named]
    return list(dict.fromkeys(each for each in (*told, *mapped) if each))


def drains(person: Mapping[str, object]) -> bool:
    """Say whether the person said that somebody rather takes strength than gives it."""
    return person.get("tie") == "draining"


def _buddy(scope: Scope) -> str:
    """Name who could come along the first time; nobody who drains."""
    coming = [each for each in safe_people(scope) if not drains(each)]
    able = [each for each in coming if {"along", "company"} & set(as_list(each.get("good_at")))]
    return next((str(each["name"]) for each in able), "")


def other_is_unsafe(scope: Scope) -> bool:
    """Say whether there is an Other who was not clearly called safe: then little may be shown."""
    there = scope.get("other_is") in ("one", "several", "body")
    return there and not may_join(scope)


def allowed(rule: Rule, scope: Scope) -> bool:
    """Say whether safety lets a rule be shown, whatever else its `when` asks.

    With an Other who was not clearly called safe a group's list is left alone: they may be in it.
    """
    if rule.joins and not may_join(scope):
        return False
    if rule.source == "our list" and other_is_unsafe(scope):
        return False
    return rule.when_unsafe or not other_is_unsafe(scope)


def _holds(rule: Rule, scope: Scope) -> bool:
    """Say whether a rule is for these answers; one that reads a person is asked for each."""
    later = rule.source in ("person", "animal")
    return allowed(rule, scope) and (later or rule.when is None or rule.when.holds(scope))


def _made(rule: Rule, scope: Scope, places: Sequence[Resource]) -> Iterator[Suggestion]:
    match rule.source:
        case "person" | "animal":
            animals = [each for each in askable(scope) if each.get("kind") == ANIMAL]
            for one in animals if rule.source == "animal" else _good_at(rule, safe_people(scope)):
                name = str(one["name"])
                told = {**scope, "person": {**one, "call": _call(name)}}
                if rule.when is None or rule.when.holds(told):
                    yield _worded(rule, told, "person", name)
        case "group":
            for own in own_groups(scope):
                yield _worded(rule, {**scope, "belongs": own}, "group", own)
        case "resource" | "directory" | "our list":
            for place in places:
                told = {**scope, "place": {name: getattr(place, name) for name in _SHOWN}}
                made = _worded(rule, told, _kind(place), place.name)
                known = replace(made, checked=place.checked, months=place.months)
                here = rule.source == "directory"
                yield replace(known, source=place.source, ref=place.id, near=here)
        case "me":
            yield _worded(rule, scope, "person", "me")
        case "contact" | "nobody":
            return


def _good_at(rule: Rule, people: Sequence[Mapping[str, object]]) -> Sequence[Mapping[str, object]]:
    """Give who is good for what the rule wants, in the order in which it wants it."""
    if not rule.good_at:
        return people
    order = {wanted: place for place, wanted in enumerate(rule.good_at)}
    fit = [
        (min(order[each] for each in good), place, person)
        for place, person in enumerate(people)
        if (good := order.keys() & set(as_list(person.get("good_at"))))
    ]
    return [person for _, _, person in sorted(fit, key=lambda entry: entry[:2])]


def _call(name: str) -> str:
    """Give how a message could begin: with a real name, or with none."""
    described = name.casefold().startswith(("my ", "our ", "the ", "a ", "an ", "someone"))
    names_another = "'" in name or "’" in name
    return "" if described or names_another else f" {name}"


def _last_resort(rules: Sequence[Rule], scope: Scope, contact: str) -> list[Suggestion]:
    """Where nobody can carry a part, there is the service's human, and otherwise honesty."""
    source = "contact" if contact else "nobody"
    return [_worded(rule, scope, "service", contact) for rule in rules if rule.source == source][:1]


def _worded(rule: Rule, scope: Scope, kind: Kind, name: str) -> Suggestion:
    scope = quiet(scope)
    known: dict[str, object] = {each: scope[each] for each in DRAFTS_READ if each in scope}
    slug = "".join(letter for letter in name.casefold() if letter.isalnum())[:24]
    return Suggestion(
        id=f"{rule.id}.{slug}" if slug else rule.id,
        part=rule.part,
        kind=kind,
        name=name,
        short=rule.short.render(scope),
        step=rule.step.render(scope),
        more=rule.more.render(scope),
        because=rule.because.render(scope),
        draft=rule.draft.render(known) if rule.draft else "",
        carried=rule.carried,
        own=rule.source in ("person", "group", "animal"),
        listed=rule.source in LISTED,
        when_unsafe=rule.when_unsafe,
    )


def _best(
    fitting: Sequence[Suggestion], *, most: int, alone: bool, tiring: frozenset[str]
) -> list[Suggestion]:
    """Own people and group first, then what a group of theirs lists, then groups and places.

    Services come last, and there are few of each name.

    Who drains comes behind other people and places, and before services.

    A step carried alone stands only beside one that is shared, and only if there is none yet.
    What is near and fits keeps the last place even where many people were named; without it, a
    service that is wanted does.
    """
    chosen: list[Suggestion] = []
    for suggestion in sorted(fitting, key=lambda each: _rank(each, tiring)):
        named = sum(other.name == suggestion.name for other in chosen)
        if suggestion.carried != "alone" and named < MOST_A_NAME:
            chosen.append(suggestion)
    single = [each for each in fitting if each.carried == "alone" and chosen and not alone]
    first, rest = chosen[:most], chosen[most:]
    kept = _first_of(rest, first, _is_near) or _first_of(rest, first, _is_service)
    if most > 1 and kept:
        first = [*first[:-1], kept]
    return [*first, *single[:1]]


def _first_of(
    rest: Sequence[Suggestion], first: Sequence[Suggestion], fits: Callable[[Suggestion], bool]
) -> Suggestion | None:
    """Give the first of the rest that fits, where none of those before it does."""
    return None if any(map(fits, first)) else next(filter(fits, rest), None)


def _is_near(suggestion: Suggestion) -> bool:
    return suggestion.near or suggestion.source == OURS


def _is_service(suggestion: Suggestion) -> bool:
    return suggestion.kind == "service"


def _rank(suggestion: Suggestion, tiring: frozenset[str]) -> int:
    if suggestion.own:
        return _TIRING if suggestion.name in tiring else _OWN
    if suggestion.source == OURS:
        return _LISTED_BY_OURS
    return NEARBY if suggestion.near else _RANK[suggestion.kind]


def _kind(resource: Resource) -> Kind:
    return (
        "group" if resource.kind == "group" else "place" if resource.kind == "place" else "service"
    )


def named(suggestions: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Give what a channel may show of suggestions: kind, name, because, part."""
    return [
        {key: suggestion[key] for key in ("kind", "name", "because", "part")}
        for suggestion in suggestions
        if suggestion["carried"] != "alone"
    ]
