"""Pictures of a dialogue for the people who write it: a script in, text out."""
