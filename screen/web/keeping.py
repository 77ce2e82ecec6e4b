"""What a person decided on the photos of a folder, kept between two runs; for this user alone.

The file tells whose faces people named, so it can be read by this user only, and whatever was not used for a month is
deleted. Photos dropped onto the page are never noted in it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screen.batch.codec import record_from, to_plain
from screen.disks import is_full, make_private
from screen.errors import OutputError
from screen.records import SafeCopy
from screen.web.choosing import Choices, choices_from_plain, choices_to_plain
from screen.web.entries import Saved

FILE_NAME = "review.sqlite"
#: Raised whenever what is stored would be read differently; older files are emptied.
SCHEMA = 1
#: Days without use after which choices are deleted.
DAYS = 31
_TABLE = "CREATE TABLE IF NOT EXISTS choices (place TEXT PRIMARY KEY, key TEXT, data TEXT, used TEXT) WITHOUT ROWID"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a person had decided on a photo, the key of the findings it was about, and the copy that was saved."""

    key: str
    choices: Choices
    saved: Saved | None


class Keeper:
    """The file of this user's reviews.

    Args:
        home: $PHOTOSCREEN_HOME, or the platform's user data folder.

    Raises:
        OutputError: the file cannot be used.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / FILE_NAME
        self._lock = threading.Lock()
        with self._usable():
            home.mkdir(parents=True, exist_ok=True, mode=0o700)
            make_private(self._path)
            self._connection = sqlite3.connect(self._path, timeout=30, check_same_thread=False)
            self._prepare()

    def kept(self, place: Path) -> Kept | None:
        """What a person had decided on the photo that lies there."""
        with contextlib.suppress(ValueError, KeyError, TypeError):
            rows = self._run("SELECT key, data FROM choices WHERE place = ?", _hidden(place))
            if rows:
                self._run("UPDATE choices SET used = date('now') WHERE place = ?", _hidden(place))
                plain = json.loads(rows[0][1])
                saved = plain["saved"]
                copy = Saved(record_from(saved["copy"], SafeCopy), str(saved["mark"])) if saved else None
                return Kept(rows[0][0], choices_from_plain(plain["choices"]), copy)
        return None

    def keep(self, place: Path, kept: Kept) -> None:
        """Keep what a person decided."""
        saved = {"copy": to_plain(kept.saved.copy), "mark": kept.saved.mark} if kept.saved else None
        plain = {"choices": choices_to_plain(kept.choices), "saved": saved}
        data = (_hidden(place), kept.key, json.dumps(plain))
        self._run("INSERT OR REPLACE INTO choices VALUES (?, ?, ?, date('now'))", *data)

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def _run(self, statement: str, *values: object) -> list[tuple[str, str]]:
        with self._lock, self._usable(), self._connection:
            return self._connection.execute(statement, values).fetchall()

    def _prepare(self) -> None:
        with self._connection:
            self._connection.execute("PRAGMA secure_delete = ON")
            (version,) = self._connection.execute("PRAGMA user_version").fetchone()
            if version != SCHEMA:
                self._connection.execute("DROP TABLE IF EXISTS choices")
                self._connection.execute(f"PRAGMA user_version = {SCHEMA:d}")
            self._connection.execute(_TABLE)
            self._connection.execute("DELETE FROM choices WHERE used < date('now', ?)", (f"-{DAYS} days",))

    @contextlib.contextmanager
    def _usable(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            if is_full(error, self._path):
                raise OutputError(
                    "{path}: the disk is full, so what you chose cannot be kept. Free some space there.",
                    path=self._path,
                ) from error
            raise OutputError(
                "{path}: the file of the review cannot be used ({why}). Delete it and start again.",
                path=self._path,
                why=error,
            ) from error


def _hidden(place: Path) -> str:
    """A path as the file knows it: its hash, since folders may be named after people."""
    return hashlib.sha256(os.fsencode(place.resolve())).hexdigest()


def still_there(saved: Saved) -> bool:
    """Is the copy still where it was saved, unchanged?"""
    try:
        return hashlib.sha256(Path(saved.copy.path).read_bytes()).hexdigest() == saved.copy.proof.digest
    except OSError:
        return False
