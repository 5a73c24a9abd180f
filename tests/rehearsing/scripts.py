"""A small dialogue that the tests of rehearsing turn this way and that."""

HEAD = "id: talk\ntitle: Talk\nsteps:\n"
HELLO = """
  - id: hello
    say: Hello.
"""
MOOD = """
  - id: mood
    say: How are you?
    ask: choice
    choices:
      - fine: Fine
      - bad: Not so well
"""
SLEEP = """
  - id: sleep
    say: How do you sleep these days?
    ask: words
"""
WORK = """
  - id: work
    say: Do you work?
    ask: yes/no
"""
FRIEND = """
  - id: friend
    say: Who is around?
    ask: person
"""
BYE = """
  - id: bye
    say: Thank you. That is all.
"""


def talk(*steps: str) -> str:
    """A script of these steps."""
    return HEAD + "".join(steps)
