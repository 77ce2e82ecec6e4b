"""Writing reports: verdicts as they come, everything else at the end, each file whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO

from screen.errors import OutputError
from screen.plugins import names
from screen.records import Failure, Verdict
from screen.report.about import RunAbout, report_of
from screen.report.to_json import verdict_line
from screen.words import words


class VerdictLines:
    """The file verdicts.jsonl of a run, one line a photo, on disk as soon as the photo is done.

    Args:
        path: the file; its folder is made. What was there is replaced: who goes on with an interrupted run adds the
            results that are already known first.
        show_text: give the text that was read instead of its mask.

    Raises:
        OutputError: the file cannot be written; when opening it and with every line.
    """

    def __init__(self, path: Path, show_text: bool = False) -> None:
        self.path = path
        self.show_text = show_text
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file: IO[str] = path.open("w", encoding="utf-8", newline="\n")
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

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> VerdictLines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


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
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
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
