"""What stands in a group: its posts, brought up to what is shared there by now."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.batch import Batch
from bot.engine.effects import Link, Say
from bot.engine.group import Group
from bot.engine.labels import word
from bot.group_rows import GroupRows
from bot.groups.board import Post, on_day, posts
from bot.groups.steering import settled
from bot.library import Library
from bot.parcels import Outgoing, pack, pack_outgoing, unpack, unpack_outgoing
from storage.outbox import Letter
from storage.store import Transaction


class GroupPosts:
    """The posts of the groups of one transaction; what is different goes out with it."""

    def __init__(
        self, tx: Transaction, library: Library, batch: Batch, rows: GroupRows, now: datetime
    ) -> None:
        self._tx = tx
        self._library = library
        self._batch = batch
        self._rows = rows
        self._now = now

    def show(self, place: int, name: str) -> None:
        """Bring what stands in a group up to what is shared now: new posts, and changed ones."""
        group = self._rows.group(name)
        row = self._batch.row(name)
        if group is None or row is None or group.round is None:
            return
        shares = self._rows.shares(name, group)
        group = settled(group, shares)
        made = posts(self._library.catalogue, group, shares)
        for effect in self._different(name, group, made):
            letter = pack_outgoing(Outgoing(effect))
            address = pack({**unpack(row.address), "thread": group.thread})
            self._batch.post(place, Letter(name, address, letter))
        self._rows.keep(name, replace(group, posted={each.tag: each.digest for each in made}))

    def _different(self, name: str, group: Group, made: Sequence[Post]) -> Iterator[Say]:
        joins = Link(word(self._library.catalogue, "join_round"), self._rows.codes(name)["round"])
        for post in made:
            if group.posted.get(post.tag) != post.digest:
                stands = post.tag in group.posted and not self._overtaken(name, post.tag)
                if post.bare and not stands:
                    yield Say(post.bare, tag=post.tag)
                yield Say(
                    post.text,
                    links=(joins,) if post.joins else (),
                    tag=post.tag,
                    replace=stands or bool(post.bare),
                    enclosed=on_day(post.enclosed, self._now.date().isoformat()),
                )
        there = {post.tag for post in made}
        for tag in group.posted:
            if tag not in there:
                yield Say(word(self._library.catalogue, "board_gone"), tag=tag, replace=True)

    def _overtaken(self, name: str, tag: str) -> bool:
        """Take out what waits under a tag and holds what is not shared any more.

        Says whether it had not gone out at all: then what comes now takes no place of anything.
        """
        now = self._now.timestamp()
        waits = [
            each
            for each in self._tx.waiting(name)
            if each.until < now and unpack_outgoing(each.body).effect.tag == tag
        ]
        self._tx.sent([each.id for each in waits])
        return bool(waits) and not self._tx.posts.tagged(name, tag)
