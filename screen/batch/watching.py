"""Photos dropped into a folder: told when they are wholly written, so that nobody screens half a file."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

#: Seconds for which neither size nor time of a file may change before it counts as wholly written.
STILL = 2.0
#: Milliseconds after which the watch looks at what is still being written, though nothing was reported.
LOOK_AGAIN = 500


@dataclass(slots=True)
class Settling:
    """Files that were changed, until nobody writes to them any more.

    Attributes:
        still: seconds for which a file must not change.
        clock: seconds that only go up.
    """

    still: float = STILL
    clock: Callable[[], float] = time.monotonic
    _waiting: dict[Path, tuple[tuple[int, int], float]] = field(default_factory=dict)

    def touched(self, path: Path) -> None:
        """A file was added or changed."""
        state = _state(path)
        if state is not None:
            self._waiting[path] = state, self.clock()

    def there(self, path: Path) -> None:
        """A file was there before the watch began; unless it is new, it is ready."""
        self.touched(path)
        if path in self._waiting and time.time() - self._waiting[path][0][1] / 1e9 > self.still:
            self._waiting[path] = self._waiting[path][0], self.clock() - self.still

    def settled(self) -> tuple[Path, ...]:
        """The files that are wholly written now, each told once; in the order of their names."""
        ready = []
        for path, (before, since) in list(self._waiting.items()):
            now = _state(path)
            if now is None:
                del self._waiting[path]
            elif now != before:
                self._waiting[path] = now, self.clock()
            elif now[0] and self.clock() - since >= self.still:
                del self._waiting[path]
                ready.append(path)
        return tuple(sorted(ready))


def _state(path: Path) -> tuple[int, int] | None:
    """Size and time of a file; None for what is no file, or gone."""
    with contextlib.suppress(OSError):
        if path.is_file():
            found = path.stat()
            return found.st_size, found.st_mtime_ns
    return None


def changes(
    folder: Path, skip: Callable[[Path], bool], stop: threading.Event, settling: Settling | None = None
) -> Iterator[frozenset[Path]]:
    """What lies in a folder, is dropped there or changed, when it is wholly written; and what vanishes.

    Args:
        folder: the folder and all folders in it, as an absolute path.
        skip: tells files and folders that are left out: outputs of our own.
        stop: ends the watch.
        settling: how long a file must be still.

    Yields:
        paths that are ready to be screened, or gone; never none.
    """
    from watchfiles import Change, watch  # noqa: PLC0415

    settling, begun = settling or Settling(), False
    reports = watch(
        folder,
        watch_filter=None,
        stop_event=stop,
        rust_timeout=LOOK_AGAIN,
        yield_on_timeout=True,
        raise_interrupt=True,
        ignore_permission_denied=True,
    )
    for report in reports:
        changed = [(change, Path(name)) for change, name in report]
        mine = [(change, path) for change, path in changed if not is_ours(path, folder, skip)]
        if not begun:  # only now is every change reported
            begun = True
            for path in _files(folder):
                if not is_ours(path, folder, skip):
                    settling.there(path)
        for change, path in mine:
            if change != Change.deleted:
                for found in _files(path):
                    settling.touched(found)
        told = frozenset([path for change, path in mine if change == Change.deleted] + list(settling.settled()))
        if told:
            yield told


def _files(path: Path) -> Iterator[Path]:
    """A file, or those in a folder: of a folder that is moved in as a whole, only the folder is reported."""
    if path.is_dir():
        yield from (found for found in path.rglob("*") if found.is_file())
    else:
        yield path


def is_ours(path: Path, folder: Path, skip: Callable[[Path], bool]) -> bool:
    """Is it one of our outputs, or in a folder of them?"""
    above = [parent for parent in path.parents if parent.is_relative_to(folder)]
    return any(skip(place) for place in (path, *above))
