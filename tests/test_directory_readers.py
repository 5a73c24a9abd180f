"""Data packages and plain lists, from small ones of our own to real ones beside this project."""

import json
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr

from bot.directory.record import Doubt, Entry, Refused, SourceUnusable
from bot.directory.service import Hours, Phone, Service, dump
from bot.directory.sources import name_of, read_source
from tests.conftest import ROOT

SHARED = ROOT.parent / "shared" / "data" / "directory"
POSTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][ABD-HJLNP-UW-Z]{2}\b")

OLD = {
    "services.csv": "id,organization_id,name,alternate_name,description,url,application_process,status\n"
    '1,7,Soup,,"The hostGÇÖs soup###MON###\\nAll come",www.example.org,Walk in,\n'
    "2,7,Closed soup,NA,Nothing,example.org/soup,,inactive\n"
    ",7,No id,,x,,,\n"
    "4,7,,,x,,,\n",
    "organizations.csv": "id,name,url\n7,Soup Friends,http://example.org/all\n",
    "phones.csv": "id,service_id,organization_id,number,extension,type,description\n"
    "1,1,,0161 496 0001,12,voice,Kitchen\n2,1,,0161 496 0002,,fax,\n3,,7,0161 496 0003,,,Office\n",
    "regular_schedules.csv": "service_id,weekday,opens_at,closes_at,original_text\n"
    "1,Monday,9:00am,5:00pm,\n1,Tuesday,9:00am,5:00pm,\n1,Sunday,,,Sundays: ask\n",
    "services_taxonomy.csv": "id,service_id,taxonomy_id,taxonomy_detail\n1,1,T1,\n",
    "taxonomy.csv": "id,name,parent_id\nT1,Meals,\n",
    "services_at_location.csv": "id,service_id,location_id\n1,1,5\n",
    "locations.csv": "id,name,transportation\n5,Hall,Bus 4\n",
    "physical_addresses.csv": "id,location_id,attention,address_1,city,state_province,postal_code,country\n"
    "1,5,A. Person,1 Mill St,Miami,FL ,33157,US\n",
    "languages.csv": "id,service_id,location_id,language\n1,1,5,English\n2,1,5,Spanish\n",
    "eligibility.csv": "id,service_id,eligibility\n1,1,Anyone hungry\n2,,Nobody knows whose\n",
    "accessibility_for_disabilities.csv": "id,location_id,accessibility,details\n1,5,Ramp,\n",
    "service_areas.csv": "id,service_id,service_area\n1,1,Mill Side\n",
    "datapackage.json": json.dumps(
        {"resources": [{"name": "contact", "path": "contacts.csv"}, {"name": "x", "path": "y.csv"}]}
    ),
}
NEW = {
    "services.csv": "id,organization_id,name,description,url,email,status,fees_description,minimum_age,"
    "maximum_age,eligibility_description,assured_date,assurer_email,alert,wait_time\n"
    "s1,o1,Talk,Talking,https://example.org,hi@example.org,active,,16,25,Young people,2026-10-01,"
    "a@example.org,Shut in May,Two weeks\n",
    "organizations.csv": "id,name,website\no1,Talkers,https://example.org\n",
    "service_at_location.csv": "id,service_id,location_id\nl1,s1,p1\n",
    "locations.csv": "id,location_type,name\np1,physical,Hall\n",
    "addresses.csv": "id,location_id,attention,address_1,city,postal_code,country,address_type\n"
    "a1,p1,A. Person,4 Water Lane,Brindleford,bf1 4de,GB,physical\n",
    "phones.csv": 'id,contact_id,number,description\n1,c1,"""+44 161 496 0004""",Reception\n',
    "contacts.csv": "id,service_id,name,email\nc1,s1,Ann Person,\n",
    "schedules.csv": "id,service_id,freq,interval,byday,dtstart,valid_from,valid_to,opens_at,closes_at,description\n"
    "1,s1,MONTHLY,,2SU,2026-01-04,2026-01-01,2026-12-31,10:00:00,12:30:00,Second Sunday\n"
    "2,s1,FORTNIGHTLY,,MO,,,,,,Every other Monday\n",
    "cost_options.csv": "id,service_id,option,currency,amount,amount_description\n1,s1,All,gbp,0,\n",
    "taxonomy_terms.csv": "id,code,name\nt1,c,Someone to talk to\n",
    "attributes.csv": "id,link_id,taxonomy_term_id,link_entity,value\n1,s1,t1,service,\n",
    "languages.csv": "id,service_id,name,code\n1,s1,Urdu,ur\n",
}


def folder(path: Path, files: Mapping[str, str]) -> Path:
    path.mkdir()
    for name, text in files.items():
        (path / name).write_text(text, encoding="utf-8-sig")
    return path


