"""Leases: which process may send what waits, and until when. No cursors: Telegram keeps its own."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the lease to what waits to go out; nobody holds what waits already."""
    op.add_column(
        "outbox", sa.Column("holder", sa.String(60), nullable=False, server_default=sa.text("''"))
    )
    op.add_column(
        "outbox", sa.Column("until", sa.Float, nullable=False, server_default=sa.text("0"))
    )
    op.drop_table("cursors")
