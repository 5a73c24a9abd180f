"""How Kith speaks: the wording rules, checked on the texts as a person would read them."""
