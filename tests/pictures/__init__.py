"""The picture of who is around."""
