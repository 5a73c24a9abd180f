"""Keys that are wrong, lost, torn or open to others: one clear line, and nothing is destroyed."""

import shutil
from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.canary.search import values
from tests.sealing.operating import Installation
from tests.sealing.people import ANN, BEN, WORDS

ANOTHER = b64encode(bytes(range(32))).decode()
COMMANDS = (
    ("chat", "--as", ANN),
    ("telegram",),
    ("forget", f"terminal:{ANN}"),
    ("export", f"terminal:{ANN}", "--json", "exported"),
    ("keys", "rotate"),
    ("keys", "backup", "keys-copy"),
)


def gone(name: str) -> Callable[[Installation], None]:
    def spoil(there: Installation) -> None:
        for file in there.folder.glob(f"{name}*"):
            file.unlink()

    return spoil


def filled(name: str, change: Callable[[bytes], bytes]) -> Callable[[Installation], None]:
    def spoil(there: Installation) -> None:
        file = there.file(name)
        file.write_bytes(change(file.read_bytes()))

    return spoil


def last_letter_changed(text: bytes) -> bytes:
    """Another key that is well written: one letter in the middle of the last line is another."""
    at = len(text.rstrip()) - 10
    return text[:at] + (b"A" if text[at : at + 1] != b"A" else b"B") + text[at + 1 :]


SPOILT = {
    "the key file is lost": gone("kith.key"),
    "the keys are lost": gone("kith-keys.db"),
    "both are lost": lambda there: (gone("kith.key")(there), gone("kith-keys.db")(there)),
    "the key file is cut off": filled("kith.key", lambda text: text[: len(text) - 20]),
    "the key file is empty": filled("kith.key", lambda _: b""),
    "the key file is nonsense": filled("kith.key", lambda _: b"\x00\xff nonsense \n"),
    "the key is another one": filled("kith.key", last_letter_changed),
    "the keys are cut off": filled("kith-keys.db", lambda data: data[: len(data) // 2]),
    "the keys are empty": filled("kith-keys.db", lambda _: b""),
    "the keys are nonsense": filled("kith-keys.db", lambda data: b"nonsense" * (len(data) // 8)),
}


@pytest.fixture
def there(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "kith").begun()


def one_clear_line(stderr: str) -> None:
    """See that an operator reads one line with the remedy behind an arrow, and no traceback."""
    told = [line for line in stderr.splitlines() if line.strip()]
    assert len(told) == 1, stderr
    assert told[0].startswith("kith: ")
    assert " -> " in told[0]
    assert len(told[0]) < 400


def data_of(there: Installation) -> list[tuple[str, bytes]]:
    return sorted(values(there.url))


@pytest.mark.parametrize("what", SPOILT)
def test_a_spoilt_key_is_one_line_and_destroys_nothing(
    there: Installation, what: str, tmp_path: Path
):
    """Every command says the same and ends with 2; with the right files back all is there again."""
    assert WORDS[ANN] in there.kith("chat", "--as", ANN, lines="/kept\n").stdout
    kept = there.kept(ANN), there.kept(BEN)
    whole = tmp_path / "whole"
    shutil.copytree(there.folder, whole)
    data = data_of(there)
    SPOILT[what](there)
    spoilt = {file.name: file.read_bytes() for file in there.folder.iterdir()}
    for command in COMMANDS:
        said = there.kith(*command, lines="hello\n", KITH_TELEGRAM_TOKEN="42:TEST")
        assert said.returncode == 2, (command, said)
        one_clear_line(said.stderr)
        assert not any(word in said.stdout + said.stderr for word in WORDS.values())
    assert data_of(there) == data
    left = {file.name: file.read_bytes() for file in there.folder.iterdir()}
    assert {name: left.get(name) for name in spoilt if name.startswith("kith.key")} == {
        name: content for name, content in spoilt.items() if name.startswith("kith.key")
    }
    for name in ("kith.key", "kith-keys.db"):
        for file in there.folder.glob(f"{name}*"):
            file.unlink()
        for file in whole.glob(f"{name}*"):
            shutil.copy(file, there.folder)
    assert (there.kept(ANN), there.kept(BEN)) == kept
    assert WORDS[ANN] in there.says(ANN, "/kept")


def test_another_master_key_in_the_settings_opens_nothing(there: Installation):
    """The same for the variable; beside the right one, it does no harm."""
    kept = there.kept(ANN)
    said = there.kith("chat", "--as", ANN, KITH_MASTER_KEY=ANOTHER)
    assert said.returncode == 2
    one_clear_line(said.stderr)
    assert there.kept(ANN) == kept


@pytest.mark.parametrize("rights", [0o644, 0o640, 0o606])
def test_a_key_file_that_others_can_read_is_told(there: Installation, rights: int):
    """Kith says so in one line with the remedy, whether or not it goes on."""
    kept = there.kept(ANN)
    there.file("kith.key").chmod(rights)
    said = there.kith("keys", "backup", "keys-copy")
    one_clear_line(said.stderr)
    assert "kith.key" in said.stderr
    there.file("kith.key").chmod(0o600)
    assert there.kept(ANN) == kept


def test_all_that_holds_keys_is_for_its_owner_alone(there: Installation):
    """Also the copies that commands write."""
    assert there.kith("backup", "data-copy").returncode == 0
    assert there.kith("keys", "backup", "keys-copy").returncode == 0
    assert there.kith("forget", f"terminal:{BEN}").returncode == 0
    for name in ("kith.key", "kith.forgotten", "kith-keys.db", "keys-copy", "data-copy"):
        assert there.file(name).stat().st_mode & 0o077 == 0, name


def test_keys_that_were_lost_come_back_from_their_backup(there: Installation):
    """With data and master key in place, a backup of the keys opens everything again."""
    kept = there.kept(ANN), there.kept(BEN)
    assert there.kith("keys", "backup", "keys-copy").returncode == 0
    gone("kith-keys.db")(there)
    said = there.kith("keys", "restore", "keys-copy")
    assert said.returncode == 0, said.stderr
    assert (there.kept(ANN), there.kept(BEN)) == kept
