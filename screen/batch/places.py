"""Where photos lie: files of this machine or of shared storage, and URLs of any storage that fsspec knows."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import Any

from screen.batch.discovery import unsupported
from screen.batch.running import Task
from screen.errors import MissingDependencyError, PhotoError, UsageError
from screen.photo import (
    ENDINGS,
    MOST_BYTES,
    MOST_SIDECAR_BYTES,
    UNSUPPORTED,
    Photo,
    open_photo,
    photo_from_bytes,
    read_file,
    read_sidecars,
)
from screen.records import Failure

Sidecars = tuple[tuple[str, bytes], ...]
#: Endings of the files beside a photo that describe it; in place of its own ending, and behind it.
_INSTEAD = (".xmp", ".XMP", ".json", ".aae", ".AAE")
_BEHIND = (".xmp", ".json", ".supplemental-metadata.json")


def is_url(place: str) -> bool:
    """Is this a URL of some storage, as s3://bucket/folder, and not a path?"""
    scheme, slashes, _ = place.partition("://")
    return bool(slashes) and len(scheme) > 1 and scheme.replace("+", "").isalnum()


def open_task(task: Task) -> Photo:
    """The photo of a task, from its path or its URL; errors as of screen.photo.open_photo."""
    if not task.url:
        return open_photo(task.path, task.source)
    data, sidecars = bytes_of(task)
    photo = photo_from_bytes(data, task.source)
    return replace(photo, sidecars=sidecars)


def bytes_of(task: Task) -> tuple[bytes, Sidecars]:
    """The bytes of a photo and (name, bytes) of its sidecars.

    Raises:
        PhotoError: it cannot be read.
    """
    if not task.url:
        return read_file(task.path, task.source), read_sidecars(task.path)
    storage, path = _storage(task.url)
    try:
        size = _size(storage, path)
        if size <= MOST_BYTES:
            return bytes(storage.cat_file(path)), _sidecars(storage, path)
    except FileNotFoundError as error:
        message = "{name}: there is no such file. Check the name and the folder."
        raise PhotoError("missing", message, name=task.source) from error
    except Exception as error:  # every storage has errors of its own
        message = "{name}: the file cannot be read ({strerror}). Check its permissions."
        raise PhotoError("unreadable", message, name=task.source, strerror=type(error).__name__) from error
    message = "{name}: the file has {size} MB. Save a smaller copy and screen that."
    raise PhotoError("too-large", message, name=task.source, size=size // 2**20)


def _size(storage: Any, path: str) -> int:
    return int(storage.info(path)["size"] or 0)


def _sidecars(storage: Any, path: str) -> Sidecars:
    stem = posixpath.splitext(path)[0]
    folder = {posixpath.basename(name): name for name in storage.ls(posixpath.dirname(path), detail=False)}
    wanted = (posixpath.basename(f"{stem}{end}") for end in _INSTEAD)
    wanted_too = (posixpath.basename(f"{path}{end}") for end in _BEHIND)
    found = {name: folder[name] for name in (*wanted, *wanted_too) if name in folder}
    small = [(name, place) for name, place in found.items() if _size(storage, place) <= MOST_SIDECAR_BYTES]
    return tuple(sorted((name, bytes(storage.cat_file(place))) for name, place in small))


def discover_url(folder: str) -> tuple[tuple[Task, ...], tuple[Failure, ...]]:
    """The photos below a URL, by their endings, and what cannot be screened; sorted by name.

    Raises:
        UsageError: there is no such folder, or no photo in it.
        MissingDependencyError: fsspec, or its package for this storage, is not installed.
    """
    storage, root = _storage(folder)
    if not storage.isdir(root):
        raise UsageError("{folder}: there is no such folder. Check the name.", folder=folder)
    tasks, failures = [], []
    for path in sorted(storage.find(root)):
        name = posixpath.relpath(path, root)
        ending = posixpath.splitext(path)[1].lower()
        if ending in ENDINGS and not posixpath.basename(path).startswith("._"):
            tasks.append(Task(source=name, url=storage.unstrip_protocol(path)))
        elif ending in UNSUPPORTED:
            failures.append(unsupported(name))
    if not tasks and not failures:
        raise UsageError(
            "{folder}: no photos in this folder (JPEG, PNG, HEIC, WebP, TIFF, GIF, BMP, AVIF).", folder=folder
        )
    return tuple(tasks), tuple(failures)


def _storage(url: str) -> tuple[Any, str]:
    """The fsspec file system for a URL, and the path in it."""
    command = "pip install 'photoscreen[dask]'"
    try:
        import fsspec  # noqa: PLC0415

        storage, path = fsspec.core.url_to_fs(url)
    except ImportError as error:
        raise MissingDependencyError(
            "{url}: this storage cannot be read ({error}). Install what is missing; for fsspec itself: {command}",
            url=url,
            error=error,
            command=command,
        ) from error
    except ValueError as error:
        raise UsageError("{url}: this kind of storage is not known ({error}).", url=url, error=error) from error
    return storage, str(path)
