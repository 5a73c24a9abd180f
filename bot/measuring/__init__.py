"""How well noticing does on texts that somebody has labelled: counts only, never a text."""
