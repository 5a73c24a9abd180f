"""Random maps and answers from a seed: whom somebody has, whom they fear, and what they said."""

import re
from random import Random
from typing import Any, Final

from bot.engine.understand import name_id
from bot.engine.values import SKIPPED, UNASKED

BASES: Final = (
    "Anna",
    "Bo",
    "Cid",
    "Dee",
    "Esi",
    "Finn",
    "Gus",
    "Hana",
    "Idris",
    "Jo",
    "عمر",
    "Zoë",
)
"""Each name belongs to one person only, in whatever form it is told."""
FORMS: Final = ("{}", "{}", "my sister {}", "{} from next door", "the boss, {}")
GROUPS: Final = ("{}'s choir", "the café of {}", "{} and friends")
CANARIES: Final = ("Quince", "Zephyr", "Marmot", "Obelisk")
"""Words of free answers; they are found in nothing that goes to somebody else."""
ALL: Final[dict[str, tuple[object, ...]]] = {
    "other_is": ("one", "several", "body", "died", "nobody"),
    "safe": ("safe", "safe", "unsafe", "unsure"),
    "now": ("yes", "sometimes", "no", "unsure"),
    "elsewhere": ("here", "too", "unsure"),
    "affected": ("me", "some", "many", "unsure"),
    "kind": ("work", "close", "care", "alone", "else"),
    "doorway": ("work", "group", "partner", "family", "caring", "bereavement", "money", "home"),
    "us": ("me", "we"),
    "services": (True, False),
    "nation": ("england", "scotland", "wales", "northern-ireland", "elsewhere"),
    "wish": ("stop", "listen", "share", "distance", "good", "that Marmot goes"),
    "company": ("talk", "beside", "use", "near"),
    "where": ("work", "home", "family", "street", "office", "by the Obelisk"),
    "pressures": (["money"], ["housing", "unfair"], ["health"], ["none"]),
    "weighs": (["alone"], ["worn", "sleep"], ["angry"]),
}


def person(random: Random, base: str) -> dict[str, object]:
    """Somebody or something on a map; what only a longer map asks may be missing."""
    kind = random.choice(["person"] * 6 + ["group", "place", "activity", "animal"])
    forms = FORMS if kind in ("person", "animal") else GROUPS
    name = random.choice(forms).format(base)
    good = random.sample(["listen", "along", "hand", "company"], random.randint(0, 3))
    ask = random.choice(["yes", "yes", "maybe", "no", "passes_on", ""])
    told: dict[str, object] = {"id": name_id(name), "name": name, "ask": ask, "good_at": good}
    if kind != "person" or random.random() < 0.5:
        told["kind"] = kind
        told["give"] = random.choice(["yes", "no", ""])
        told["tie"] = random.choice(["easing", "draining", "draining", "both", ""])
    return told


def named(random: Random, base: str) -> dict[str, str]:
    """Somebody as they are named elsewhere, perhaps in another form than on the map."""
    name = random.choice(FORMS).format(base)
    return {"id": name_id(name), "name": name}


def answers(seed: int) -> dict[str, Any]:
    """Everything that the rules can read, for one made-up person."""
    random = Random(seed)
    scope: dict[str, Any] = {
        name: random.choice([UNASKED, SKIPPED, *values, *values, *values])
        for name, values in ALL.items()
    }
    bases = random.sample(BASES, len(BASES))
    count = random.choice([0, 0, 1, 2, 3, 5])
    scope["people"] = [person(random, base) for base in bases[:count]]
    feared = random.sample(bases, random.choice([0, 1, 2]))
    scope["leave_out"] = [named(random, base) for base in feared] or UNASKED
    scope["left_out"] = [named(random, base)["id"] for base in random.sample(bases, 1)][
        : random.choice([0, 1])
    ]
    if scope["other_is"] in ("one", "several", "body"):
        scope["other"] = named(random, random.choice(bases))
    if scope["other_is"] == "died":
        scope["lost"] = {"id": "mum", "name": "my mum"}
    whose = random.choice(bases)
    belongs = [UNASKED, SKIPPED, "the bench by the river", random.choice(GROUPS).format(whose)]
    scope["belongs"] = random.choice(belongs)
    told = random.choice(bases)
    scope["helped"] = random.choice([UNASKED, f"A Quince with {told}", "Quince tea"])
    scope["best"] = random.choice([UNASKED, f"{told} and a Zephyr"])
    scope["concerns"] = random.choice([[], [], [], ["abuse"], ["suicide"]])
    scope["stones"] = random.choice([UNASKED, {"self": 5}, {"other": 2, "situation": 3}])
    scope["contact"] = random.choice([UNASKED, "Sam, weekdays 9 to 5"])
    scope["around_kinds"] = UNASKED if scope["people"] else ["nobody"]
    scope["recent"] = random.randint(0, 4)
    return scope


def bases_in(text: object) -> set[str]:
    """Give whose names stand in a text, in any form."""
    words = text if isinstance(text, str) else ""
    return {base for base in BASES if re.search(rf"\b{base}\b", words, re.IGNORECASE)}


def bases_of(people: object) -> set[str]:
    """Give whose names a list of people holds."""
    listed = people if isinstance(people, list) else [people]
    return {base for each in listed if isinstance(each, dict) for base in bases_in(each["name"])}
