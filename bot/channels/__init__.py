"""Where people are: each channel turns what arrives into events and effects into what is seen."""
