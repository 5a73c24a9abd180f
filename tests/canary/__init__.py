"""The canary run: people with words and numbers of their own, and a search for every one of them."""