def zipped(path: Path, files: Mapping[str, str], inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w") as packed:
        for name, text in files.items():
            packed.writestr(inside + name, text.encode("utf-8-sig"))
    return path


def read(where: Path) -> list[Entry]:
    return list(read_source(str(where), "x"))


def services(entries: list[Entry]) -> list[Service]:
    return [each for each in entries if isinstance(each, Service)]


def test_an_old_package(tmp_path: Path) -> None:
    """Every table of HSDS 1.1 finds its service; names of people and a fax are left out."""
    entries = read(folder(tmp_path / "old", OLD))
    soup, closed = services(entries)
    assert (soup.id, soup.name, soup.organisation) == ("1", "Soup", "Soup Friends")
    assert soup.what == "The host’s soup\nAll come"
    assert (soup.url, soup.start) == ("https://www.example.org", "Walk in")
    assert soup.phones == (
        Phone("0161 496 0001 ext. 12", "Kitchen"),
        Phone("0161 496 0003", "Office"),
    )
    assert soup.hours == (
        Hours("FREQ=WEEKLY;BYDAY=MO,TU", opens="09:00", closes="17:00"),
        Hours(words="Sundays: ask"),
    )
    assert (soup.terms, soup.languages) == (("Meals",), ("English", "Spanish"))
    assert (soup.who_for, soup.areas) == ("Anyone hungry", ("Mill Side",))
    assert (soup.address, soup.outcodes) == ("1 Mill St, Miami, FL 33157", ())
    assert soup.access.split("\n") == ["Ramp", "Bus 4"]
    assert (soup.free, soup.self_referral, soup.for_whom, soup.kind) == (None, None, "", "service")
    assert (closed.active, closed.also, closed.url) == (False, "", "https://example.org/soup")


def test_what_is_wrong_in_a_package_is_said(tmp_path: Path) -> None:
    """Rows without an id or a name are refused, each with its reason; an absent file is a doubt."""
    entries = read(folder(tmp_path / "old", OLD))
    refused = [(each.where, each.reasons) for each in entries if isinstance(each, Refused)]
    assert refused == [
        ("services.csv, row 4", ("it has no id",)),
        ("services.csv, row 5", ("it has no name",)),
    ]
    doubts = [each.what for each in entries if isinstance(each, Doubt)]
    assert "it names a file that is not there: contacts.csv" in doubts
    assert any("checked" in what for what in doubts)


def test_a_new_package(tmp_path: Path) -> None:
    """HSDS 3.0: rules, costs, terms, ages, and of a postcode the first half."""
    (talk,) = services(read(folder(tmp_path / "new", NEW)))
    assert (talk.least_age, talk.most_age, talk.who_for) == (16.0, 25.0, "Young people")
    assert (str(talk.assured), talk.assured_by, talk.alert) == (
        *("2026-10-01", "a@example.org"),
        "Shut in May",
    )
    assert (talk.outcodes, talk.address) == (("BF1",), "4 Water Lane, Brindleford, BF1")
    assert talk.phones == (Phone("+44 161 496 0004", "Reception"),)
    monthly, other = talk.hours
    assert (monthly.rule, monthly.begins, monthly.opens) == (
        *("FREQ=MONTHLY;BYDAY=2SU", "2026-01-04"),
        "10:00",
    )
    assert rrulestr(monthly.rule)[0].weekday() == 6
    assert (other.rule, other.words) == ("", "Every other Monday")
    assert (talk.free, talk.terms, talk.languages) == (True, ("Someone to talk to",), ("Urdu",))
    assert "Person" not in repr(dump(talk))


def test_a_package_reads_the_same_however_it_is_packed(tmp_path: Path) -> None:
    """A folder, a zip, a folder in a zip, and its datapackage.json or services.csv alone."""
    place = folder(tmp_path / "old", OLD)
    expected = services(read(place))
    assert expected
    for where in (
        zipped(tmp_path / "flat.zip", OLD),
        zipped(tmp_path / "deep.zip", OLD, "data/"),
        place / "datapackage.json",
        place / "services.csv",
    ):
        assert services(read(where)) == expected, where


def test_only_the_services_have_to_be_there(tmp_path: Path) -> None:
    """Every other table may be absent; what it would say is not known."""
    one = {"services.csv": "id,name,description\n1,Soup,Hot\n"}
    (soup,) = services(read(folder(tmp_path / "little", one)))
    assert soup == Service("x", "1", "Soup", what="Hot")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("diary.csv", b"dear,diary\n1,2\n"),
        ("page.csv", b"<!doctype html><html></html>"),
        ("broken.zip", b"PK\x03\x04 and then nothing"),
        ("binary.csv", bytes(range(256)) * 50),
        ("long.csv", b'name,what\n1,"' + b"x" * 200_000),
    ],
)
def test_what_is_no_list_is_one_clear_line(tmp_path: Path, name: str, content: bytes) -> None:
    """Any other file is refused with the remedy, and never an error."""
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(SourceUnusable) as unusable:
        read(file)
    assert "\n" not in str(unusable.value)
    assert " -> " in str(unusable.value)


