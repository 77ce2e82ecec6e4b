"""Writing on its side: photos are often stored turned, and the detector of writing was made for lines that run across.

Lines that run up or down it sees in part or not at all. So if the first reading does not settle that the photo is
upright, a small view turned by a quarter is searched; and where lines run across there that the first reading did not
settle, the photo is read turned.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from screen.geometry import Quad
from screen.layout import Place
from screen.ocr import Line
from screen.ocr.quads import lengths, quad_of
from screen.ocr.regions import AROUND, Look, Network, Rectangle, Region, united
from screen.ocr.searching import BOLD, FAR, NEAR_SIDE, looked, reduced, regions_at
from screen.photo import Pixels

#: How many times longer than high a region must be to run across.
ACROSS = 1.2
#: Weight of lines that run across from which the photo is upright for certain, if others weigh a third at most.
SETTLED = 3.0
#: Weight of lines that run up, down or back from which the photo may be turned.
LEAST_SIDEWAYS = 1.0
#: Weight of a line from which nobody doubts how it runs.
CERTAIN = 1.0
#: How far around a line other lines of its sheet are looked for, in its heights.
ROOM = 1.0
#: How many times longer than high a mere trace of writing must be.
TRACE = 2.0
#: Lines are the same if they share this much of the smaller one.
SAME = 0.5
#: From this score on a line weighs something, and with so many letters and digits; more than MOST add nothing.
LEAST_SCORE, FEWEST, MOST = 0.55, 3, 12


def weight(line: Line) -> float:
    """How much a line says about how it runs, 0 to 3.5: readers make up short ones, and doubtful ones, in any turn."""
    letters = sum(character.isalnum() for character in line.text)
    if line.mirrored or letters < FEWEST or line.score <= LEAST_SCORE:
        return 0.0
    return float(min(letters, MOST) ** 0.5 * ((line.score - LEAST_SCORE) / (1 - LEAST_SCORE)) ** 2)


def turns_of(line: Line) -> int:
    """The clockwise quarter turns that make a line run to the right: one for a line that runs upwards."""
    x, y = Place(line.quad).direction
    return round(-float(np.arctan2(y, x)) / (np.pi / 2)) % 4


def weights_by_turn(lines: Sequence[Line]) -> list[float]:
    """The weights of lines added up, for each count of turns that makes them run to the right."""
    found = [0.0] * 4
    for line in lines:
        found[turns_of(line)] += weight(line)
    return found


def with_sideways(
    pixels: Pixels,
    lines: Sequence[Line],
    network: Network,
    read: Callable[[Pixels, Sequence[Region]], Sequence[Line]],
) -> tuple[Line, ...]:
    """The lines that were read, and those that are read only when the picture is turned by a quarter.

    Args:
        pixels: (height, width, 3) uint8 RGB.
        lines: what was read in it, in its pixels.
        network: the detector of writing.
        read: reads what is written in regions of a picture.
    """
    upright, *others = weights_by_turn(lines)
    if upright >= max(SETTLED, 3 * max(others)):
        return tuple(lines)
    height = pixels.shape[0]
    far = _far_turned(pixels, network)
    known = [rectangle_of(_quad_on(line.quad, height)) for line in lines if weight(line) >= CERTAIN]
    across = [one for one in far.regions if _runs_across(one) and not is_known(one, known)]
    places = _places(far, across, known, max(pixels.shape[:2]))
    if not across and not places:
        return tuple(lines)
    import cv2  # noqa: PLC0415

    held = np.asarray(cv2.rotate(pixels, cv2.ROTATE_90_CLOCKWISE), np.uint8)
    regions = [one for one in regions_at(held, network, far, places) if not is_known(one, known)]
    turned = [_turned_back(line, height) for line in read(held, regions)]
    upright, *others = weights_by_turn([*lines, *turned])
    if max(others) <= max(upright, LEAST_SIDEWAYS):
        # The detector takes more things for writing when they are turned: what cannot be read there is none.
        turned = [line for line in turned if line.text]
    return joined([*lines, *turned])


def joined(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines without those that better ones were read in place of, in the order in which they came."""
    order = sorted(range(len(lines)), key=lambda index: -_worth(lines[index]))
    kept: list[int] = []
    for index in order:
        if not any(_shared(lines[index].quad, lines[other].quad) > SAME for other in kept):
            kept.append(index)
    return tuple(lines[index] for index in sorted(kept))


