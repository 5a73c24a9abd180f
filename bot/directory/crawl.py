"""Reading a directory's API page by page, trusting neither its header nor its totals."""

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import count
from typing import Final

from bot.directory.details import Details
from bot.directory.documents import documents_in, is_zip
from bot.directory.entries import Intake, instead, miscounted, no_record, passed_over, said_twice
from bot.directory.fetching import Address, Fetcher, Missing, named
from bot.directory.given import identity
from bot.directory.json_text import NotJson, parsed
from bot.directory.kinds import SERVICE, Document, kind_of_record, opened
from bot.directory.limits import Limits
from bot.directory.reading import read_documents
from bot.directory.record import Doubt, Entry, Refused, SourceUnusable

_LIST: Final = "services"


class NoServices(SourceUnusable):
    """What lies at an address is sound, and lists no service."""


def crawl(where: Address, intake: Intake, limits: Limits) -> Iterator[Entry]:
    """Give the entries of an API: of its list of services, or of what lies at the address itself.

    Raises SourceUnusable where a page can't be read, and where there are more than anybody has.
    """
    with Fetcher(limits) as fetcher:
        front, body = _front(fetcher, where)
        if is_zip(body):
            yield from read_documents(documents_in(body, named(front), limits), front.name, intake)
            return
        first = opened(parsed(body, named(front)))
        seen: set[str] = set()
        copies, others, says = 0, Counter[str](), first.says
        details = Details(fetcher, front)
        for found in _pages(fetcher, front, body, limits, seen):
            if isinstance(found, Doubt):
                yield found
                continue
            name, page = found
            for index, record in enumerate(page.records):
                at = f"{name}, record {index + 1}"
                if not isinstance(record, Mapping):
                    yield no_record(record, at)
                    continue
                own = identity(record.get("id"))
                if (kind := kind_of_record(record)) != SERVICE:
                    others[kind] += 1
                elif own in seen:
                    copies += 1
                else:
                    seen.update({own} - {""})
                    whole = details.of(record, own, at)
                    yield from [whole] if isinstance(whole, Refused) else intake.take(whole, at)
        yield from (Doubt(named(front), passed_over(*each)) for each in others.items())
        if copies:
            yield Doubt(named(front), said_twice(copies))
        if says is not None and says != len(seen):
            yield Doubt(named(front), miscounted(says, len(seen)))


def _front(fetcher: Fetcher, where: Address) -> tuple[Address, bytes]:
    """Find the list of services: at the address itself, or under it."""
    try:
        body = fetcher.fetch(where)
        _check_services(body, where)
    except (Missing, NotJson, NoServices) as error:
        why = error
    else:
        return where, body
    if where.name == _LIST:
        raise why
    under = where.with_path(f"{where.path.rstrip('/')}/{_LIST}", keep_query=True)
    try:
        body = fetcher.fetch(under)
        _check_services(body, under)
    except (Missing, NotJson, NoServices):
        raise why from None
    return under, body


def _check_services(body: bytes, where: Address) -> None:
    if is_zip(body):
        return
    page = opened(parsed(body, named(where)))
    kinds = {kind_of_record(each) for each in page.records if isinstance(each, Mapping)}
    if SERVICE not in kinds:
        raise NoServices(f"{named(where)} holds no services{instead(kinds)}")


def _pages(
    fetcher: Fetcher, front: Address, body: bytes, limits: Limits, seen: set[str]
) -> Iterator[tuple[str, Document] | Doubt]:
    """Give pages until one is empty, missing, or brings no new id; `seen` is kept by the caller.

    Some servers count from 0 and some from 1, so after the first answer page 1 is asked for, and
    only what comes after it ends the reading by bringing nothing new.
    """
    page = opened(parsed(body, named(front)))
    yield "page 1", page
    bodies = {sha256(body).digest()}
    follow, told, order = page.paged, False, 1
    address: Address | None
    for number in count(1):
        if not follow or not page.records:
            return
        if number > limits.pages:
            raise SourceUnusable(
                f"{named(front)} has more than {limits.pages} pages: ask its publisher for a file"
            )
        address, foreign = _next(front, page)
        if foreign and not told:
            told = True
            yield Doubt(
                named(front), f"its next page lies on another host and isn't read: {foreign}"
            )
        by_link = address is not None
        address = address or front.update_query(page=str(number))
        try:
            body = fetcher.fetch(address)
        except Missing:
            return
        new = opened(parsed(body, f"{named(address)}, page {number}"))
        ids = {identity(each.get("id")) for each in new.records if isinstance(each, Mapping)}
        fresh = bool(ids - seen - {""})
        digest = sha256(body).digest()
        # Records without an id are worth a refusal, once.
        if fresh or (digest not in bodies and len(new.records) > 0 and ("" in ids or not ids)):
            order += 1
            yield f"page {order}", new
        bodies.add(digest)
        if fresh:
            page = new
        follow = fresh or (number == 1 and not by_link)


def _next(front: Address, page: Document) -> tuple[Address | None, str]:
    """Read a page's link to the next: an address of the same host, or the name of another host."""
    if not page.next:
        return None, ""
    try:
        there = front.join(Address(page.next))
        same = there.origin() == front.origin()
    except ValueError:
        return None, "unnamed"
    return (there, "") if same else (None, there.host or "unnamed")
