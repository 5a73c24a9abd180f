"""The sheet that goes to an appointment: whole in itself, safe to open, and one page on paper."""

import re
import shutil
import subprocess
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.sheet import SIZES, blocks, sheet

BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(not BROWSER, reason="there is no chromium to print with here")
LETTER = """Dear me,

this is how it has been: “I dread Mondays. I lie awake and go over what she said, and on Sunday \
evening I can't eat.” What matters in it: “Being able to say what I think without being laughed \
at.” Something that helped before: “Walking with Anna along the river, and the week when Raj took \
the late shift with me.”

It is not only yours. Some of it is around it: at work. Others are in it too. What is owed to \
oneself here: “One evening a week on which nobody can reach me.”

It doesn't have to be carried alone."""
STEPS = """- Ask Raj whether he could come along on Thursday (this week)
  If that doesn't work out: ring the union and ask who could come instead
- Go for a walk with Anna, without having to talk about it (in the next few days)
  If that doesn't work out: try again a week later
- Ask Acas which deadlines count and what a note has to hold (this week)
  If that doesn't work out: go to the Citizens Advice drop-in on Tuesday morning
"""


def page(*texts: str, title: str = "What weighs", date: str = "2 November 2026") -> dict[str, Any]:
    parts = [{"heading": f"Part {place}", "text": text} for place, text in enumerate(texts, 1)]
    return {"title": title, "date": date, "lang": "en", "parts": parts}


class Reading(HTMLParser):
    """What a reader of the page meets: every tag with its attributes, and every word."""

    def __init__(self, made: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(made.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def named(self, name: str) -> list[dict[str, str | None]]:
        return [attrs for tag, attrs in self.tags if tag == name]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


@given(st.text(), st.text(), st.text())
def test_whatever_somebody_wrote_is_shown_and_never_run(title: str, date: str, text: str):
    """No letter of theirs becomes a tag, an attribute or a style."""
    plain, here = Reading(sheet(page("words", title="t", date="d"))), page(text, title=title)
    here["date"] = date
    read = Reading(sheet(here))
    known = {tag for tag, _ in plain.tags} | {"ul", "li", "bdi", "p", "br"}
    assert {tag for tag, _ in read.tags} <= known
    named = {name for _, attrs in read.tags for name in attrs}
    assert named <= {name for _, attrs in plain.tags for name in attrs} | {"dir"}


def test_it_carries_everything_itself():
    """No script, no link, no picture and no address: opening it tells nobody."""
    made = sheet(page(LETTER, STEPS))
    read = Reading(made)
    assert {"script", "link", "img", "iframe", "a", "form"}.isdisjoint(tag for tag, _ in read.tags)
    assert b"http" not in made.replace(b"http-equiv", b"")
    assert b"url(" not in made
    assert b"@import" not in made


def test_a_browser_is_told_to_load_nothing_but_its_own_style():
    """The policy names the one style by what is in it, and refuses all else."""
    made = sheet(page(LETTER)).decode()
    policies = [each for each in Reading(made.encode()).named("meta") if "http-equiv" in each]
    style = made.partition("<style>")[2].partition("</style>")[0]
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert len(policies) == 1
    assert policies[0]["content"] == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def test_paragraphs_lists_and_what_belongs_to_an_item():
    """An empty line parts paragraphs, a dash begins an item, what is indented stays with it."""
    text = "Dear me,\nagain.\n\nTwo:\n- one\n  and more\n\n- two\nafter\n"
    assert blocks(text) == [
        ("p", [["Dear me,", "again."]]),
        ("p", [["Two:"]]),
        ("ul", [["one", "and more"], ["two"]]),
        ("p", [["after"]]),
    ]


@given(st.text())
def test_no_word_is_lost(text: str):
    """Everything that was written stands on the sheet."""
    told = [line for _, items in blocks(text) for item in items for line in item]
    written = re.sub(r"^- ", "", "\n".join(text.splitlines()), flags=re.MULTILINE)
    assert "".join("".join(told).split()) == "".join(written.split())


def test_it_can_be_listened_to():
    """It says its language, its title is one, and each part hangs under a heading."""
    read = Reading(sheet({**page(LETTER, STEPS), "lang": "cy"}))
    assert read.named("html") == [{"lang": "cy"}]
    assert [len(read.named(tag)) for tag in ("title", "main", "h1", "h2")] == [1, 1, 1, 2]
    assert read.text.index("What weighs") < read.text.index("Part 1") < read.text.index("Dear me")


def test_a_name_that_runs_from_right_to_left_keeps_to_itself():
    """Each part, paragraph and item finds its own direction."""
    made = sheet(page("Ask محمد (today)\n\n- محمد الأمين (this week)\n- Siân"))
    read = Reading(made)
    assert all(each == {"dir": "auto"} for each in [*read.named("section"), *read.named("p")])
    assert "<bdi>محمد الأمين (this week)</bdi>".encode() in made


def test_signs_that_nothing_can_show_do_no_harm():
    """Half a sign and a bell are no reason to send no page."""
    assert b"odd" in sheet(page("odd \ud800 \x00\x07 signs"))


def test_print_is_large_where_there_is_room_and_smaller_where_there_is_not():
    """Eleven points for a letter and three steps; never below what can be read."""

    def size(*texts: str) -> float:
        return float(re.findall(rb"body\{font-size:([\d.]+)pt", sheet(page(*texts)))[0])

    assert size(LETTER, STEPS) == 11
    assert 11 > size(LETTER, STEPS * 4) > SIZES[-1]
    assert size(LETTER * 20) == SIZES[-1]


@needs_browser
@pytest.mark.parametrize(
    "texts",
    [
        ("Short.",),
        (LETTER, STEPS, "- Anna listens\n- Raj, from the union\n- محمد الأمين\n- Siân"),
        (LETTER, LETTER, STEPS * 2, "- Anna listens\n- Raj, from the union\n- Siân"),
        (LETTER, STEPS * 4),
    ],
    ids=["little", "a letter and a plan", "twice as much", "a long plan"],
)
def test_it_prints_to_one_sheet(texts: tuple[str, ...], tmp_path: Path):
    """A real browser makes one page of it, however long the letter is in reason."""
    (tmp_path / "sheet.html").write_bytes(sheet(page(*texts)))
    made = tmp_path / "sheet.pdf"
    told = subprocess.run(
        [
            *(str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu"),
            *(f"--user-data-dir={tmp_path / 'browser'}", f"--print-to-pdf={made}"),
            (tmp_path / "sheet.html").as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    assert re.findall(rb"/Count (\d+)", made.read_bytes()) == [b"1"], told.stderr[-500:]
