"""The phrase families: plain data in, checked rules out, or a sentence saying what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from bot.safety.concern import CLASSES, About, Concern, ConcernClass, Tier
from bot.safety.fields import FamilyError, entries, one_of, only, table, texts, yes_or_no
from bot.safety.normalise import normalise
from bot.safety.pattern import Pattern, PatternError, Sets, compile_pattern, read_message
from bot.safety.rule import Cue, Guard, Rule, Said

_TIERS: tuple[Tier, ...] = get_args(Tier)
_ABOUT: tuple[About, ...] = get_args(About)
_PRESSING = ("medical", "suicide", "self-harm", "child", "abuse", "others")
_PARTS = frozenset({"sets", "guards", "families", "cues"})
_TOGETHER = ("1", "2", "3")
_EXAMPLES = 3
_COUNTERS = 2
_CUE_FIELDS = frozenset({"id", "say", "about", "unless", "examples", "counter"})
_RULE_FIELDS = _CUE_FIELDS | {"tier", "now", "together"}


@dataclass(frozen=True, slots=True)
class Families:
    """All rules, the most pressing first, and all cues; each has passed its own examples."""

    rules: tuple[Rule, ...]
    cues: tuple[Cue, ...] = ()


def compile_families(data: object, *, proven: bool = False) -> Families:
    """Read the whole file's data; raises `FamilyError` at the first thing that is wrong.

    Every rule and cue is tried on its own examples, but for data that is known to have been
    `proven` as it is: trying them all takes most of the time.
    """
    parts = table(data, "The file")
    only(parts, _PARTS, "The file")
    sets = read_sets(table(parts.get("sets", {}), "sets"))
    guards = {
        name: Guard(name, read_patterns(said, sets, f"Guard '{name}'"))
        for name, said in table(parts.get("guards", {}), "guards").items()
    }
    rules = [read_rule(kind, entry, sets, guards) for kind, entry in by_class(parts, "families")]
    cues = [read_cue(kind, entry, sets, guards) for kind, entry in by_class(parts, "cues")]
    if not rules:
        raise FamilyError("families", "there is not a single rule, so nothing would be noticed.")
    named = [*(rule.concern.rule for rule in rules), *(cue.name for cue in cues)]
    if twice := [name for at, name in enumerate(named) if name in named[:at]]:
        raise FamilyError(rule_called(twice[0]), "there are two rules with this id.")
    for name, said in zip(named, (*rules, *cues), strict=True):
        if not proven:
            prove(said, rule_called(name))
    return Families(tuple(sorted(rules, key=urgency)), tuple(cues))


def by_class(
    parts: Mapping[str, object], part: str
) -> list[tuple[ConcernClass, Mapping[str, object]]]:
    """Give the entries of a part that is divided by classes, in the order of the classes."""
    classes = table(parts.get(part, {}), part)
    only(classes, frozenset(CLASSES), part)
    return [
        (kind, table(entry, f"A rule of '{kind}'"))
        for kind in CLASSES
        for entry in entries(classes.get(kind), f"Family '{kind}'")
    ]


def urgency(rule: Rule) -> tuple[int, bool, int]:
    """Give the sorting key that puts the most pressing rule first."""
    concern = rule.concern
    return _TIERS.index(concern.tier), not rule.now, _PRESSING.index(concern.kind)


def read_sets(named: Mapping[str, object]) -> Sets:
    """Read the word lists; an entry like {close} takes over a list written further up."""
    sets: dict[str, tuple[str, ...]] = {}
    for name, said in named.items():
        where = f"List '{name}'"
        phrases: list[str] = []
        for entry in texts(said, where):
            if not entry.startswith("{"):
                phrases.append(normalise(entry))
            elif entry.strip("{}") in sets:
                phrases += sets[entry.strip("{}")]
            else:
                raise FamilyError(where, f"{entry} is not a list written above it.")
        if not phrases or not all(phrases):
            raise FamilyError(where, "it is empty, or an entry has no words in it.")
        sets[name] = tuple(phrases)
    return sets


def read_rule(
    kind: ConcernClass, entry: Mapping[str, object], sets: Sets, guards: Mapping[str, Guard]
) -> Rule:
    """Read one rule."""
    name = read_name(kind, entry)
    where = rule_called(name)
    only(entry, _RULE_FIELDS, where)
    tier = one_of(_TIERS, entry.get("tier"), f"{where}, tier")
    about = one_of(_ABOUT, entry.get("about"), f"{where}, about")
    now = yes_or_no(entry.get("now", False), f"{where}, now")
    together = one_of(_TOGETHER, str(entry.get("together", 1)), f"{where}, together")
    said = read_said(entry, sets, guards, where)
    return Rule(
        said.patterns,
        said.guards,
        said.examples,
        said.counter,
        concern=Concern(kind, tier, name, about),
        now=now,
        together=int(together),
    )


def read_cue(
    kind: ConcernClass, entry: Mapping[str, object], sets: Sets, guards: Mapping[str, Guard]
) -> Cue:
    """Read one cue; it is about the writer unless it says so."""
    name = read_name(kind, entry)
    where = rule_called(name)
    only(entry, _CUE_FIELDS, where)
    about = one_of(_ABOUT, entry.get("about", "me"), f"{where}, about")
    said = read_said(entry, sets, guards, where)
    return Cue(
        said.patterns,
        said.guards,
        said.examples,
        said.counter,
        name=name,
        kind=kind,
        about=about,
    )


def read_name(kind: ConcernClass, entry: Mapping[str, object]) -> str:
    """Give the id of a rule or a cue."""
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise FamilyError(f"A rule of '{kind}'", "it has no id.")
    return name


def read_said(
    entry: Mapping[str, object], sets: Sets, guards: Mapping[str, Guard], where: str
) -> Said:
    """Read what rules and cues have in common: phrases, guards, examples."""
    unless = texts(entry.get("unless"), f"{where}, unless")
    if missing := [guard for guard in unless if guard not in guards]:
        raise FamilyError(where, f"there is no guard '{missing[0]}'.")
    return Said(
        read_patterns(entry.get("say"), sets, where),
        tuple(guards[guard] for guard in unless),
        texts(entry.get("examples"), f"{where}, examples"),
        texts(entry.get("counter"), f"{where}, counter"),
    )


def prove(said: Said, where: str) -> None:
    """Try a rule or a cue on its own examples and counter-examples."""
    if len(said.examples) < _EXAMPLES or len(said.counter) < _COUNTERS:
        raise FamilyError(where, "it needs at least three examples and two counter-examples.")
    for example in said.examples:
        if not said.fires(read_message(example)):
            raise FamilyError(where, f"it does not notice its own example “{example}”.")
    for counter in said.counter:
        if said.fires(read_message(counter)):
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


def rule_called(name: str) -> str:
    """Name a rule the way that every sentence about it does."""
    return f"Rule '{name}'"
