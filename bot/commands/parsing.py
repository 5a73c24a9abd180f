"""What the commands share when they say what they take."""

import argparse
from typing import Any

Commands = Any
"""The sub-parsers of `kith`; argparse has no public name for their type."""


def with_database(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Let `--db` stand behind the command as well as before it."""
    parser.add_argument("--db", metavar="URL", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    return parser
