"""What an image file is made of: its segments, chunks or blocks, without decoding the picture.

The metadata check reads what is hidden in these parts; the proof shows that a safe copy has only those it needs.
"""

from __future__ import annotations

from screen.containers import gif, jpeg, png, webp
from screen.containers.parts import BrokenFileError, Part

__all__ = ["BrokenFileError", "Part", "kind_of", "parts_of"]

_READERS = {"JPEG": jpeg.parts, "PNG": png.parts, "WEBP": webp.parts, "GIF": gif.parts}


def kind_of(data: bytes) -> str:
    """JPEG, PNG, WEBP or GIF by the first bytes; empty for other files."""
    if data[:3] == b"\xff\xd8\xff":
        return "JPEG"
    if data[:8] == png.SIGNATURE:
        return "PNG"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    return "GIF" if data[:6] in {b"GIF87a", b"GIF89a"} else ""


def parts_of(data: bytes) -> tuple[Part, ...]:
    """The parts of a JPEG, PNG, WebP or GIF file in order; what follows its end is a part named trailer.

    Raises:
        BrokenFileError: it is none of these, or ends in the middle of a part.
    """
    kind = kind_of(data)
    if not kind:
        raise BrokenFileError("this is no JPEG, PNG, WebP or GIF file")
    return tuple(_READERS[kind](data))
