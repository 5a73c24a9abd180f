"""Maps that nobody made up: any number around, in any ring, called anything."""

from random import Random
from typing import Any

WORDS = {
    "me": "me",
    "easing": "easing",
    "draining": "draining",
    "both": "both",
    "could_try": "could try",
    "more": "+{count} more",
    "next_step": "next step",
    "give": "I give",
    "get": "I get",
    "person": "person",
    "group": "group",
    "place": "place",
    "activity": "activity",
    "animal": "animal",
    "inner": "closest",
    "middle": "close",
    "outer": "further away",
}
LONG_WORDS = {
    **WORDS,
    "me": "myselfandnobodyelse",
    "easing": "it makes everything so much lighter",
    "draining": "es kostet mich unglaublich viel Kraft",
    "could_try": "could perhaps be tried one of these days",
    "next_step": "the very next step that could be taken",
    "give": "I give them a great deal of what I have",
    "get": "I get a great deal back from them in turn",
    "person": "somebody or other who is a person",
    "activity": "something that is done now and again",
    "inner": "very close indeed, closer than close",
}
NAMES = (
    "Sam",
    "Jo",
    "Mum",
    "Grandmother Rosemary",
    "Mr Hutchinson-Featherstonehaugh",
    "Llŷr ap Gwynfor, fy nghefnder",
    "Ŵyres Mam-gu",
    "محمد عبد الرحمن",
    "فاطمة",
    "Γιαγιά Ελένη Παπαδοπούλου",
    "Бабушка Ольга",
    "דוד בן־גוריון",
    "अनुष्का राजेश्वरी",
    "আনন্দ",
    "ਗੁਰਪ੍ਰੀਤ ਕੌਰ",
    "ปิยะพงษ์",
    "ትግስት",
    "Նարեկ",
    "👨\u200d👩\u200d👧\u200d👦 next door",
    "🐕 Biscuit",
    "👩🏽\u200d🦰🇬🇧❤️",
    "<&\"'>]]>",
    "</text><script>alert(1)</script>",
    "W" * 40,
    "Donaudampfschifffahrtsgesellschaftskapit",
    "a b c d e f g h i j k l m n o p q r s t u",
    "Zoe\u0308 and Chloe\u0308",
    "Z\u0351\u0351\u0351\u0351a\u0351\u0351lgo",
    "\u202egnorw eht yaw\u202c",
    "李小龍",
    "   ",
    "",
    "\u0000\u0007\ufffe",
)
KINDS = ("person", "group", "place", "activity", "animal")


def any_map(chance: Random) -> dict[str, Any]:
    """Give a map as it comes out of the outbox."""
    names = [chance.choice(NAMES) for _ in range(chance.randint(0, 15))]
    rings = chance.choice(
        (("inner", "middle", "outer"), ("inner",), ("middle", "outer"), ("outer",))
    )
    return {
        "title": chance.choice(("Who is around me", "", "What a long title this is " * 5)),
        "date": chance.choice(("23 November 2026", "")),
        "around": [
            {
                "name": name,
                "kind": chance.choice(KINDS),
                "ring": chance.choice(rings),
                "tie": chance.choice(("easing", "draining", "both", "")),
                "give": chance.random() < 0.5,
                "get": chance.random() < 0.5,
            }
            for name in names
        ],
        "could_try": [chance.choice(NAMES) for _ in range(chance.randint(0, 4))],
        "next_step": chance.choice(("", "Ring Sam on Sunday", "Walk to the library and ask " * 9)),
        "words": chance.choice((WORDS, WORDS, LONG_WORDS, {})),
    }


def around(*rings: str, name: str = "Sam") -> list[dict[str, Any]]:
    """Give somebody for each ring that is named."""
    plain = {"kind": "person", "tie": "easing", "give": False, "get": True}
    return [{"name": f"{name} {n}", "ring": ring, **plain} for n, ring in enumerate(rings)]
