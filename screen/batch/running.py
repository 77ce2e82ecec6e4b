"""Where tasks run: the Runner protocol, and the choice between this process and a pool."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from screen.errors import UsageError
from screen.records import Failure

if TYPE_CHECKING:
    from screen.batch.observations import Seen

R = TypeVar("R")
#: What a task function makes of a photo: its result, or a Failure that names the photo.
Work = Callable[["Task"], R | Failure]


@dataclass(frozen=True, slots=True)
class Task:
    """One photo to work on.

    Attributes:
        path: where it lies; not used where there is a URL.
        source: the name it goes by in results.
        key: what it is stored under, if anything.
        url: where it lies in some storage that fsspec knows; empty for a path.
        seen: what the checks found in it before; None where they are still to look.
    """

    path: Path = Path()
    source: str = ""
    key: str = ""
    url: str = ""
    seen: tuple[Seen, ...] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one photo may take before it is given up: seconds of time, and bytes of memory in its worker."""

    seconds: float = 300.0
    memory: int = 4 * 2**30


class Runner(Protocol):
    """Maps a task function over photos."""

    def run(self, work: Work[R], tasks: Iterable[Task]) -> Iterator[tuple[Task, R | Failure]]:
        """(task, result) of each task, exactly once, in the order in which they are done."""
        ...


class SerialRunner:
    """One photo after another in this process."""

    def run(self, work: Work[R], tasks: Iterable[Task]) -> Iterator[tuple[Task, R | Failure]]:
        """(task, result) of each task, in order.

        Raises:
            MissingDependencyError: a library that every photo needs cannot be loaded here.
        """
        from screen.inference import refuse_if_broken  # noqa: PLC0415

        for task in tasks:
            refuse_if_broken()
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


@dataclass(frozen=True, slots=True)
class Choice:
    """Where people want photos to be screened.

    Attributes:
        workers: processes on this machine.
        scheduler: address of a Dask scheduler; empty for this machine.
    """

    workers: int
    scheduler: str = ""

    def runner_for(self, count: int) -> Runner:
        """The runner for at most so many photos."""
        if not self.scheduler:
            import screen.batch  # noqa: PLC0415

            return screen.batch.runner_for(self.workers, count)
        from screen.batch.cluster import DaskRunner  # noqa: PLC0415

        return DaskRunner(self.scheduler)


def choice_of(runner: str, scheduler: str | None, workers: int) -> Choice:
    """The choice as the options say.

    Raises:
        UsageError: the runner is not known, or the scheduler goes without it or it without one.
    """
    if runner not in {"local", "dask"}:
        raise UsageError("--runner {runner!r} is not known. Known: local, dask.", runner=runner)
    if (runner == "dask") != bool(scheduler):
        raise UsageError("--runner dask and --scheduler go together: --runner dask --scheduler tcp://HOST:8786")
    return Choice(workers, scheduler or "")
