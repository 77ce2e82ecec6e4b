"""What a renderer is given: the results of a run, its small pictures, and how the run was made."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from screen.records import Decision, Failure, Verdict
from screen.words import Words


@dataclass(frozen=True, slots=True)
class RunAbout:
    """How a run was made; stands in the report, so it holds no names.

    Attributes:
        policy: name of the policy.
        purposes: where the photos are to be published.
        occasion: classroom or open-event.
        roster_rows: people on the roster; None if no roster was given.
        version: of the program.
        started: when the run began, with its time zone.
        finished: when it ended.
        models: name and version of the models that looked, for people.
        folder: what was screened, as given.
        options: those of the run that the next command needs again: roster, policy, purposes.
    """

    policy: str
    purposes: tuple[str, ...]
    occasion: str
    roster_rows: int | None
    version: str
    started: datetime.datetime
    finished: datetime.datetime
    models: tuple[str, ...] = ()
    folder: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """Everything that a report shows.

    Attributes:
        results: those that failed first, then from severe to mild, in each group in the order of their names.
        thumbnails: covered JPEGs by source; a photo may have none.
        about: how the run was made.
    """

    results: tuple[Verdict | Failure, ...]
    thumbnails: Mapping[str, bytes]
    about: RunAbout

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Photos that were not screened."""
        return tuple(result for result in self.results if isinstance(result, Failure))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Photos that were screened."""
        return tuple(result for result in self.results if isinstance(result, Verdict))

    def count(self, decision: Decision) -> int:
        """How many photos got this decision."""
        return sum(verdict.decision == decision for verdict in self.verdicts)


class Renderer(Protocol):
    """Writes one kind of report.

    Attributes:
        file_name: what the report is called in the report folder.
        encoding: of the file.
    """

    file_name: str
    encoding: str

    def render(self, report: Report, words: Words) -> Iterator[str]:
        """The report piece by piece, in the language of words; line ends are written as they are."""
        ...


def report_of(results: Sequence[Verdict | Failure], thumbnails: Mapping[str, bytes], about: RunAbout) -> Report:
    """A report with its results in the order in which people should see them."""
    return Report(tuple(sorted(results, key=_order)), thumbnails, about)


def _order(result: Verdict | Failure) -> tuple[int, str]:
    """Not screened first, then the most severe."""
    if isinstance(result, Failure):
        return -100, result.source.casefold()
    return -int(result.decision), result.source.casefold()
