"""What readers of YAML and of conditions complain about, in words for people who don't program."""

import re
from collections.abc import Mapping
from typing import Final

_YAML: Final[Mapping[str, str]] = {
    "mapping values are not allowed": "a colon stands where none can",
    "cannot start any token": "this sign, or a tab, can't begin a text",
    "tab character": "a tab stands here",
    "end of stream": "a quote is opened and never closed",
    "could not find expected ':'": "a name without a colon behind it",
    "sequence entries are not allowed": "a list can't begin here",
    "mapping keys are not allowed": "a name can't begin here",
    "',' or ']'": "a list in [ ] is not closed, or a comma is missing",
    "',' or '}'": "names in { } are not closed, or a comma is missing",
    "'-' indicator": "this line is indented like a list, and has no - at its beginning",
    "expected key": "this line doesn't fit with those above it",
    "node content": "something is missing before this sign",
    "undefined alias": "a text that begins with * needs quotes around it",
    "alphabetic or numeric": "a text that begins with * or & needs quotes around it",
    "escape character": "a \\ in double quotes means something else here",
    "comment or line break": "something stands behind the | or > that announces a text",
    "tag": "a text that begins with ! needs quotes around it",
    "directive": "a line that begins with % needs quotes around it",
    "document": "this doesn't belong to what stands above it",
}
_REFUSED: Final[Mapping[str, str]] = {
    "add": "adding with +",
    "sub": "taking away with -",
    "mul": "multiplying with *",
    "div": "dividing with /",
    "concat": "joining with ~",
    "call": "a name with ( ) behind it",
    "getitem": "a name with [ ] behind it",
    "compare": "comparing more than two things",
    "condexpr": "an  if  without  else",
    "dict": "something in { }",
    "assign": "{% set %}",
    "test": "what stands behind  is",
}
_REFUSAL: Final = re.compile(r"an? (\w+) is not part of the script language")
_TOLD: Final[tuple[tuple[str, str], ...]] = (
    (r"unknown tag '(\w+)'", "{{% {} %}} can't stand here"),
    (r"to be closed is '(\w+)'", "{{% {} %}} is opened and never closed"),
    (r"Missing end of comment", "{{# is opened and never closed"),
    (r"end of template", "{{{{ or {{% is opened and never closed"),
    (r"char (?:\"'\"|'\"')", "a quote is opened and never closed"),
    (r"char '(.+)' at", "{} can't stand here; quotes around values are straight ones"),
    (r"'='", "a single = compares nothing; it takes two"),
    (r"unexpected '.+', expected", "a bracket is opened and never closed"),
    (r"got 'string'", "something is missing before the words in quotes"),
    (r"got '(?:integer|float)'", "something is missing before the number"),
    (r"got 'end of .+'", "something is missing before the end"),
    (r"got '(.+)'", "something is missing before {}"),
    (r"unexpected '", "something is missing before the end, or a bracket is one too many"),
)
"""What Jinja says, and what a person would; the first that is found counts."""


def yaml_fault(problem: str) -> str:
    """Say what keeps a file from being read; anything that is not known says only that."""
    return next((plain for sign, plain in _YAML.items() if sign in problem), "this can't be read")


def text_fault(problem: str) -> str:
    """Say what is wrong with a condition, or with what stands in the brackets of a text."""
    if refused := _REFUSAL.fullmatch(problem):
        return f"{_REFUSED.get(refused[1], 'this')} is not part of the script language"
    for sign, plain in _TOLD:
        if match := re.search(sign, problem):
            return plain.format(*match.groups())
    return problem
