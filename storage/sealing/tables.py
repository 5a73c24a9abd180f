"""The tables of the keys database, which lies apart from the data and is backed up apart."""

from sqlalchemy import Column, Float, Index, LargeBinary, MetaData, String, Table

keys_metadata = MetaData()

keys = Table(
    "keys",
    keys_metadata,
    Column("person", String(80), primary_key=True),
    Column("id", LargeBinary, nullable=False),
    Column("master", String(16), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
    Column("made", Float, nullable=False),
    Index("ix_keys_master", "master"),
    Index("ix_keys_id", "id"),
)
"""One row a person: their key, sealed under the master key whose id is in `master`."""

own = Table(
    "own",
    keys_metadata,
    Column("what", String(20), primary_key=True),
    Column("id", LargeBinary, nullable=False),
    Column("master", String(16), nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)
"""Kith's own keys, sealed alike: `names`, which finds people, and `parting`, for goodbyes.

The row `names` also says which master key wraps today.
"""
