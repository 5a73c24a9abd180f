"""Pictures that are drawn in memory when they are sent."""
