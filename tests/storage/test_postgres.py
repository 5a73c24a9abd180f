"""PostgreSQL keeps the same promises as the embedded database."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from storage.database import migrate, open_database
from storage.store import Store, Stored
from storage.tables import metadata


def test_migrations_make_exactly_the_tables_that_the_program_uses(postgres_url: str):
    """From nothing to the newest revision gives the tables of this program, no more and no less."""
    engine = open_database(postgres_url)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def test_what_was_kept_is_there_after_opening_again(postgres_url: str):
    """A restart finds what was there."""
    store = Store(open_database(postgres_url))
    with store.transaction() as tx:
        tx.ensure({"a": b"x"}, b"", 1.0)
        tx.save(Stored("a", b"x", b"words"), 1.0)
        assert tx.post("a", b"x", [b"1", b"2"], 1.0) == [1, 2]
        tx.remind("a", "r", 1.0)
    store.close()
    store = Store(open_database(postgres_url))
    with store.transaction() as tx:
        assert tx.sessions(["a"])["a"].body == b"words"
        assert [parcel.body for parcel in tx.waiting("a")] == [b"1", b"2"]
    store.close()


def test_each_test_has_a_database_of_its_own(postgres_url: str):
    """What another test wrote is not here."""
    engine = open_database(postgres_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sessions")).scalar() == 0
    engine.dispose()
