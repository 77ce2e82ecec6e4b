"""What was found and decided before: an unchanged photo is not looked at again, also under other rules.

Two tables, both keyed by the photo's bytes, its sidecars, and all that finds (checks, their settings, models,
libraries): what the checks found, from which verdicts are judged anew, and the last verdict with its small covered
picture. What was found is private (it holds what was read in a photo), so only this user can read the file, and it is
deleted after a month without use. Verdicts hold what a report may show.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screen.batch import migrations
from screen.batch.codec import record_from, to_plain
from screen.batch.faults import unusable
from screen.batch.observations import TYPED, NeedsPixelsError, Observation, decided, with_crops_of
from screen.batch.pictures import Pictures, covered_further
from screen.batch.places import bytes_of
from screen.batch.running import Task
from screen.batch.screening import Screened
from screen.batch.sealing import opened, sealed, secret_of
from screen.disks import make_private
from screen.errors import PhotoError
from screen.policy import Policy
from screen.records import Verdict
from screen.roster import Roster
from screen.screening import check_settings

HOME_VARIABLE = "PHOTOSCREEN_HOME"
#: Days without use after which what was found in a photo is deleted, and after which its verdict is.
DAYS_FOUND, DAYS_VERDICT = 31, 366


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
    """Results on disk. Several runs may use it at once.

    Attributes:
        connection: of the database.
        policy: of this run.
        roster: of this run.
    """

    connection: sqlite3.Connection
    policy: Policy
    roster: Roster

    def key(self, task: Task) -> str:
        """What all of a photo is stored under; empty if it cannot be read."""
        return key_of(task, finding_context(self.policy))

    def known(self, key: str, source: str, show_text: bool = False) -> Screened | None:
        """The verdict of now on a photo that was looked at before, and its picture; None if it must be opened.

        A stored verdict is given back if nothing changed that decides. Otherwise it is judged anew from what was found
        and stored; the small picture hides what is to be hidden now, and goes on hiding what it hid.

        Args:
            key: of the photo.
            source: the name it goes by now.
            show_text: with the text that was read, which stored verdicts do not hold.
        """
        place, context = _place(key, source), self._context()
        row = self._row("SELECT context, verdict, picture FROM verdicts WHERE place = ?", place)
        if not key or row is None or row[2] is None:
            return None
        with contextlib.suppress(ValueError, NeedsPixelsError):
            before = Screened(_unpacked(row[1], Verdict), row[2])
            if row[0] == context and not show_text:
                self._use("verdicts", "place", place)
                return before
            found = self.found(key)
            return self._judged_anew(key, source, before, found) if found else None
        return None

    def found(self, key: str) -> Observation | None:
        """What the checks found in a photo before, or None."""
        place, _, secret = key.rpartition(" ")
        row = self._row("SELECT found FROM photos WHERE key = ?", place) if key else None
        with contextlib.suppress(ValueError):
            if row is not None:
                self._use("photos", "key", place)
                found: Observation = _unpacked(opened(row[0], secret), Observation)
                return found
        return None

    def decided(self, found: Observation, source: str) -> Verdict | None:
        """The verdict of now without crops, on what was found before; None if the photo must be opened for it."""
        with contextlib.suppress(NeedsPixelsError):
            return decided(found, source, self.policy, self.roster)
        return None

    def put(self, key: str, result: Screened) -> None:
        """Store a result at once, so that a kill loses at most the photos in flight. A full disk loses speed only.

        What holds something that cannot be stored, as a plugin's finding may, is not stored; nor is the verdict of a
        file that was changed after its key was made.
        """
        if not key.startswith(result.verdict.digest or "-"):
            return
        with contextlib.suppress(TypeError):
            if result.found:
                self.put_found(key, result.found)
            place, picture = _place(key, result.verdict.source), result.thumbnail or None
            row = place, self._context(), _packed(result.verdict, whole=False), picture
            self._write("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, date('now'))", *row)

    def put_found(self, key: str, found: Observation) -> None:
        """Store what was found in a photo. Raises TypeError if it holds what cannot be stored."""
        if key.startswith(found.digest):
            place, _, secret = key.rpartition(" ")
            packed = sealed(_packed(found, whole=True), secret)
            self._write("INSERT OR REPLACE INTO photos VALUES (?, ?, date('now'))", place, packed)

    def pictures(self, keys: Mapping[str, str]) -> Pictures:
        """The small covered pictures by source, read when asked for; keys are those of the photos by source."""
        return Pictures(self.picture, keys)

    def picture(self, key: str, source: str) -> bytes:
        """The small covered picture of a photo; empty if there is none."""
        row = self._row("SELECT picture FROM verdicts WHERE place = ?", _place(key, source))
        return row[0] or b"" if row else b""

    def _judged_anew(self, key: str, source: str, before: Screened, found: Observation) -> Screened:
        verdict = with_crops_of(decided(found, source, self.policy, self.roster), before.verdict)
        picture = covered_further(before.thumbnail, before.verdict, verdict)
        anew = Screened(verdict, picture)
        self.put(key, anew)
        return anew

    def _context(self) -> str:
        return context_of(self.policy, self.roster, show_text=False)

    def _row(self, query: str, value: str) -> Any:
        with contextlib.suppress(sqlite3.OperationalError):
            return self.connection.execute(query, (value,)).fetchone()
        return None

    def _use(self, table: str, column: str, value: str) -> None:
        self._write(f"UPDATE {table} SET used = date('now') WHERE {column} = ? AND used <> date('now')", value)  # noqa: S608  both are ours

    def _write(self, statement: str, *values: Any) -> None:
        with contextlib.suppress(sqlite3.OperationalError), self.connection:
            self.connection.execute(statement, values)


@contextlib.contextmanager
def open_store(policy: Policy, roster: Roster) -> Iterator[Store]:
    """The store of this user, for one policy and roster.

    Raises:
        OutputError: it cannot be opened or written, is damaged, or a newer program wrote it.
    """
    path = store_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_private(path)
        connection = sqlite3.connect(path, timeout=60)
    except (OSError, sqlite3.Error) as error:
        raise unusable(path, error) from error
    try:
        migrations.prepare(connection, path)
        _forget_unused(connection)
        yield Store(connection, policy, roster)
    except sqlite3.DatabaseError as error:
        raise unusable(path, error) from error
    finally:
        connection.close()


def _forget_unused(connection: sqlite3.Connection) -> None:
    with connection:
        connection.execute("DELETE FROM photos WHERE used < date('now', ?)", (f"-{DAYS_FOUND} days",))
        connection.execute("DELETE FROM verdicts WHERE used < date('now', ?)", (f"-{DAYS_VERDICT} days",))


def key_of(task: Task, context: str) -> str:
    """The photo's digest, a hash of sidecars and context, and a secret that is not stored; empty if unreadable."""
    try:
        data, sidecars = bytes_of(task)
    except PhotoError:
        return ""
    digest = hashlib.sha256(context.encode())
    for name, sidecar in sidecars:
        digest.update(name.encode(errors="surrogateescape") + b"\0" + hashlib.sha256(sidecar).digest())
    return f"{hashlib.sha256(data).hexdigest()} {digest.hexdigest()} {secret_of(data, digest.digest())}"


