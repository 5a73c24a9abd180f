"""What is wrong with what Kith would say: broken dialogues, no human."""

from collections.abc import Iterator, Sequence

from bot.doctor.finding import Finding
from bot.engine.diagnostics import Diagnostic, errors_in


def dialogue_findings(diagnostics: Sequence[Diagnostic], contact: str) -> Iterator[Finding]:
    """Look at the diagnostics and the contact."""
    if errors := errors_in(diagnostics):
        message = f"the dialogues have {len(errors)} to mend, the first: {errors[0]}"
        fix = "mend them; `kith check` names all"
        yield Finding("dialogues-broken", message, fix, serious=True)
    if not contact:
        message = "KITH_CONTACT is not set, so that people can't reach a human of the service"
        fix = "set it to who can be reached, how and when, as people will read it"
        yield Finding("no-contact", message, fix)
