"""Facts of PNG, WebP and GIF files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screen.containers import BrokenFileError, Part, parts_of
from screen.containers.png import text_of
from screen.metadata import exif, iptc, xmp
from screen.metadata.facts import Fact, words

#: Chunks of PNG and WebP that only serve to show the picture.
PLAIN = words(
    """IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT cICP mDCV cLLI acTL fcTL fdAT
    VP8 VP8L VP8X ALPH ANIM ANMF ICCP image control"""
)
#: ImageMagick writes other formats' metadata as hexadecimal text.
RAW = re.compile(r"Raw profile type (\S+)", re.IGNORECASE)


def facts(data: bytes) -> Iterator[Fact]:
    """What the chunks or blocks of such a file say; what is broken is a fact as well."""
    try:
        for part in parts_of(data):
            if part.name not in PLAIN:
                yield from _of_part(part, part.payload(data))
    except BrokenFileError:
        yield Fact("other", "broken-part")


def _of_part(part: Part, payload: bytes) -> Iterator[Fact]:
    if part.name in {"tEXt", "zTXt", "iTXt"}:
        yield from _text(part.name, payload)
    elif part.name in {"eXIf", "EXIF"}:
        yield from exif.facts(payload.removeprefix(b"Exif\0\0"))
    elif part.name == "XMP":
        yield from xmp.facts(payload)
    elif part.name == "tIME":
        yield Fact("time", "png-time")
    elif part.name == "comment":
        yield Fact("comment", "gif-comment", payload[1:].decode("utf-8", "replace").strip("\0 "))
    elif part.name == "application":
        yield from _application(payload)
    elif part.name == "trailer":
        yield from [Fact("trailer", "trailer")] if payload.strip(b"\0") else []
    else:
        yield Fact("other", "chunk")


def _application(payload: bytes) -> Iterator[Fact]:
    """A GIF application block; NETSCAPE2.0 and ANIMEXTS1.0 only say how often an animation runs."""
    if payload[1:12] == b"XMP DataXMP":
        yield from xmp.facts(payload[12:])
    elif payload[1:12] not in {b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"}:
        yield Fact("other", "chunk")


def _text(name: str, payload: bytes) -> Iterator[Fact]:
    try:
        keyword, text = text_of(name, payload)
    except BrokenFileError:
        yield Fact("other", "png-text")
        return
    if keyword == "XML:com.adobe.xmp":
        yield from xmp.facts(text)
    elif match := RAW.match(keyword):
        yield from _raw(match.group(1).lower(), text)
    elif keyword in {"Author", "Copyright"}:
        yield Fact("credit", "png-text", text.decode("utf-8", "replace"))
    elif keyword.lower() in {"creation time", "date:create", "date:modify", "date:timestamp"}:
        yield Fact("time", "png-text")
    elif keyword in {"Software", "Source"}:
        yield Fact("device", "png-text")
    else:
        yield Fact("comment", "png-text", text.decode("utf-8", "replace"))


def _raw(kind: str, text: bytes) -> Iterator[Fact]:
    """A hexadecimal profile: its name, its length, then the bytes."""
    lines = text.strip().split(b"\n")
    try:
        block = bytes.fromhex(b"".join(lines[2:]).decode("ascii"))
    except (ValueError, UnicodeDecodeError):
        yield Fact("other", "png-text")
        return
    if kind in {"exif", "app1"} and b"http://ns.adobe.com/xap" not in block[:40]:
        yield from exif.facts(block.removeprefix(b"Exif\0\0"))
    elif kind in {"xmp", "app1"}:
        yield from (fact for packet in xmp.packets(block) for fact in xmp.facts(packet))
    elif kind in {"iptc", "8bim"}:
        yield from (iptc.photoshop(block) if b"8BIM" in block else iptc.facts(block))
    elif kind not in {"icc", "icm"}:
        yield Fact("other", "png-text")
