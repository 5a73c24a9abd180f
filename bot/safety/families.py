"""The phrase families: plain data in, checked rules out, or a sentence saying what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, get_args

from bot.safety.concern import About, Concern, ConcernClass, Tier
from bot.safety.normalise import normalise
from bot.safety.pattern import Pattern, PatternError, Sets, compile_pattern, read_message
from bot.safety.rule import Guard, Rule

_CLASSES: tuple[ConcernClass, ...] = get_args(ConcernClass)
_TIERS: tuple[Tier, ...] = get_args(Tier)
_ABOUT: tuple[About, ...] = get_args(About)
_PRESSING = ("medical", "suicide", "self-harm", "child", "abuse", "others")
_FIELDS = frozenset({"id", "say", "tier", "about", "now", "unless", "examples", "counter"})


Choice = TypeVar("Choice", bound=str)


class FamilyError(ValueError):
    """Phrase families that can't be used; its text names the rule and says what to mend."""

    def __init__(self, where: str, what: str) -> None:
        """Say where the fault is and, as a plain sentence, what it is."""
        super().__init__(f"{where}: {what}")


@dataclass(frozen=True, slots=True)
class Families:
    """All rules, the most pressing first; each has passed its own examples."""

    rules: tuple[Rule, ...]


def compile_families(data: Mapping[str, object]) -> Families:
    """Read the whole file's data; raises `FamilyError` at the first thing that is wrong."""
    sets = read_sets(table(data.get("sets", {}), "sets"))
    guards = {
        name: Guard(name, read_patterns(said, sets, f"Guard '{name}'"))
        for name, said in table(data.get("guards", {}), "guards").items()
    }
    families = table(data.get("families", {}), "families")
    rules: dict[str, Rule] = {}
    for kind in _CLASSES:
        for entry in entries(families.get(kind), f"Family '{kind}'"):
            rule = read_rule(kind, table(entry, f"A rule of '{kind}'"), sets, guards)
            if rule.concern.rule in rules:
                raise FamilyError(
                    f"Rule '{rule.concern.rule}'", "there are two rules with this id."
                )
            rules[rule.concern.rule] = rule
    if strange := families.keys() - set(_CLASSES):
        raise FamilyError(f"Family '{min(strange)}'", f"use one of: {', '.join(_CLASSES)}.")
    return Families(tuple(sorted(rules.values(), key=urgency)))


def urgency(rule: Rule) -> tuple[int, bool, int]:
    """Give the sorting key that puts the most pressing rule first."""
    concern = rule.concern
    return _TIERS.index(concern.tier), not rule.now, _PRESSING.index(concern.kind)


def read_sets(named: Mapping[str, object]) -> Sets:
    """Read the word lists; an entry like {close} takes over a list written further up."""
    sets: dict[str, tuple[str, ...]] = {}
    for name, said in named.items():
        phrases: list[str] = []
        for entry in texts(said, f"List '{name}'"):
            if entry.startswith("{"):
                if entry.strip("{}") not in sets:
                    raise FamilyError(f"List '{name}'", f"{entry} is not a list written above it.")
                phrases += sets[entry.strip("{}")]
            else:
                phrases.append(normalise(entry))
        if not all(phrases):
            raise FamilyError(f"List '{name}'", "an entry has no words in it.")
        sets[name] = tuple(phrases)
    return sets


def read_rule(
    kind: ConcernClass, entry: Mapping[str, object], sets: Sets, guards: Mapping[str, Guard]
) -> Rule:
    """Read one rule and try it on its own examples."""
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise FamilyError(f"A rule of '{kind}'", "it has no id.")
    where = f"Rule '{name}'"
    if strange := entry.keys() - _FIELDS:
        raise FamilyError(where, f"'{min(strange)}' is not something a rule can say.")
    tier = one_of(_TIERS, entry.get("tier"), f"{where}: tier")
    about = one_of(_ABOUT, entry.get("about"), f"{where}: about")
    unless = texts(entry.get("unless", []), f"{where}: unless")
    if missing := [guard for guard in unless if guard not in guards]:
        raise FamilyError(where, f"there is no guard '{missing[0]}'.")
    rule = Rule(
        Concern(kind, tier, name, about),
        entry.get("now") is True,
        read_patterns(entry.get("say"), sets, where),
        tuple(guards[guard] for guard in unless),
        texts(entry.get("examples"), f"{where}: examples"),
        texts(entry.get("counter"), f"{where}: counter"),
    )
    prove(rule, where)
    return rule


def prove(rule: Rule, where: str) -> None:
    """Try a rule on its own examples and counter-examples."""
    if not rule.examples or not rule.counter:
        raise FamilyError(where, "it needs at least one example and one counter-example.")
    for example in rule.examples:
        if not rule.fires(read_message(example)):
            raise FamilyError(where, f"it does not notice its own example “{example}”.")
    for counter in rule.counter:
        if rule.fires(read_message(counter)):
            raise FamilyError(where, f"it notices its own counter-example “{counter}”.")


def read_patterns(said: object, sets: Sets, where: str) -> tuple[Pattern, ...]:
    """Read a list of phrases."""
    phrases = texts(said, where)
    if not phrases:
        raise FamilyError(where, "it has no phrases.")
    try:
        return tuple(compile_pattern(phrase, sets) for phrase in phrases)
    except PatternError as error:
        raise FamilyError(where, str(error)) from error


def one_of(choices: tuple[Choice, ...], said: object, where: str) -> Choice:
    """Give the choice that was meant."""
    for choice in choices:
        if choice == said:
            return choice
    raise FamilyError(where, f"this must be one of: {', '.join(choices)}.")


def table(said: object, where: str) -> Mapping[str, object]:
    """Give what was written as a table of names."""
    if not isinstance(said, Mapping) or not all(isinstance(name, str) for name in said):
        raise FamilyError(where, "a table of names was expected here.")
    return said


def entries(said: object, where: str) -> list[object]:
    """Give what was written as a list; nothing written is an empty list."""
    if said is None:
        return []
    if not isinstance(said, list):
        raise FamilyError(where, "a list was expected here, each line starting with a dash.")
    return said


def texts(said: object, where: str) -> tuple[str, ...]:
    """Give what was written as a list of texts."""
    found = tuple(entry for entry in entries(said, where) if isinstance(entry, str))
    if len(found) != len(entries(said, where)):
        raise FamilyError(where, "put every entry in quotes; yes, no and numbers need them.")
    return found
