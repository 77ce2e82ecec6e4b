"""Facts of HEIC, HEIF and AVIF files: EXIF and XMP items, thumbnails, auxiliary pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from screen.containers import BrokenFileError
from screen.containers.boxes import item_kinds, references
from screen.metadata import exif, xmp
from screen.metadata.facts import Fact

#: The head of an EXIF item (ISO/IEC 23008-12, annex A); some writers leave the first six bytes out.
EXIF = re.compile(rb"Exif\0\0(?=II\*\0|MM\0\*)")
#: Bytes of an EXIF item that are read at the most.
MOST_EXIF = 2**20
#: Kinds of items that are pictures or parts of them; how many there are is told by the photo itself.
PICTURES = frozenset({"hvc1", "av01", "avc1", "jpeg", "j2k1", "grid", "iovl", "iden", "unci", "vvc1"})


def facts(data: bytes) -> Iterator[Fact]:
    """What the items of such a file say; what is broken is a fact as well."""
    try:
        kinds, links = item_kinds(data), references(data)
    except BrokenFileError:
        kinds, links = [], []
        yield Fact("other", "broken-part")
    starts = [match.end() for match in EXIF.finditer(data)]
    for start in starts:
        yield from exif.facts(data[start : start + MOST_EXIF])
    if "Exif" in kinds and not starts:
        yield from exif.facts(data)
    packets = list(xmp.packets(data))
    for packet in packets:
        yield from xmp.facts(packet)
    if kinds.count("mime") > len(packets):
        yield Fact("other", "item")
    for kind in sorted(set(kinds) - PICTURES - {"Exif", "mime"}):
        yield Fact("several-pictures" if kind == "tmap" else "other", "item", count=kinds.count(kind))
    for link, kind in (("thmb", "thumbnail"), ("auxl", "several-pictures")):
        if count := links.count(link):
            yield Fact(kind, "item", count=count)
