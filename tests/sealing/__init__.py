"""Sealing, module by module: what opens, what doesn't, and what is never lost."""
