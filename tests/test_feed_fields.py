"""Promises of reading one service: what its source says is kept, what is odd is said."""

import time
from datetime import date, datetime
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.directory.clearly import said_free, said_self_referral
from bot.directory.entries import Intake
from bot.directory.hours import read_hours, rule_works
from bot.directory.service import Hours, Phone, Service, dump, load
from tests.feed_records import OLD, service, sort


def only(record: dict[str, Any]) -> Service:
    found = sort(Intake("town").take(record, "here"))
    assert not found.refused, found.refused
    assert load(dump(found.services[0])) == found.services[0]
    return found.services[0]


def test_everything_of_hsds_3() -> None:
    """Every field that the standard carries and a person could use is kept."""
    phone = {"number": '"0113 496 0001"', "type": "voice", "extension": 12}
    read = only(
        service(
            alternate_name="The teapot",
            application_process="Just come along, or refer yourself by phone.",
            fees_description="Free of charge.",
            minimum_age=16,
            maximum_age=0,
            eligibility_description="Anybody over 16",
            wait_time="No wait",
            alert="Closed on 2 May",
            interpretation_services="BSL on request",
            phones=[phone, {"number": "0113 496 0002", "type": "fax"}],
            languages=[{"name": "Urdu", "code": "ur"}, {"code": "cy"}, {"id": "x"}],
            service_areas=[{"name": "Leeds"}, {"description": "Bradford, BD1 1AA"}],
            attributes=[{"taxonomy_term": {"name": "Loneliness"}}, {"value": "Company"}],
            cost_options=[{"option": "Lunch", "amount": 0}],
            organization={"id": "o", "name": "Tea Trust", "phones": [phone]},
            service_at_locations=[
                {
                    "phones": [{"number": "0113 496 0003", "description": "On the day"}],
                    "location": {
                        "location_type": "virtual",
                        "transportation": "Bus 5",
                        "accessibility": [{"description": "Step-free", "details": "Ramp"}],
                        "addresses": [
                            {"address_type": "postal", "postal_code": "BD2 2AA"},
                            {"address_type": "physical", "postal_code": "LS1 4AB"},
                        ],
                    },
                }
            ],
        )
    )
    assert read == Service(
        source="town",
        id="s-1",
        name="Tea and talk s-1",
        organisation="Tea Trust",
        also="The teapot",
        what="A warm room for anybody who would like company.",
        start="Just come along, or refer yourself by phone.",
        url="https://tea.example.org",
        email="hello@tea.example.org",
        phones=(Phone("0113 496 0001 ext. 12"), Phone("0113 496 0003", "On the day")),
        cost="Free of charge.\nLunch: £0",
        free=True,
        least_age=16,
        most_age=None,
        who_for="Anybody over 16",
        self_referral=True,
        wait="No wait",
        languages=("Urdu", "Welsh"),
        access="BSL on request\nStep-free\nRamp\nBus 5",
        outcodes=("LS1",),
        areas=("Leeds", "Bradford, BD1"),
        online=True,
        terms=("Loneliness", "Company"),
        alert="Closed on 2 May",
        assured=date(2026, 9, 1),
        assured_by="check@tea.example.org",
        modified="2026-09-01T10:00:00.123Z",
    )


def test_everything_of_oruk_1() -> None:
    """A service of Open Referral UK 1.0 says the same in its own words."""
    read = only(OLD)
    assert (read.id, read.url, read.organisation) == (
        "1502",
        "https://www.choir.example.org",
        "Choirs",
    )
    assert read.what == "Sing with us.\nNo notes needed, Leeds LS1."
    assert (read.least_age, read.most_age, read.who_for) == (18, 120, "Adults\nOlder people")
    assert (read.free, read.online, read.access) == (True, True, "Step-free")
    assert (read.outcodes, read.areas, read.terms) == (("LS1",), ("Leeds",), ("Singing",))
    assert (read.languages, read.phones) == (("Welsh",), (Phone("0113 496 0000"),))
    assert read.hours == (
        Hours("FREQ=WEEKLY;BYDAY=MO", opens="19:00", closes="21:00"),
        Hours("FREQ=WEEKLY;BYDAY=TH", opens="09:30", closes="12:00"),
    )
    assert read.assured == date(2026, 1, 5)


