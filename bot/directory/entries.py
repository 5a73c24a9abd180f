"""Records on their way in: each becomes a service with its doubts, or is refused with reasons."""

from collections.abc import Iterable, Iterator

from bot.directory.given import Record, identity
from bot.directory.hsds import read_service
from bot.directory.kinds import UNKNOWN
from bot.directory.oruk1 import as_hsds3
from bot.directory.record import Doubt, Entry, Refused
from bot.directory.rules import doubts, kind_of, reasons, shown, unread

_NAMED_AT_ONCE = 20


class Intake:
    """Takes the records of one source in; remembers which odd fields it has already named."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._named: set[str] = set()

    def take(self, record: Record, where: str) -> Iterator[Entry]:
        """Give the service of a record and then every doubt about it, or its refusal."""
        record = as_hsds3(record)
        where = f"{where} ({shown(identity(record.get('id')) or record.get('name') or 'no id')})"
        if why := reasons(record):
            yield Refused(where, why)
            return
        service = read_service(record, self._source)
        yield service
        for what in dict.fromkeys(doubts(record, service)):
            yield Doubt(where, what)
        if new := sorted(unread(record) - self._named)[:_NAMED_AT_ONCE]:
            self._named.update(new)
            names = ", ".join(map(shown, new))
            yield Doubt(where, f"these fields are in no standard and are not read: {names}")


def no_record(found: object, where: str) -> Refused:
    """Refuse what is no object at all."""
    return Refused(where, (f"this is {kind_of(found)} where a service belongs",))


def passed_over(kind: str, count: int) -> str:
    """Say that records of another kind were not taken for services."""
    return f"this is {kind}, not a service" + (f" ({count} of them)" if count > 1 else "")


def said_twice(copies: int) -> str:
    """Say that records were left out because their service had come before."""
    return f"{copies} more records have the id of a service that is read already, which counts once"


def miscounted(says: int, gave: int) -> str:
    """Say that a header is wrong about how much there is."""
    return f"its header says {says} in all, and {gave} came"


def instead(kinds: Iterable[str]) -> str:
    """Say what came where services belong, and the remedy: the rest of a sentence."""
    came = ", ".join(sorted(set(kinds) - {UNKNOWN}))
    return (
        f"{f' but {came}' if came else ''}: give the JSON of HSDS 3 or Open Referral UK, or the "
        "address of such an API, which often ends in /services"
    )
