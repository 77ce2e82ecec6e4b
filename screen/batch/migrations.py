"""The tables of the store, and how those of older programs are taken over."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from screen.errors import OutputError

#: Of the tables below. What an older program stored is taken over step by step; what a newer one stored is left alone.
SCHEMA = 2


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables as this program wants them, one program at a time.

    Raises:
        OutputError: a newer program wrote the store.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA:
            raise OutputError(
                "{path}: a newer photoscreen wrote this store. Upgrade photoscreen, or set PHOTOSCREEN_HOME to another "
                "folder.",
                path=path,
            )
        for step in _STEPS[version:]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {SCHEMA:d}")


_STEPS: tuple[tuple[str, ...], ...] = (
    # To 1: verdicts, and which copies were written of which photo.
    (
        """CREATE TABLE IF NOT EXISTS copies (
            place TEXT PRIMARY KEY, key TEXT NOT NULL, photo TEXT NOT NULL, path TEXT NOT NULL,
            copy TEXT NOT NULL, total INT NOT NULL, verdict TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX IF NOT EXISTS copies_by_key ON copies (key)",
    ),
    # To 2: what was found beside what was decided. Old verdicts were keyed by the day and are only a matter of time;
    # copies stay known, since a copy that nobody knows would be taken for a photo of its own.
    (
        "DROP TABLE IF EXISTS results",
        "CREATE TABLE photos (key TEXT PRIMARY KEY, found BLOB NOT NULL, used TEXT NOT NULL) WITHOUT ROWID",
        """CREATE TABLE verdicts (
            place TEXT PRIMARY KEY, context TEXT NOT NULL, verdict BLOB NOT NULL, picture BLOB, used TEXT NOT NULL
        )""",
        "CREATE INDEX photos_by_use ON photos (used)",
        "CREATE INDEX verdicts_by_use ON verdicts (used)",
    ),
)
