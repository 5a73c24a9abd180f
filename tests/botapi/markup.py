"""Telegram's HTML, read strictly, and inline keyboards, checked."""

import html
import re

from tests.botapi.wire import ApiError, Json, bad

TAGS = "a b strong i em u ins s strike del code pre blockquote tg-spoiler tg-emoji span"
ATTRIBUTES = r"""(?:\s+[a-zA-Z-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)*"""
TOKEN = re.compile(
    rf"</(?P<end>[^\s>]*)\s*>|<(?P<start>[^\s>]*)(?:(?P<attributes>{ATTRIBUTES})\s*>|(?=[\s>]))"
    r"|<|&(?:lt|gt|amp|quot|\#\d{1,7}|\#[xX][\da-fA-F]{1,6});"
)


def plain_text(raw: str) -> str:
    """Give the text without its markup; markup Telegram could not parse is refused."""
    plain, done = "", 0
    opened: list[str] = []
    for token in TOKEN.finditer(raw):
        plain += raw[done : token.start()]
        done = token.end()
        place = f"at byte offset {len(raw[: token.start()].encode())}"
        if token[0].startswith("&"):
            plain += html.unescape(token[0])
        elif token["start"] is not None and not _known(token["start"], token["attributes"]):
            raise _unparsable(f'Unsupported start tag "{token["start"].lower()}" {place}')
        elif token["attributes"] is not None:
            opened.append(token["start"].lower())
        elif token["end"] is None:
            raise _unparsable(f"Unclosed start tag {place}")
        elif not opened:
            raise _unparsable(f"Unexpected end tag {place}")
        elif (name := opened.pop()) != token["end"].lower():
            found = token["end"].lower()
            raise _unparsable(
                f'Unmatched end tag {place}, expected "</{name}>", found "</{found}>"'
            )
    if opened:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{opened[-1]}"')
    return (plain + raw[done:]).strip()


def _unparsable(reason: str) -> ApiError:
    return bad(f"can't parse entities: {reason}")


def _known(name: str, attributes: str | None) -> bool:
    spoiler = re.search(r"""class\s*=\s*["']?tg-spoiler\b""", attributes or "")
    return name.lower() in TAGS.split() and (name.lower() != "span" or spoiler is not None)


def inline_keyboard(markup: Json | None) -> Json:
    """Give the part of a message that holds its inline keyboard; a broken button is refused."""
    rows = (markup or {}).get("inline_keyboard") or []
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad("inline keyboard button text must be non-empty")
        if not button.keys() - {"text", "style", "icon_custom_emoji_id"}:
            raise bad("text buttons are unallowed in the inline keyboard")
        if not 1 <= len(button.get("callback_data", "-").encode()) <= 64:
            raise bad("BUTTON_DATA_INVALID")
        if not button.get("url", "https://").startswith(("https://", "http://", "tg://")):
            raise bad(f"inline keyboard button URL '{button['url']}' is invalid")
    return {"reply_markup": {"inline_keyboard": rows}} if rows else {}
