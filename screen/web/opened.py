"""The folder that the page was opened with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from screen.records import Failure


@dataclass(frozen=True, slots=True)
class Opened:
    """The photos of a folder, and where their copies go."""

    folder: Path
    out: Path
    photos: tuple[tuple[Path, str], ...]
    failures: tuple[Failure, ...]
