"""Groups that share one Kith."""
