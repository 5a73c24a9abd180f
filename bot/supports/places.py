"""Which places, groups and services a rule brings up: of the list that ships, or found nearby."""

from collections.abc import Callable, Collection, Sequence
from typing import Final

from bot.engine.catalogue import UK
from bot.engine.group_places import OURS
from bot.engine.values import Scope, as_list, is_answered
from bot.supports.resources import Resource
from bot.supports.rules import SEARCHED, Rule
from bot.supports.unnamed import quiet, tells_of_left_out

Find = Callable[[str, Rule], Sequence[Resource]]
"""What the directory has for these words, the best first."""
LISTED: Final = ("our list", "resource", "directory")
"""The sources that are lists, and no people of one's own."""
FOR_SOME: Final = frozenset(
    {"men", "women", "lgbt", "young", "older", "disability", "bereavement-suicide"}
)
"""Kith asks neither who somebody is nor how somebody died; what is for some is left out."""
MOST_FOUND: Final = 2


def nothing_near(words: str, rule: Rule) -> Sequence[Resource]:
    """Find nothing: there is no directory here."""
    del words, rule
    return ()


def reachable(resources: Sequence[Resource], scope: Scope) -> list[Resource]:
    """Give what of the shipped list is for this person, in this nation, and not told as closed."""
    return [each for each in resources if _is_reachable(each, scope)]


def fitting(
    rule: Rule, scope: Scope, resources: Sequence[Resource], find: Find, used: Collection[str]
) -> list[Resource]:
    """Give what a rule could suggest, the best first; nothing twice, and services only if wanted.

    After any concern nothing that somebody wrote is searched for: only words of the rule itself.
    What a group lists is in its members' own words: where those tell of somebody who is left out,
    it is left out as well.
    """
    if rule.source in SEARCHED:
        heard = bool(as_list(scope.get("concerns")))
        if rule.search is None or (heard and rule.search.reads):
            return []
        words = " ".join(rule.search.render(quiet(scope)).split())
        found = [each for each in find(words, rule) if not _is_out(each, scope)] if words else []
    else:
        found = _matching(rule, resources) if rule.source == "resource" else []
    wanted = rule.wanted_anyway or scope.get("services") is True
    return [
        each
        for each in found
        if each.name not in used and (wanted or each.kind in ("group", "place"))
    ][:MOST_FOUND]


def _matching(rule: Rule, resources: Sequence[Resource]) -> list[Resource]:
    """Give the resource that shares most of the rule's tags, the first tags counting most."""
    worth = {tag: len(rule.tags) - place for place, tag in enumerate(rule.tags)}
    sharing = [
        (sum(worth.get(tag, 0) for tag in resource.tags), -place, resource)
        for place, resource in enumerate(resources)
        if (not rule.kinds or resource.kind in rule.kinds) and resource.tags & worth.keys()
    ]
    best = sorted(sharing, key=lambda entry: entry[:2], reverse=True)
    return [resource for _, _, resource in best][:1]


def _is_reachable(resource: Resource, scope: Scope) -> bool:
    if resource.tags & FOR_SOME and "abuse" not in resource.tags:
        return False
    nation = scope.get("nation")
    everywhere = resource.nations >= UK
    here = nation in resource.nations if is_answered(nation) and nation else everywhere
    return here and not _is_closed(resource, scope)


def _is_out(resource: Resource, scope: Scope) -> bool:
    told = (resource.name, resource.what, resource.start, resource.who_meets_you)
    theirs = resource.source == OURS
    return _is_closed(resource, scope) or (theirs and tells_of_left_out(" ".join(told), scope))


def _is_closed(resource: Resource, scope: Scope) -> bool:
    return f"{resource.source}/{resource.id}" in as_list(scope.get("closed_places"))
