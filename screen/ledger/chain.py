"""An append-only, hash-chained list of entries in SQLite: what was changed, removed or cut off shows."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screen.disks import is_full
from screen.errors import OutputError

#: The hash before the first entry.
ORIGIN = "0" * 64
_SCHEMA = """
CREATE TABLE IF NOT EXISTS entries (
    number INTEGER PRIMARY KEY CHECK (number > 0),
    at TEXT NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS entries_stay BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
CREATE TRIGGER IF NOT EXISTS entries_remain BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'append only'); END;
"""


class LedgerError(OutputError):
    """The ledger cannot be read or written, or its chain is broken."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger.

    Attributes:
        number: counted from 1 without gaps.
        at: when it was written, ISO 8601 in UTC.
        kind: publication, withdrawal or correction.
        body: what it says; plain values only.
        hash: SHA-256 over the hash before it and all of the above, hex.
    """

    number: int
    at: str
    kind: str
    body: Mapping[str, Any]
    hash: str


class Chain:
    """A file of entries. Each process opens its own; writers wait for each other.

    Beside the database stands a small file with the number and hash of the last entry, so that entries cut off at the
    end are noticed, too. Somebody who changes both on purpose is not stopped: the hash of the last entry, noted
    elsewhere, is what proves the list.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head_path = path.with_name(path.name + ".head")
        self._connection: sqlite3.Connection | None = None

    def append(self, kind: str, body: Mapping[str, Any], at: str) -> Entry:
        """Write an entry behind the last one.

        Raises:
            LedgerError: it cannot be written, or the last entry is not the one that was written last.
        """
        with self._writing() as connection:
            last = self._last(connection)
            self._compare_head(connection)
            number, before = (last.number + 1, last.hash) if last else (1, ORIGIN)
            text = _canonical(body)
            entry = Entry(number, at, kind, json.loads(text), _hash(before, number, at, kind, text))
            connection.execute("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", (number, at, kind, text, entry.hash))
        self._write_head(entry)
        return entry

    def entries(self) -> tuple[Entry, ...]:
        """All entries in order, checked.

        Raises:
            LedgerError: an entry was changed, left out or cut off.
        """
        if not self.path.exists() and not self.head_path.exists():
            return ()
        before, found = ORIGIN, []
        with self._reading() as connection:
            rows = connection.execute("SELECT number, at, kind, body, hash FROM entries ORDER BY number").fetchall()
            self._compare_head(connection)
        for place, (number, at, kind, text, digest) in enumerate(rows, 1):
            if number != place or _hash(before, number, at, kind, text) != digest:
                raise LedgerError(
                    "{path}: the ledger was changed at entry {place}. Entries from there on prove nothing; "
                    "restore the file from a backup.",
                    path=self.path,
                    place=place,
                )
            found.append(Entry(number, at, kind, json.loads(text), digest))
            before = digest
        return tuple(found)

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _last(self, connection: sqlite3.Connection) -> Entry | None:
        row = connection.execute("SELECT number, at, kind, hash FROM entries ORDER BY number DESC LIMIT 1").fetchone()
        return Entry(row[0], row[1], row[2], {}, row[3]) if row else None

    def _compare_head(self, connection: sqlite3.Connection) -> None:
        """Raises a LedgerError where the entry that was written last is no longer there as it was.

        A head that lags behind is what a crash between the two writings leaves, and no fault.
        """
        try:
            number, digest = self.head_path.read_text(encoding="ascii").split()
            row = connection.execute("SELECT hash FROM entries WHERE number = ?", (int(number),)).fetchone()
            fits = row is not None and row[0] == digest
        except FileNotFoundError:
            fits = connection.execute("SELECT COUNT(*) FROM entries").fetchone()[0] <= 1
        except (OSError, ValueError) as error:
            raise LedgerError(
                "{head_path}: cannot be read ({error}). Restore it from a backup.",
                head_path=self.head_path,
                error=error,
            ) from error
        if not fits:
            raise LedgerError(
                "{path}: entries at the end of the ledger are missing or changed. Restore it from a backup.",
                path=self.path,
            )

    def _write_head(self, entry: Entry) -> None:
        partial = self.head_path.with_name(f"{self.head_path.name}.{os.getpid()}.partial")
        try:
            partial.write_text(f"{entry.number} {entry.hash}\n", encoding="ascii")
            partial.replace(self.head_path)
        except OSError as error:
            self._refuse_full(error)
            raise LedgerError(
                "{head_path}: cannot be written ({strerror}).", head_path=self.head_path, strerror=error.strerror
            ) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:  # a full disk has ended it already
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            yield self._open()
        except (sqlite3.Error, OSError) as error:
            self._refuse_full(error)
            raise LedgerError("{path}: the ledger cannot be used ({error}).", path=self.path, error=error) from error

    def _refuse_full(self, error: Exception) -> None:
        """Raises a LedgerError where a full disk is the cause."""
        if is_full(error, self.path):
            raise LedgerError(
                "{path}: the disk is full, so the ledger cannot be written, and no copy must go out. Free some space "
                "there, and run again.",
                path=self.path,
            ) from error

    def _open(self) -> sqlite3.Connection:
        if self._connection is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            connection.executescript(_SCHEMA)
            if os.name == "posix":
                self.path.chmod(0o600)
            self._connection = connection
        return self._connection


def _canonical(body: Mapping[str, Any]) -> str:
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _hash(before: str, number: int, at: str, kind: str, body: str) -> str:
    """SHA-256 over the parts, each with its length, so that no part can pass into another."""
    hashed = hashlib.sha256()
    for part in (before, str(number), at, kind, body):
        data = part.encode("utf-8")
        hashed.update(len(data).to_bytes(8, "big"))
        hashed.update(data)
    return hashed.hexdigest()
