"""Photos on the school's own Dask cluster: the same task function, on other machines.

Workers read photos from shared storage, by the same paths as here or by URL, and send back verdicts, small pictures and
what was found; the store stays with the client. A photo goes nowhere but to the machines of the cluster, which must be
the school's own, with the same version of this program and its models installed.
"""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from screen.batch.running import Limits, Task, Work
from screen.errors import MissingDependencyError, ScreenError, UsageError
from screen.records import Failure

R = TypeVar("R")
#: Seconds to wait for the scheduler.
PATIENCE = 15
#: Packages whose versions decide what is found; they must be the same here and on every worker.
DECIDING = ("photoscreen", "openvino", "mediapipe", "rapidocr", "opencv-python", "numpy", "pillow", "zxing-cpp")


@dataclass(frozen=True, slots=True)
class DaskRunner:
    """Runs tasks on a Dask cluster.

    Attributes:
        scheduler: its address, as tcp://HOST:8786; or a cluster object of Dask.
        limits: the time that one photo may take; its memory is bounded by the nanny of each worker.
    """

    scheduler: Any
    limits: Limits = field(default_factory=Limits)

    def run(self, work: Work[R], tasks: Iterable[Task]) -> Iterator[tuple[Task, R | Failure]]:
        """(task, result) of each task, exactly once, in the order in which they are done.

        A worker that is lost costs nothing but time: its photos go to others. The scheduler gives a photo up that took
        three workers down with it and is about to take a fourth (Dask's distributed.scheduler.allowed-failures); then
        it gets one more chance alone at the end, since it may only have stood beside the culprit.

        Raises:
            MissingDependencyError: the extra dask is not installed, here or on a worker, or a worker lacks a model.
            UsageError: the scheduler does not answer.
        """
        with _client(self.scheduler) as client:
            suspects: list[Task] = []
            flight = _Flight(client, functools.partial(on_worker, work, self.limits.seconds, versions()))
            for task, outcome in flight.results(iter(tasks), client_threads):
                if outcome is _SUSPECT:
                    suspects.append(task)
                else:
                    yield task, outcome
            for task, outcome in flight.results(iter(suspects), lambda client: 1):
                yield task, _given_up(task) if outcome is _SUSPECT else outcome


#: What became of a photo whose workers were lost.
_SUSPECT: Any = object()


@dataclass(frozen=True, slots=True)
class _Flight:
    """Photos in flight: as many as the cluster has threads, so that memory grows nowhere with the number of photos."""

    client: Any
    work: Callable[[Task], Any]

    def results(self, tasks: Iterator[Task], room: Callable[[Any], int]) -> Iterator[tuple[Task, Any]]:
        """(task, what became of it), in the order in which they are done."""
        done = _distributed().as_completed(loop=self.client.loop)
        waiting: dict[Any, Task] = {}

        def send_more() -> None:
            while len(waiting) < max(1, room(self.client)) and (task := next(tasks, None)) is not None:
                future = self.client.submit(self.work, _for_others(task), pure=False)
                waiting[future] = task
                done.add(future)

        send_more()
        while waiting:
            future = next(done)
            task = waiting.pop(future)
            yield task, _outcome(future, task)
            future.release()
            send_more()


def _for_others(task: Task) -> Task:
    """The task as workers need it, who stand in other folders."""
    return task if task.url else replace(task, path=task.path.absolute())


def client_threads(client: Any) -> int:
    """Threads of the cluster now; workers come and go."""
    return sum(client.nthreads().values())


@contextlib.contextmanager
def _client(scheduler: Any) -> Iterator[Any]:
    distributed = _distributed()
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(
            "{scheduler}: no Dask scheduler answers there. Start one with: dask scheduler", scheduler=scheduler
        ) from error
    try:
        yield client
    finally:
        client.close()


def _outcome(future: Any, task: Task) -> Any:
    if future.status == "finished":
        return future.result()
    if future.status != "error":
        return _SUSPECT  # cancelled or lost: the scheduler does not know any more
    error = future.exception()
    if isinstance(error, _distributed().KilledWorker):
        return _SUSPECT
    if isinstance(error, ScreenError):
        raise error
    message = f"{task.source}: a fault of photoscreen ({type(error).__name__}). Look at this photo yourself."
    return Failure(task.source, "fault", message)


def _given_up(task: Task) -> Failure:
    text = f"{task.source}: every worker of the cluster that read this photo was lost."
    return Failure(task.source, "crashed", f"{text} Save it again as JPEG, or look at this photo yourself.")


def on_worker(work: Work[R], seconds: float, wanted: tuple[str, ...], task: Task) -> R | Failure:
    """The task on a worker of the cluster: one thread a photo, models loaded once, the same versions as the client.

    Raises:
        MissingDependencyError: this worker has another version of something that decides.
    """
    _prepare()
    other = sorted(set(wanted) - set(versions()))
    if other:
        raise MissingDependencyError(
            "A worker of the cluster ({host}) lacks what this machine has: {listed}. Install the same there.",
            host=socket.gethostname(),
            listed=", ".join(other),
        )
    with _bounded(seconds):
        return work(task)


@functools.cache
def _prepare() -> None:
    """Set up a worker process at its first photo."""
    from screen.inference import set_threads  # noqa: PLC0415

    set_threads(1)


@contextlib.contextmanager
def _bounded(seconds: float) -> Iterator[None]:
    """End this worker if a photo takes longer; its nanny starts a new one. Without a nanny nothing is ended."""
    if not _distributed().get_worker().nanny:
        yield
        return
    timer = threading.Timer(seconds, os._exit, [1])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@functools.cache
def versions() -> tuple[str, ...]:
    """Names and versions of the packages and models that decide what is found."""
    from importlib.metadata import version  # noqa: PLC0415

    from screen.weights import catalogue  # noqa: PLC0415

    models = (f"{name} {weights.sha256[:12]}" for name, weights in sorted(catalogue().items()))
    return (*(f"{name} {version(name)}" for name in DECIDING), *models)


def _distributed() -> Any:
    try:
        import distributed  # noqa: PLC0415
    except ImportError as error:
        raise MissingDependencyError(
            "--runner dask needs an extra package. Install it with: {command}",
            command="pip install 'photoscreen[dask]'",
        ) from error
    return distributed
