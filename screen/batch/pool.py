"""A pool of processes on this machine: a time limit for each photo, and a crash costs one photo."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from multiprocessing import connection
from pathlib import Path
from typing import Any, TypeVar

from screen.batch.running import Limits, Task, Work
from screen.inference import refuse_if_broken
from screen.memory import held
from screen.records import Failure

R = TypeVar("R")
#: How a worker ends that holds too much memory.
TOO_GREEDY = 77
#: Photos after which a worker is replaced, so that no leak of a library adds up.
PHOTOS_PER_WORKER = 500


@dataclass(frozen=True, slots=True)
class PoolRunner:
    """Runs tasks on so many processes; few wait for each, so that memory does not grow with the batch."""

    workers: int
    limits: Limits

    def run(self, work: Work[R], tasks: Iterable[Task]) -> Iterator[tuple[Task, R | Failure]]:
        """(task, result) of each task, exactly once, in the order in which they are done."""
        pool = start_pool(self.workers, self.limits)
        try:
            yield from self._results(pool, work, iter(tasks))
            pool.close()
            pool.join()
        finally:
            pool.stop()
            pool.join()

    def _results(self, pool: Any, work: Work[R], tasks: Iterator[Task]) -> Iterator[tuple[Task, R | Failure]]:
        waiting: dict[Future[Any], Task] = {}
        exhausted = False
        while waiting or not exhausted:
            while not exhausted and len(waiting) < 2 * self.workers:
                task = next(tasks, None)
                if task is None:
                    exhausted = True
                else:
                    waiting[pool.schedule(work, args=(task,), timeout=self.limits.seconds)] = task
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                task = waiting.pop(future)
                yield task, outcome_of(future, task, self.limits)


def start_pool(workers: int, limits: Limits) -> Any:
    """A Pebble process pool of so many prepared workers.

    Raises:
        MissingDependencyError: a library that every worker loads cannot be loaded here; they would all die of it.
    """
    from pebble import ProcessPool  # noqa: PLC0415

    refuse_if_broken()
    context = multiprocessing.get_context("spawn")  # networks and threads do not survive a fork
    return ProcessPool(
        workers, PHOTOS_PER_WORKER, initializer=prepare_worker, initargs=(limits.memory,), context=context
    )


def outcome_of(future: Future[Any], task: Task, limits: Limits) -> Any:
    """The result of a task that is done; a Failure where its worker took too long, too much memory, or crashed.

    Raises:
        ScreenError: what the task itself raised.
    """
    from pebble import ProcessExpired  # noqa: PLC0415

    try:
        return future.result()
    except FutureTimeoutError:
        text = f"{task.source}: screening took longer than {limits.seconds:.0f} seconds and was given up."
        return Failure(task.source, "timeout", f"{text} Save a smaller copy, or look at this photo yourself.")
    except ProcessExpired as error:
        if error.exitcode == TOO_GREEDY:
            return _too_large(task)
        text = f"{task.source}: the program that reads this photo crashed on it."
        return Failure(task.source, "crashed", f"{text} Save it again as JPEG, or look at this photo yourself.")
    except MemoryError:
        return _too_large(task)


def _too_large(task: Task) -> Failure:
    text = f"{task.source}: screening needs more memory than is allowed for one photo."
    return Failure(task.source, "too-large", f"{text} Save a smaller copy.")


def prepare_worker(memory: int) -> None:
    """Set up a worker: one thread, quiet, bounded, and gone when its parent is."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, who stops the pool
    _die_with_parent()
    _bound_memory(memory)
    _silence()
    from screen.inference import set_threads  # noqa: PLC0415

    set_threads(1)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def _bound_memory(memory: int) -> None:
    """End this worker when it holds more memory than the limit.

    Limits of the system (RLIMIT_AS, RLIMIT_DATA) count address space that is only reserved, of which networks take
    gigabytes; what counts is what is held.
    """

    def watch() -> None:
        while held() <= memory:
            time.sleep(0.1)
        os._exit(TOO_GREEDY)

    threading.Thread(target=watch, name="memory-watch", daemon=True).start()


def _silence() -> None:
    """What C libraries print about odd files is no message for people, and may hold file names."""
    with contextlib.suppress(OSError):
        nowhere = os.open(Path(os.devnull), os.O_WRONLY)
        os.dup2(nowhere, 2)
        os.close(nowhere)
