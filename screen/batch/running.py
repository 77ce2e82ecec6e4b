"""Where tasks run: the Runner protocol, and the choice between this process and a pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from screen.records import Failure

R = TypeVar("R")
#: What a task function makes of a photo: its result, or a Failure that names the photo.
Work = Callable[["Task"], R | Failure]


@dataclass(frozen=True, slots=True)
class Task:
    """One photo to work on: where it lies, the name it goes by in results, and what it is stored under, if anything."""

    path: Path
    source: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one photo may take before it is given up: seconds of time, and bytes of memory in its worker."""

    seconds: float = 120.0
    memory: int = 4 * 2**30


class Runner(Protocol):
    """Maps a task function over photos."""

    def run(self, work: Work[R], tasks: Iterable[Task]) -> Iterator[tuple[Task, R | Failure]]:
        """(task, result) of each task, exactly once, in the order in which they are done."""
        ...


class SerialRunner:
    """One photo after another in this process."""

    def run(self, work: Work[R], tasks: Iterable[Task]) -> Iterator[tuple[Task, R | Failure]]:
        """(task, result) of each task, in order."""
        for task in tasks:
            yield task, work(task)


def runner_for(workers: int, count: int, limits: Limits | None = None) -> Runner:
    """A runner for so many photos on so many workers.

    One or two photos are quicker in this process than a pool is started; more of them run in a pool even with one
    worker, so that a decoder that crashes costs one photo and not the run.
    """
    if count <= 2:
        return SerialRunner()
    from screen.batch.pool import PoolRunner  # noqa: PLC0415

    return PoolRunner(min(workers, count), limits or Limits())
