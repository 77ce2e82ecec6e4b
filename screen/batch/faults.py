"""What to do about an error of the store: only one that is damaged has to be deleted."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from screen.disks import is_full
from screen.errors import OutputError


def unusable(path: Path, error: Exception) -> OutputError:
    """The error to tell.

    Args:
        path: the store's file.
        error: of the system or of SQLite.
    """
    if is_full(error, path):
        return OutputError(
            "{path}: the disk is full, so the store cannot be written. Free some space there, or set PHOTOSCREEN_HOME "
            "to a folder on another disk.",
            path=path,
        )
    if isinstance(error, OSError | sqlite3.OperationalError):
        return OutputError(
            "{path}: the store cannot be used ({error}). Set PHOTOSCREEN_HOME to another folder.",
            path=path,
            error=error,
        )
    return OutputError(
        "{path}: the store is damaged ({error}). Delete that file and run again.", path=path, error=error
    )