def test_a_workbook_is_told_how_to_become_a_list(tmp_path: Path) -> None:
    """Whoever names a spreadsheet file reads how to save it."""
    with pytest.raises(SourceUnusable, match="save the sheet as CSV"):
        read(zipped(tmp_path / "places.xlsx", {"xl/workbook.xml": "<x/>"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_list_in_any_spelling(tmp_path: Path, encoding: str, mark: str) -> None:
    """Whatever a spreadsheet saves: marks between cells, letters, other names of columns."""
    file = tmp_path / "list.csv"
    head = mark.join(("Service Name", "Description", "Telephone", "Post Code", "Referrals Only"))
    row = mark.join(("Café", "Tea – and talk", "0161 496 0005", "WA154 1HF", "FALSE"))
    file.write_bytes(f"{head}\r\n{row}\r\n\r\n".encode(encoding))
    entries = read(file)
    (cafe,) = services(entries)
    assert (cafe.name, cafe.what, cafe.self_referral) == ("Café", "Tea – and talk", True)
    assert cafe.phones == (Phone("0161 496 0005"),)
    assert (cafe.id, cafe.outcodes) == ("cafe", ())
    doubts = [each.what for each in entries if isinstance(each, Doubt)]
    assert "its postcode can't be read and is left out: WA154 1HF" in doubts


def test_ids_that_a_list_does_not_give(tmp_path: Path) -> None:
    """Made of the name and the outcode, each its own, the same every time, in any script."""
    file = tmp_path / "list.csv"
    file.write_text(
        "name,postcode\nTea,M1 1AE\nTea,M2 1AE\nTea,M1 2BB\n\u0634\u0627\u064a,\n", encoding="utf-8"
    )
    ids = [each.id for each in services(read(file))]
    assert ids[:3] == ["tea-M1", "tea-M2", "tea-M1-2"]
    assert ids[3]
    assert ids == [each.id for each in services(read(file))]


def test_cells_that_can_not_be_read_are_doubts(tmp_path: Path) -> None:
    """Nothing is guessed: an odd cell is named, left out, and the row is taken."""
    file = tmp_path / "list.csv"
    file.write_text(
        "name,kind,for,least age,free,email,last checked,colour\nTea,tent,us,old,maybe,no,soon,red\n,,,,,,,x\n",
        encoding="utf-8",
    )
    entries = read(file)
    (tea,) = services(entries)
    assert tea == Service("x", "tea", "Tea")
    doubts = " ".join(each.what for each in entries if isinstance(each, Doubt))
    for name in ("kind", "for", "least age", "free", "email", "last checked"):
        assert f"its {name} can't be read" in doubts
    assert "isn't known is left out: colour" in doubts
    assert [each.reasons for each in entries if isinstance(each, Refused)] == [("it has no name",)]


def test_a_folder_is_a_source_by_its_whole_name(tmp_path: Path) -> None:
    """What looks like an ending of a file tells two folders apart: V3.0-Default and V3.0-Warn."""
    for name in ("V3.0-Default", "V3.0-Warn"):
        (tmp_path / name).mkdir()
    assert name_of(str(tmp_path / "V3.0-Default")) != name_of(str(tmp_path / "V3.0-Warn"))


def test_sources_are_named_after_where_they_come_from() -> None:
    """The host of an address; the folder and the name of a file; always the same."""
    assert name_of("https://api.example.org:8080/services?page=2") == "api.example.org"
    assert name_of("council/list.csv") == name_of("./council/../council/list.csv")
    assert name_of("council/list.csv").endswith("council/list")
    assert len(name_of(f"{'x' * 100}/{'y' * 100}.csv")) == 80


REAL = [
    ("miami-211-hsds-1.1/datapackage-1566177582.without-contacts.zip", 4089),
    ("hsds-1.1-sample-datapackage", 13),
    ("hsds-3.0-official-examples/examples/csv", 1),
    ("oruk-3.0-uk-profile/examples/csv", 1),
    ("ohana-sample-csv", 23),
    ("trafford-mental-health/trafford_mental_health_services.csv", 60),
    ("trafford-charities", 736),
    ("folkestone-hythe-community", 133),
]


@pytest.mark.parametrize(("name", "count"), REAL)
def test_real_directories(name: str, count: int) -> None:
    """Every service of directories as they are given away; none refused, no whole postcode."""
    if not (SHARED / name).exists():
        pytest.skip(f"{name} is not beside this project")
    entries = read(SHARED / name)
    found = services(entries)
    assert len({each.id for each in found}) == len(found) == count
    assert not [each for each in entries if isinstance(each, Refused)]
    for each in found:
        said = {**dump(each), "url": "", "email": ""}
        assert not POSTCODE.search(repr(said)), each.name
        assert not re.search(r"[A-Z]##|##[A-Z]", repr(said))
        assert "GÇ" not in each.what
        for hours in each.hours:
            assert not hours.rule or rrulestr(hours.rule)
