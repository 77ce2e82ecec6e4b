"""Writing reports: verdicts as they come, everything else at the end, each file whole or not at all."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from screen.copies.writing import part_of, sweep
from screen.errors import OutputError
from screen.plugins import names
from screen.records import Failure, Verdict
from screen.report.about import RunAbout, report_of
from screen.report.to_json import verdict_line
from screen.words import words


class VerdictLines:
    """The file verdicts.jsonl of a run, one line a photo; it gets its name when the run is through.

    Until then the lines stand in a file beside it, so that two runs with one report never mix theirs, and what an
    earlier run wrote stays whole beside its report.

    Args:
        path: the file; its folder is made. What was there is replaced.
        show_text: give the text that was read instead of its mask.

    Raises:
        OutputError: the file cannot be written; when opening it and with every line.
    """

    def __init__(self, path: Path, show_text: bool = False) -> None:
        self.path = path
        self.show_text = show_text
        self._part = part_of(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            sweep(path.parent)
            self._file: IO[str] = self._part.open("x", encoding="utf-8", newline="\n")
        except OSError as error:
            raise _cannot(path, error) from error

    def add(self, result: Verdict | Failure) -> None:
        """Write one result.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self._file.write(verdict_line(result, self.show_text) + "\n")
            self._file.flush()
        except OSError as error:
            raise _cannot(self.path, error) from error

    def begin_again(self) -> None:
        """Drop the lines written so far.

        Raises:
            OutputError: the file cannot be written.
        """
        try:
            self._file.seek(0)
            self._file.truncate()
        except OSError as error:
            raise _cannot(self.path, error) from error

    def finish(self) -> None:
        """Give the file its name.

        Raises:
            OutputError: it cannot be written.
        """
        try:
            self._file.close()
            self._part.replace(self.path)
        except OSError as error:
            raise _cannot(self.path, error) from error

    def __enter__(self) -> VerdictLines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()
            return
        with contextlib.suppress(OSError):
            self._file.close()
        self._part.unlink(missing_ok=True)


def write_report(
    folder: Path,
    results: Sequence[Verdict | Failure],
    thumbnails: Mapping[str, bytes],
    lang: str | None,
    about: RunAbout,
) -> tuple[Path, ...]:
    """The files of all reports, written into a folder; each is whole or as it was before.

    Args:
        folder: the report folder; it is made.
        results: all photos of the run, in any order.
        thumbnails: covered JPEGs by source, as report_thumbnail makes them.
        lang: en or fr; the language of the system if None.
        about: how the run was made.

    Raises:
        OutputError: a file cannot be written.
        UsageError: the language is not offered.
    """
    chosen = words(lang)
    report = report_of(results, thumbnails, about)
    written = []
    for factory in names("photoscreen_renderers").values():
        renderer = factory()
        path = folder / renderer.file_name
        write_whole(path, renderer.render(report, chosen), renderer.encoding)
        written.append(path)
    return tuple(written)


def write_whole(path: Path, pieces: Iterable[str], encoding: str = "utf-8") -> None:
    """Write pieces of text beside the path, then rename: the file is whole or as it was before.

    Raises:
        OutputError: it cannot be written.
    """
    beside: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = part_of(path)
        with beside.open("x", encoding=encoding, newline="", errors="backslashreplace") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        beside = None
    except OSError as error:
        raise _cannot(path, error) from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def _cannot(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or type(error).__name__
    return OutputError(
        "{path}: this report cannot be written ({reason}). Choose another folder with --report.",
        path=path,
        reason=reason,
    )
