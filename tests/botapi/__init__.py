"""A Bot API server for tests: real HTTP on loopback, people who talk and tap, faults on request."""

from tests.botapi.groups import Group
from tests.botapi.people import Person, Seen
from tests.botapi.server import BotApi, Call, Fault

__all__ = ["BotApi", "Call", "Fault", "Group", "Person", "Seen"]
