"""A plain CSV of places, one row each: the template of docs/places.md, and files much like it."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from typing import Final, TypeVar

from bot.directory.addresses import email_address, phone_number, web_address
from bot.directory.cleaning import date_of, line, number_of, parts, yes_or_no
from bot.directory.clearly import said_free, said_self_referral
from bot.directory.columns import column, columns
from bot.directory.opening import from_words
from bot.directory.record import Doubt, Entry, Refused, SourceUnusable
from bot.directory.service import ForWhom, Kind, Phone, Service
from bot.directory.tables import Row, read_header, read_rows
from bot.engine.outcode import outcode_of

_T = TypeVar("_T")
_KINDS: Final[Mapping[str, Kind]] = {
    "group": "group",
    "place": "place",
    "service": "service",
    "line": "line",
}
_FOR: Final[Mapping[str, ForWhom]] = {"me": "me", "other": "other", "both": "both"}
_OPEN: Final = {"active": True, "inactive": False, "closed": False, "defunct": False}
_PHONE: Final = re.compile(r"([^()]+?)\s*(?:\(([^()]*\D[^()]*)\))?")


def read_plain(content: bytes, name: str, source: str) -> Iterator[Entry]:
    """Read every row of a CSV. Raises SourceUnusable where it has no column for a name.

    Only a row without a name is refused; what can't be read in a row is a doubt and left out.
    """
    headers = read_header(content)
    if "name" not in columns(headers):
        raise SourceUnusable(f"{name} has no column 'name' -> see the template in docs/places.md")
    for header in headers:
        if header and not column(header):
            yield Doubt(name, f"a column that isn't known is left out: {header}")
    given: Counter[str] = Counter()
    for number, row in enumerate(read_rows(content, name), 2):
        where = f"{name}, row {number}"
        cells = _Cells(row)
        if not cells.line("name"):
            yield Refused(where, ("it has no name",))
            continue
        service = _service(cells, source, given)
        odd = [*cells.doubts, *_lacks(service)]
        yield from (Doubt(f"{where} ({service.name})", what) for what in odd)
        yield service


def read_cells(row: Row) -> tuple[Service, tuple[str, ...]]:
    """Read single cells by their columns as a row is read; give also what could not be read."""
    cells = _Cells(row)
    return _service(cells, "", Counter()), tuple(cells.doubts)


class _Cells:
    """The cells of one row by the columns of the template; remembers what could not be read."""

    def __init__(self, row: Row) -> None:
        self._cells: dict[str, list[str]] = {}
        for header, cell in row.items():
            self._cells.setdefault(column(header), []).append(cell)
        self.doubts: list[str] = []

    def text(self, name: str) -> str:
        return next(iter(self._cells.get(name, ())), "")

    def line(self, name: str) -> str:
        return line(self.text(name))

    def list(self, name: str, marks: str = ";\n|") -> tuple[str, ...]:
        return parts(";".join(self._cells.get(name, ())), marks)

    def read(self, name: str, reader: Callable[[str], _T], nothing: _T) -> _T:
        """Read a cell; what the reader makes nothing of is a doubt."""
        said = self.line(name)
        found = reader(said) if said else nothing
        if said and found == nothing:
            self.doubts.append(f"its {name} can't be read and is left out: {said[:60]}")
        return found


def _service(cells: _Cells, source: str, given: Counter[str]) -> Service:
    name = cells.line("name")
    outcode = cells.read("postcode", outcode_of, "")
    fees = cells.text("cost")
    free = cells.read("free", yes_or_no, None)
    kind: Kind | None = cells.read("kind", _kind, None)
    return Service(
        source=source,
        id=cells.line("id") or _id(name, outcode, given),
        name=name,
        organisation=cells.line("organisation"),
        also=cells.line("also known as"),
        what=cells.text("what"),
        kind=kind or "service",
        start=cells.text("how to start"),
        url=cells.read("website", _web, ""),
        email=cells.read("email", email_address, ""),
        phones=cells.read("phone", _phones, ()),
        cost=fees,
        free=said_free(fees) if free is None else free,
        least_age=cells.read("least age", number_of, None),
        most_age=cells.read("most age", number_of, None),
        for_whom=cells.read("for", lambda said: _FOR.get(said.casefold(), ""), ""),
        who_for="\n".join(cells.list("who can come", "\n")),
        self_referral=_self_referral(cells),
        wait=cells.line("wait"),
        hours=from_words(cells.text("hours")),
        languages=cells.list("languages", ",;\n"),
        access=cells.text("access"),
        meets_you=cells.line("who meets you"),
        address=", ".join(cells.list("address", "\n;")),
        outcodes=(outcode,) if outcode else (),
        areas=cells.list("area"),
        online=bool(cells.read("online", yes_or_no, None)),
        terms=cells.list("tags", ",;\n|"),
        says=cells.list("says"),
        alert=cells.text("note"),
        assured=cells.read("last checked", date_of, None),
        assured_by=cells.line("checked by"),
        active=cells.read("still open", _open, None) is not False,
    )


def _lacks(service: Service) -> Iterator[str]:
    if not (service.phones or service.url or service.email):
        yield "it gives no way to make contact"
    if not service.what:
        yield "it has no description"
    if service.assured is None:
        yield "it doesn't say when somebody last checked it"


def _self_referral(cells: _Cells) -> bool | None:
    """Tell whether people can come by themselves, from either column or clear words."""
    only = cells.read("only by referral", yes_or_no, None)
    said = cells.read("self referral", yes_or_no, None)
    if said is None and only is not None:
        return not only
    return said_self_referral(cells.text("how to start")) if said is None else said


def _id(name: str, outcode: str, given: Counter[str]) -> str:
    """Make an id of the name and the outcode, where a file gives none; the same every time."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80]
    made = "-".join(filter(None, (words or sha256(name.encode()).hexdigest()[:12], outcode)))
    given[made] += 1
    return made if given[made] == 1 else f"{made}-{given[made]}"


def _phones(text: str) -> tuple[Phone, ...]:
    """Read numbers, each perhaps with what it is for: `0161 496 0000 (evenings); 0800 ...`."""
    found = []
    for piece in re.split(r"[;|]|\s+or\s+|\s/\s", text):
        match = _PHONE.fullmatch(piece.strip())
        number = phone_number(match[1] if match else piece)
        if number:
            found.append(Phone(number, (match[2] or "") if match else ""))
    return tuple(found)


def _kind(text: str) -> Kind | None:
    return _KINDS.get(text.casefold())


def _web(text: str) -> str:
    return web_address(text if "://" in text or text.startswith("www.") else f"https://{text}")


def _open(text: str) -> bool | None:
    known = yes_or_no(text)
    return _OPEN.get(text.casefold()) if known is None else known
