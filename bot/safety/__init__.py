"""Noticing: a text goes in, a concern or nothing comes out. Pure, and nothing is kept."""
