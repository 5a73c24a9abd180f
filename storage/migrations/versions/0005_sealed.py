"""Seal what people wrote and where they are, under keys that lie apart."""

import sqlalchemy as sa
from alembic import context, op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Seal what is there; only who holds the keys can."""
    seal = context.config.attributes.get("seal")
    connection = op.get_bind()
    if seal:
        seal(connection)
    elif connection.scalar(sa.text("SELECT 1 FROM sessions LIMIT 1")):
        message = "conversations from an earlier Kith have to be sealed first"
        raise RuntimeError(message)
