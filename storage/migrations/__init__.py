"""Steps that bring the tables of an earlier version forward."""
