"""The chunks of a WebP file (RFC 9649, section 2)."""

from __future__ import annotations

from collections.abc import Iterator

from screen.containers.parts import BrokenFileError, Part


def parts(data: bytes) -> Iterator[Part]:
    """Chunks in order, and what follows the length that RIFF gives as "trailer".

    Raises:
        BrokenFileError: the file ends in the middle of a chunk.
    """
    whole = 8 + int.from_bytes(data[4:8], "little")
    if whole > len(data):
        raise BrokenFileError("the file is shorter than it says")
    at = 12
    while at + 8 <= whole:
        end = at + 8 + int.from_bytes(data[at + 4 : at + 8], "little")
        if end > whole:
            raise BrokenFileError("a chunk ends behind the end of the file")
        yield Part(data[at : at + 4].decode("latin-1").strip(), at + 8, end)
        at = end + end % 2
    if whole < len(data):
        yield Part("trailer", whole, len(data))
