"""The boxes of HEIC, HEIF and AVIF files (ISO/IEC 14496-12, 23008-12), as far as their items tell what is inside."""

from __future__ import annotations

from collections.abc import Iterator

from screen.containers.parts import BrokenFileError, Part


def boxes(data: bytes, start: int = 0, end: int | None = None) -> Iterator[Part]:
    """The boxes between two places of a file.

    Raises:
        BrokenFileError: a box ends behind the end.
    """
    at, end = start, len(data) if end is None else end
    while at + 8 <= end:
        size, head = int.from_bytes(data[at : at + 4], "big"), 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        stop = end if size == 0 else at + size
        if stop < at + head or stop > end:
            raise BrokenFileError("a box ends behind the end of the file")
        yield Part(data[at + 4 : at + 8].decode("latin-1"), at + head, stop)
        at = stop


def meta_boxes(data: bytes) -> Iterator[Part]:
    """The boxes inside the file's meta box; none if there is none.

    Raises:
        BrokenFileError: a box ends behind the end.
    """
    for box in boxes(data):
        if box.name == "meta":
            yield from boxes(data, box.start + 4, box.end)


def item_kinds(data: bytes) -> list[str]:
    """The kinds of all items: hvc1, av01, grid, Exif, mime, ...

    Raises:
        BrokenFileError: a box ends behind the end.
    """
    kinds: list[str] = []
    for box in meta_boxes(data):
        if box.name == "iinf":
            head = 6 if data[box.start] == 0 else 8
            kinds += [_kind(entry.payload(data)) for entry in boxes(data, box.start + head, box.end)]
    return kinds


def _kind(entry: bytes) -> str:
    """The kind that an item's entry names: behind version, flags, item number (16 or 32 bits) and protection."""
    place = 10 if entry[:1] == b"\3" else 8
    return entry[place : place + 4].decode("latin-1") if entry[:1] in {b"\2", b"\3"} else "mime"


def references(data: bytes) -> list[str]:
    """The kinds of all references between items: thmb for a thumbnail, auxl for an auxiliary picture, cdsc, dimg.

    Raises:
        BrokenFileError: a box ends behind the end.
    """
    found: list[str] = []
    for box in meta_boxes(data):
        if box.name == "iref":
            found += [entry.name for entry in boxes(data, box.start + 4, box.end)]
    return found
