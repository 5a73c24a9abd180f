"""What could be suggested, for each part that came up, and why: own people first.

Whatever the rules say, three things are kept here: nobody who is unsafe, not to be asked or likely
to pass it on is ever named; nothing joins the person with the Other unless that was called safe and
no concern about abuse arose; and at most one suggestion of all is carried by the person alone.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from bot.engine.catalogue import UK
from bot.engine.joining import may_join
from bot.engine.understand import name_id
from bot.engine.values import Scope, is_answered
from bot.supports.resources import Resource
from bot.supports.rules import Rule

Kind = Literal["person", "group", "place", "service"]
DEFAULT_ORDER: Final = ("other", "situation", "self")
MOST_A_PART: Final = 3
MOST_FOR_NOBODY: Final = 1
MOST_A_NAME: Final = 2
FOR_SOME: Final = frozenset(
    {"men", "women", "lgbt", "young", "older", "disability", "bereavement-suicide"}
)
"""Kith asks neither who somebody is nor how somebody died; what is for some is left out."""
_SHOWN: Final = ("name", "start", "what", "phone", "url")
_RANK: Final[Mapping[str, int]] = {"person": 0, "group": 1, "place": 1, "service": 2}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing that could be done, with whom, and because of what the person said."""

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
    assured: str


def suggest(
    scope: Scope, rules: Sequence[Rule], resources: Sequence[Resource], contact: str
) -> list[dict[str, Any]]:
    """Give the suggestions for each part that came up, heaviest part first, as plain data."""
    here = [resource for resource in resources if _reachable(resource, scope)]
    found: list[Suggestion] = []
    most = MOST_A_PART if safe_people(scope) or scope.get("belongs") else MOST_FOR_NOBODY
    for part in parts_of(scope):
        used = {suggestion.name for suggestion in found}
        fresh = [resource for resource in here if resource.name not in used]
        holding = [rule for rule in rules if rule.part == part and _holds(rule, scope)]
        fitting = _in_turn([list(_made(rule, scope, fresh)) for rule in holding])
        alone = any(other.carried == "alone" for other in found)
        best = _best(fitting, most=most, alone=alone)
        found += best or _last_resort(holding, scope, contact)
    return [asdict(suggestion) for suggestion in found]


def _in_turn(made: Sequence[Sequence[Suggestion]]) -> list[Suggestion]:
    """Take the first of each rule, then the second of each, so that one rule can't crowd out."""
    longest = max(map(len, made), default=0)
    return [rows[place] for place in range(longest) for rows in made if place < len(rows)]


def parts_of(scope: Scope) -> list[str]:
    """Order the parts that came up by where the person put the stones; no stones drop none.

    Only the person saying that it isn't going on now takes the Other, and a situation in which
    nobody else is and that nothing presses on, off the list.
    """
    other = scope.get("other_is") in ("one", "several", "body", "died")
    over = scope.get("now") == "no"
    pressed = bool(set(_list(scope.get("pressures"))) - {"none"})
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
    """Give those on the map who may be named: askable, not the Other, not left out."""
    out = left_out(scope)
    return [
        person
        for person in _list(scope.get("people"))
        if _id(person) not in out and person.get("ask") in ("yes", "maybe")
    ]


def left_out(scope: Scope) -> set[str]:
    """Give the ids of whoever is never to be named: the Other, and who was asked to be left out."""
    named = {_id(person) for person in _list(scope.get("leave_out"))} | {_id(scope.get("other"))}
    return named | set(_list(scope.get("left_out")))


def other_is_unsafe(scope: Scope) -> bool:
    """Say whether there is an Other who was not clearly called safe: then little may be shown."""
    there = scope.get("other_is") in ("one", "several", "body")
    return there and not may_join(scope)


def allowed(rule: Rule, scope: Scope) -> bool:
    """Say whether safety lets a rule be shown, whatever else its `when` asks."""
    if rule.joins and not may_join(scope):
        return False
    return rule.when_unsafe or not other_is_unsafe(scope)


def _holds(rule: Rule, scope: Scope) -> bool:
    return allowed(rule, scope) and (rule.when is None or rule.when.holds(scope))


