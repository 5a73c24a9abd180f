"""Who is in which group, and the links that lead out of a group into a private chat."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from sqlalchemy import BindParameter, Connection, bindparam, delete, insert, select

from storage.tables import due, links, members
from storage.totals import Totals

LOOK: Final = "look"
"""What is due for a group whose board has to be made anew, since somebody in it was forgotten."""
_PEOPLE: Final[BindParameter[str]] = bindparam("people", expanding=True)
_OF: Final = select(members.c.person, members.c.group, members.c.leads).where(
    members.c.person.in_(_PEOPLE)
)
_IN: Final = (
    select(members.c.person).where(members.c.group == bindparam("whose")).order_by(members.c.person)
)


class Groups:
    """What one transaction may do about groups. Names are those under which rows stand."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.totals = Totals(connection)

    def of(self, people: Iterable[str]) -> dict[str, dict[str, bool]]:
        """Give the groups of these people, each with whether they may lead there."""
        found: dict[str, dict[str, bool]] = {}
        for row in self._connection.execute(_OF, {"people": sorted(set(people))}):
            found.setdefault(row.person, {})[row.group] = row.leads
        return found

    def members(self, group: str) -> list[str]:
        """Give who is in a group, in the order of names."""
        return list(self._connection.scalars(_IN, {"whose": group}))

    def join(self, person: str, group: str, *, leads: bool | None = None) -> None:
        """Let a person belong to a group; `leads` is kept as it was where it is None."""
        mine = (members.c.person == person) & (members.c.group == group)
        query = select(members.c.leads).where(mine)
        before = self._connection.scalar(query)
        self._connection.execute(delete(members).where(mine))
        row = {"person": person, "group": group, "leads": bool(before if leads is None else leads)}
        self._connection.execute(insert(members).values(row))

    def leave(self, person: str, group: str) -> None:
        """Let a person belong to a group no more."""
        mine = (members.c.person == person) & (members.c.group == group)
        self._connection.execute(delete(members).where(mine))

    def followed(self, codes: Iterable[str]) -> dict[str, tuple[str, str]]:
        """Give the group and the purpose of each of these links that is known."""
        query = select(links).where(links.c.code.in_(sorted(set(codes))))
        return {row.code: (row.group, row.purpose) for row in self._connection.execute(query)}

    def links(self, group: str) -> dict[str, str]:
        """Give the codes of a group's links by what they are for."""
        query = select(links.c.purpose, links.c.code).where(links.c.group == group)
        return {row.purpose: row.code for row in self._connection.execute(query)}

    def link(self, group: str, purpose: str, code: str) -> None:
        """Let a code lead out of a group."""
        row = {"code": code, "group": group, "purpose": purpose}
        self._connection.execute(insert(links).values(row))

    def clear(self, names: Sequence[str]) -> None:
        """Take these people out of all groups, and everybody out of these groups."""
        self._look_at({group for each in self.of(names).values() for group in each})
        mine = members.c.person.in_(names) | members.c.group.in_(names)
        self._connection.execute(delete(members).where(mine))
        self._connection.execute(delete(links).where(links.c.group.in_(names)))
        self.totals.clear(names)

    def _look_at(self, groups: AbstractSet[str]) -> None:
        """Let the boards of these groups be made anew by whoever comes next."""
        for group in sorted(groups):
            mine = (due.c.person == group) & (due.c.name == LOOK)
            self._connection.execute(delete(due).where(mine))
            self._connection.execute(insert(due).values(person=group, name=LOOK, at=0.0, wall=""))
