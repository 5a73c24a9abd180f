"""Who is in which group, and the links that lead out of it; the same on both databases."""

from storage.store import Store

ANN, BEN, GROUP, OTHER = "telegram:a", "telegram:b", "telegram-group:g", "telegram-group:o"


def test_whoever_joins_is_there_once_and_leads_as_was_said_last(store: Store) -> None:
    with store.transaction() as tx:
        tx.groups.join(ANN, GROUP, leads=True)
        tx.groups.join(ANN, GROUP)
        tx.groups.join(ANN, OTHER)
        tx.groups.join(BEN, GROUP)
        assert tx.groups.of([ANN, BEN]) == {
            ANN: {GROUP: True, OTHER: False},
            BEN: {GROUP: False},
        }
        tx.groups.join(ANN, GROUP, leads=False)
        assert tx.groups.of([ANN])[ANN][GROUP] is False
        tx.groups.leave(ANN, GROUP)
        assert tx.groups.members(GROUP) == [BEN]


def test_a_link_leads_to_its_group(store: Store) -> None:
    with store.transaction() as tx:
        tx.groups.link(GROUP, "round", "code-1")
        assert tx.groups.followed(["code-1", "nobody"]) == {"code-1": (GROUP, "round")}
        assert tx.groups.links(GROUP) == {"round": "code-1"}


def test_forgetting_a_person_or_a_group_takes_them_out_of_everything(store: Store) -> None:
    with store.transaction() as tx:
        for person in (ANN, BEN):
            tx.groups.join(person, GROUP)
            tx.groups.join(person, OTHER)
        tx.groups.link(GROUP, "round", "code-1")
        tx.erase([ANN, GROUP], 1.0)
        assert tx.groups.of([ANN, BEN]) == {BEN: {OTHER: False}}
        assert tx.groups.links(GROUP) == {}
