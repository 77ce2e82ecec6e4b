"""Facts of IPTC-IIM data sets and Photoshop's image resources."""

from __future__ import annotations

from collections.abc import Iterator

from screen.metadata.facts import Fact

#: Data sets of record 2 (IPTC-NAA Information Interchange Model 4.1): what says who, who made it, where and when.
NAMES = frozenset({15, 20, 25, 26, 27, 118})
CREDITS = frozenset({80, 85, 110, 115, 116})
COMMENTS = frozenset({5, 40, 105, 120, 121, 122})
PLACES = frozenset({90, 92, 95, 100, 101})
TIMES = frozenset({30, 35, 37, 38, 55, 60, 62, 63})
#: Image resources of Photoshop that are IPTC data, thumbnails, EXIF or XMP.
IPTC, THUMBNAILS = 0x0404, {0x0409, 0x040C}


def facts(block: bytes) -> Iterator[Fact]:
    """What a run of IPTC data sets says."""
    at = block.find(b"\x1c")
    while 0 <= at <= len(block) - 5 and block[at] == 0x1C:
        record, number = block[at + 1], block[at + 2]
        size = int.from_bytes(block[at + 3 : at + 5], "big")
        text = block[at + 5 : at + 5 + size].decode("utf-8", "replace").strip("\0 ")
        if record == 2 and number and text:
            yield _fact(number, text)
        at += 5 + size


def _fact(number: int, text: str) -> Fact:
    if number in NAMES | CREDITS | COMMENTS:
        return Fact("name" if number in NAMES else "credit" if number in CREDITS else "comment", "iptc", text)
    kind = "gps" if number in PLACES else "time" if number in TIMES else "other"
    return Fact(kind, "iptc")


def photoshop(block: bytes) -> Iterator[Fact]:
    """What Photoshop's image resources hold (Adobe Photoshop File Formats Specification, image resources section)."""
    at = block.find(b"8BIM")
    while 0 <= at <= len(block) - 12 and block[at : at + 4] == b"8BIM":
        kind = int.from_bytes(block[at + 4 : at + 6], "big")
        start = at + 6 + (block[at + 6] // 2 + 1) * 2
        size = int.from_bytes(block[start : start + 4], "big")
        payload = block[start + 4 : start + 4 + size]
        if kind == IPTC:
            yield from facts(payload)
        elif payload:
            yield Fact("thumbnail" if kind in THUMBNAILS else "other", "photoshop")
        at = start + 4 + size + size % 2
