"""What is wrong with the keys that open what people wrote."""

from collections.abc import Iterator

from bot.doctor.finding import Finding
from storage.sealing.looking import KeysCondition


def key_findings(condition: KeysCondition) -> Iterator[Finding]:
    """Look at the condition of the keys; what can't be looked at is said first, and alone."""
    at, apart = condition.source, condition.keys_at
    if condition.master in {"open", "unusable"}:
        why, _, fix = condition.trouble.partition(" -> ")
        code = "key-file-open" if condition.master == "open" else "keys-unusable"
        yield Finding(code, why, fix or f"see that {apart} can be read", serious=True)
        return
    if condition.master == "missing" and (condition.sealed or condition.wrapped):
        message = f"the master key is missing: there is no {at} and KITH_MASTER_KEY is not set"
        fix = "bring it back from where you keep a copy; without it nothing can be read"
        yield Finding("no-master-key", message, fix, serious=True)
    if condition.sealed and not condition.wrapped:
        message = f"there are conversations, but no keys that open them at {apart}"
        fix = "bring them back from their backup: kith keys restore FILE"
        yield Finding("no-keys", message, fix, serious=True)
    if condition.strange:
        message = f"keys are wrapped by a master key that is not in {at}"
        fix = "put the master key of that time back there, behind the newest"
        yield Finding("other-master-key", message, fix, serious=True)
    elif condition.halfway:
        message = "a change of the master key was begun and not finished"
        yield Finding("rotation-unfinished", message, "type `kith keys rotate`, which finishes it")
    if condition.unlisted and condition.wrapped and condition.master == "there":
        message = f"the list of who was forgotten is not there: {condition.unlisted}"
        fix = (
            "put it back, or an older backup brings people back who wanted to go; "
            "if nobody ever did, make an empty file there"
        )
        yield Finding("no-forgotten-list", message, fix)
    if condition.beside and condition.master == "there":
        message = f"the master key lies in the same folder as the data: {at}"
        fix = (
            "stop Kith, move it and its .forgotten to a folder apart and set KITH_KEY_FILE; "
            "keep a copy elsewhere (docs/privacy.md)"
        )
        yield Finding("key-beside-data", message, fix)
