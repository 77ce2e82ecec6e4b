"""The private folder of a session: uploads and their copies lie there until the page is closed; one page at a time."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from screen.errors import OutputError, UsageError

#: Below $PHOTOSCREEN_HOME: folders of sessions, the lock, and where the running page can be found.
FOLDER, LOCK, PLACE = "page", "review.lock", "review.json"


@dataclass(frozen=True, slots=True)
class Room:
    """What belongs to one running page.

    Attributes:
        folder: private, empty at first, gone at the end.
        place: the file that tells a second start where this page is.
    """

    folder: Path
    place: Path

    def announce(self, address: str) -> None:
        """Tell a second start where this page is; the file is readable by this user alone."""
        part = self.place.with_suffix(f".{secrets.token_hex(4)}.part")
        with _private_file(part) as file:
            json.dump({"address": address, "process": os.getpid()}, file)
        part.replace(self.place)


@contextlib.contextmanager
def own_room() -> Iterator[Room]:
    """The private folder of a new session; what killed ones left is swept away first.

    Raises:
        UsageError: the page is open already; the message tells where.
        OutputError: the folder cannot be made.
    """
    from screen.batch.store import home  # noqa: PLC0415

    base = home()
    try:
        base.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = _private_file(base / LOCK)
    except OSError as error:
        raise OutputError("{path}: cannot be written ({why}).", path=base, why=error.strerror or error) from error
    with lock:
        if not _locked(lock):
            raise UsageError("The page is open already: {address}", address=_announced(base / PLACE))
        # Whoever holds the lock is alone, so all folders there are leftovers of runs that were killed.
        shutil.rmtree(base / FOLDER, ignore_errors=True)
        folder = base / FOLDER / secrets.token_hex(8)
        try:
            folder.mkdir(parents=True, mode=0o700)
            (base / FOLDER).chmod(0o700)
        except OSError as error:
            raise OutputError("{path}: cannot be written ({why}).", path=folder, why=error.strerror or error) from error
        room = Room(folder, base / PLACE)
        try:
            yield room
        finally:
            room.place.unlink(missing_ok=True)
            shutil.rmtree(base / FOLDER, ignore_errors=True)


def _private_file(path: Path) -> IO[str]:
    """The file, opened for writing, readable by this user alone; what is in it stays until it is written."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    return os.fdopen(handle, "r+", encoding="utf-8")


def _locked(file: IO[str]) -> bool:
    """Is this file ours alone now? The system ends the lock with the process, however that ends."""
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415

            locking: Any = msvcrt
            locking.locking(file.fileno(), locking.LK_NBLCK, 1)
        else:
            import fcntl  # noqa: PLC0415

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _announced(place: Path) -> str:
    try:
        return str(json.loads(place.read_text("utf-8"))["address"])
    except (OSError, ValueError, KeyError):
        return "127.0.0.1"
