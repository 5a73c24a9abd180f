"""The operator's master keys: read from a setting or a file, whole or not at all, shown nowhere."""

import base64
import subprocess
import sys
from pathlib import Path

import pytest

from storage.sealing.masters import make_file, masters_in, only_newest, set_masters, with_another
from storage.unusable import KeysUnusable

NEW, OLD = (base64.b64encode(bytes([each] * 32)).decode() for each in (1, 2))


def test_several_can_be_set_the_newest_first():
    """Commas between, spaces and an empty end are no matter."""
    masters = set_masters(f" {NEW} , {OLD},")
    assert [key.secret[0] for key in masters.keys] == [1, 2]
    assert masters.newest.secret[0] == 1
    assert masters.find(masters.keys[1].id.hex()) == masters.keys[1]
    assert masters.find("0" * 16) is None


@pytest.mark.parametrize(
    "written",
    [NEW[:-1], NEW[:-4], f"{NEW[:20]} {NEW[20:]}", NEW.replace("A", "*"), f"{NEW}{OLD}", "secret"],
)
def test_what_is_no_whole_key_is_named_without_being_shown(written: str):
    """Too short, too long, broken by a space, no base64: one line, and nothing of the key in it."""
    with pytest.raises(KeysUnusable) as refused:
        set_masters(f"{OLD},{written}")
    said = str(refused.value)
    assert "KITH_MASTER_KEY is not whole" in said
    assert " -> " in said
    assert not any(piece in said for piece in (written, written[:8], OLD[:8]))
    assert refused.value.__suppress_context__ or refused.value.__context__ is None


@pytest.mark.parametrize("written", ["", " , ,"])
def test_no_key_at_all_is_said(written: str):
    """A setting with nothing in it is not taken for a key."""
    with pytest.raises(KeysUnusable, match="there is no master key in KITH_MASTER_KEY"):
        set_masters(written)


def test_the_file_is_made_once_for_its_owner_alone(tmp_path: Path):
    """The second start reads what the first has made, and nothing else is left beside it."""
    file = tmp_path / "new" / "kith.key"
    made = make_file(file)
    assert make_file(file) == made == masters_in(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in file.parent.iterdir()] == ["kith.key"]


def test_two_processes_that_make_the_file_at_once_have_one_key(tmp_path: Path):
    """Whoever is second takes the key of the first."""
    file = tmp_path / "kith.key"
    code = (
        "import sys; from pathlib import Path; from storage.sealing.masters import make_file;"
        "sys.stdout.write('.'); sys.stdout.flush(); sys.stdin.read(1);"
        "print(make_file(Path(sys.argv[1])).newest.id.hex())"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for each in started:
        assert each.stdout
        assert each.stdout.read(1) == "."
    said = [each.communicate("\n")[0].strip() for each in started]
    assert said[0] == said[1] == masters_in(file).newest.id.hex()


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o666])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, rights: int):
    """With the command that mends it."""
    file = tmp_path / "kith.key"
    make_file(file)
    file.chmod(rights)
    with pytest.raises(KeysUnusable, match=f"can be read by others -> chmod 600 {file}"):
        masters_in(file)


def test_what_is_no_file_is_one_line(tmp_path: Path):
    """A folder, as a container makes for a file that is missing, and a folder that is no folder."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    with pytest.raises(KeysUnusable, match="can't be read: Is a directory -> "):
        make_file(tmp_path / "folder")
    with pytest.raises(KeysUnusable, match="can't be read: Not a directory -> "):
        make_file(tmp_path / "file" / "kith.key")


def test_a_new_key_comes_in_front_and_the_old_one_goes_alone(tmp_path: Path):
    """Until it is taken out the old one opens what it wrapped; rights stay as they were."""
    first = make_file(tmp_path / "kith.key")
    both = with_another(first)
    assert both.keys[1:] == first.keys
    assert both.newest != first.newest
    assert only_newest(both).keys == (both.newest,)
    assert (tmp_path / "kith.key").stat().st_mode & 0o777 == 0o600


def test_master_keys_show_themselves_to_nobody():
    """What is printed or logged of them holds no secret, in no way of writing it."""
    masters = set_masters(NEW)
    assert not any(each in repr(masters) for each in (NEW, "01" * 8, "\\x01\\x01"))
