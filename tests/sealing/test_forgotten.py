"""The list of who was forgotten: every line whole, or nobody is forgotten by it."""

import subprocess
import sys
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from storage.opening import open_store
from storage.sealing.forgotten import Forgotten, Gone
from storage.unusable import KeysUnusable
from storage.where import Where

ANN, BEN = Gone(1.5, "telegram:a", b"A" * 8), Gone(2.0, "telegram:b", b"B" * 8)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "kith.forgotten"


def test_who_was_forgotten_is_known_after_a_restart(file: Path):
    """Time, name and key come back; the file is its owner's alone."""
    Forgotten(file).add([ANN, BEN])
    assert Forgotten(file).all() == [ANN, BEN]
    assert file.stat().st_mode & 0o777 == 0o600


def test_nobody_is_no_line(file: Path):
    """Where nobody is forgotten no file is made, and none is needed."""
    forgotten = Forgotten(file)
    forgotten.add([])
    assert not file.exists()
    assert forgotten.all() == []
    assert not forgotten.has(ANN.key, look=True)


@pytest.mark.parametrize("cut", range(1, 30))
def test_a_line_that_a_power_cut_tore_is_passed_over(file: Path, cut: int):
    """Wherever it was torn, it is nobody, and the next one stands on a line of its own."""
    Forgotten(file).add([ANN])
    whole = file.read_bytes()
    file.write_bytes(whole[: -1 - cut])
    Forgotten(file).add([BEN])
    assert Forgotten(file).all() == [BEN]


def test_what_is_no_line_is_nobody(file: Path):
    """Words, bytes and numbers that an editor left do no harm."""
    Forgotten(file).add([ANN])
    with file.open("ab") as out:
        out.write(b"\xff\xfe what is this\nx telegram:c 4141414141414141\n1.0 telegram:c zz\n")
    assert Forgotten(file).all() == [ANN]


def test_many_who_write_at_once_lose_no_line(file: Path):
    """Each process appends whole lines; none is in the middle of another."""
    many = [Gone(float(each), f"telegram:{each}", each.to_bytes(8)) for each in range(200)]
    with ThreadPoolExecutor(8) as at_once:
        list(at_once.map(lambda each: Forgotten(file).add([each]), many))
    assert sorted(Forgotten(file).all(), key=lambda each: each.at) == many


def test_what_another_process_has_added_is_seen_on_looking(file: Path):
    """Without a look, only what was known; with it, all."""
    here, there = Forgotten(file), Forgotten(file)
    here.add([ANN])
    there.add([BEN])
    assert not here.has(BEN.key)
    assert here.has(BEN.key, look=True)
    assert here.has(BEN.key)


def test_on_a_full_disk_nobody_is_forgotten():
    """What can't be written is said in a line with its remedy, and counts as not written."""
    forgotten = Forgotten(Path("/dev/full"))
    with pytest.raises(KeysUnusable, match="No space left on device -> make room"):
        forgotten.add([ANN])
    assert not forgotten.has(ANN.key)


def test_a_disk_that_fills_in_the_middle_of_a_line_is_a_full_one(file: Path):
    """A part of a line is taken without a word; that it is a part is noticed."""
    code = (
        "import resource, signal, sys; from pathlib import Path;"
        "from storage.sealing.forgotten import Forgotten, Gone;"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20));"
        "Forgotten(Path(sys.argv[1])).add([Gone(1.0, 'telegram:a', b'A' * 8)])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], capture_output=True, text=True, check=False
    )
    assert "KeysUnusable: the list of who was forgotten can't be written" in done.stderr
    assert file.stat().st_size == 20
    assert Forgotten(file).all() == []


@pytest.mark.parametrize("in_the_way", ["list", "folder"])
def test_where_nobody_could_be_forgotten_kith_does_not_start(tmp_path: Path, in_the_way: str):
    """One clear line says so at the start, and not to the first person who wants to go."""
    key_file = tmp_path / "keys" / "kith.key"
    place = Where(f"sqlite:///{tmp_path}/kith.db", b64encode(b"K" * 32).decode(), str(key_file))
    if in_the_way == "list":
        key_file.with_suffix(".forgotten").mkdir(parents=True)
    else:
        key_file.parent.write_text("no folder")
    with pytest.raises(KeysUnusable, match=r"can't be written to .*kith.forgotten: .* -> "):
        open_store(place)


def test_a_list_that_cant_be_read_is_one_line(file: Path):
    """Whoever starts Kith reads which file it is, and what it has to be."""
    file.mkdir(parents=True)
    with pytest.raises(KeysUnusable, match=r"can't be read at .*kith.forgotten: .* -> "):
        Forgotten(file).all()
