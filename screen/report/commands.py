"""Commands for people to copy."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Sequence

from screen.words import visible


def safe_copy_command(source: str, options: Sequence[str] = ()) -> str:
    """The command that makes safe copies; with a word in capitals where the name cannot be typed, or is a URL.

    Args:
        source: a photo or folder, as given.
        options: of the run, to be given again: the roster, the policy, the purposes.
    """
    typable = source and visible(source) == source and "://" not in source
    source = _quoted(source) if typable else "PHOTO"
    dashes = "-- " if source.startswith("-") else ""
    again = "".join(f" {_quoted(word) if visible(word) == word else 'FILE'}" for word in options)
    return f"photoscreen blur --out safe-copies{again} {dashes}{source}"


def _quoted(word: str) -> str:
    return subprocess.list2cmdline([word]) if sys.platform == "win32" else shlex.quote(word)
