"""A run that goes on where an earlier one stopped: what the store knows is not looked at again."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from screen.batch.codec import lean
from screen.batch.running import Runner, Task, Work
from screen.batch.screening import Screened
from screen.batch.store import Store
from screen.records import Failure, Verdict

#: So many photos that the store does not know tell a runner that there is work for a pool.
SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Done:
    """A photo that is done.

    Attributes:
        source: the name it goes by.
        key: what its small picture is stored under; empty if it is not.
        result: its verdict or failure.
    """

    source: str
    key: str
    result: Verdict | Failure


@dataclass(frozen=True, slots=True)
class Resuming:
    """How a run goes on.

    Attributes:
        store: what is known, and where results go as they come.
        work: screens a photo that is not known.
        runner_for: a runner for at most so many photos.
        fresh: look at every photo again.
        show_text: keep the text that was read in the results.
    """

    store: Store
    work: Work[Screened]
    runner_for: Callable[[int], Runner]
    fresh: bool = False
    show_text: bool = False

    def run(self, tasks: Sequence[Task]) -> Iterator[Done]:
        """Each task once: what is known as it is met, the rest as it is done.

        Raises:
            MissingDependencyError: a model or engine is missing.
        """
        rest = iter(tasks)
        unknown: list[Task] = []
        for task in rest:
            done, task = self._look_up(task)  # noqa: PLW2901  the same task, with what is known of it
            if done:
                yield done
            else:
                unknown.append(task)
            if len(unknown) == SEVERAL:
                break
        if unknown:
            runner = self.runner_for(len(unknown) if len(unknown) < SEVERAL else len(tasks))
            yield from self._screened(runner, unknown, rest)

    def _screened(self, runner: Runner, first: list[Task], rest: Iterator[Task]) -> Iterator[Done]:
        known: deque[Done] = deque()

        def still_unknown() -> Iterator[Task]:
            for task in rest:
                done, task = self._look_up(task)  # noqa: PLW2901  the same task, with what is known of it
                if done:
                    known.append(done)
                else:
                    yield task

        for task, result in runner.run(self.work, itertools.chain(first, still_unknown())):
            while known:
                yield known.popleft()
            yield self._kept(task, result)
        yield from known

    def _look_up(self, task: Task) -> tuple[Done | None, Task]:
        key = self.store.key(task)
        if self.fresh:
            return None, replace(task, key=key)
        before = self.store.known(key, task.source, self.show_text)
        if before:
            return Done(task.source, key, self._lean(before.verdict)), task
        found = self.store.found(key)
        return None, replace(task, key=key, seen=found.seen if found else None)

    def _kept(self, task: Task, result: Screened | Failure) -> Done:
        if isinstance(result, Failure):
            return Done(task.source, "", result)
        self.store.put(task.key, result)
        return Done(task.source, task.key, self._lean(result.verdict))

    def _lean(self, verdict: Verdict) -> Verdict:
        return verdict if self.show_text else lean(verdict)
