"""All safe copies in one ZIP file, made while it is sent."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, cast

from screen.web.entries import Saved

#: Every entry says this moment: when a copy was made is nobody's business.
MOMENT = (1980, 1, 1, 0, 0, 0)
PIECE = 1 << 20


class _Pipe:
    """A file to write to, of which the pieces are taken as they come."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: Any) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """There is nothing to flush."""

    def taken(self) -> bytes:
        data, self.pieces = b"".join(self.pieces), []
        return data


def zipped(saved: Sequence[Saved], out: Path | None) -> Iterator[bytes]:
    """The pieces of a ZIP file that holds these copies, named as they lie below out; names are made to differ.

    Args:
        saved: the copies.
        out: the folder of copies; those elsewhere keep their last name only.
    """
    pipe, names = _Pipe(), set[str]()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_STORED) as archive:
        for number, item in enumerate(saved, 1):
            path = Path(item.copy.path)
            name = _name(path, out)
            if name in names:
                name = f"{number}-{path.name}"
            names.add(name)
            info = zipfile.ZipInfo(name, MOMENT)
            info.external_attr = 0o600 << 16
            with archive.open(info, "w") as entry, path.open("rb") as file:
                while piece := file.read(PIECE):
                    entry.write(piece)
                    yield pipe.taken()
    yield pipe.taken()


def _name(path: Path, out: Path | None) -> str:
    if out is not None and path.resolve().is_relative_to(out.resolve()):
        return path.resolve().relative_to(out.resolve()).as_posix()
    return path.name
