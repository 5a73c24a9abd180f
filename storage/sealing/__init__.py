"""Sealing: everything that a person wrote or that shows who they are, under a key of their own."""
