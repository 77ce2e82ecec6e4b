"""Is it a full disk that an error tells of? Then nothing is damaged, and nothing has to be deleted."""

from __future__ import annotations

import contextlib
import errno
import shutil
import sqlite3
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
