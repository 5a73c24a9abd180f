"""Every line that Kith may log: its code, and what it tells the operator, with the remedy."""

from collections.abc import Mapping
from typing import Final

SENTENCES: Final[Mapping[str, str]] = {
    "turn": "a turn",
    "turn-failed": "somebody read that something went wrong here -> please report this line",
    "turn-not-written": (
        "a turn can't be written; the person is told so -> please report this line"
    ),
    "turn-not-kept": "a turn could not be written; what was sent comes again",
    "update-passed-over": "an update could not be read and is left out -> please report this line",
    "updates-not-read": "some update can't be read; they are taken one by one",
    "message-refused": "Telegram refused a message, which is left out -> please report this line",
    "not-alone": "what was for one member of a group went to all: one line that anyone may read",
    "post-not-edited": (
        "something in a group could not be edited; somebody may have deleted it there -> "
        "see whether it still stands, and let an admin of the group delete it"
    ),
    "admins-not-told": "Telegram did not say who runs a group; whoever asked leads no round now",
    "not-sent-yet": "a message could not go out yet; it is tried again",
    "not-enclosed": "a picture or page is left out; its text has said the same",
    "tap-not-answered": "a tapped button was left unanswered",
    "help-not-sent": "help could not be sent from memory; it is tried again",
    "outbox-not-looked-at": "the outbox could not be looked at; it is tried again",
    "leases-not-renewed": "leases could not be renewed; it is tried again",
    "leases-not-let-go": "leases could not be let go of; they end by themselves in 30 seconds",
    "due-not-looked-at": "what is due could not be looked at; it is tried again",
    "not-ready": "no turn could be kept just now",
    "database-away": (
        "the database is away; what people send waits with Telegram -> "
        "see that it runs, has room on its disk and may be written (KITH_DATABASE_URL)"
    ),
    "keys-away": (
        "the keys that open what people wrote can't be used; what people send waits with Telegram "
        "-> kith doctor says what is missing"
    ),
    "database-back": "the database is back; what waited is taken in",
    "erased-still-in-log": (
        "what was erased is still in the write-ahead log of the database; "
        "the next erasure empties it"
    ),
    "uncaught": "something failed where nobody looked -> please report this line",
    "crashed": "something went wrong that should not -> please report this line",
    "warned": "Python warns of something in the code -> please report this line",
    "library": "a library complains; its words are left out, since they could be somebody's",
    "unnamed": "a line that has no name -> please report this line",
}
UNNAMED: Final = "unnamed"
REASONS: Final[Mapping[str, str]] = {
    "SQLITE_BUSY": "another program holds it",
    "SQLITE_CANTOPEN": "its file or folder can't be opened",
    "SQLITE_CORRUPT": "its file is damaged; bring back a backup",
    "SQLITE_FULL": "its disk is full",
    "SQLITE_IOERR": "its disk does not read or write",
    "SQLITE_LOCKED": "another program holds it",
    "SQLITE_NOTADB": "its file is no database",
    "SQLITE_READONLY": "it may not be written",
    "25006": "it may not be written",
    "28000": "it refuses this user",
    "28P01": "it refuses the password",
    "53100": "its disk is full",
    "53200": "it has no memory left",
    "53300": "it has too many connections",
    "55P03": "another program holds it",
    "57014": "it takes too long to answer",
    "57P01": "it was shut down",
    "57P02": "it has crashed",
    "57P03": "it is starting or stopping",
    "unreachable": "it can't be reached, or the connection broke",
}
"""What a database's own code means; the longer codes of SQLite begin with one of these."""


def reason(code: str) -> str | None:
    """Say what a database's code means, in words of ours; None where that is not known."""
    return REASONS.get(code) or REASONS.get("_".join(code.split("_")[:2]))
