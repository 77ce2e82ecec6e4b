"""Which safe copies were written of which photo: finished ones are not made again, and none is taken for a source."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from screen.batch.codec import record_from, to_plain
from screen.batch.observations import same_outcome
from screen.batch.store import Store, store_path
from screen.records import SafeCopy, Verdict


def made_key(key: str, source: str, folder: Path, how: object) -> str:
    """What the copies of a photo are stored under: its own key and name, the folder, and how they are made."""
    words = f"{key}\n{source}\n{folder.resolve()}\n{how!r}"
    return hashlib.sha256(words.encode(errors="surrogateescape")).hexdigest()


def finished(store: Store, key: str, folder: Path, now: Verdict) -> tuple[SafeCopy, ...]:
    """The copies made under this key, if all are there as proven, and of a verdict like that of now; else none."""
    query = "SELECT path, copy, total, verdict FROM copies WHERE key = ? ORDER BY path"
    rows = store.connection.execute(query, (key,)).fetchall()
    try:
        copies = [replace(record_from(json.loads(row[1]), SafeCopy), path=str(folder / row[0])) for row in rows]
        verdicts = [record_from(json.loads(row[3]), Verdict) for row in rows]
    except ValueError:
        return ()
    if not rows or len(rows) != rows[0][2] or not all(_is_still(Path(copy.path), copy) for copy in copies):
        return ()
    return tuple(copies) if all(same_outcome(verdict, now) for verdict in verdicts) else ()


@dataclass(frozen=True, slots=True)
class CopyJournal:
    """Notes the copies of one photo as they are made.

    Attributes:
        store: where they are noted.
        key: what they are stored under.
        folder: the folder of all copies.
        verdict: of the photo.
        total: how many copies the photo gets.
    """

    store: Store
    key: str
    folder: Path
    verdict: Verdict
    total: int

    def note(self, copy: SafeCopy) -> None:
        """Note a copy right before it gets its name, so that a kill in between leaves no copy that nobody knows."""
        path = os.path.relpath(copy.path, self.folder)
        plain = json.dumps(to_plain(copy)), self.total, json.dumps(to_plain(self.verdict))
        row = (_place(Path(copy.path)), self.key, self.verdict.digest, path, *plain)
        with self.store.connection:
            self.store.connection.execute("INSERT OR REPLACE INTO copies VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def may_replace(self, path: Path) -> bool:
        """Is what lies there an earlier copy of this very photo, which nobody changed since?"""
        query = "SELECT copy FROM copies WHERE place = ? AND photo = ?"
        row = self.store.connection.execute(query, (_place(path), self.verdict.digest)).fetchone()
        return row is not None and _is_still(path, record_from(json.loads(row[0]), SafeCopy))


def our_outputs() -> Callable[[Path], bool]:
    """Tells whether a file is a copy that we wrote and that nobody changed since."""
    if not store_path().is_file():
        return lambda path: False
    connection = sqlite3.connect(store_path(), timeout=30)

    def is_ours(path: Path) -> bool:
        with contextlib.suppress(sqlite3.Error, ValueError):
            row = connection.execute("SELECT copy FROM copies WHERE place = ?", (_place(path),)).fetchone()
            return row is not None and _is_still(path, record_from(json.loads(row[0]), SafeCopy))
        return False

    return is_ours


def _place(path: Path) -> str:
    """A path as the store knows it: its hash, since folders may be named after people."""
    return hashlib.sha256(os.fsencode(path.absolute())).hexdigest()


def _is_still(path: Path, copy: SafeCopy) -> bool:
    try:
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == copy.proof.digest
    except OSError:
        return False
