"""Commands for people to copy."""

from __future__ import annotations

import shlex
import subprocess
import sys

from screen.words import visible


def safe_copy_command(source: str) -> str:
    """The command that makes safe copies; with a word in capitals where the name cannot be typed."""
    if not source or visible(source) != source:
        quoted = "PHOTO"
    else:
        quoted = subprocess.list2cmdline([source]) if sys.platform == "win32" else shlex.quote(source)
    dashes = "-- " if quoted.startswith("-") else ""
    return f"photoscreen blur --out safe-copies {dashes}{quoted}"
