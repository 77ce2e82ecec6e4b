"""Files of databases: made for this user alone, and whether an error tells of a full disk (then nothing is damaged)."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import sqlite3
import stat
from pathlib import Path

#: What systems say when a disk, or the share of a user, has no room left.
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT})
#: Bytes below which a disk is full for a database: it grows by whole pages, and makes its files beside it larger first.
LEAST_ROOM = 2**20


def is_full(error: BaseException, path: Path) -> bool:
    """Did an error come up because the disk is full?

    SQLite says so by SQLITE_FULL; where it cannot enlarge the files beside a database it speaks of an input or output
    error or of a file that cannot be opened (sqlite.org/rescode.html), so the disk itself is asked.

    Args:
        error: of the system or of SQLite.
        path: the file that was written.
    """
    if isinstance(error, OSError):
        return error.errno in NO_ROOM
    code = getattr(error, "sqlite_errorcode", None)
    kind = code & 0xFF if code is not None else None
    if kind in {sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}:
        with contextlib.suppress(OSError):
            return shutil.disk_usage(path.parent).free < LEAST_ROOM
    return kind == sqlite3.SQLITE_FULL


def make_private(path: Path) -> None:
    """Make an empty file for SQLite to open, if there is none yet; only this user can read it.

    One that is there is not opened: closing any descriptor of a file gives up all locks that this process holds on it
    (fcntl(2)). Another program would then think that it is alone with the database, and remove the log of what is
    written (sqlite.org/howtocorrupt.html, 2.2).

    Raises:
        OSError: it cannot be made, or belongs to somebody else who lets others read it.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        path.chmod(0o600)
