"""One part of an image file."""

from __future__ import annotations

from dataclasses import dataclass


class BrokenFileError(ValueError):
    """The file ends in the middle of a part, or a part is no part of its format."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment, chunk or block.

    Attributes:
        name: APP1, COM, SOS, IDAT, tEXt, VP8, comment, ...; scan for the coded picture of a JPEG, trailer for what
            follows the end of the file's format.
        start: where its payload starts in the file, in bytes.
        end: just behind its payload.
    """

    name: str
    start: int
    end: int

    def payload(self, data: bytes) -> bytes:
        """The payload, out of the bytes of the file."""
        return data[self.start : self.end]
