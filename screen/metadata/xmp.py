"""Facts of XMP packets: who is in the picture and where, who made it, when, with what."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

from screen.metadata.facts import Fact, Region, words

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
#: Properties by local name, in lower case: namespaces change with program and version, these names do not.
NAMES = words(
    """personinimage personinimagewdetails personname subject tagslist hierarchicalsubject lastkeywordxmp
    lastkeywordiptc keywords catalogsets people categories"""
)
CREDITS = words(
    """creator rights credit usageterms webstatement copyrightowner copyrightownername authorsposition source artist
    copyright attributionname attributionurl imagecreator imagecreatorname captionwriter"""
)
COMMENTS = words(
    """title description headline label caption usercomment imagedescription instructions event
    alttextaccessibility"""
)
PLACES = words(
    """city state country countrycode countryname location sublocation provincestate locationcreated locationshown
    worldregion"""
)
TIMES = ("date", "createdate", "modifydate", "metadatadate", "datetime", "gpsdatestamp", "when")
DEVICES = words(
    "make model lens lensmodel serialnumber lensserialnumber bodyserialnumber creatortool software hostcomputer"
)
#: What says nothing about people, places or devices, and the fields of regions.
HARMLESS = words(
    """format orientation xresolution yresolution resolutionunit colorspace pixelxdimension pixelydimension
    imagewidth imagelength bitspersample compression photometricinterpretation rating colormode iccprofile
    toolkit x y w h unit type name regions regionlist regioninfo appliedtodimensions area rectangle persondisplayname
    version about parsetype"""
)
#: A packet, wherever in a file it stands.
PACKET = re.compile(rb"<x:x[am]pmeta\b.*?</x:x[am]pmeta>|<rdf:RDF\b.*?</rdf:RDF>", re.DOTALL)


def packets(data: bytes) -> Iterator[bytes]:
    """The XMP packets in any bytes."""
    return (match.group() for match in PACKET.finditer(data))


def facts(packet: bytes, where: str = "xmp") -> Iterator[Fact]:
    """What an XMP packet says; one fact "other" for one that breaks the rules of XML or of XMP."""
    root = _parsed(packet)
    if root is None:
        yield Fact("other", where)
        return
    regions = list(_regions(root, where))
    properties = list(_properties(root))
    yield from regions
    for name, text in properties:
        if kind := _kind(name):
            yield Fact(kind, where, text if kind in {"name", "credit", "comment"} else "")
    if not regions and not properties and "".join(root.itertext()).strip():
        yield Fact("other", where)


def _parsed(packet: bytes) -> Any:
    tree = _parser()
    # What stands before is a processing instruction or a byte-order mark; entities can be declared there, too.
    start = packet.find(b"<?xpacket end")
    try:
        return tree.fromstring(packet[: start if start > 0 else None].strip(b"\0 \r\n\t\xef\xbb\xbf"))
    except (tree.ParseError, ValueError):  # defusedxml's refusals are ValueErrors
        return None


@functools.cache
def _parser() -> Any:
    from defusedxml import ElementTree  # noqa: PLC0415

    return ElementTree


def _kind(name: str) -> str:
    """The kind of fact of a property's local name; empty for what says nothing about people, places or devices."""
    low = name.lower()
    groups: tuple[tuple[str, Iterable[str]], ...] = (
        ("name", NAMES), ("credit", CREDITS), ("comment", COMMENTS), ("gps", PLACES), ("device", DEVICES),
    )  # fmt: skip
    for kind, names in groups:
        if low in names:
            return kind
    if low.startswith("gps"):
        return "gps"
    if low.startswith(TIMES):
        return "time"
    return "" if low in HARMLESS else "other"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _properties(root: Any) -> Iterator[tuple[str, str]]:
    """Local name and text of all properties outside of region lists: elements, items of lists, and attributes."""
    for description in root.iter(f"{RDF}Description"):
        yield from _attributes(description)
        for element in description:
            name = _local(element.tag)
            if name.lower() in {"regions", "regioninfo"}:
                continue
            texts = [text.strip() for text in element.itertext() if text.strip()]
            yield from ((name, text) for text in texts)
            for inner in element.iter():
                yield from _attributes(inner)


def _attributes(element: Any) -> Iterator[tuple[str, str]]:
    for tag, text in element.attrib.items():
        if not tag.startswith(RDF) and "xml/1998/namespace" not in tag and text.strip():
            yield _local(tag), text.strip()


def _regions(root: Any, where: str) -> Iterator[Fact]:
    """Named regions: mwg-rs (Metadata Working Group 2.0) of the stored picture, MP (Microsoft Photo) of the upright."""
    for holder in root.iter():
        name = _local(holder.tag).lower()
        if name == "regionlist":
            yield from (_mwg(item, where) for item in _items(holder))
        elif name == "regions" and "microsoft" in holder.tag:
            yield from (_microsoft(item, where) for item in _items(holder))


def _items(holder: Any) -> list[Any]:
    return list(holder.iter(f"{RDF}li"))


def _value(item: Any, name: str) -> str:
    """The value of a field of a region, written as an attribute or as an element."""
    for element in item.iter():
        for tag, text in element.attrib.items():
            if _local(tag).lower() == name:
                return str(text).strip()
        if _local(element.tag).lower() == name and (element.text or "").strip():
            return str(element.text).strip()
    return ""


def _mwg(item: Any, where: str) -> Fact:
    x, y, w, h = (_number(_value(item, name)) for name in "xywh")
    region = None
    if x is not None and y is not None and w and h:
        region = (x - w / 2, y - h / 2, x + w / 2, y + h / 2)
    return Fact("region", where, _value(item, "name") or _value(item, "description"), region)


def _microsoft(item: Any, where: str) -> Fact:
    numbers = [_number(part) for part in _value(item, "rectangle").split(",")]
    region: Region | None = None
    if len(numbers) == 4 and None not in numbers:
        left, top, width, height = (number or 0.0 for number in numbers)
        region = (left, top, left + width, top + height)
    return Fact("region", where, _value(item, "persondisplayname"), region, upright=True)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
