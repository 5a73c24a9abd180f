"""Kith: a guided reflection that ends with people who could share the weight."""
