"""First tables: sessions, ledger, outbox, due, cursors."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_counting = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the first tables."""
    op.create_table(
        "sessions",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("address", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("touched", sa.Float, nullable=False),
    )
    op.create_table(
        "ledger",
        sa.Column("event", sa.String(120), primary_key=True),
        sa.Column("seen", sa.Float, nullable=False),
        sa.Column("failed", sa.String(60), nullable=False),
    )
    op.create_index("ix_ledger_seen", "ledger", ["seen"])
    op.create_table(
        "outbox",
        sa.Column("id", _counting, primary_key=True, autoincrement=True),
        sa.Column("person", sa.String(80), nullable=False),
        sa.Column("address", sa.LargeBinary, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("made", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_outbox_person", "outbox", ["person", "id"])
    op.create_table(
        "due",
        sa.Column("id", _counting, primary_key=True, autoincrement=True),
        sa.Column("person", sa.String(80), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
        sa.UniqueConstraint("person", "name", name="uq_due_person"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_due_at", "due", ["at"])
    op.create_table(
        "cursors",
        sa.Column("name", sa.String(60), primary_key=True),
        sa.Column("value", sa.BigInteger, nullable=False),
    )
