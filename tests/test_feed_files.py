"""Promises of reading JSON files, folders and zips, the official examples among them."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.directory.feeds import read_feed
from bot.directory.limits import Limits
from bot.directory.record import SourceUnusable
from bot.directory.service import dump, load
from tests.feed_records import OLD, Found, page, service, short, sort

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "directory"
MOCKS = DATA / "oruk-official-mock-feeds" / "Mocks"
OFFICIAL = pytest.mark.skipif(
    not MOCKS.is_dir(), reason="the official feeds are not on this machine"
)
ONE = "ac148810-d857-441c-9679-408f346de14b"
TIGHT = Limits(file=50_000, all=120_000, files=30)


def read(path: Path, limits: Limits = TIGHT) -> Found:
    return sort(read_feed(str(path), "town", limits))


def fails(path: Path, limits: Limits = TIGHT) -> str:
    with pytest.raises(SourceUnusable) as error:
        read(path, limits)
    line = str(error.value)
    assert "\n" not in line
    assert ": " in line, "a line names its remedy"
    return line


def write(path: Path, root: Any) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(root if isinstance(root, bytes) else json.dumps(root).encode())
    return path


@pytest.mark.parametrize(
    "root",
    [
        service(),
        [service()],
        page([service()]),
        {"content": [service()], "totalElements": 1},
        {"items": [service()]},
        {"services": [service()]},
        b"\xef\xbb\xbf" + json.dumps(service()).encode(),
    ],
)
def test_one_file(tmp_path: Path, root: Any) -> None:
    """One file holds a service, a list of them, or a page in any of the usual shapes."""
    found = read(write(tmp_path / "feed.json", root))
    assert (found.ids, found.refused, found.doubts) == (["s-1"], [], [])


def test_folder(tmp_path: Path) -> None:
    """Of a folder every service is taken once, at its fullest, with what other files add."""
    address = {"addresses": [{"postal_code": "LS1 4AB"}]}
    write(tmp_path / "a" / "list.json", page([short("a"), short("b")]))
    write(tmp_path / "z.json", service("a", alert="From the whole record", organization_id="o"))
    write(tmp_path / "organizations.json", [{"id": "o", "name": "Trust", "website": "x.example"}])
    write(tmp_path / "link.json", {"id": "l", "location": address, "service": {"id": "a"}})
    write(tmp_path / "broken.json", b'{"id": "c", "name": "half')
    write(tmp_path / ".hidden.json", service("hidden"))
    write(tmp_path / "notes.txt", service("text"))
    found = read(tmp_path)
    assert sorted(found.ids) == ["a", "b"]
    whole = next(each for each in found.services if each.id == "a")
    assert (whole.alert, whole.organisation) == ("From the whole record", "Trust")
    assert whole.outcodes == ("LS1",)
    assert [each.where for each in found.refused] == ["broken.json"]
    assert "organizations.json: this is an organisation" in found.doubted


def test_broken_copy_does_not_hide_a_sound_one(tmp_path: Path) -> None:
    """A sound record is taken although a broken one has the same id; the broken one is named."""
    whole = service("a", email="nobody", phones=[], languages=[], contacts=[{}])
    found = read(write(tmp_path / "feed.json", [service("a"), whole]))
    assert found.ids == ["a"]
    assert found.refused[0].reasons == ("its email is not an e-mail address: nobody",)


def test_zip(tmp_path: Path) -> None:
    """A zip is read like a folder; a broken file in it is named, and the others are taken."""
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("feed/one.json", json.dumps(service("a")))
        packed.writestr("feed/two.json", "{")
        packed.writestr("feed/three.json", json.dumps([OLD]))
        packed.writestr("__MACOSX/one.json", "{")
    found = read(path)
    assert sorted(found.ids) == ["1502", "a"]
    assert [each.where for each in found.refused] == ["feed/two.json"]


def test_zip_bomb(tmp_path: Path) -> None:
    """A zip that unpacks to much more than it seems is left as soon as it does."""
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("0.json", json.dumps(service("a")))
        packed.writestr("1.json", b" " * 20_000_000)
    found = read(path)
    assert found.ids == ["a"]
    assert "1.json holds more than 50000 bytes" in found.refused[0].reasons[0]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(9):
            packed.writestr(f"{number}.json", b" " * 40_000)
    assert "holds more than 120000 bytes" in fails(path)
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(40):
            packed.writestr(f"{number}.json", "{}")
    assert "30 files" in fails(path)


@pytest.mark.parametrize("place", [0, 20, 60, -90, -30, -1])
def test_damaged_zip(tmp_path: Path, place: int) -> None:
    """A damaged zip gives what is whole in it or one line, never half a service."""
    path = tmp_path / "feed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("one.json", json.dumps(service("a")))
    data = bytearray(path.read_bytes())
    data[place] ^= 0xFF
    write(path, bytes(data))
    try:
        found = read(path)
    except SourceUnusable:
        return
    assert found.ids in ([], ["a"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<html></html>", "is a web page, not JSON"),
        (b"", "is empty"),
        (b"\xff\xfe{", "is not written in UTF-8"),
        (b"[" * 40_000, "is nested too deeply"),
        (b'{"a":' * 9_000, "is nested too deeply"),
        (b'[{"id": Infinity}]', "holds a number that is none"),
        (json.dumps(service()).encode()[:-1], "is no whole JSON text"),
        (b" " * 60_000, "holds more than 50000 bytes"),
        (b"PK\x03\x04 no zip", "is no sound zip"),
        (b"[1, null, []]", "holds no services"),
        (b'{"openapi_url": "x"}', "but the front page of an API"),
        (b'{"name": "x", "resources": []}', "but the description of a data package"),
        (b'{"name": "x", "type": "object", "properties": {}}', "but a schema"),
    ],
)
def test_unusable_file(tmp_path: Path, data: bytes, said: str) -> None:
    """A file that holds anything else is refused in one line that says what came."""
    assert said in fails(write(tmp_path / "feed.json", data))


def test_nothing_there(tmp_path: Path) -> None:
    """A wrong name, or an empty folder, is one line."""
    assert "doesn't exist" in fails(tmp_path / "feed.json")
    assert "holds no services" in fails(tmp_path)


def test_odd_records_among_sound_ones(tmp_path: Path) -> None:
    """What is no object is refused by its place, and the sound records beside it are taken."""
    found = read(
        write(tmp_path / "feed.json", [service("a"), 3, None, [service("x")], service("b")])
    )
    assert found.ids == ["a", "b"]
    assert [each.where for each in found.refused] == [
        f"feed.json, record {number}" for number in (2, 3, 4)
    ]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(
    sorted({*service(), *OLD, "phones", "cost_options", "attributes", "contacts"})
)
INNER = st.sampled_from(
    [
        "id", "name", "number", "location", "addresses", "postal_code", "freq", "byday", "interval",
        "opens_at", "until", "amount", "option", "taxonomy_term", "phones", "location_type", "website",
    ]
)  # fmt: skip
ODD = JSON | st.dictionaries(INNER, JSON) | st.lists(st.dictionaries(INNER, JSON), max_size=3)


@given(root=JSON | st.lists(JSON | st.dictionaries(NAMES, ODD), max_size=4))
@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json(tmp_path: Path, root: Any) -> None:
    """Whatever JSON comes, a feed is read or unusable; nothing else ever happens."""
    path = tmp_path / "feed.json"
    path.write_text(json.dumps(root), encoding="utf-8")
    try:
        found = read(path)
    except SourceUnusable:
        return
    for each in found.services:
        assert load(dump(each)) == each


@given(changes=st.dictionaries(NAMES, ODD, max_size=3), old=st.booleans())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_change_of_a_sound_service(
    tmp_path: Path, changes: dict[str, Any], *, old: bool
) -> None:
    """Whatever stands in the fields of a service, it is taken in or refused with reasons."""
    path = tmp_path / "feed.json"
    path.write_text(json.dumps({**(OLD if old else service()), **changes}), encoding="utf-8")
    try:
        found = read(path)
    except SourceUnusable:
        return
    assert len(found.services) + len(found.refused) == 1
    for each in found.services:
        json.dumps(dump(each), ensure_ascii=False).encode("utf-8")
        assert "\x00" not in str(dump(each))


def test_a_service_is_known_without_its_status(tmp_path: Path) -> None:
    """A record with marks of a service is one, whatever else it carries."""
    record = service(status=None, latitude=53.8, website="https://tea.example.org")
    found = read(write(tmp_path / "feed.json", [record]))
    assert found.ids == ["s-1"]


@OFFICIAL
@pytest.mark.parametrize("feed", ["V3.0-UK-Default", "V3.0-UK-Test", "V3.0-UK-Warn"])
def test_official_good_feeds(feed: str) -> None:
    """Every official good or doubtful feed gives its one service; 128 copies are one."""
    found = read(MOCKS / feed, Limits())
    assert (found.ids, found.refused) == ([ONE], [])
    assert found.services[0].what.startswith("Counselling")
    assert found.services[0].hours
    for path in (MOCKS / feed).glob("service_[fl]*.json"):
        one = read(path, Limits())
        assert (one.ids, one.refused) == ([ONE], [])


@OFFICIAL
def test_official_doubtful_feed_is_doubted() -> None:
    """What is wrong with the feed of warnings is said."""
    said = read(MOCKS / "V3.0-UK-Warn", Limits()).doubted
    assert "taxonomy_list.json: its header says 10 in all, and 1 came" in said


@OFFICIAL
def test_official_failing_feed() -> None:
    """Every record of the failing feed is refused, each with its own reasons."""
    found = read(MOCKS / "V3.0-UK-Fail", Limits())
    assert found.services == []
    assert len(found.refused) == 5
    said = " ".join(reason for each in found.refused for reason in each.reasons)
    assert all(word in said for word in ("description", "name", "url", "email"))


@OFFICIAL
def test_official_files_that_hold_no_services() -> None:
    """Answers of a validator, organisations and word lists are named as what they are."""
    for path in (MOCKS / "V1.0-UK-Default").glob("*.json"):
        assert "but a validator's answer about a feed" in fails(path, Limits())
    assert "but the front page" in fails(MOCKS / "V3.0-UK-Default" / "api_details.json", Limits())
    assert "but an organisation" in fails(MOCKS / "V3.0-UK-Default" / "organization.json", Limits())


@OFFICIAL
@pytest.mark.parametrize("folder", ["hsds-3.0-official-examples", "oruk-3.0-uk-profile"])
def test_official_examples(folder: str) -> None:
    """The examples of both standards give their one service."""
    examples = DATA / folder / "examples"
    assert read(examples, Limits()).ids == [ONE]
    assert read(examples / "service_full.json", Limits()).ids == [ONE]
    assert read(examples / "service_list.json", Limits()).ids == [ONE]
