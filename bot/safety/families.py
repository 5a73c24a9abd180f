"""The phrase families: plain data in, checked rules out, or a sentence saying what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar, get_args

from bot.safety.concern import About, Concern, ConcernClass, Tier
from bot.safety.normalise import normalise
from bot.safety.pattern import Pattern, PatternError, Sets, compile_pattern, read_message
from bot.safety.rule import Guard, Rule

Choice = TypeVar("Choice", bound=str)

_CLASSES: tuple[ConcernClass, ...] = get_args(ConcernClass)
_TIERS: tuple[Tier, ...] = get_args(Tier)
_ABOUT: tuple[About, ...] = get_args(About)
_PRESSING = ("medical", "suicide", "self-harm", "child", "abuse", "others")
_PARTS = frozenset({"sets", "guards", "families"})
_EXAMPLES = 3
_COUNTERS = 2
_FIELDS = frozenset({"id", "say", "tier", "about", "now", "unless", "examples", "counter"})


class FamilyError(ValueError):
    """Phrase families that can't be used; its text names the rule and says what to mend."""

    def __init__(self, where: str, what: str) -> None:
        """Say where the fault is and, as a plain sentence, what it is."""
        super().__init__(f"{where}: {what}")


@dataclass(frozen=True, slots=True)
class Families:
    """All rules, the most pressing first; each has passed its own examples."""

    rules: tuple[Rule, ...]


def compile_families(data: object) -> Families:
    """Read the whole file's data; raises `FamilyError` at the first thing that is wrong."""
    parts = table(data, "The file")
    only(parts, _PARTS, "The file")
    sets = read_sets(table(parts.get("sets", {}), "sets"))
    guards = {
        name: Guard(name, read_patterns(said, sets, f"Guard '{name}'"))
        for name, said in table(parts.get("guards", {}), "guards").items()
    }
    families = table(parts.get("families", {}), "families")
    only(families, frozenset(_CLASSES), "families")
    rules: dict[str, Rule] = {}
    for kind in _CLASSES:
        for entry in entries(families.get(kind), f"Family '{kind}'"):
            rule = read_rule(kind, table(entry, f"A rule of '{kind}'"), sets, guards)
            name = rule.concern.rule
            if name in rules:
                raise FamilyError(rule_called(name), "there are two rules with this id.")
            rules[name] = rule
    if not rules:
        raise FamilyError("families", "there is not a single rule, so nothing would be noticed.")
    return Families(tuple(sorted(rules.values(), key=urgency)))


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
    """Read one rule and try it on its own examples."""
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise FamilyError(f"A rule of '{kind}'", "it has no id.")
    where = rule_called(name)
    only(entry, _FIELDS, where)
    tier = one_of(_TIERS, entry.get("tier"), f"{where}, tier")
    about = one_of(_ABOUT, entry.get("about"), f"{where}, about")
    now = yes_or_no(entry.get("now", False), f"{where}, now")
    unless = texts(entry.get("unless"), f"{where}, unless")
    if missing := [guard for guard in unless if guard not in guards]:
        raise FamilyError(where, f"there is no guard '{missing[0]}'.")
    rule = Rule(
        Concern(kind, tier, name, about),
        now,
        read_patterns(entry.get("say"), sets, where),
        tuple(guards[guard] for guard in unless),
        texts(entry.get("examples"), f"{where}, examples"),
        texts(entry.get("counter"), f"{where}, counter"),
    )
    prove(rule, where)
    return rule


def prove(rule: Rule, where: str) -> None:
    """Try a rule on its own examples and counter-examples."""
    if len(rule.examples) < _EXAMPLES or len(rule.counter) < _COUNTERS:
        raise FamilyError(where, "it needs at least three examples and two counter-examples.")
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


def rule_called(name: str) -> str:
    """Name a rule the way that every sentence about it does."""
    return f"Rule '{name}'"


def yes_or_no(said: object, where: str) -> bool:
    """Give a yes or a no, whether the file's reader made a truth value of the word or left it."""
    match said:
        case True | "yes":
            return True
        case False | "no":
            return False
        case _:
            raise FamilyError(where, "this must be yes or no.")


def one_of(choices: tuple[Choice, ...], said: object, where: str) -> Choice:
    """Give the choice that was meant."""
    for choice in choices:
        if choice == said:
            return choice
    raise FamilyError(where, f"this must be one of: {', '.join(choices)}.")


def only(said: Mapping[str, object], known: frozenset[str], where: str) -> None:
    """Refuse a name that nothing reads, since it is a slip that would otherwise stay unseen."""
    if strange := said.keys() - known:
        raise FamilyError(where, f"'{min(strange)}' is not one of: {', '.join(sorted(known))}.")


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
    listed = entries(said, where)
    found = tuple(entry for entry in listed if isinstance(entry, str))
    if len(found) != len(listed):
        raise FamilyError(where, "put every entry in quotes; yes, no and numbers need them.")
    return found
