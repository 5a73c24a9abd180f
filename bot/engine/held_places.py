"""What stands under somebody's name on the lists of their groups, told with all that is kept."""

from collections.abc import Iterator

from bot.engine.catalogue import Catalogue
from bot.engine.group_places import PROPOSED, SAID, theirs
from bot.engine.holdings import Holding
from bot.engine.labels import word


def on_lists(catalogue: Catalogue) -> Iterator[Holding]:
    """Give a row for each place they proposed, until it is confirmed, and for what they said.

    Each can be taken back by itself.
    """
    for name, member in catalogue.groups.items():
        for place, said in theirs(member):
            own = said == PROPOSED
            words = ", ".join(filter(None, (place[each] for each in SAID)))
            yield Holding(
                "beside",
                f"groups/{place['id']}",
                word(catalogue, "holds_place_proposed" if own else "holds_place_said"),
                words if own else word(catalogue, "holds_place_said_is", said=said, words=words),
                {each: place[each] for each in (*SAID, "day")} if own else said,
                "",
                f"place withdraw:{name}/{place['id']}",
                alone=True,
            )
