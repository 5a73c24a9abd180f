"""Groups that share one Kith: what is shared and shown, and what becomes of it. All of it pure."""
