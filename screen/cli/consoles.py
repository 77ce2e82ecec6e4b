"""Where the program speaks: results on stdout, everything else on stderr, progress only on a terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

#: Called with the number of photos done, and a short text.
Advance = Callable[[str], None]


def stdout() -> Any:
    """A Rich console on stdout."""
    from rich.console import Console  # noqa: PLC0415

    return Console(file=sys.stdout, highlight=False, emoji=False)


def stderr() -> Any:
    """A Rich console on stderr."""
    from rich.console import Console  # noqa: PLC0415

    return Console(file=sys.stderr, highlight=False, emoji=False)


@contextlib.contextmanager
def progress(label: str, total: int, quiet: bool) -> Iterator[Advance]:
    """A bar on stderr with photos a second and the time left; nothing when quiet or not on a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda text: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, TextColumn("{task.fields[said]}"), console=stderr(), transient=True) as bar:
        task = bar.add_task(label, total=total, said="")
        yield lambda text: bar.update(task, advance=1, said=text)


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
