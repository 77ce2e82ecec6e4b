"""Small photos once more, enlarged: much writing that is blurred, dim or slanted is found in larger pixels only.

Photos with more pixels need no such look: their small writing is looked at closer where it leaves a trace.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np

from screen.ocr import Line
from screen.ocr.quads import lengths
from screen.ocr.regions import Network, Rectangle, Region, distinct
from screen.ocr.searching import is_cut, looked
from screen.ocr.sideways import is_known, joined, rectangle_of, weight
from screen.photo import Pixels

#: How many times larger a photo is looked at, at most.
LARGER = 1.5
#: Pixels of the enlarged photo, at most, which bounds the time that this look takes.
MOST = 2.1e6
#: From more pixels than this on the photo is looked at in two parts, which bounds the memory.
AT_ONCE = 1.25e6
#: Share of the longer side that both parts show, so that a word is whole in one of them.
BOTH = 0.2
#: Less than this much larger is the same view again.
LEAST = 1.15
#: Weight of a line from which it is not read again.
CERTAIN = 1.5
#: Score from which a line that only this look shows counts, if it has so many letters and digits: where there is no
#: writing the detector finds more to take for it in larger pixels, which is read as a sign or two, or as none.
SURE, FEWEST = 0.72, 2
#: Share of the photo's shorter side that a line may have as its height.
HIGHEST = 0.5
#: Pixels of a view within which a region reaches its edge.
EDGE = 3


def with_enlarged(
    pixels: Pixels,
    lines: Sequence[Line],
    network: Network,
    read: Callable[[Pixels, Sequence[Region]], Sequence[Line]],
) -> tuple[Line, ...]:
    """The lines that were read, and those that are read, or read better, where a small photo is looked at enlarged.

    Args:
        pixels: (height, width, 3) uint8 RGB.
        lines: what was read in it, in its pixels.
        network: the detector of writing.
        read: reads what is written in regions of a picture.
    """
    height, width = pixels.shape[:2]
    scale = min(LARGER, (MOST / (height * width)) ** 0.5)
    if scale < LEAST:
        return tuple(lines)
    known = [rectangle_of(line.quad) for line in lines if weight(line) >= CERTAIN]
    seen = _regions(pixels, network, scale)
    more = read(pixels, [region for region in seen if not is_known(region, known)])
    return joined([*lines, *(line for line in more if _is_sure(line))])


def _regions(pixels: Pixels, network: Network, scale: float) -> list[Region]:
    """Places with writing in an array, looked for in one or two enlarged views; never a place that a view cuts."""
    import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    found: list[Region] = []
    for spot in _parts(width, height, scale):
        left, top, right, bottom = spot
        shape = round((right - left) * scale), round((bottom - top) * scale)
        view = np.asarray(cv2.resize(pixels[top:bottom, left:right], shape, interpolation=cv2.INTER_CUBIC), np.uint8)
        seen = looked(view, network, (right - left, bottom - top), (left, top), HIGHEST, most=math.inf).regions
        found += [region for region in seen if not is_cut(region, spot, (width, height), EDGE / scale)]
    return distinct(sorted(found, key=lambda region: -max(lengths(region.quad))), (width, height))


def _parts(width: int, height: int, scale: float) -> list[Rectangle]:
    """Left, top, right and bottom of what is enlarged at once: all of it, or two parts along the longer side."""
    if width * height * scale**2 <= AT_ONCE:
        return [(0, 0, width, height)]
    long = round(max(width, height) * (1 + BOTH) / 2)
    if width >= height:
        return [(0, 0, long, height), (width - long, 0, width, height)]
    return [(0, 0, width, long), (0, height - long, width, height)]


def _is_sure(line: Line) -> bool:
    return line.score >= SURE and sum(sign.isalnum() for sign in line.text) >= FEWEST
