"""Work in the background: a pool that stays, the most urgent job first, and the page answers meanwhile."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from screen.batch.pool import outcome_of, start_pool
from screen.batch.running import Limits, Task
from screen.errors import ScreenError
from screen.photo import photo_of
from screen.policy import Policy
from screen.records import Failure
from screen.screening import checks_for, find

log = logging.getLogger(__name__)
#: Most urgent first: what is to be saved, what is looked at now, what was dropped, the rest of a folder.
SAVE, OPENED, DROPPED, FOLDER = range(4)
Done = Callable[[Any], None]


@dataclass(order=True, slots=True)
class Job:
    """A task that waits.

    Attributes:
        urgency: SAVE, OPENED, DROPPED or FOLDER.
        number: in the order of asking.
        work: the function that a worker runs.
        task: the photo.
        started: is called when a worker takes it.
        done: is called with the result, a Failure, or a ScreenError.
    """

    urgency: int
    number: int
    work: Callable[[Task], Any] = field(compare=False)
    task: Task = field(compare=False)
    started: Callable[[], None] = field(compare=False)
    done: Done = field(compare=False)


class Workshop:
    """Runs jobs in so many processes, which load their models once.

    Args:
        workers: processes.
        limits: what one photo may take.
    """

    def __init__(self, workers: int, limits: Limits | None = None) -> None:
        self.workers, self.limits = workers, limits or Limits()
        self._pool = start_pool(workers, self.limits)
        self._waiting: list[Job] = []
        self._running: dict[Future[Any], Job] = {}
        self._numbers = itertools.count()
        self._lock = threading.RLock()
        self._stopped = False

    def warm(self, policy: Policy) -> None:
        """Let every worker load its models now, before somebody waits for them."""
        for _ in range(self.workers):
            self._pool.schedule(_warm, args=(policy,), timeout=self.limits.seconds)

    def add(
        self, urgency: int, work: Callable[[Task], Any], task: Task, started: Callable[[], None], done: Done
    ) -> None:
        """Have a task done; result and start are told from a thread of the pool."""
        with self._lock:
            heapq.heappush(self._waiting, Job(urgency, next(self._numbers), work, task, started, done))
        self._next()

    def hurry(self, key: str, urgency: int) -> None:
        """Do the waiting tasks of this key before less urgent ones."""
        with self._lock:
            for job in self._waiting:
                if job.task.key == key:
                    job.urgency = min(job.urgency, urgency)
            heapq.heapify(self._waiting)

    def drop(self, key: str) -> bool:
        """Forget the waiting tasks of this key; were there any?"""
        with self._lock:
            kept = [job for job in self._waiting if job.task.key != key]
            dropped = len(kept) < len(self._waiting)
            self._waiting = kept
            heapq.heapify(self._waiting)
        return dropped

    def stop(self) -> None:
        """End all workers now; what was not done is not done."""
        with self._lock:
            self._stopped = True
            self._waiting.clear()
        self._pool.stop()
        self._pool.join()

    def _next(self) -> None:
        """Give workers what is most urgent; no more than they can take at once, so that urgency counts."""
        while True:
            with self._lock:
                if self._stopped or not self._waiting or len(self._running) >= self.workers:
                    return
                job = heapq.heappop(self._waiting)
                future = self._pool.schedule(job.work, args=(job.task,), timeout=self.limits.seconds)
                self._running[future] = job
            job.started()
            future.add_done_callback(self._finished)

    def _finished(self, future: Future[Any]) -> None:
        with self._lock:
            job = self._running.pop(future, None)
            stopped = self._stopped
        if job is None or stopped:
            return
        try:
            job.done(self._result(future, job.task))
        except Exception as error:
            # A fault in telling must not stop the work.
            log.debug("fault after a task", exc_info=error)
        self._next()

    def _result(self, future: Future[Any], task: Task) -> Any:
        try:
            return outcome_of(future, task, self.limits)
        except ScreenError as error:
            return error
        except Exception as error:
            # Whatever broke, the photo was not screened.
            log.debug("fault in a worker", exc_info=error)
            return Failure(task.source, "fault", f"{task.source}: a fault of photoscreen ({type(error).__name__}).")


def _warm(policy: Policy) -> None:
    """Run all checks once on nothing much, so that every network is loaded and compiled."""
    pixels = np.random.default_rng(7).integers(90, 160, (480, 640, 3), np.uint8)
    find(photo_of(pixels, "warm-up"), checks_for(policy))
