"""The phrase file as it is shipped, read once for all tests of noticing."""

from pathlib import Path

import yaml

from bot.safety.families import compile_families

ROOT = Path(__file__).resolve().parents[2]
DATA = yaml.safe_load((ROOT / "dialogues/safety/phrases.yaml").read_text(encoding="utf-8"))
FAMILIES = compile_families(DATA)
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
