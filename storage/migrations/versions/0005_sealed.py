"""Seal what people wrote and where they are, under keys that lie apart, and look after it."""

import sqlalchemy as sa
from alembic import context, op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Seal what is there, which only who holds the keys can, and set when it is looked after."""
    seal = context.config.attributes.get("seal")
    connection = op.get_bind()
    if seal:
        seal(connection)
    elif connection.scalar(sa.text("SELECT 1 FROM sessions LIMIT 1")):
        message = "conversations from an earlier Kith have to be sealed first"
        raise RuntimeError(message)
    # a name that told of somebody, in the open
    op.execute("UPDATE due SET name = 'lapse' WHERE name = 'cues'")
    # whoever is there is looked after from now on: thirty days after they were last here
    op.execute(
        "INSERT INTO due (person, name, at, wall)"
        " SELECT person, 'retention', touched + 30 * 86400.0, '' FROM sessions"
        " WHERE NOT EXISTS (SELECT 1 FROM due AS set_already"
        " WHERE set_already.person = sessions.person AND set_already.name = 'retention')"
    )
