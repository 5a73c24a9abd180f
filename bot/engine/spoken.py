"""The texts of Kith's own that the engine can't do without; a missing one stops the start."""

from typing import Final

from bot.engine.enclosing import LEGEND

NEEDED_SCREENS: Final = (
    "help",
    "numbers",
    "person",
    "menu",
    "kept",
    "change",
    "forget one",
    "forget",
    "hidden",
    "paused",
    "stopped",
    "finished",
    "welcome back",
    "language",
    "clock",
    "mine",
    "bad day",
    "breathe",
    "breathe look",
    "breathe listen",
    "breathe rest",
    "plan",
    "forget plan",
    "map",
    "forget map",
    "not begun",
    "safe enough",
    "rather not",
    "check",
    "check someone else",
    "concern suicide",
    "concern self-harm",
    "concern abuse",
    "concern child",
    "concern others",
    "concern medical",
)
NEEDED_WORDS: Final = (
    *("yes", "no", "back", "skip", "help", "menu", "keep_it", "done", "afresh", "share"),
    *("left_out", "not_kept", "earlier", "change_one", "forget_one", "you_said"),
    *("doubt", "doubt_keep", "doubt_look", "doubt_clear", "doubt_keep_all", "touches"),
    *("stones_so_far", "chosen_so_far", "no_such_answer", "forgot_one", "forgot_all"),
    *("abuse_footer", "help_footer", "thanks_for_saying", "recap", "clock_kept"),
    *(
        f"part_{p}"
        for p in ("arrive", "self", "other", "situation", "together", "supports", "close")
    ),
    *("plan_first", "plan_not_now", "plan_left", "plan_gone", "no_plan"),
    *("map_first", "map_not_now", "map_left", "map_gone", "no_map"),
    *(f"picture_{name}" for name in LEGEND),
    *("nothing_before", "nothing_to_skip", "question_changed", "place_changed", "edited"),
    *("unreadable", "unknown_command", "empty", "not_on_screen", "way_on", "not_a_choice"),
    *(
        "stale",
        "failed",
        "too_long",
        "not_understood",
        "number_not_listed",
        "several_unclear",
        "several_many",
    ),
    *("yes_or_no", "number_unclear", "number_range", "name_unclear", "name_long", "names_many"),
    *("place_unclear", "date_unclear", "stones_unclear", "stones_count"),
)
