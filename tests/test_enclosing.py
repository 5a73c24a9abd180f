"""Pictures and pages where there is no chat that could show them: files, if somebody wants them."""

import io
import json
from pathlib import Path
from random import Random

import pytest

from bot.app import chat
from bot.channels import json_lines, terminal
from bot.channels.enclosing import Folder, enclosed
from bot.clock import Clock
from bot.engine.effects import Enclosure, Say
from bot.library import Library
from bot.parcels import Outgoing, pack, pack_outgoing
from bot.pictures.map import draw_map
from bot.pictures.we import draw_we
from bot.settings import SettingMissing, read_settings
from bot.turns import Turns
from storage.outbox import Letter
from tests.conftest import StoppedClock
from tests.databases import opened_store
from tests.groups.rounds import any_we
from tests.logged import Logged
from tests.pictures.maps import WORDS, around

HOLDS = {"title": "Who is around me", "around": around("inner", "outer"), "words": WORDS}
MAP = Enclosure("map", HOLDS)


@pytest.fixture
def turns(library: Library, clock: StoppedClock, tmp_path: Path):
    """Give turns with a message that waits, and what goes along with it."""
    store = opened_store(f"sqlite:///{tmp_path}/kith.db")
    address = pack({"channel": "terminal", "chat": "me"})
    say = Say("This is who is around you.", enclosed=MAP)
    with store.transaction() as tx:
        tx.post([Letter(store.name("terminal", "me"), address, pack_outgoing(Outgoing(say)))], 0.0)
    yield Turns(store, library, clock)
    store.close()


def test_a_map_is_a_png_with_a_plain_name():
    """The name says nothing of anybody."""
    assert enclosed(MAP) == ("map.png", draw_map(HOLDS), "image/png")


def test_what_a_group_shared_is_a_png_with_a_plain_name(tmp_path: Path):
    """Where a folder was named it is put there like a map."""
    holds = any_we(Random(3))
    us = Enclosure("we", holds)
    assert enclosed(us) == ("us.png", draw_we(holds), "image/png")
    assert Folder(tmp_path).put(us).name == "kith-us-1.png"


def test_files_are_numbered_and_private(tmp_path: Path):
    """The folder is made; no file is overwritten; only their owner can read them."""
    folder = Folder(tmp_path / "deep" / "down")
    files = [folder.put(MAP), Folder(tmp_path / "deep" / "down").put(MAP)]
    assert [file.name for file in files] == ["kith-map-1.png", "kith-map-2.png"]
    assert [file.stat().st_mode & 0o777 for file in files] == [0o600, 0o600]
    assert files[0].read_bytes() == draw_map(HOLDS)


def test_a_terminal_says_where_a_picture_is(turns: Turns, tmp_path: Path):
    """Below the text that says the same."""
    out = io.StringIO()
    terminal.chat(turns, "me", io.StringIO(), out, pictures=Folder(tmp_path / "p"))
    file = tmp_path / "p" / "kith-map-1.png"
    assert f"This is who is around you.\n\n  {file}\n\n" in out.getvalue()
    assert file.read_bytes() == draw_map(HOLDS)


def test_without_a_folder_nothing_is_written(turns: Turns, tmp_path: Path):
    """The text is all there is."""
    before = {file.suffix for file in tmp_path.iterdir()}
    out = io.StringIO()
    terminal.chat(turns, "me", io.StringIO(), out)
    assert out.getvalue() == "This is who is around you.\n\n> \n"
    assert {file.suffix for file in tmp_path.iterdir()} == before


@pytest.mark.parametrize("wanted", [True, False])
def test_a_message_in_json_names_its_picture(turns: Turns, tmp_path: Path, wanted: bool):
    """Only where a folder was named; else a message is as it always was."""
    out = io.StringIO()
    folder = Folder(tmp_path / "p") if wanted else None
    json_lines.converse(turns, Clock(), "me", io.StringIO(), out, folder)
    (message,) = json.loads(out.getvalue())["messages"]
    assert message.get("picture") == (str(tmp_path / "p" / "kith-map-1.png") if wanted else None)
    assert ("picture" in message) is wanted


def test_what_can_not_be_made_is_left_out(tmp_path: Path, logged: Logged):
    """One line in the log, without what it was about."""
    bad = Say("Here it is.", enclosed=Enclosure("map", {"around": ["Rosemary"]}))
    assert terminal.put(bad, Folder(tmp_path)) is None
    (line,) = logged.lines()
    assert (line["event"], line["fault"]) == ("not-enclosed", "AttributeError")
    assert "Rosemary" not in logged.text
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_can_not_be_is_said_plainly(tmp_path: Path):
    """Before the conversation begins, with what could be done."""
    (tmp_path / "file").write_text("here", encoding="utf-8")
    settings = read_settings({"KITH_DATABASE_URL": f"sqlite:///{tmp_path}/kith.db"})
    with pytest.raises(SettingMissing, match="name another folder"):
        chat(settings, "reflection", "me", io.StringIO(), io.StringIO(), pictures=tmp_path / "file")
