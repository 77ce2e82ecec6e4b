"""The segments of a JPEG file (ITU-T T.81, annex B)."""

from __future__ import annotations

from collections.abc import Iterator

from screen.containers.parts import BrokenFileError, Part

_NAMES = {0xC4: "DHT", 0xC8: "JPG", 0xCC: "DAC", 0xDA: "SOS", 0xDB: "DQT", 0xDC: "DNL", 0xDD: "DRI", 0xFE: "COM"}
_NAMES |= {0xE0 + number: f"APP{number}" for number in range(16)}
_NAMES |= {0xC0 + number: f"SOF{number}" for number in range(16) if number not in {4, 8, 12}}


def parts(data: bytes) -> Iterator[Part]:
    """Segments in order, the coded data as "scan", and what follows EOI as "trailer".

    Raises:
        BrokenFileError: the file ends before EOI, or bytes that are no segment lie between two of them.
    """
    at = 2
    while True:
        marker, at = _marker(data, at)
        if marker == 0xD9:
            break
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            yield Part(f"marker {marker:02X}", at, at)
            continue
        end = at + int.from_bytes(data[at : at + 2], "big")
        if end < at + 2 or end > len(data):
            raise BrokenFileError("a segment ends behind the end of the file")
        yield Part(_NAMES.get(marker, f"marker {marker:02X}"), at + 2, end)
        at = end
        if marker == 0xDA:
            at = _scan_end(data, end)
            yield Part("scan", end, at)
    if at < len(data):
        yield Part("trailer", at, len(data))


def _marker(data: bytes, at: int) -> tuple[int, int]:
    """The marker that starts here, and where it ends; any number of fill bytes 0xFF may come before it."""
    if at + 1 >= len(data):
        raise BrokenFileError("the file ends before its end marker")
    if data[at] != 0xFF:
        raise BrokenFileError("there are bytes between two segments")
    while at < len(data) and data[at] == 0xFF:
        at += 1
    if at >= len(data) or data[at] == 0:
        raise BrokenFileError("a marker is missing")
    return data[at], at + 1


def _scan_end(data: bytes, at: int) -> int:
    """Where the coded data end: before the first marker that is neither a stuffed zero nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise BrokenFileError("the coded picture is cut off")
        if data[at + 1] not in {0x00, 0xFF, *range(0xD0, 0xD8)}:
            return at
        at += 1 if data[at + 1] == 0xFF else 2
