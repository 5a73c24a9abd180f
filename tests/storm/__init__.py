"""Real processes that are killed at random moments while many people talk with them."""
