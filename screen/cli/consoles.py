"""Where the program speaks: results on stdout, everything else on stderr, progress only on a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any


def stdout() -> Any:
    """A Rich console on stdout."""
    from rich.console import Console  # noqa: PLC0415

    return Console(file=sys.stdout, highlight=False, emoji=False)


def stderr() -> Any:
    """A Rich console on stderr."""
    from rich.console import Console  # noqa: PLC0415

    return Console(file=sys.stderr, highlight=False, emoji=False)


@contextlib.contextmanager
def fetching(label: str, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on stderr in bytes, for fetching weights; one plain line where stderr is no terminal."""
    if quiet:
        yield None
        return
    if not sys.stderr.isatty():
        sys.stderr.write(f"{label} ...\n")
        yield None
        return
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn  # noqa: PLC0415

    with Progress(TextColumn(label), BarColumn(), DownloadColumn(), console=stderr(), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda there, total: bar.update(task, completed=there, total=total)
