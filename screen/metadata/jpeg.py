"""Facts of JPEG files: their application segments, comments, and what follows the picture."""

from __future__ import annotations

from collections.abc import Iterator

from screen.containers import BrokenFileError, Part
from screen.containers import jpeg as container
from screen.metadata import exif, iptc, xmp
from screen.metadata.facts import Fact

XMP = b"http://ns.adobe.com/xap/1.0/\0"
EXTENDED_XMP = b"http://ns.adobe.com/xmp/extension/\0"
#: Bytes of an extended XMP segment before its text: name, GUID, full length, offset (XMP part 3, 1.1.3.1).
EXTENDED_HEAD = len(EXTENDED_XMP) + 40


def facts(data: bytes) -> Iterator[Fact]:
    """What the segments of a JPEG file say, and what stands behind its end; what is broken is a fact as well."""
    extended = b""
    try:
        for part in container.parts(data):
            payload = part.payload(data) if part.name != "scan" else b""
            if part.name == "APP1" and payload.startswith(EXTENDED_XMP):
                extended += payload[EXTENDED_HEAD:]
            else:
                yield from _of_part(part, payload)
    except BrokenFileError:
        yield Fact("other", "broken-part")
    if extended:
        yield from xmp.facts(extended)


def _of_part(part: Part, payload: bytes) -> Iterator[Fact]:
    if part.name == "APP0":
        yield from _jfif(payload)
    elif part.name == "APP1" and payload.startswith(b"Exif\0"):
        yield from exif.facts(payload[6:])
    elif part.name == "APP1" and payload.startswith(XMP):
        yield from xmp.facts(payload[len(XMP) :])
    elif part.name == "APP13" and b"8BIM" in payload:
        yield from iptc.photoshop(payload)
    elif part.name == "APP2":
        yield from _app2(payload)
    elif part.name == "COM":
        yield Fact("comment", "jpeg-comment", payload.decode("utf-8", "replace").strip("\0 "))
    elif part.name == "trailer" and payload.strip(b"\0"):
        yield from _trailer(payload)
    elif part.name.startswith("APP") and not payload.startswith(b"Adobe"):
        yield Fact("other", "jpeg-segment")


def _jfif(payload: bytes) -> Iterator[Fact]:
    if payload.startswith(b"JFXX\0") or (payload.startswith(b"JFIF\0") and payload[12:14] != b"\0\0"):
        yield Fact("thumbnail", "jfif")
    elif not payload.startswith(b"JFIF\0"):
        yield Fact("other", "jpeg-segment")


def _app2(payload: bytes) -> Iterator[Fact]:
    """A colour profile is needed and says nothing of people; MPF announces further pictures (CIPA DC-007)."""
    if payload.startswith(b"MPF\0"):
        yield Fact("several-pictures", "mpf")
    elif not payload.startswith(b"ICC_PROFILE\0"):
        yield Fact("other", "jpeg-segment")


def _trailer(payload: bytes) -> Iterator[Fact]:
    kind = "several-pictures" if payload.startswith(b"\xff\xd8\xff") else "trailer"
    yield Fact(kind, "trailer")
    for packet in xmp.packets(payload):
        yield from xmp.facts(packet)
