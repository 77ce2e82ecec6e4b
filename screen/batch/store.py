"""What was found before, by photo, policy, roster and models: an unchanged photo is not looked at again.

The store holds what a report may show, no pixels but covered thumbnails, no names and no read text.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from screen.batch.codec import record_from, to_plain
from screen.batch.running import Task
from screen.batch.screening import Screened
from screen.errors import OutputError, PhotoError
from screen.photo import read_file, read_sidecars
from screen.policy import Policy
from screen.records import Verdict
from screen.roster import Roster

#: Raised whenever stored results would be read differently; an older store is emptied.
SCHEMA = 1
HOME_VARIABLE = "PHOTOSCREEN_HOME"
_TABLES = (
    """
CREATE TABLE IF NOT EXISTS results (
    key TEXT PRIMARY KEY, verdict TEXT NOT NULL, thumbnail BLOB NOT NULL, stored TEXT DEFAULT CURRENT_TIMESTAMP
) WITHOUT ROWID
""",
    """
CREATE TABLE IF NOT EXISTS copies (
    place TEXT PRIMARY KEY, key TEXT NOT NULL, photo TEXT NOT NULL, path TEXT NOT NULL,
    copy TEXT NOT NULL, total INT NOT NULL, verdict TEXT NOT NULL
) WITHOUT ROWID
""",
    "CREATE INDEX IF NOT EXISTS copies_by_key ON copies (key)",
)


def home() -> Path:
    """The folder for store, ledger and keys: $PHOTOSCREEN_HOME, else the platform's user data folder."""
    given = os.environ.get(HOME_VARIABLE)
    if given:
        return Path(given)
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_data_dir("photoscreen", appauthor=False))


def store_path() -> Path:
    """The file of the store."""
    return home() / "results.sqlite"


@dataclass(frozen=True, slots=True)
class Store:
    """Results on disk. Several runs may use it at once."""

    connection: sqlite3.Connection
    context: str

    def key(self, task: Task) -> str | None:
        """What a result is stored under: bytes, sidecars and name, and all that decided; None if unreadable."""
        try:
            data = read_file(task.path, task.source)
        except PhotoError:
            return None
        digest = hashlib.sha256(data)
        for name, sidecar in read_sidecars(task.path):
            digest.update(name.encode(errors="surrogateescape") + b"\0" + sidecar)
        return f"{digest.hexdigest()} {task.source.encode(errors='surrogateescape').hex()} {self.context}"

    def get(self, key: str) -> Screened | None:
        """What was stored under that key, or None."""
        with contextlib.suppress(sqlite3.Error, ValueError):
            row = self.connection.execute("SELECT verdict, thumbnail FROM results WHERE key = ?", (key,)).fetchone()
            return Screened(record_from(json.loads(row[0]), Verdict), row[1]) if row else None
        return None

    def put(self, key: str, result: Screened, show_text: bool) -> None:
        """Store a result at once, so that a kill loses at most the photos in flight. A full disk loses speed only."""
        plain = json.dumps(to_plain(result.verdict, show_text))
        with contextlib.suppress(sqlite3.Error), self.connection:
            self.connection.execute(
                "INSERT OR REPLACE INTO results (key, verdict, thumbnail) VALUES (?, ?, ?)",
                (key, plain, result.thumbnail),
            )


@contextlib.contextmanager
def open_store(policy: Policy, roster: Roster, show_text: bool) -> Iterator[Store]:
    """The store of this user, for one policy and roster.

    Raises:
        OutputError: it cannot be opened or written.
    """
    path = store_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection = sqlite3.connect(path, timeout=30)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(
            "{path}: the store cannot be opened ({error}). Set {home_variable}.",
            path=path,
            error=error,
            home_variable=HOME_VARIABLE,
        ) from error
    try:
        _prepare(connection)
        yield Store(connection, context_of(policy, roster, show_text))
    except sqlite3.DatabaseError as error:
        raise OutputError(
            "{path}: the store is damaged ({error}). Delete that file and run again.", path=path, error=error
        ) from error
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    with connection:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != SCHEMA:
            connection.execute("DROP TABLE IF EXISTS results")
            connection.execute("DROP TABLE IF EXISTS copies")
            connection.execute(f"PRAGMA user_version = {SCHEMA:d}")
        for statement in _TABLES:
            connection.execute(statement)


def context_of(policy: Policy, roster: Roster, show_text: bool) -> str:
    """All that decides beside the photo, as a short text: policy, roster, models, program, what may be shown."""
    from importlib.metadata import distributions  # noqa: PLC0415

    from screen.weights import catalogue  # noqa: PLC0415

    # Every library that looks at pixels or text, and every plugin, may change what is found; so all of them count.
    installed = sorted({f"{found.name} {found.version}" for found in distributions()})
    models = [f"{name} {weights.sha256}" for name, weights in sorted(catalogue().items())]
    parts = [policy.fingerprint, roster.digest, *sorted(roster.withdrawn), *models, *installed, str(show_text)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
