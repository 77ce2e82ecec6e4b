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
from collections.abc import Callable
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


class Phrase(str):
    """A value of an error's message that is itself a sentence, to be said in the reader's language too."""

    __slots__ = ()


class ScreenError(Exception):
    """Base of all errors of this package.

    Args:
        template: names the thing, what is wrong with it and what to do next, in English; a literal, so that the
            catalogues find it. {names} stand for values.
        values: what stands in the places of the template; none if it has no places.
    """

    exit_code = ExitCode.FAULT

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = {
            name: value if isinstance(value, str | int | float) else str(value) for name, value in values.items()
        }
        self.message = template.format(**self.values) if values else template
        super().__init__(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle the template with its values: errors travel between processes."""
        return _again, (type(self), self._arguments(), self.values)

    def _arguments(self) -> tuple[object, ...]:
        return (self.template,)


def _again(kind: Callable[..., ScreenError], arguments: tuple[object, ...], values: dict[str, object]) -> ScreenError:
    return kind(*arguments, **values)


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
        template: names the file and how many errors there are, for one line.
        problems: every error, by row and column.
        values: what stands in the places of the template.
    """

    def __init__(self, template: str, problems: tuple[RowProblem, ...] = (), **values: object) -> None:
        super().__init__(template, **values)
        self.problems = problems

    def _arguments(self) -> tuple[object, ...]:
        return self.template, self.problems


class PhotoError(ScreenError):
    """A photo that cannot be read.

    Args:
        error: short stable word for programs: missing, unreadable, empty, not-a-photo, unsupported, truncated,
            broken, too-large.
        template: the sentence for people.
        values: what stands in the places of the template.
    """

    exit_code = ExitCode.NOT_SCREENED

    def __init__(self, error: str, template: str, **values: object) -> None:
        super().__init__(template, **values)
        self.error = error

    def _arguments(self) -> tuple[object, ...]:
        return self.error, self.template


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
