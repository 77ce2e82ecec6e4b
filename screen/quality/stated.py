"""What a file says about which way up its picture is: EXIF orientations, several if it contradicts itself."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from screen.containers import parts_of
from screen.containers.parts import BrokenFileError
from screen.photo import Photo

#: EXIF's tag Orientation (CIPA DC-008, 0x0112).
ORIENTATION = 0x0112
#: Names of the parts of files that hold a block of EXIF: JPEG, PNG, WebP.
_HOLDERS = frozenset({"APP1", "eXIf", "EXIF"})


def stated_orientations(photo: Photo) -> tuple[int, ...]:
    """The orientations (1 to 8) that the EXIF blocks of the file state, without repeats, in order.

    Empty where there is no file, no EXIF in it, or where its parts cannot be told. For formats with one block (HEIF and
    TIFF) it is what was read when the file was opened.
    """
    try:
        found = tuple(dict.fromkeys(_stated(photo.file)))
    except BrokenFileError:
        found = ()
    return found or ((photo.exif_orientation,) if photo.exif_orientation != 1 else ())


def contradicts_itself(photo: Photo) -> bool:
    """Does the file state several orientations? Programs then show it in different ways."""
    return len(stated_orientations(photo)) > 1


def _stated(data: bytes) -> Iterator[int]:
    for part in parts_of(data):
        if part.name in _HOLDERS:
            value = orientation_in(part.payload(data).removeprefix(b"Exif\0\0"))
            if value is not None:
                yield value


def orientation_in(block: bytes) -> int | None:
    """The orientation in the first directory of a TIFF block (as EXIF is), 1 to 8; None if it states none."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        return None
    try:
        (start,) = struct.unpack_from(order + "I", block, 4)
        (count,) = struct.unpack_from(order + "H", block, start)
        for number in range(count):
            tag, kind, _, value = struct.unpack_from(order + "HHIH", block, start + 2 + 12 * number)
            if tag == ORIENTATION and kind == 3:
                return value if 1 <= value <= 8 else None
    except struct.error:
        return None
    return None
