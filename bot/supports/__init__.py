"""Who and what could share the weight: pure rules over a person's own answers."""
