"""Files of databases: for this user alone, and never opened beside SQLite."""

import stat
import subprocess
import sys

import pytest

from screen.disks import make_private

LOCK = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)"


def may_be_locked(path):
    """May another program lock this file?"""
    return subprocess.run([sys.executable, "-c", LOCK, str(path)], capture_output=True, check=False).returncode == 0


def test_locks_on_a_file_that_is_there_are_kept(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    path = tmp_path / "results.sqlite"
    make_private(path)
    assert may_be_locked(path)
    with path.open("r+b") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        make_private(path)
        assert not may_be_locked(path)


def test_a_new_file_is_for_this_user_alone_and_an_old_one_keeps_what_it_holds(tmp_path):
    path = tmp_path / "results.sqlite"
    make_private(path)
    path.write_bytes(b"kept")
    path.chmod(0o644)
    make_private(path)
    assert path.read_bytes() == b"kept"
    assert sys.platform == "win32" or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        make_private(tmp_path / "nowhere" / "results.sqlite")
