"""The blocks of a GIF file (GIF89a specification)."""

from __future__ import annotations

from collections.abc import Iterator

from screen.containers.parts import BrokenFileError, Part

_EXTENSIONS = {0x01: "plain-text", 0xF9: "control", 0xFE: "comment", 0xFF: "application"}


def parts(data: bytes) -> Iterator[Part]:
    """Blocks in order: image, control, comment, application, plain-text; then what follows the end as "trailer".

    The payload of an extension keeps the length bytes of its sub-blocks.

    Raises:
        BrokenFileError: the file ends in the middle of a block.
    """
    try:
        yield from _blocks(data)
    except IndexError as error:
        raise BrokenFileError("the file ends in the middle of a block") from error


def _blocks(data: bytes) -> Iterator[Part]:
    at = 13 + _table(data[10])
    while data[at] != 0x3B:
        if data[at] == 0x21:
            name, at = _EXTENSIONS.get(data[at + 1], "extension"), at + 2
        elif data[at] == 0x2C:
            name, at = "image", at + 11 + _table(data[at + 9])
        else:
            raise BrokenFileError("there are bytes between two blocks")
        start = at
        while data[at]:
            at += 1 + data[at]
        yield Part(name, start, at)
        at += 1
    if at + 1 < len(data):
        yield Part("trailer", at + 1, len(data))


def _table(flags: int) -> int:
    """Bytes of the colour table that these flags announce."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0