def _worth(line: Line) -> float:
    """What was read beats what was only seen, and more letters read for certain beat fewer."""
    return line.score * min(len(line.text), MOST) ** 0.5 if line.text else line.score - 1


def _shared(one: Quad, other: Quad) -> float:
    """The area that both have, as a share of the smaller one."""
    import cv2  # noqa: PLC0415

    xs, ys = zip(*one, strict=True)
    us, vs = zip(*other, strict=True)
    if max(xs) < min(us) or max(us) < min(xs) or max(ys) < min(vs) or max(vs) < min(ys):
        return 0.0
    first, second = np.array(one, np.float32), np.array(other, np.float32)
    smaller = min(cv2.contourArea(first), cv2.contourArea(second))
    shared, _ = cv2.intersectConvexConvex(first, second)
    return float(shared / smaller) if smaller > 0 else 0.0


def _far_turned(pixels: Pixels, network: Network) -> Look:
    """What the smaller view shows, turned by a quarter clockwise; all in pixels of the turned picture."""
    import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    scale = min(1.0, FAR / max(height, width))
    view = np.asarray(cv2.rotate(reduced(pixels, scale), cv2.ROTATE_90_CLOCKWISE), np.uint8)
    look = looked(view, network, (height, width), highest=1.0)
    return Look(look.regions, tuple((*(round(edge / scale) for edge in rectangle),) for rectangle in look.small))


def _runs_across(region: Region) -> bool:
    long, high = lengths(region.quad)
    return long >= ACROSS * high


def _places(far: Look, across: Sequence[Region], known: Sequence[Rectangle], side: int) -> list[Rectangle]:
    """Where to look closer in the turned picture: around the lines that run across, and traces of such lines.

    Bold writing needs no closer look. Side is the longer one of the picture.
    """
    fine = [one for one in across if min(lengths(one.quad)) * NEAR_SIDE < BOLD * side]
    around = [_wider(rectangle_of(one.quad), ROOM * min(lengths(one.quad))) for one in fine]
    margin = 2 * AROUND * side / FAR
    traces = [
        trace
        for trace in far.small
        if any(_inside(trace, one) > 0 for one in around)
        or (
            trace[2] - trace[0] - margin >= TRACE * (trace[3] - trace[1] - margin)
            and not any(_inside(trace, other) > SAME for other in known)
        )
    ]
    return united([*around, *traces])


def is_known(region: Region, known: Sequence[Rectangle]) -> bool:
    """Does more than half of a region lie in one of these rectangles?"""
    return any(_inside(rectangle_of(region.quad), other) > SAME for other in known)


def rectangle_of(quad: Quad) -> Rectangle:
    """The upright rectangle round corners, in whole pixels."""
    xs, ys = zip(*quad, strict=True)
    return int(min(xs)), int(min(ys)), int(max(xs)) + 1, int(max(ys)) + 1


def _wider(box: Rectangle, more: float) -> Rectangle:
    return round(box[0] - more), round(box[1] - more), round(box[2] + more), round(box[3] + more)


def _inside(box: Rectangle, other: Rectangle) -> float:
    """The share of a box that lies in another one."""
    width = min(box[2], other[2]) - max(box[0], other[0])
    height = min(box[3], other[3]) - max(box[1], other[1])
    return max(0, width) * max(0, height) / max(1, (box[2] - box[0]) * (box[3] - box[1]))


def _turned_back(line: Line, height: int) -> Line:
    """A line of the picture turned by a quarter clockwise, in pixels of the picture as it was, so many pixels high."""
    words = tuple(replace(word, quad=_quad_back(word.quad, height)) for word in line.words)
    return replace(line, quad=_quad_back(line.quad, height), words=words)


def _quad_back(quad: Quad, height: int) -> Quad:
    return quad_of([(y, height - x) for x, y in quad])


def _quad_on(quad: Quad, height: int) -> Quad:
    """A quad of the picture, so many pixels high, in the picture turned by a quarter clockwise."""
    return quad_of([(height - y, x) for x, y in quad])