def test_no_whole_postcode_anywhere() -> None:
    """A whole postcode is cut wherever it stands."""
    home = "LS1 4AB"
    read = only(
        service(
            **dict.fromkeys(
                ("name", "description", "application_process", "alert", "fees", "wait_time"),
                f"at {home}",
            ),
            phones=[{"number": "0113 496 0000", "description": home}],
            schedules=[{"description": home}],
            languages=[{"name": home}],
            attributes=[{"value": home}],
            service_areas=[{"name": home}],
        )
    )
    assert "4AB" not in str(dump(read))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": None}, "it has no id"),
        ({"id": ["x"]}, "it has no id"),
        ({"name": None}, "it has no name"),
        ({"name": "  "}, "it has no name"),
        ({"description": None}, "it has no description"),
        ({"description": "<p></p>"}, "it has no description"),
        ({"description": {"en": "x"}}, "its description is an object where a text belongs"),
        ({"url": "example/counselling"}, "its url is not a web address: example/counselling"),
        ({"url": "javascript:alert(1)"}, "its url is not a web address"),
        ({"url": "https://bank.example.org@evil.example"}, "its url is not a web address"),
        ({"email": "email-example_com"}, "its email is not an e-mail address"),
        ({"email": 12345}, "its email is a number where a text belongs"),
        ({"assured_date": "2026-02-30"}, "its assured_date is not a day"),
        ({"last_modified": "yesterday"}, "its last_modified is not a day"),
        ({"minimum_age": 30, "maximum_age": 20}, "its minimum_age 30 is above its maximum_age 20"),
        ({"minimum_age": "old"}, "its minimum_age is not an age: old"),
        ({"maximum_age": -1}, "its maximum_age is not an age"),
        ({"status": "closed-ish"}, "its status is none of active, inactive"),
        ({"schedules": "daily"}, "its schedules is a text where a list belongs"),
        ({"phones": ["0113"]}, "its phones holds a text where an object belongs"),
        ({"organization": []}, "its organization is a list where an object belongs"),
    ],
)
def test_refused(changes: dict[str, Any], reason: str) -> None:
    """A record nobody could use is refused, and says why in plain words."""
    found = sort(Intake("town").take(service(**changes), "here"))
    assert not found.services
    assert any(each.startswith(reason) for each in found.refused[0].reasons), found.refused


def test_every_reason_at_once() -> None:
    """Whoever mends a record learns all that is wrong with it, not one thing a day."""
    found = sort(Intake("town").take(service(name="", description="", url="x", email="y"), "here"))
    assert len(found.refused[0].reasons) == 4


@pytest.mark.parametrize(
    ("changes", "doubt"),
    [
        ({"url": None, "email": None}, "it gives no way to make contact"),
        ({"assured_date": None}, "somebody last checked it"),
        ({"status": None}, "it has no status"),
        ({"url": "www.tea.example.org"}, "https://, which was added"),
        ({"phones": [{"number": "ask"}]}, "can't be rung"),
        ({"assurer_email": "Ann"}, "assurer_email is not"),
        ({"schedules": [{"valid_from": "soon"}]}, "valid_from is not a day"),
        (
            {"schedules": [{"valid_from": "2026-02-01", "valid_to": "2026-01-01"}]},
            "before it begins",
        ),
        ({"service_at_locations": [{"location": {"latitude": 100}}]}, "not on this earth"),
        ({"colour": "red"}, "in no standard and are not read: colour"),
    ],
)
def test_doubted(changes: dict[str, Any], doubt: str) -> None:
    """What is odd and can be lived with is said, and the service is taken in."""
    found = sort(Intake("town").take(service(**changes), "here"))
    assert len(found.services) == 1
    assert doubt in found.doubted


def test_sound_service_has_no_doubts() -> None:
    """Nothing is said of a record with which nothing is wrong, and 3.1 is known."""
    record = service(capacities=[], additional_urls=[{"url": "https://b.example.org"}])
    assert sort(Intake("town").take(record, "here")).doubts == []


@pytest.mark.parametrize(
    ("status", "active"),
    [("active", True), ("inactive", False), ("Temporarily closed", False), ("defunct", False)],
)
def test_status(status: str, *, active: bool) -> None:
    """Only what is active is active."""
    assert only(service(status=status)).active is active


