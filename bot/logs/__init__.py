"""What Kith tells its operator while it runs: allow-listed lines, and nothing of a person."""
