"""The fields of a phrase file: given as what they should be, or a sentence on what is wrong."""

from collections.abc import Mapping
from typing import TypeVar

Choice = TypeVar("Choice", bound=str)


class FamilyError(ValueError):
    """Phrase families that can't be used; its text names the rule and says what to mend."""

    def __init__(self, where: str, what: str) -> None:
        """Say where the fault is and, as a plain sentence, what it is."""
        super().__init__(f"{where}: {what}")


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
