"""PURE: what is wrong with an installation, from facts that others gathered."""
