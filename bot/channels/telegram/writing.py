"""From an effect to the messages that a chat shows: escaped, split, with buttons."""

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.channels.telegram.intake import button_data
from bot.engine.effects import Option, Say
from bot.engine.screens import ANY_TIME
from bot.parcels import Outgoing

LONGEST: Final = 3500


@dataclass(frozen=True, slots=True)
class Written:
    """One message as Telegram takes it; `replaces` is the message to put it in place of."""

    text: str
    keyboard: InlineKeyboardMarkup | None = None
    replaces: int | None = None


def written(outgoing: Outgoing) -> list[Written]:
    """Give an effect as messages; the buttons hang on the last, which may replace what was tapped.

    Only a text of a single message replaces one: putting it there twice changes nothing.
    """
    effect = outgoing.effect
    *first, last = (html.escape(piece, quote=False) for piece in split(effect.text))
    replaces = outgoing.origin if effect.replace and not first else None
    return [*map(Written, first), Written(last, keyboard_of(effect), replaces)]


def keyboard_of(effect: Say) -> InlineKeyboardMarkup | None:
    """Lay out the buttons: one choice a row, then back and skip, then what is always there."""
    step = effect.step

    def button(option: Option, name: str) -> InlineKeyboardButton:
        data = button_data(effect.revision, name, step)
        return InlineKeyboardButton(option.label, callback_data=data)

    rows = [[button(option, str(place))] for place, option in enumerate(effect.options)]
    here = [button(each, each.value) for each in effect.freedoms if each.value not in ANY_TIME]
    always = [button(each, each.value) for each in effect.freedoms if each.value in ANY_TIME]
    rows += [row for row in (here, always) if row]
    return InlineKeyboardMarkup(rows) if rows else None


def split(text: str) -> Sequence[str]:
    """Cut a long text at paragraphs, then lines, then words; no piece is too long to send."""
    pieces: list[str] = []
    rest = text.strip()
    while len(rest) > LONGEST:
        window = rest[:LONGEST]
        cut = next((at for mark in ("\n\n", "\n", " ") if (at := window.rfind(mark)) > 0), LONGEST)
        pieces.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return [*pieces, rest or "…"]
