"""Pages that people can print, made in memory when they are sent."""