@pytest.mark.parametrize(
    ("texts", "free"),
    [
        (("Free",), True),
        (("This service is free of charge.",), True),
        (("No cost",), True),
        (("£0.00",), True),
        (("Free parking",), None),
        (("Free for members, £5 for others",), None),
        (("£5 a session",), False),
        (("Donations welcome",), None),
        (("",), None),
        ((), None),
    ],
)
def test_free_only_where_said(texts: tuple[str, ...], *, free: bool | None) -> None:
    """Nobody is told that something is free unless its source clearly says so."""
    assert said_free(*texts) is free


@pytest.mark.parametrize(
    ("text", "can"),
    [
        ("Self-referral by phone", True),
        ("You can refer yourself", True),
        ("We do not accept self-referrals", False),
        ("By GP referral only", False),
        ("Ring us", None),
    ],
)
def test_self_referral_only_where_said(text: str, *, can: bool | None) -> None:
    """Whether somebody can come without being sent is known only where the text says it."""
    assert said_self_referral(text) is can


@pytest.mark.parametrize(
    ("schedule", "hours"),
    [
        (
            {"freq": "WEEKLY", "interval": 2, "byday": "TH,FR", "dtstart": "2026-01-01"},
            Hours("FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,FR", "2026-01-01"),
        ),
        (
            {"freq": "monthly", "byday": "2SU", "until": "2027-01-01", "count": 3, "wkst": "SU"},
            Hours("FREQ=MONTHLY;BYDAY=2SU;WKST=SU;UNTIL=20270101"),
        ),
        ({"freq": "MONTHLY", "bymonthday": "1,15"}, Hours("FREQ=MONTHLY;BYMONTHDAY=1,15")),
        (
            {"byday": ["MO", "TU"], "opens_at": "24:00"},
            Hours("FREQ=WEEKLY;BYDAY=MO,TU", opens="00:00"),
        ),
        ({"freq": "DAILY", "count": 5}, Hours("FREQ=DAILY;COUNT=5")),
        ({"freq": "WEEKLY", "byday": "XX", "description": "Often"}, Hours(words="Often")),
        ({"freq": "SECONDLY", "notes": "All day"}, Hours(words="All day")),
        ({"freq": "WEEKLY", "interval": 0, "notes": "?"}, Hours(words="?")),
        ({"opens_at": "nine"}, Hours(words="opens nine")),
        (
            {"freq": "MONTHLY", "byday": "6MO", "notes": "Never"},
            Hours(words="Never"),
        ),
        ({"id": "x"}, None),
    ],
)
def test_hours(schedule: dict[str, Any], hours: Hours | None) -> None:
    """A schedule is a rule that python-dateutil follows to at least one day, else words."""
    assert read_hours(schedule) == hours


def test_unseen_characters_are_gone() -> None:
    """Half characters, control characters and marks that turn a line round are left out."""
    read = only(
        service(name="Tea\x00 and\u202e talk\ud800", phones=[{"number": "0113\x07 4960000"}])
    )
    assert read.name == "Tea and talk"
    assert read.phones == ()


def test_rule_that_fits_no_day_is_soon_given_up() -> None:
    """A rule that fits no day is not followed to the year 9999."""
    began = time.monotonic()
    assert not rule_works("FREQ=DAILY;BYMONTHDAY=31;BYYEARDAY=45", date(2026, 1, 1))
    assert time.monotonic() - began < 1


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "freq",
                "interval",
                "byday",
                "bymonthday",
                "byyearday",
                "byweekno",
                "wkst",
                "count",
                "until",
                "dtstart",
            ]
        ),
        st.sampled_from(
            [
                "DAILY",
                "WEEKLY",
                "MONTHLY",
                "YEARLY",
                "1",
                "2",
                "12",
                "29",
                "31",
                "-1",
                "53",
                "366",
                "MO",
                "2SU",
                "-1FR,TU",
                "2026-02-29",
                "2024-02-29",
                "2027-05-01",
                "1999-01-01",
            ]
        )
        | st.integers(-400, 400),
    )
)
@settings(max_examples=200)
def test_every_rule_that_is_kept_can_be_followed(schedule: dict[str, Any]) -> None:
    """Whatever a schedule says, the rule that is kept leads python-dateutil to a day."""
    hours = read_hours(schedule)
    if hours and hours.rule:
        begins = datetime.fromisoformat(hours.begins or "2001-01-01")
        assert next(iter(rrulestr(hours.rule, dtstart=begins)))
