"""Where writing is in a whole photo: two small views, and closer looks where writing is small."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np

from screen.layout import Place
from screen.ocr.quads import lengths
from screen.ocr.regions import AROUND, HIGHEST, Cutting, Look, Network, Rectangle, Region, distinct, look_at, united
from screen.photo import Pixels

#: Long sides of the two views in which writing is looked for. The detector finds capitals of 5 to 60 pixels, and
#: capitals of 3 pixels leave a trace; measured in docs/measurements.md.
FAR, NEAR_SIDE = 640, 1280
#: How many times larger small writing is looked at again, up to full size.
CLOSER = 2.25
#: Edges of these closer looks are multiples of this, since the network is prepared anew for each shape.
GRID = 64
#: Share of the shorter side of a closer look that a line may have as its height.
CLOSE_HIGHEST = 0.6
#: Height in the larger view from which writing is taken as the smaller view shows it.
BOLD = 40.0
#: Mean probability in a region below which it is looked at closer, and the height in the larger view up to which it is.
LOOSE, LOW = 0.65, 60.0
#: Height in pixels at which a block that may hold lines is looked at, at most.
BLOCK = 224.0
#: Lines of a block of two are less high than this share of it, and their middles this share of it apart.
LOWER, APART = 0.75, 0.3
#: Pixels that the detector gets at once, which bounds its memory. In one piece it sees most; only a lone small line on
#: a plain wall is seen in tiles alone.
WHOLE, AT_ONCE = 1.25e6, 0.8e6


def regions_of(pixels: Pixels, network: Network) -> list[Region]:
    """Places with writing in an array: looked for in two small views, and again at a larger scale where it is small."""
    height, width = pixels.shape[:2]
    scale = min(1.0, NEAR_SIDE / max(height, width))
    view = reduced(pixels, scale)
    near = looked(view, network, (width, height), most=WHOLE)
    if scale < 1 and not near.regions:
        near = looked(view, network, (width, height), most=AT_ONCE)
    far = looked(reduced(view, min(1.0, FAR / max(view.shape[:2]))), network, (width, height), highest=1.0)
    return _with_closer(pixels, network, near, far)


def regions_at(pixels: Pixels, network: Network, far: Look, places: Iterable[Rectangle]) -> list[Region]:
    """The same where the smaller view was looked at already, and the larger one needs to be looked at in places only.

    Args:
        pixels: (height, width, 3) uint8 RGB.
        network: the detector.
        far: what the smaller view gave, its regions in pixels of the array.
        places: where to look in the larger view, in pixels of the array.
    """
    height, width = pixels.shape[:2]
    scale = min(1.0, NEAR_SIDE / max(height, width))
    regions: list[Region] = []
    small: list[Rectangle] = []
    for spot in united(_spot(place, 1.0, scale, (width, height)) for place in places):
        left, top, right, bottom = spot
        view = reduced(pixels[top:bottom, left:right], scale)
        near = looked(view, network, (right - left, bottom - top), (left, top), CLOSE_HIGHEST)
        regions += [region for region in near.regions if not is_cut(region, spot, (width, height), 3 / scale)]
        x, y = round(left * scale), round(top * scale)
        small += [(x1 + x, y1 + y, x2 + x, y2 + y) for x1, y1, x2, y2 in near.small]
    return _with_closer(pixels, network, Look(tuple(regions), tuple(small)), far)


def _with_closer(pixels: Pixels, network: Network, near: Look, far: Look) -> list[Region]:
    """The regions of both views, and of closer looks where writing is small."""
    height, width = pixels.shape[:2]
    scale = min(1.0, NEAR_SIDE / max(height, width))
    close: list[Region] = []
    if scale < 1:
        larger = min(1.0, CLOSER * scale)
        for spot in united(_spot(rectangle, scale, larger, (width, height)) for rectangle in _whole(near, scale)):
            left, top, right, bottom = spot
            closer = reduced(pixels[top:bottom, left:right], larger)
            seen = looked(closer, network, (right - left, bottom - top), (left, top), CLOSE_HIGHEST).regions
            close += [region for region in seen if not is_cut(region, spot, (width, height), 3 / larger)]
    kept = [region for region in near.regions if not holds_lines(region, close)]
    lines = [*close, *kept]
    alone = [region for region in far.regions if not holds_lines(region, lines)]
    bold = [region for region in alone if min(lengths(region.quad)) * scale >= BOLD]
    return distinct([*bold, *lines, *alone], (width, height))


def lines_in(pixels: Pixels, blocks: Sequence[Region], network: Network) -> list[Region]:
    """Lines inside regions that could not be read: a sheet of small writing is sometimes taken for one word."""
    height, width = pixels.shape[:2]
    found: list[Region] = []
    for block in blocks:
        scale = min(1.0, CLOSER * NEAR_SIDE / max(height, width), BLOCK / min(lengths(block.quad)))
        xs, ys = zip(*block.quad, strict=True)
        rectangle = int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1
        left, top, right, bottom = _spot(rectangle, 1.0, scale, (width, height))
        view = reduced(pixels[top:bottom, left:right], scale)
        found += looked(view, network, (right - left, bottom - top), (left, top)).regions
    found = distinct(found, (width, height))
    return [region for region in found if any(holds_lines(block, [region]) for block in blocks)]


def reduced(pixels: Pixels, scale: float) -> Pixels:
    """The array at that scale, at most its own; each new pixel the mean of those that it stands for."""
    import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    while min(width, height) >= 2 and 2 * size[0] <= width and 2 * size[1] <= height:
        # Halving is so much quicker than any other scale that it pays to halve first.
        width, height = width // 2, height // 2
        even = pixels[: 2 * height, : 2 * width]
        pixels = np.asarray(cv2.resize(even, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    if scale >= 1 or size == (width, height):
        return pixels
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def looked(
    view: Pixels,
    network: Network,
    size: tuple[int, int],
    origin: tuple[int, int] = (0, 0),
    highest: float = HIGHEST,
    most: float = AT_ONCE,
) -> Look:
    """What is seen in a view; its regions in pixels of the array of which it shows size pixels, from origin on."""
    x, y = size[0] / view.shape[1], size[1] / view.shape[0]
    seen = look_at(view, network, most, Cutting(), highest)
    return Look(tuple(region.moved(origin, (x, y)) for region in seen.regions), seen.small)


def _whole(look: Look, scale: float) -> list[Rectangle]:
    """The rectangles of small writing, with all of each region that reaches into one, in pixels of the view.

    A region that the map fills in part only counts as small writing: it may be two lines run together.
    """
    regions, loose = [], []
    for region in look.regions:
        xs, ys = zip(*region.quad, strict=True)
        left, top, right, bottom = (round(edge * scale) for edge in (min(xs), min(ys), max(xs), max(ys)))
        regions.append((left - 6, top - 6, right + 6, bottom + 6))
        if region.score < LOOSE and min(lengths(region.quad)) * scale < LOW:
            loose.append((left - AROUND, top - AROUND, right + AROUND, bottom + AROUND))
    found = []
    for small in (*look.small, *loose):
        meeting = [r for r in regions if r[0] < small[2] and r[2] > small[0] and r[1] < small[3] and r[3] > small[1]]
        lefts, tops, rights, bottoms = zip(small, *meeting, strict=True)
        found.append((min(lefts), min(tops), max(rights), max(bottoms)))
    return found


def is_cut(region: Region, spot: Rectangle, size: tuple[int, int], margin: float) -> bool:
    """Does a region reach the edge of a closer look, inside of the photo? Then a part of the line may lie beyond."""
    xs, ys = zip(*region.quad, strict=True)
    left, top, right, bottom = spot
    return (
        (left > 0 and min(xs) < left + margin)
        or (top > 0 and min(ys) < top + margin)
        or (right < size[0] and max(xs) > right - margin)
        or (bottom < size[1] and max(ys) > bottom - margin)
    )


def _spot(rectangle: Rectangle, scale: float, larger: float, size: tuple[int, int]) -> Rectangle:
    """A rectangle of a view in pixels of the array, widened so that its larger view has one of few shapes."""
    ends = []
    for low, high, whole in ((rectangle[0], rectangle[2], size[0]), (rectangle[1], rectangle[3], size[1])):
        long = min(whole, math.ceil(math.ceil((high - low) / scale * larger / GRID) * GRID / larger))
        start = round((low + high) / 2 / scale - long / 2)
        start = min(max(0, start), whole - long)
        ends.append((start, start + long))
    return ends[0][0], ends[1][0], ends[0][1], ends[1][1]


def holds_lines(region: Region, others: Sequence[Region]) -> bool:
    """Is it a sheet or a block taken for a word: does it hold a line less than half as high, or two lines side by side?

    Two lines of a block are each hardly more than half as high as it is.
    """
    long, high = lengths(region.quad)
    x, y = Place(region.quad).direction
    across = (-y, x) if long >= high else (x, y)
    xs, ys = zip(*region.quad, strict=True)
    places = []
    for other in others:
        middle = Place(other.quad).centre
        share = min(lengths(other.quad)) / max(1.0, min(long, high))
        if min(xs) < middle[0] < max(xs) and min(ys) < middle[1] < max(ys) and share < LOWER:
            if share < 0.5:
                return True
            places.append(middle[0] * across[0] + middle[1] * across[1])
    return len(places) > 1 and max(places) - min(places) > APART * min(long, high)
