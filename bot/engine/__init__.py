"""The pure middle: scripts, sessions, events in, effects out. No clock, no network, no database."""
