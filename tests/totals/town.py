"""People who said yes to being counted, kept as Kith keeps them; and the groups that they are in."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.engine.group import Group, dump_group
from bot.engine.session import Answer, Frame, Session
from bot.parcels import pack, pack_session
from storage.store import Store, Stored
from tests.rows import keep

SECRET = "the words of somebody"
OUTSIDE = 29
"""So many of `a_month` are in no group; they come first."""
CAFE, CHOIR = "telegram-group:cafe", "telegram-group:choir"
TITLES = {CAFE: "Café Circle", CHOIR: "The Choir"}


def reflected(
    counted: tuple[str, ...], doorway: str = "", pressures: Sequence[str] = (), step: str = ""
) -> Session:
    """Give the session of somebody who picked this, and wrote and named a lot besides."""
    answers = {
        "brings": Answer("given", SECRET),
        "doorway": Answer("given", doorway) if doorway else Answer("skipped"),
        "other": Answer("given", {"name": SECRET}),
        "where": Answer("given", SECRET),
        "pressures": Answer("given", [*pressures]),
        "plan": Answer(
            "result",
            [{"part": "situation", "kind": step, "carried": "shared", "step": step and SECRET}],
        ),
    }
    return replace(
        Session(),
        place=(Frame("reflection", "goodbye"),),
        status="ended",
        answers=answers,
        path=tuple(answers),
        counted=counted,
    )


def settled(store: Store, people: Iterable[Session]) -> None:
    """Keep these people, and both groups."""
    with store.transaction() as tx:
        for name, title in TITLES.items():
            keep(tx, Stored(name, b"{}", pack(dump_group(Group(title)))))
        for number, session in enumerate(people):
            person = f"telegram:{number:03}"
            keep(tx, Stored(person, b"{}", pack_session(session)))
            for group in filter(None, session.counted[1:]):
                tx.groups.join(person, group)


def a_month(month: str = "2020-01") -> list[Session]:
    """Give a month of 41 people: 29 in no group, 12 of the café; ten more never said yes, or took it back."""
    first, later = (f"{month}-03", ""), (f"{month}-20", CAFE)
    return [
        *(reflected(first, "work", ["money"], "group") for _ in range(14)),
        *(reflected(first, "home", [], "service") for _ in range(8)),
        *(reflected(first, "family") for _ in range(3)),
        *(reflected(first) for _ in range(4)),
        *(reflected(later, "work", ["money", "health"]) for _ in range(6)),
        *(reflected(later, "home", ["health"]) for _ in range(6)),
        *(reflected((), "work") for _ in range(5)),
        *(reflected((f"{month}-03",), "work") for _ in range(5)),
    ]
