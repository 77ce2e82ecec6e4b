"""Facts of EXIF blocks, read by ExifRead."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterator, Mapping
from typing import Any

from screen.metadata import iptc, xmp
from screen.metadata.facts import Fact, words

#: What any camera's file must say about its picture, and what says nothing about people, places or devices.
HARMLESS = words(
    """Orientation XResolution YResolution ResolutionUnit YCbCrPositioning YCbCrCoefficients YCbCrSubSampling
    ReferenceBlackWhite WhitePoint PrimaryChromaticities ColorSpace ExifVersion FlashPixVersion ComponentsConfiguration
    CompressedBitsPerPixel ExifImageWidth ExifImageLength ExifOffset GPSInfo InteroperabilityOffset
    InteroperabilityIndex InteroperabilityVersion Compression ImageWidth ImageLength BitsPerSample
    PhotometricInterpretation StripOffsets
    SamplesPerPixel RowsPerStrip StripByteCounts PlanarConfiguration Predictor ExtraSamples SampleFormat NewSubfileType
    SubfileType TileWidth TileLength TileOffsets TileByteCounts FillOrder T4Options T6Options JPEGTables ColorMap
    JPEGInterchangeFormat JPEGInterchangeFormatLength Gamma SubIFDs GPSVersionID TransferFunction PageNumber
    InterColorProfile Padding PixelXDimension PixelYDimension"""
)
CREDITS = frozenset({"Artist", "Copyright", "XPAuthor", "CameraOwnerName", "OwnerName", "Photographer", "ImageEditor"})
NAMES = frozenset({"XPKeywords", "DocumentName"})
COMMENTS = frozenset(
    {"ImageDescription", "UserComment", "XPTitle", "XPComment", "XPSubject", "ImageHistory", "PageName"}
)
#: Reads behind the end of a block, of one value each, after which it is given up.
MOST_MISSING = 20_000
TIMES = ("DateTime", "SubSecTime", "OffsetTime", "TimeZoneOffset", "PreviewDateTime")


def facts(block: bytes, where: str = "exif", *, pages: bool = False) -> Iterator[Fact]:
    """What a TIFF block says.

    Args:
        block: starts with its byte order.
        where: what the facts say of their place.
        pages: the block is a TIFF file, whose second directory is a page and no thumbnail.
    """
    tags = _tags(block)
    if not tags:
        yield Fact("other", where)
    for name, tag in tags.items():
        group, _, short = name.partition(" ")
        if group in {"JPEGThumbnail", "TIFFThumbnail"}:
            yield Fact("thumbnail", where)
        elif short == "ApplicationNotes":
            yield from xmp.facts(_bytes(tag), "xmp")
        elif short == "IPTC/NAA":
            yield from iptc.facts(_bytes(tag))
        elif not (group == "Thumbnail" and pages):
            yield from _fact(group, short, tag, where)


def _fact(group: str, name: str, tag: Any, where: str) -> Iterator[Fact]:
    if group == "GPS" and name != "GPSVersionID":
        yield Fact("gps", where)
    elif name in HARMLESS or (group == "Thumbnail" and not _text(name, tag)):
        return
    elif name in CREDITS or name in NAMES or name in COMMENTS:
        if text := _text(name, tag):
            yield Fact("credit" if name in CREDITS else "name" if name in NAMES else "comment", where, text)
    elif name.startswith(TIMES):
        yield Fact("time", where)
    else:
        yield Fact("device", where)


def _text(name: str, tag: Any) -> str:
    """What a tag says in words; XP tags are UTF-16, UserComment names its code in eight bytes."""
    values = getattr(tag, "values", "")
    if isinstance(values, str):
        return values.strip("\0 ")
    raw = _bytes(tag)
    if name.startswith("XP"):
        return raw.decode("utf-16-le", "ignore").strip("\0 ")
    if name == "UserComment":
        code = {b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "iso2022_jp"}.get(raw[:8], "utf-8")
        return raw[8:].decode(code, "ignore").strip("\0 ")
    return ""


def _bytes(tag: Any) -> bytes:
    values = getattr(tag, "values", b"")
    if isinstance(values, str):
        return values.encode("utf-8", "ignore")
    try:
        return bytes(values)
    except (TypeError, ValueError):
        return b""


class _Block(io.BytesIO):
    """A block that ends the reading of millions of values that are not there, as broken and hostile files claim."""

    missing = 0

    def read(self, size: int | None = -1, /) -> bytes:
        data = super().read(size)
        self.missing += not data
        if self.missing > MOST_MISSING:
            raise EOFError("the block claims far more than it holds")
        return data


def _tags(block: bytes) -> Mapping[str, Any]:
    """All tags that ExifRead finds; none where the block is broken."""
    try:
        found: Mapping[str, Any] = _exifread().process_file(_Block(block), details=True, truncate_tags=False)
    except Exception:  # noqa: BLE001  hostile blocks raise anything; that something is there is reported all the same
        return {}
    return found


@functools.cache
def _exifread() -> Any:
    """ExifRead, its log silenced: it would write what it reads."""
    import logging  # noqa: PLC0415

    import exifread  # noqa: PLC0415

    logging.getLogger("exifread").setLevel(logging.CRITICAL + 1)
    return exifread
