"""`kith directory`: what an operator reads, and that nobody reads a traceback."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.directory.correcting import NotACorrection, read_corrections
from tests.databases import opened_store
from tests.test_command_line import kith
from tests.typed import Typed

LIST = """name,id,phone,last checked,postcode
Old Tea,old,0161 496 0001,2001-01-01,M1 1AE
New Tea,new,0161 496 0002,,M1 1AE
,none,,,
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "teas.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_an_import_tells_what_became_of_each_row(file: Path, url: str, typed: Typed) -> None:
    """Counts, each refusal with its reason, doubts by kind; the second time nothing is new."""
    first = typed("directory", "import", str(file), "--source", "teas", "--db", url)
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("teas: 2 new, 0 changed, 0 the same, 1 refused, ")
    assert "refused: teas.csv, row 4: it has no name" in first.stdout
    assert "doubt, 2 times: it has no description (teas.csv, row 2 (Old Tea); " in first.stdout
    again = typed("directory", "import", str(file), "--source", "teas", "--db", url)
    assert again.returncode == 0
    assert again.stdout.startswith("teas: 0 new, 0 changed, 2 the same, 1 refused, ")


def test_without_a_name_the_source_is_called_after_its_folder_and_file(
    file: Path, typed: Typed
) -> None:
    """The same file has the same source the next time."""
    said = typed("directory", "import", str(file), "--db", f"sqlite:///{file.parent}/k.db")
    assert said.stdout.startswith(f"{file.parent.name}/teas: 2 new")


@pytest.mark.parametrize(
    ("name", "content"), [("names.csv", "name\n,\n"), ("refused.csv", "name,what\n,x\n,y\n")]
)
def test_nothing_taken_in_is_an_error(
    tmp_path: Path, name: str, content: str, typed: Typed
) -> None:
    """Exit code 1 and one line, where nothing could be taken in."""
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    said = typed("directory", "import", str(file), "--db", f"sqlite:///{tmp_path}/k.db")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert "->" in said.stderr


@pytest.mark.parametrize("where", ["nowhere.csv", "", "http://127.0.0.1:9/services", "bot"])
def test_a_source_that_is_none_is_one_clear_line(tmp_path: Path, where: str, typed: Typed) -> None:
    """A wrong path, none, an address where nobody answers, a folder of something else."""
    said = typed("directory", "import", where, "--db", f"sqlite:///{tmp_path}/k.db")
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert said.stdout == ""
    assert "Traceback" not in said.stderr


def test_the_stale_are_listed_with_what_to_do(file: Path, url: str, typed: Typed) -> None:
    """Reported ones first, then the unchecked, then the oldest; a check takes one off the list."""
    typed("directory", "import", str(file), "--source", "teas", "--db", url)
    store = opened_store(url)
    words = typed("directory", "stale", "--db", url).stdout
    assert words.index("New Tea") < words.index("Old Tea")
    assert "0161 496 0002\n  nobody here has checked this yet\n" in words
    assert "kith directory correct teas new assured=" in words
    assert "2 of 2 to check" in words
    with store.transaction() as tx:
        tx.directory.report("teas", "old", "closed", "2026-11-02")
        tx.directory.report("teas", "old", "it_helped", "2026-11-02")
    store.close()
    words = typed("directory", "stale", "--db", url).stdout
    assert words.index("Old Tea") < words.index("New Tea")
    assert "people said: it was closed (1), it helped (1)" in words
    told = json.loads(typed("directory", "stale", "--json", "--most", "1", "--db", url).stdout)
    assert [(one["id"], one["said"]) for one in told] == [("old", {"closed": 1, "it_helped": 1})]
    today = datetime.now(UTC).date()
    checked = typed("directory", "correct", "teas", "new", f"assured={today}", "--db", url)
    assert (checked.returncode, checked.stderr) == (0, "")
    assert "New Tea" not in typed("directory", "stale", "--db", url).stdout


def test_corrections_are_read_as_the_list_is(file: Path, url: str, typed: Typed) -> None:
    """Fields by their names or those of the columns; lists grow; an import leaves them be."""
    typed("directory", "import", str(file), "--source", "teas", "--db", url)
    some = ("phone=0161 496 0003 (day)", "says+=nobody to talk to; tired", "says+=tired; alone")
    more = ("free=yes", "least age=18", "address=1 Lane, M1 1AE", "hours=Mon 9am-5pm")
    done = typed("directory", "correct", "teas", "old", *some, *more, "--db", url)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Old Tea: says is now nobody to talk to; tired; alone" in done.stdout
    typed("directory", "import", str(file), "--source", "teas", "--db", url)
    store = opened_store(url)
    with store.transaction() as tx:
        record = tx.directory.find("teas", "old").record
    store.close()
    assert record["phones"] == [{"number": "0161 496 0003", "what": "day"}]
    assert record["says"] == ["nobody to talk to", "tired", "alone"]
    assert (record["free"], record["least_age"], record["address"]) == (True, 18.0, "1 Lane, M1")
    assert record["hours"][0]["rule"] == "FREQ=WEEKLY;BYDAY=MO"


@pytest.mark.parametrize(
    ("correction", "named"),
    [
        ("fone=1", "did you mean 'phone'?"),
        ("colour=red", "the fields are: "),
        ("name", "write field=value"),
        ("name=", "a name can't be empty"),
        ("free=maybe", "write yes or no"),
        ("assured=soon", "write a day such as 2026-11-02"),
        ("assured=2999-01-01", "is still to come"),
        ("kind=tent", "one of group, place, service, line"),
        ("cost+=5", "is no list"),
        ("url=nowhere", "write a web address"),
        ("id=2", "there is no field 'id'"),
    ],
)
def test_what_corrects_nothing_says_why(correction: str, named: str) -> None:
    """One line that names what is wrong, and what to write instead."""
    with pytest.raises(NotACorrection) as wrong:
        read_corrections(["cost=5", correction], {"cost": "", "says": ()}, date(2026, 11, 2))
    assert named in str(wrong.value)
    assert " -> " in str(wrong.value)
    assert "\n" not in str(wrong.value)


def test_a_correction_that_can_not_be_read_changes_nothing(file: Path, typed: Typed) -> None:
    """Not even by what stood before it; exit code 1 and one line."""
    database = f"sqlite:///{file.parent}/k.db"
    typed("directory", "import", str(file), "--source", "teas", "--db", database)
    said = typed("directory", "correct", "teas", "old", "cost=5", "fone=1", "--db", database)
    assert (said.returncode, said.stdout) == (1, "")
    assert said.stderr == "kith: there is no field 'fone' -> did you mean 'phone'?\n"
    store = opened_store(database)
    with store.transaction() as tx:
        assert tx.directory.find("teas", "old").corrections == {}
    store.close()


def test_an_entry_that_is_not_there_is_one_clear_line(tmp_path: Path, typed: Typed) -> None:
    """Whoever mistypes an id is told where to find it."""
    said = typed("directory", "correct", "x", "y", "cost=1", "--db", f"sqlite:///{tmp_path}/k.db")
    assert said.returncode == 1
    assert "there is no 'y' from 'x' -> " in said.stderr


def test_the_program_itself_takes_the_command(file: Path) -> None:
    """As people type it: counts on one side, nothing on the other."""
    said = kith("directory", "import", str(file), "--db", f"sqlite:///{file.parent}/k.db")
    assert (said.returncode, said.stderr) == (0, "")
    assert "2 new" in said.stdout
