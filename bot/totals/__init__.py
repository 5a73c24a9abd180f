"""What many told, in numbers that single out nobody (docs/reports.md)."""
