"""Leases on what waits to go out, wall times of what is due; Telegram keeps its own cursor."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add them; nobody holds what waits already, and what is due already stays due then."""
    op.add_column(
        "outbox", sa.Column("holder", sa.String(60), nullable=False, server_default=sa.text("''"))
    )
    op.add_column(
        "outbox", sa.Column("until", sa.Float, nullable=False, server_default=sa.text("0"))
    )
    op.add_column(
        "due", sa.Column("wall", sa.String(19), nullable=False, server_default=sa.text("''"))
    )
    op.drop_table("cursors")
