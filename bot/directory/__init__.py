"""Community resources: records of many shapes in, at most a few good answers out."""
