"""A JSON Schema of the script language, made from `keys.py`, for editors to help while typing.

`python -m bot.schema` prints it; `make docs` keeps it in docs/script.schema.json. Draft 7, because
that is what the YAML language server of most editors reads. It takes every form that the reader
takes: one value for a list of one, a number for a text, `- value: Label` for a choice. What hangs
together across steps is left to `kith check`.
"""

import json
import sys
from collections.abc import Mapping
from itertools import combinations
from typing import Final

from bot.engine.checks import NAME, STEP_ID
from bot.engine.keys import (
    BUDGET_KEYS,
    CHOICE_KEYS,
    OFFER_KEYS,
    PAGE_KEYS,
    PART_KEYS,
    PICTURE_KEYS,
    ROUND_KEYS,
    SCRIPT_KEYS,
    STEP_KEYS,
    WAY_KEYS,
    Key,
    Shape,
)

Schema = dict[str, object]
NOT_TOGETHER: Final = ("ask", "page", "picture")
"""Only one of these can stand in a step."""

PICKED: Final = ("choice", "several", "stones")
"""Kinds of question that are nothing without choices."""
_SCALAR: Final = ("string", "number", "boolean")
_SAID: Final = r"\S"
_FLAG: Final = r"^([Yy][Ee][Ss]|[Nn][Oo]|[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])$"


def schema() -> Schema:
    """Give the schema of a script file; its descriptions are the sentences of `keys.py`."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "A dialogue of Kith",
        "description": "docs/writing-dialogues.md explains how to write one.",
        **_mapping(SCRIPT_KEYS),
        "definitions": {
            "step": _step(),
            "choice": _choice(),
            "offer": {"title": "Buttons from a list", **_mapping(OFFER_KEYS)},
            "way": {"anyOf": [_name(), {"title": "A way on", **_mapping(WAY_KEYS)}]},
            "budget": {"title": "A budget", **_mapping(BUDGET_KEYS)},
            "page": {"title": "A page", **_mapping(PAGE_KEYS)},
            "part": {"title": "A part of a page", **_mapping(PART_KEYS)},
            "picture": {"title": "A picture", **_mapping(PICTURE_KEYS)},
            "round": {"title": "A round of a group", **_mapping(ROUND_KEYS)},
        },
    }


def schema_text() -> str:
    """Write the schema as the text of its file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _mapping(keys: Mapping[str, Key]) -> Schema:
    needed = [name for name, key in keys.items() if key.needed]
    return {
        "type": "object",
        "additionalProperties": False,
        **({"required": needed} if needed else {}),
        "properties": {
            name: {"description": key.says, **_shape(key)} for name, key in keys.items()
        },
    }


def _shape(key: Key) -> Schema:
    if key.shape == "one of":
        return {"enum": [*key.words], "enumDescriptions": [*key.words.values()]}
    return _SHAPES[key.shape]


def _name() -> Schema:
    return {"type": [*_SCALAR], "minLength": 1}


def _said() -> Schema:
    """Accept a text that says something, also a number."""
    return {"type": [*_SCALAR], "pattern": _SAID}


def _text() -> Schema:
    return {"type": [*_SCALAR, "null"]}


def _list(name: str, least: int = 0) -> Schema:
    """Accept a list, one single value for a list of one, and nothing where it needn't be."""
    item: Schema = {"$ref": f"#/definitions/{name}"}
    several: Schema = {"type": "array", "minItems": least, "items": item}
    return {"anyOf": [several, item, *([] if least else [{"type": "null"}])]}


def _named(pattern: str, *, empty: bool) -> Schema:
    told = "letters, numbers and _ only, and no number first"
    return {
        "type": ["string", "boolean", *(["null"] if empty else [])],
        "pattern": f"^({pattern}){'?' if empty else ''}$",
        "patternErrorMessage": told,
    }


def _step() -> Schema:
    picking = {
        "required": ["ask"],
        "properties": {"ask": {"enum": [*PICKED]}},
        "not": {"required": ["offer"]},
    }
    unnamed = {"required": ["ask"], "not": {"required": ["answer"]}}
    return {
        "title": "A step",
        **_mapping(STEP_KEYS),
        "dependencies": {"ask": ["say"], "page": ["say"], "picture": ["say"]},
        "allOf": [
            *({"not": {"required": [*pair]}} for pair in combinations(NOT_TOGETHER, 2)),
            {"if": picking, "then": {"required": ["choices"]}},
            # without `answer` the id is the answer's name, and a name holds no -
            {"if": unnamed, "then": {"properties": {"id": _named(NAME.pattern, empty=False)}}},
        ],
    }


def _choice() -> Schema:
    """Accept a choice with its keys, and in short: its value, a colon, what the button says."""
    short = {"maxProperties": 1, "not": {"required": ["value"]}}
    label = {"minProperties": 1, "additionalProperties": _said()}
    return {
        "title": "A choice",
        "type": "object",
        "if": short,
        "then": label,
        "else": _mapping(CHOICE_KEYS),
    }


_SHAPES: Final[Mapping[Shape, Schema]] = {
    "name": _name(),
    "step id": _named(STEP_ID.pattern, empty=False),
    "answer": _named(NAME.pattern, empty=True),
    "names": {"type": [*_SCALAR, "null", "array"], "items": _text()},
    "text": _text(),
    "label": _said(),
    "texts": {"type": [*_SCALAR, "null", "array"], "items": _text()},
    "flag": {"anyOf": [{"enum": ["yes", "no", True, False]}, {"type": "string", "pattern": _FLAG}]},
    "number": {"type": "number"},
    "condition": _said(),
    "conditions": {"type": ["object", "null"], "additionalProperties": _said()},
    "steps": _list("step", least=1),
    "choices": _list("choice"),
    "offer": {"$ref": "#/definitions/offer"},
    "ways": _list("way", least=1),
    "budget": _list("budget"),
    "page": {"$ref": "#/definitions/page"},
    "parts": _list("part", least=1),
    "picture": {"$ref": "#/definitions/picture"},
    "round": {"$ref": "#/definitions/round"},
}


if __name__ == "__main__":
    sys.stdout.write(schema_text())
