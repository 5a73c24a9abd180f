"""The page about the list of places: what it tells staff to type works, in its order."""

import re
import shlex
import shutil
import zipfile
from pathlib import Path

from bot.directory.columns import COLUMNS, columns
from bot.directory.record import Doubt, Refused
from bot.directory.service import Service
from bot.directory.sources import read_source
from bot.directory.tables import read_header
from bot.engine.effects import Place
from bot.engine.group import Group, dump_group
from bot.engine.group_places import listed_with
from bot.groups.names import group_channel
from bot.parcels import pack
from storage.store import Stored
from tests.conftest import ROOT
from tests.databases import opened_store
from tests.typed import Typed

PAGE = (ROOT / "docs" / "places.md").read_text(encoding="utf-8")
TEMPLATE = ROOT / "docs" / "places-template.csv"


def names_a_group(database: str, title: str) -> None:
    """Let there be a group that lists a place, as its members would have it."""
    choir = {"what": "The choir", "where": "St Ann's hall"}
    group = listed_with(Group(title), Place("g", "propose", holds=choir), "ada", "2026-11-02", "p1")
    group = listed_with(group, Place("g", "confirm", "p1"), "bo", "2026-11-02", "")
    store = opened_store(database)
    name = store.name(group_channel("terminal"), title)
    with store.transaction() as tx:
        tx.ensure([name], 0.0)
        tx.save([Stored(name, b"{}", pack(dump_group(group)))], 0.0)
    store.close()


def test_every_command_of_the_page_works(tmp_path: Path, typed: Typed) -> None:
    """Typed one after the other, none complains, and the list reads as the page says."""
    shutil.copy(TEMPLATE, tmp_path / "places.csv")
    with zipfile.ZipFile(tmp_path / "council.zip", "w") as packed:
        packed.writestr("services.csv", "id,name,description,alert\n17,Rent Advice,Advice,Closed\n")
    database = f"sqlite:///{tmp_path}/kith.db"
    names_a_group(database, "Tuesday circle")
    blocks = re.findall(r"^```\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    lines += re.findall(r"^`(kith [^`]+)`", PAGE, re.MULTILINE)
    assert len(lines) >= 8
    for line in lines:
        new = line.partition(" export ")[2].partition(" ")[0]
        words = [
            str(tmp_path / word) if word == new or (tmp_path / word).exists() else word
            for word in shlex.split(line)
        ]
        assert words[:2] == ["kith", "directory"], line
        done = typed(*words[1:], "--db", database)
        assert (done.returncode, done.stderr) == (0, ""), (line, done.stderr)
    store = opened_store(database)
    with store.transaction() as tx:
        rent = tx.directory.find("council", "17").record
        assert rent["phones"] == [{"number": "0161 496 0199", "what": ""}]
        assert rent["says"] == ["my landlord shouts", "scared of letters"]
        assert (rent["start"], rent["alert"]) == ("Ring and ask for Jo", "")
        assert tx.directory.find("ours", "evening-line").record["assured"] == "2026-11-02"
        assert tx.directory.find("ours", "carers-hour").record["active"] is False
    store.close()


def test_the_template_has_every_column_and_the_page_explains_each() -> None:
    """Staff find each column explained, and none that isn't there."""
    ours = set(COLUMNS) - {"only by referral"}  # other people's files have it the other way round
    assert columns(read_header(TEMPLATE.read_bytes())) == ours
    told = re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
    explained = {name for cell in told for name in re.findall(r"`([^`]+)`", cell)}
    assert explained == ours


def test_the_template_is_read_without_a_doubt_but_one() -> None:
    """The examples show how it is meant: hours are rules, numbers have a use, one is unchecked."""
    entries = list(read_source(str(TEMPLATE), "x"))
    table, carers, line = (each for each in entries if isinstance(each, Service))
    assert not [each for each in entries if isinstance(each, Refused)]
    odd = [each.what for each in entries if isinstance(each, Doubt)]
    assert odd == ["it doesn't say when somebody last checked it"]
    assert [each.rule for each in (*table.hours, *carers.hours, *line.hours)] == [
        "FREQ=WEEKLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=-1TH",
        "FREQ=DAILY",
    ]
    assert [(each.number, each.what) for each in table.phones] == [
        ("0161 496 0101", "Tuesdays"),
        ("0161 496 0102", ""),
    ]
    assert (table.kind, table.for_whom, table.least_age, table.outcodes, table.free) == (
        "group",
        "me",
        18.0,
        ("BF1",),
        True,
    )
    assert table.says == ("nobody to talk to", "the days are long", "new in town")
    assert (carers.for_whom, carers.areas, line.online) == (
        "both",
        ("Brindleford", "Upper Weir"),
        True,
    )
