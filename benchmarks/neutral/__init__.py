"""One neutral dialogue that every engine runs, the people who walk it, and what they must read."""
