"""How far a run is: a bar on a terminal, a line now and then elsewhere, always on stderr."""

from __future__ import annotations

import contextlib
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from screen.cli import consoles
from screen.cli.options import Setting
from screen.records import Decision, Failure, Verdict
from screen.sentences import DECISIONS
from screen.translation import Words, words

#: Called with each result as it is done.
Advance = Callable[[Verdict | Failure], None]
#: Seconds between two lines where there is no terminal.
EVERY = 15.0


@dataclass(slots=True)
class Tally:
    """What is done so far, in words.

    Attributes:
        words: the language.
        total: how many photos there are.
        clock: seconds that only go up.
    """

    words: Words
    total: int
    clock: Callable[[], float] = time.monotonic
    done: int = 0
    counts: Counter[Decision | None] = field(default_factory=Counter)
    started: float = field(init=False)

    def __post_init__(self) -> None:
        self.started = self.clock()

    def add(self, result: Verdict | Failure) -> None:
        """Count a result."""
        self.done += 1
        self.counts[None if isinstance(result, Failure) else result.decision] += 1

    @property
    def speed(self) -> float:
        """Photos a second since the start."""
        return self.done / max(1e-6, self.clock() - self.started)

    @property
    def left(self) -> float:
        """Seconds until the end, at the speed so far."""
        return (self.total - self.done) / self.speed if self.done else 0.0

    def pace(self) -> str:
        """Photos a second and the time left."""
        from babel.dates import format_timedelta  # noqa: PLC0415

        speed = self.words.text("{number} photos/s", number=self.words.number(round(self.speed, 1)))
        if self.done in {0, self.total}:
            return speed
        time_left = format_timedelta(round(self.left), locale=self.words.lang, threshold=1.5)
        left = self.words.text("{time} left", time=time_left)
        return f"{speed}, {left}"

    def outcomes(self) -> str:
        """How many photos came out how, the severe ones first."""
        labels: list[tuple[Decision | None, str]] = [(None, self.words.text("Not screened"))]
        labels += [(decision, self.words.text(DECISIONS[decision])) for decision in sorted(Decision, reverse=True)]
        counted = ((label, self.counts[key]) for key, label in labels)
        return ", ".join(f"{label}: {self.words.number(count)}" for label, count in counted if count)

    def line(self, label: str) -> str:
        """All of it on one line."""
        so_far = self.words.text(
            "{done} of {total}", done=self.words.number(self.done), total=self.words.number(self.total)
        )
        return f"{label}: {so_far}; {self.pace()}; {self.outcomes()}"


@contextlib.contextmanager
def progress(setting: Setting, label: str, total: int) -> Iterator[Advance]:
    """A bar with photos a second, the time left and the counts; a plain line now and then where there is no terminal.

    Nothing with --quiet or --json.
    """
    if setting.quiet or setting.json or not total:
        yield lambda result: None
        return
    tally = Tally(words(setting.lang), total)
    if sys.stderr.isatty():
        with _bar(tally, label) as advance:
            yield advance
        return
    yield _lines(tally, label)


@contextlib.contextmanager
def _bar(tally: Tally, label: str) -> Iterator[Advance]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    columns: tuple[Any, ...] = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    columns += tuple(TextColumn(f"{{task.fields[{name}]}}", markup=False) for name in ("pace", "outcomes"))
    with Progress(*columns, console=consoles.stderr(), transient=True) as bar:
        task = bar.add_task(label, total=tally.total, pace="", outcomes="")

        def advance(result: Verdict | Failure) -> None:
            tally.add(result)
            bar.update(task, advance=1, pace=tally.pace(), outcomes=tally.outcomes())

        yield advance


def _lines(tally: Tally, label: str) -> Advance:
    last = tally.started

    def advance(result: Verdict | Failure) -> None:
        nonlocal last
        tally.add(result)
        if tally.clock() - last >= EVERY:
            last = tally.clock()
            sys.stderr.write(f"{tally.line(label)}\n")
            sys.stderr.flush()

    return advance
