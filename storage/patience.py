"""How long a database may keep us waiting, whatever has happened to it."""

from collections.abc import Mapping
from typing import Final

BUSY_TIMEOUT_MS: Final = 10_000
PATIENCE: Final[Mapping[str, object]] = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c statement_timeout=10s -c lock_timeout=5s"
    " -c idle_in_transaction_session_timeout=15s",
}
"""So long PostgreSQL may keep the one thread that writes waiting."""
