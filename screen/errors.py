"""What can go wrong, and the exit code that tells it.

ScreenError
├── UsageError              2   wrong option, missing file, bad roster or policy
│   └── RosterError         2   a roster with errors; carries its rows
├── PhotoError              3   a photo that cannot be read
├── CheckError              3   a check broke on a photo
├── MissingDependencyError  4   a model, engine or extra is not there
└── OutputError             5   output could not be written, or a proof failed
    └── ProofError          5   the safe copy did not pass its proof and was deleted
"""

from __future__ import annotations

import enum
from dataclasses import dataclass


class ExitCode(enum.IntEnum):
    """Public exit codes; see docs/exit-codes.md."""

    CLEAR = 0
    FINDINGS = 1
    USAGE = 2
    NOT_SCREENED = 3
    MISSING = 4
    OUTPUT = 5
    FAULT = 70
    INTERRUPTED = 130


class ScreenError(Exception):
    """Base of all errors of this package.

    Args:
        message: names the thing, what is wrong with it and what to do next.
    """

    exit_code = ExitCode.FAULT

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(ScreenError):
    """A wrong option, a missing file, a bad roster or policy."""

    exit_code = ExitCode.USAGE


@dataclass(frozen=True, slots=True)
class RowProblem:
    """What is wrong with a cell of a roster.

    Attributes:
        row: counted as a spreadsheet does, the header being 1.
        column: its name; None for the row or the file as a whole.
        message: what is wrong and what to write instead.
        code: short stable word: duplicate-id, missing-id, unknown-word, bad-date, ambiguous-date, dates-reversed,
            missing-column, duplicate-column, extra-cells, empty, unreadable, too-large, ...
        key: of the sentence in screen.rosters.problems, for saying it in another language.
        values: what stands in the places of that sentence.
    """

    row: int
    column: str | None
    message: str
    code: str = ""
    key: str = ""
    values: tuple[tuple[str, str], ...] = ()


class RosterError(UsageError):
    """A roster with errors; it is not used at all.

    Args:
        message: names the file and how many errors there are, for one line.
        problems: every error, by row and column.
    """

    def __init__(self, message: str, problems: tuple[RowProblem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = problems

    def __reduce__(self) -> tuple[type[RosterError], tuple[str, tuple[RowProblem, ...]]]:
        """Pickle both arguments: errors travel between processes."""
        return type(self), (self.message, self.problems)


class PhotoError(ScreenError):
    """A photo that cannot be read.

    Args:
        error: short stable word for programs: missing, unreadable, empty, not-a-photo, unsupported, truncated,
            broken, too-large.
        message: the sentence for people.
    """

    exit_code = ExitCode.NOT_SCREENED

    def __init__(self, error: str, message: str) -> None:
        super().__init__(message)
        self.error = error

    def __reduce__(self) -> tuple[type[PhotoError], tuple[str, str]]:
        """Pickle both arguments: errors travel between processes."""
        return type(self), (self.error, self.message)


class CheckError(ScreenError):
    """A check broke on a photo, which therefore counts as not screened."""

    exit_code = ExitCode.NOT_SCREENED


class MissingDependencyError(ScreenError):
    """A model, engine or extra is missing; the message holds the command that installs it."""

    exit_code = ExitCode.MISSING


class OutputError(ScreenError):
    """Output could not be written."""

    exit_code = ExitCode.OUTPUT


class ProofError(OutputError):
    """A safe copy failed its proof; the copy is gone."""
