"""Files are told when they are wholly written, and our own outputs never."""

import threading
from pathlib import Path

import pytest

from screen.batch.watching import Settling, changes


@pytest.fixture
def clock():
    class Clock:
        now = 100.0

        def __call__(self):
            return self.now

    return Clock()


def test_a_file_is_told_when_nobody_writes_to_it_any_more(tmp_path, clock):
    settling = Settling(still=2.0, clock=clock)
    path = tmp_path / "a.jpg"
    path.write_bytes(b"half")
    settling.touched(path)
    clock.now += 1.9
    assert settling.settled() == ()
    path.write_bytes(b"half and half")
    clock.now += 0.5
    assert settling.settled() == ()  # it has grown meanwhile
    clock.now += 1.9
    assert settling.settled() == ()
    clock.now += 0.2
    assert settling.settled() == (path,)
    assert settling.settled() == ()


def test_empty_vanished_and_old_files(tmp_path, clock):
    import os

    settling = Settling(still=2.0, clock=clock)
    empty, gone, old = tmp_path / "empty.jpg", tmp_path / "gone.jpg", tmp_path / "old.jpg"
    for path in (empty, gone, old):
        path.write_bytes(b"" if path is empty else b"x")
    os.utime(old, (1, 1))
    for path in (empty, gone, old, tmp_path):
        settling.there(path)
    gone.unlink()
    assert settling.settled() == (old,)  # it was there long before the watch began
    clock.now += 5
    assert settling.settled() == ()  # an empty file is only the beginning of one


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_what_is_dropped_into_a_folder_is_told_and_our_outputs_are_not(tmp_path):
    folder, stop, told = tmp_path / "drop", threading.Event(), []
    (folder / "ours").mkdir(parents=True)
    (folder / "first.jpg").write_bytes(b"1")
    timer = threading.Timer(30, stop.set)
    timer.start()

    def skip(path: Path) -> bool:
        return path.name in {"ours", "copy.jpg"}

    for paths in changes(folder, skip, stop, Settling(still=0.2)):
        told += sorted(path.relative_to(folder).as_posix() for path in paths)
        if told == ["first.jpg"]:
            (folder / "ours" / "made.jpg").write_bytes(b"2")
            (folder / "copy.jpg").write_bytes(b"3")
            (folder / "trip").mkdir()
            (folder / "trip" / "second.jpg").write_bytes(b"4")
        elif "trip/second.jpg" in told and "first.jpg" in told[1:]:
            stop.set()
        elif "trip/second.jpg" in told:
            (folder / "first.jpg").unlink()
    timer.cancel()
    assert told[:2] == ["first.jpg", "trip/second.jpg"]
    assert told[-1] == "first.jpg"
    assert not any("made" in name or "copy" in name for name in told)