def _place(key: str, source: str) -> str:
    """A photo under a name, as the store knows it: hashed, since files and folders may be named after people."""
    return hashlib.sha256(f"{key}\0{source}".encode(errors="surrogateescape")).hexdigest()


def _packed(record: object, whole: bool) -> bytes:
    return zlib.compress(json.dumps(to_plain(record, whole=whole), separators=(",", ":")).encode(), 1)


def _unpacked(packed: bytes, kind: Any) -> Any:
    """The record; raises ValueError where it is of another form."""
    try:
        return record_from(json.loads(zlib.decompress(packed)), kind)
    except zlib.error as error:
        raise ValueError("a stored record is damaged") from error


@functools.lru_cache(maxsize=8)
def _hashed(parts: tuple[str, ...]) -> str:
    return hashlib.sha256("\n".join((*_versions(), *parts)).encode()).hexdigest()


@functools.cache
def _versions() -> tuple[str, ...]:
    """Every library that looks at pixels or text, every plugin and every model may change what is found: all count."""
    from importlib.metadata import distributions  # noqa: PLC0415

    from screen.weights import catalogue  # noqa: PLC0415

    installed = sorted({f"{found.name} {found.version}" for found in distributions()})
    return (*(f"{name} {weights.sha256}" for name, weights in sorted(catalogue().items())), *installed)


def finding_context(policy: Policy) -> str:
    """All that decides what is found in a photo, as a short text: checks, their settings, models and libraries."""
    return _hashed(tuple(f"{name} {chosen!r}" for name, chosen in check_settings(policy) if name not in TYPED))


def context_of(policy: Policy, roster: Roster, show_text: bool) -> str:
    """All that decides beside the photo, as a short text: policy, roster, models, program, what may be shown."""
    return _hashed((policy.fingerprint, roster.digest, *sorted(roster.withdrawn), str(roster.given), str(show_text)))
