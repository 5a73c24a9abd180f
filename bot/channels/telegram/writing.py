"""From an effect to the messages that a chat shows: escaped, split, with buttons."""

import html
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from telegram.constants import ParseMode

from bot.channels.telegram.intake import button_data
from bot.engine.effects import Card, Enclosure, Option, Say
from bot.engine.screens import ANY_TIME
from bot.parcels import Outgoing
from storage.showing import PIECE

LONGEST: Final = 3500
SHARING: Final = "https://t.me/share/url?url="
"""Lets the person choose a chat, and puts the message there to be changed and sent by them.

The whole message stands in `url`: Telegram Desktop opens nothing where `url` is empty, every
client puts it first and just as it is, and without an address in it nothing gets a preview. These
links are as old as Telegram's own share buttons, so old phones know them. A button that copies
(copy_text) needs an app of late 2024, and one that calls this bot (switch_inline_query) would put
its name into the message.
"""
LONGEST_LINK: Final = 2000
"""A longer address is refused by some; such a text can still be copied."""
Keyboard = dict[str, list[list[dict[str, str]]]]
"""Buttons as the Bot API takes them: the library's own objects cost ten times as much."""
_PLAIN: Final = {"parse_mode": ParseMode.HTML.value, "link_preview_options": {"is_disabled": True}}


@dataclass(frozen=True, slots=True)
class Written:
    """One message as Telegram takes it; `replaces` is the message to put it in place of.

    With a `ring`, it is no text but a card that can be tapped to ring that number. With something
    `enclosed`, it is no text either but a picture or a page. `tag` is that of the post it belongs
    to, `piece` tells it from the others of that post, and `only_for` who alone is to see it.
    """

    text: str
    keyboard: Keyboard | None = None
    replaces: int | None = None
    ring: str = ""
    protect: bool = False
    enclosed: Enclosure | None = None
    tag: str = ""
    piece: str = ""
    only_for: str = ""

    @property
    def known_as(self) -> str:
        """Under what it is known beside its number: the tag, and which piece of the post it is."""
        return f"{self.tag}{PIECE}{self.piece}" if self.piece else self.tag

    @property
    def look(self) -> dict[str, object]:
        """How it looks, by the names that the Bot API has for it."""
        return {**_PLAIN, "reply_markup": self.keyboard}


def written(outgoing: Outgoing, bot_name: str = "") -> list[Written]:
    """Give an effect as messages; the buttons hang on the last text, which may replace another.

    Links lead to the bot of this name.

    Cards come below it: they are small, and whoever reads only the first line reads the text.
    What is enclosed comes last: the text has said the same to whoever can't see it.
    Only a text of a single message replaces one: putting it there twice changes nothing.
    """
    effect = outgoing.effect
    *first, last = (html.escape(piece, quote=False) for piece in split(effect.text))
    replaces = outgoing.origin if effect.replace and not first else None
    cards = [_card(card) for card in effect.cards]
    texts = [Written(piece, protect=effect.protect) for piece in first]
    keys = links_of(effect, bot_name) or (sharing(effect) if effect.share else keyboard_of(effect))
    asked = Written(last, keys, replaces, protect=effect.protect, only_for=effect.only_for)
    along = [Written("", protect=effect.protect, enclosed=effect.enclosed)]
    whole = [*texts, asked, *cards, *(along if effect.enclosed else [])]
    return _post(effect.tag, whole) if effect.tag else whole


def _post(tag: str, messages: Sequence[Written]) -> list[Written]:
    """Give the pieces of a post what they are known by."""
    pieces = ["along" if each.enclosed else str(at or "") for at, each in enumerate(messages)]
    return [replace(m, tag=tag, piece=piece) for m, piece in zip(messages, pieces, strict=True)]


def links_of(effect: Say, bot_name: str) -> Keyboard | None:
    """Give the buttons that lead out of a group into the private chat with this bot."""
    address = f"https://t.me/{bot_name}?start="
    rows = [[{"text": link.label, "url": f"{address}{link.code}"}] for link in effect.links]
    return keyboard(rows) if rows else None


def vcard(message: Written) -> str:
    """Write a card so that the number stands there as it is rung.

    Some clients put a + before a number that has no country code, and 999 has none.
    """
    lines = ("BEGIN:VCARD", "VERSION:3.0", f"FN:{message.text}", f"TEL:{message.ring}", "END:VCARD")
    return "\n".join(lines)


def _card(card: Card) -> Written:
    """Name a card so that its number can be read even where a client shows it otherwise."""
    return Written(f"{card.name}, {card.number}", ring=card.number.replace(" ", ""))


def sharing(effect: Say) -> Keyboard | None:
    """Give the button with which a person passes a text on; none where it is too long for one.

    Spaces are written %20: not every client reads + as a space.
    """
    link = SHARING + urllib.parse.quote(effect.text.strip(), safe="", errors="replace")
    return keyboard([[{"text": effect.share, "url": link}]]) if len(link) <= LONGEST_LINK else None


def keyboard_of(effect: Say) -> Keyboard | None:
    """Lay out the buttons: one choice a row, then back and skip, then what is always there."""
    step = effect.step

    def button(option: Option, name: str) -> dict[str, str]:
        return {"text": option.label, "callback_data": button_data(effect.revision, name, step)}

    rows = [[button(each, f"{place}.{each.mark}")] for place, each in enumerate(effect.options)]
    here = [button(each, each.value) for each in effect.freedoms if each.value not in ANY_TIME]
    always = [button(each, each.value) for each in effect.freedoms if each.value in ANY_TIME]
    rows += [row for row in (here, always) if row]
    return keyboard(rows) if rows else None


def keyboard(rows: list[list[dict[str, str]]]) -> Keyboard:
    """Give rows of buttons as what hangs under a message."""
    return {"inline_keyboard": rows}


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
