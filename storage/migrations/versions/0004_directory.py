"""The directory of places to go to, and what people reported of them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both, empty: nothing was imported yet."""
    op.create_table(
        "services",
        sa.Column("source", sa.String(80), primary_key=True),
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("record", sa.Text, nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("corrections", sa.Text, nullable=False),
        sa.Column("assured", sa.String(10), nullable=False),
        sa.Column("missing", sa.Boolean, nullable=False),
        sa.Column("changed", sa.Float, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_services_version", "services", ["version"])
    op.create_table(
        "reports",
        sa.Column("source", sa.String(80), primary_key=True),
        sa.Column("id", sa.String(200), primary_key=True),
        sa.Column("verdict", sa.String(20), primary_key=True),
        sa.Column("day", sa.String(10), primary_key=True),
        sa.Column("how_many", sa.Integer, nullable=False),
    )
