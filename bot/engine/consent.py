"""The agreement that what somebody says is kept: given once, for one version of what is said."""

from typing import Final

from bot.engine.apart import reflection_of
from bot.engine.session import Session

CONSENT: Final = "consent"
"""The name of the answer in which it is given."""
AGREED: Final = "agreed"
"""The choice that gives it; any other, and leaving the question out, does not."""


def has_consented(session: Session) -> bool:
    """Say whether the person ever agreed, to whatever version; without that nothing is kept.

    Those from before versions were written down agreed by their answer alone.
    """
    held = reflection_of(session).answers.get(CONSENT)
    return bool(session.agreed) or (held is not None and held.value == AGREED)
