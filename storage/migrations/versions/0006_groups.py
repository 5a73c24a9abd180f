"""Groups that share Kith: who is in them, the links out of them, their posts, and totals."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add what groups need, empty."""
    tag = sa.Column("tag", sa.String(80), nullable=False, server_default=sa.text("''"))
    op.add_column("messages", tag)
    op.create_table(
        "members",
        sa.Column("person", sa.String(80), primary_key=True),
        sa.Column("group", sa.String(90), primary_key=True),
        sa.Column("leads", sa.Boolean, nullable=False),
    )
    op.create_index("ix_members_group", "members", ["group"])
    op.create_table(
        "links",
        sa.Column("code", sa.String(90), primary_key=True),
        sa.Column("group", sa.String(90), nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.UniqueConstraint("group", "purpose", name="uq_links_group"),
    )
    op.create_table(
        "totals",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("scope", sa.String(90), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("made", sa.Float, nullable=False),
    )
