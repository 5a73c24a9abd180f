"""Numbers of the messages in a chat, so that it can be cleared; confirmations of help numbers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add them, empty: nobody has confirmed anything yet, and earlier messages are not known."""
    op.create_table(
        "messages",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("at", sa.Float, nullable=False),
    )
    op.create_index("ix_messages_at", "messages", ["at"])
    op.create_table(
        "confirmations",
        sa.Column("digest", sa.String(64), primary_key=True),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("at", sa.Float, nullable=False),
    )
