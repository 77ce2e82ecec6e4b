"""One thing that is hidden in a file."""

from __future__ import annotations

from dataclasses import dataclass

from screen.geometry import Box

#: Left, top, right, bottom as shares of width and height of the picture as it is stored.
Region = tuple[float, float, float, float]


def words(text: str) -> frozenset[str]:
    """The words of a text, as a set: for tables of names."""
    return frozenset(text.split())


@dataclass(frozen=True, slots=True)
class Fact:
    """Something hidden.

    Attributes:
        kind: gps, device, time, name, region, thumbnail, credit, comment, trailer, several-pictures or other.
        where: exif, xmp, iptc, photoshop, jpeg-comment, png-text, sidecar, ...
        text: what it says, where that may name people; empty otherwise.
        region: the part of the picture to which it belongs.
        count: how many there are.
        upright: is the region that of the upright picture, and not of the one that is stored?
    """

    kind: str
    where: str
    text: str = ""
    region: Region | None = None
    count: int = 1
    upright: bool = False


def upright_region(region: Region, orientation: int, size: tuple[int, int]) -> Box | None:
    """The region in pixels of the upright photo of size (width, height); None if nothing of it is inside.

    Args:
        region: as the file says, for the picture as stored (Metadata Working Group, Guidelines 2.0, section 5.9).
        orientation: the file's EXIF orientation, 1 to 8.
        size: of the upright photo.
    """
    left, top, right, bottom = region
    if orientation in {5, 6, 7, 8}:
        left, top, right, bottom = top, left, bottom, right
    if orientation in {2, 3, 6, 7}:
        left, right = 1 - right, 1 - left
    if orientation in {3, 4, 7, 8}:
        top, bottom = 1 - bottom, 1 - top
    width, height = size
    left, right = (round(edge * width, 4) for edge in (left, right))
    top, bottom = (round(edge * height, 4) for edge in (top, bottom))
    return Box.around(left, top, right, bottom, size)