def _made(rule: Rule, scope: Scope, resources: Sequence[Resource]) -> Iterator[Suggestion]:
    match rule.source:
        case "person":
            for person in _good_at(rule, safe_people(scope)):
                name = str(person["name"])
                told = {**person, "call": _call(name)}
                yield _worded(rule, {**scope, "person": told}, "person", name)
        case "group":
            own = scope.get("belongs")
            if isinstance(own, str) and own and name_id(own) not in left_out(scope):
                yield _worded(rule, scope, "group", own)
        case "resource":
            for resource in _matching(rule, resources):
                if resource.kind in ("group", "place") or _services(rule, scope):
                    place = {name: getattr(resource, name) for name in _SHOWN}
                    where = {**scope, "place": place}
                    yield _worded(rule, where, _kind(resource), resource.name, resource.assured)
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
        if (good := order.keys() & set(_list(person.get("good_at"))))
    ]
    return [person for _, _, person in sorted(fit, key=lambda entry: entry[:2])]


def _call(name: str) -> str:
    """Give how a message could begin: with a real name, or with none."""
    described = name.casefold().startswith(("my ", "our ", "the ", "a ", "an ", "someone"))
    return "" if described else f" {name}"


def _last_resort(rules: Sequence[Rule], scope: Scope, contact: str) -> list[Suggestion]:
    """Where nobody can carry a part, there is the service's human, and otherwise honesty."""
    source = "contact" if contact else "nobody"
    return [_worded(rule, scope, "service", contact) for rule in rules if rule.source == source][:1]


def _services(rule: Rule, scope: Scope) -> bool:
    return rule.wanted_anyway or scope.get("services") is True


def _worded(rule: Rule, scope: Scope, kind: Kind, name: str, assured: str = "") -> Suggestion:
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
        draft=rule.draft.render(scope) if rule.draft else "",
        carried=rule.carried,
        own=rule.source in ("person", "group"),
        listed=rule.source == "resource",
        assured=assured,
    )


def _matching(rule: Rule, resources: Sequence[Resource]) -> list[Resource]:
    """Give the resource that shares most of the rule's tags, the first tags counting most."""
    worth = {tag: len(rule.tags) - place for place, tag in enumerate(rule.tags)}
    fitting = [
        (sum(worth.get(tag, 0) for tag in resource.tags), -place, resource)
        for place, resource in enumerate(resources)
        if (not rule.kinds or resource.kind in rule.kinds) and resource.tags & worth.keys()
    ]
    return [
        resource for _, _, resource in sorted(fitting, key=lambda entry: entry[:2], reverse=True)
    ][:1]


def _best(fitting: Sequence[Suggestion], *, most: int, alone: bool) -> list[Suggestion]:
    """Own people and group first, then groups and places, then services; few of each name.

    A step carried alone stands only beside one that is shared, and only if there is none yet.
    A service that is wanted keeps the last place even where many people were named.
    """
    chosen: list[Suggestion] = []
    for suggestion in sorted(fitting, key=_rank):
        named = sum(other.name == suggestion.name for other in chosen)
        if suggestion.carried != "alone" and named < MOST_A_NAME:
            chosen.append(suggestion)
    single = [each for each in fitting if each.carried == "alone" and chosen and not alone]
    first, rest = chosen[:most], chosen[most:]
    service = next((each for each in rest if each.kind == "service"), None)
    if most > 1 and service and all(each.kind != "service" for each in first):
        first = [*first[:-1], service]
    return [*first, *single[:1]]


def _rank(suggestion: Suggestion) -> int:
    return 0 if suggestion.own else _RANK[suggestion.kind]


def _reachable(resource: Resource, scope: Scope) -> bool:
    if resource.tags & FOR_SOME and "abuse" not in resource.tags:
        return False
    nation = scope.get("nation")
    everywhere = resource.nations >= UK
    return nation in resource.nations if is_answered(nation) and nation else everywhere


def _kind(resource: Resource) -> Kind:
    return (
        "group" if resource.kind == "group" else "place" if resource.kind == "place" else "service"
    )


def _id(value: object) -> str:
    return str(value.get("id", "")) if isinstance(value, Mapping) else ""


def _list(value: object) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else []


def named(suggestions: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Give what a channel may show of suggestions: kind, name, because, part."""
    return [
        {key: suggestion[key] for key in ("kind", "name", "because", "part")}
        for suggestion in suggestions
        if suggestion["carried"] != "alone"
    ]
