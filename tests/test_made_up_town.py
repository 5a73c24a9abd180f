"""The made-up town is for a newcomer at a terminal, and for nobody else."""

from pathlib import Path

from bot.app import opened
from bot.clock import Clock
from bot.settings import read_settings
from tests.running import kith

TOLD = "those of a made-up town are shown here, and only here"
PLACES = "name,id,what,phone\nOld Tea,old,Tea and company,0161 496 0001\n"


def test_what_serves_people_opens_without_it(tmp_path: Path) -> None:
    """Telegram opens the same library, where nothing was imported: nothing nearby is in it."""
    settings = read_settings({}, f"sqlite:///{tmp_path}/k.db")
    with opened(settings, Clock()) as turns:
        assert not turns.library.places.any
        assert not turns.library.catalogue.local


def test_a_terminal_says_that_it_is_made_up_until_places_are_imported(tmp_path: Path) -> None:
    """Operators read so beside the conversation; with places of their own the town is gone."""
    database, file = f"sqlite:///{tmp_path}/k.db", tmp_path / "teas.csv"
    file.write_text(PLACES, encoding="utf-8")
    before = kith("chat", "--db", database, lines="yes\n")
    assert TOLD in before.stderr
    assert TOLD not in before.stdout
    assert kith("directory", "import", str(file), "--db", database).returncode == 0
    assert TOLD not in kith("chat", "--db", database, lines="yes\n").stderr
    with opened(read_settings({}, database), Clock()) as turns:
        assert [each.name for each in turns.library.places.index.services] == ["Old Tea"]
