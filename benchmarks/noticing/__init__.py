"""How well concerns are noticed: what the second opinion learns from, and what is measured."""
