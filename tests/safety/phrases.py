"""The phrase file as it is shipped, read once for all tests of noticing."""

from pathlib import Path

import yaml

from bot.safety.families import compile_families

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "dialogues/safety/phrases.yaml").read_text(encoding="utf-8")
DATA = yaml.load(TEXT, Loader=yaml.CSafeLoader)
FAMILIES = compile_families(DATA, proven=True)
"""tests/safety/test_rules.py tries them on their own examples."""
CASES = [
    (rule, text, noticed)
    for rule in FAMILIES.rules
    for texts, noticed in ((rule.examples, True), (rule.counter, False))
    for text in texts
]
CUE_CASES = [
    (cue, text, noticed)
    for cue in FAMILIES.cues
    for texts, noticed in ((cue.examples, True), (cue.counter, False))
    for text in texts
]
