"""The chunks of a PNG file (W3C PNG, third edition, section 5)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from screen.containers.parts import BrokenFileError, Part

SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Bytes that a compressed text is unpacked to at the most; a guard against bombs.
MOST_TEXT = 4 * 2**20


def parts(data: bytes) -> Iterator[Part]:
    """Chunks in order, and what follows IEND as "trailer".

    Raises:
        BrokenFileError: the file ends in the middle of a chunk or before IEND.
    """
    at = len(SIGNATURE)
    name = ""
    while name != "IEND":
        end = at + 8 + int.from_bytes(data[at : at + 4], "big")
        if at + 12 > len(data) or end + 4 > len(data):
            raise BrokenFileError("a chunk ends behind the end of the file")
        name = data[at + 4 : at + 8].decode("latin-1")
        yield Part(name, at + 8, end)
        at = end + 4
    if at < len(data):
        yield Part("trailer", at, len(data))


def text_of(name: str, payload: bytes) -> tuple[str, bytes]:
    """Keyword and text of a tEXt, zTXt or iTXt chunk; compressed texts are unpacked, up to MOST_TEXT bytes.

    Raises:
        BrokenFileError: the compressed text cannot be unpacked.
    """
    keyword, _, rest = payload.partition(b"\0")
    packed = name == "zTXt"
    if packed:
        rest = rest[1:]
    elif name == "iTXt":
        packed, rest = rest[:1] == b"\1", rest[2:]
        _, _, rest = rest.partition(b"\0")
        _, _, rest = rest.partition(b"\0")
    return keyword.decode("latin-1"), unpacked(rest) if packed else rest


def unpacked(packed: bytes) -> bytes:
    """A zlib stream, unpacked to MOST_TEXT bytes at the most.

    Raises:
        BrokenFileError: it is no zlib stream.
    """
    try:
        return zlib.decompressobj().decompress(packed, MOST_TEXT)
    except zlib.error as error:
        raise BrokenFileError("a compressed text cannot be unpacked") from error
