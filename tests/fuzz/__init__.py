"""Updates that nobody meant: nothing they hold may stop Kith or touch somebody else."""
