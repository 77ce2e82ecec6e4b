"""Which files of a folder tree are photos, and what could not be looked into."""

from __future__ import annotations

import logging
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from screen.errors import UsageError
from screen.photo import UNSUPPORTED, is_picture
from screen.records import Failure

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What a folder holds: sorted (path, name relative to the folder with slashes) of photos; and what was not read."""

    photos: tuple[tuple[Path, str], ...]
    failures: tuple[Failure, ...]


def discover(folder: Path, skip: Callable[[Path], bool] = lambda path: False) -> Found:
    """The photos below a folder, links out of it not followed.

    Args:
        folder: the tree to look through.
        skip: tells files and folders to leave out: reports and copies of our own.

    Raises:
        UsageError: the folder is missing, no folder, or holds no photo at all.
    """
    if not folder.exists():
        raise UsageError("{folder}: there is no such folder. Check the name.", folder=folder)
    if not folder.is_dir():
        raise UsageError(
            "{folder}: this is no folder. For single photos use: photoscreen check {folder}", folder=folder
        )
    failures: list[Failure] = []
    photos = sorted(_walk(folder, folder, skip, failures), key=lambda found: found[1])
    if not photos and not failures:
        raise UsageError(
            "{folder}: no photos in this folder (JPEG, PNG, HEIC, WebP, TIFF, GIF, BMP, AVIF).", folder=folder
        )
    return Found(tuple(photos), tuple(failures))


def _walk(
    folder: Path, root: Path, skip: Callable[[Path], bool], failures: list[Failure]
) -> Iterator[tuple[Path, str]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        name = _name(folder, root)
        message = (
            f"{name}: this folder cannot be read ({error.strerror}). Check its permissions; its photos were not seen."
        )
        failures.append(Failure(name, "unreadable", message))
        return
    for entry in entries:
        path = Path(entry.path)
        if skip(path):
            log.info("left out: %s is output of photoscreen", _name(path, root))
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root, skip, failures)
        elif _is_file_inside(path, root, entry.is_symlink()):
            if path.suffix.lower() in UNSUPPORTED:
                failures.append(unsupported(_name(path, root)))
            elif is_picture(path):
                yield path, _name(path, root)


def unsupported(name: str) -> Failure:
    """What is said of a photo or film of a kind that cannot be screened."""
    message = f"{name}: photos and films of this kind cannot be screened. Save photos as JPEG; look at films yourself."
    return Failure(name, "unsupported", message)


def _is_file_inside(path: Path, root: Path, link: bool) -> bool:
    """A regular file, or a link to one inside the tree."""
    try:
        if link and not path.resolve(strict=True).is_relative_to(root.resolve()):
            return False
        # "._IMG.jpg" is what macOS leaves beside a photo on foreign drives: no picture, though named like one.
        return stat.S_ISREG(path.stat().st_mode) and not path.name.startswith("._")
    except (OSError, RuntimeError):
        return False


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path != root else "."
