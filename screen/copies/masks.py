"""Where to hide: a cover as a small mask that is whole inside and soft outwards only."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.geometry import Box, Quad, corners
from screen.records import Cover

#: What must be hidden is 255; what may shine through for the sake of a soft edge is less.
Alpha = npt.NDArray[np.uint8]

#: The soft edge outside of the region, as a share of its shorter side, and its limits in pixels.
EDGE, LEAST_EDGE, MOST_EDGE = 0.05, 2.0, 24.0
#: A region that touches the border of the photo goes on beyond it by this share of its side: what was cut off there
#: was part of the head, so the ellipse must not round off towards the border. Less where only hair was cut off.
BEYOND, HAIR_BEYOND = 0.5, 0.25
#: Writing is grown by this share of its height, in addition to the margin that the plan leaves: antialiased strokes.
TEXT_MARGIN, LEAST_TEXT_MARGIN = 0.05, 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Mask:
    """A region to hide.

    Attributes:
        box: the part of the photo that the mask holds, soft edge included.
        core: the part of it in which something is wholly hidden.
        alpha: (box.height, box.width) uint8: 255 wholly hidden, 0 untouched.
    """

    box: Box
    core: Box
    alpha: Alpha


def mask_of(cover: Cover, size: tuple[int, int]) -> Mask:
    """The mask of a cover in a photo of size (width, height).

    Every pixel that the region touches is wholly hidden; the soft edge lies outside of it.
    """
    if cover.shape == "ellipse":
        return _ellipse(cover.box, cover.inside, size)
    return _polygon(_grown_quad(cover.quad) if cover.quad else corners(cover.box), cover, size)


def _edge(width: float, height: float) -> float:
    return min(MOST_EDGE, max(LEAST_EDGE, EDGE * min(width, height)))


def _ellipse(box: Box, inside: Box | None, size: tuple[int, int]) -> Mask:
    left, top, right, bottom = _beyond_the_border(box, inside or box, size)
    (x, y), (a, b) = ((left + right) / 2, (top + bottom) / 2), ((right - left) / 2, (bottom - top) / 2)
    # Pixels reach half a pixel beyond their centres; the ellipse has to hold them whole.
    a, b = _holding(a + 0.75, b + 0.75, (x, y), inside)
    edge = _edge(2 * a, 2 * b)
    core = Box.around(x - a, y - b, x + a, y + b, size) or box
    area = Box.around(x - a - edge, y - b - edge, x + a + edge, y + b + edge, size) or box
    columns = (np.arange(area.left, area.right, dtype=np.float32) + np.float32(0.5 - x))[None, :]
    rows = (np.arange(area.top, area.bottom, dtype=np.float32) + np.float32(0.5 - y))[:, None]
    # Distance from the ellipse in pixels, to first order (Taubin 1991): f / |grad f| with f = r - 1.
    radius = np.sqrt((columns / np.float32(a)) ** 2 + (rows / np.float32(b)) ** 2)
    distance = (radius - 1) * np.float32(min(a, b))
    return Mask(area, core, _softened(distance, edge))


def _beyond_the_border(box: Box, face: Box, size: tuple[int, int]) -> tuple[float, float, float, float]:
    """The edges of the box, moved out where they touch the border of the photo; more where the face itself does."""

    def beyond(head: bool, cut: bool) -> float:
        return (BEYOND if cut else HAIR_BEYOND) if head else 0.0

    return (
        box.left - box.width * beyond(box.left <= 0, face.left <= 0),
        box.top - box.height * beyond(box.top <= 0, face.top <= 0),
        box.right + box.width * beyond(box.right >= size[0], face.right >= size[0]),
        box.bottom + box.height * beyond(box.bottom >= size[1], face.bottom >= size[1]),
    )


def _holding(a: float, b: float, centre: tuple[float, float], inside: Box | None) -> tuple[float, float]:
    """The half axes, enlarged in proportion until the ellipse holds all corners of the box inside."""
    if inside is None:
        return a, b
    reach = max(((x - centre[0]) / a) ** 2 + ((y - centre[1]) / b) ** 2 for x, y in corners(inside))
    factor = max(1.0, math.sqrt(reach) * 1.001)
    return a * factor, b * factor


def _grown_quad(quad: Quad) -> Quad:
    """The quad with a margin all around that follows the height of the line."""
    points = np.asarray(quad, np.float64)
    height = min(float(np.hypot(*(points[3] - points[0]))), float(np.hypot(*(points[2] - points[1]))))
    margin = max(LEAST_TEXT_MARGIN, TEXT_MARGIN * height)
    along, across = (
        _unit(points[1] - points[0] + points[2] - points[3]),
        _unit(points[3] - points[0] + points[2] - points[1]),
    )
    signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    grown = [tuple(p + margin * (s * along + t * across)) for p, (s, t) in zip(points, signs, strict=True)]
    return grown[0], grown[1], grown[2], grown[3]


def _unit(vector: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    length = float(np.hypot(*vector))
    return vector / length if length > 0 else vector


def _polygon(quad: Quad, cover: Cover, size: tuple[int, int]) -> Mask:
    xs, ys = zip(*quad, strict=True)
    core = Box.around(min(xs), min(ys), max(xs), max(ys), size) or cover.box
    height = min(math.dist(quad[0], quad[3]), math.dist(quad[1], quad[2]), core.height)
    edge = _edge(max(height, 1.0), max(height, 1.0))
    grown = Box.around(core.left - edge, core.top - edge, core.right + edge, core.bottom + edge, size) or core
    return Mask(grown, core, _softened(_distance_to(quad, grown), edge))


def _distance_to(quad: Quad, area: Box) -> npt.NDArray[np.float32]:
    """How many pixels each pixel of the area lies outside of the convex quad; 0 or less inside; float32."""
    points = np.asarray(quad, np.float64)
    if _signed_area(points) < 0:
        points = points[::-1]
    columns = (np.arange(area.left, area.right, dtype=np.float32) + np.float32(0.5))[None, :]
    rows = (np.arange(area.top, area.bottom, dtype=np.float32) + np.float32(0.5))[:, None]
    distance = np.full((area.height, area.width), -np.inf, np.float32)
    for start, end in zip(points, np.roll(points, -1, axis=0), strict=True):
        x, y = _unit(end - start)
        # The normal (y, -x) points outwards when the corners run clockwise on the screen.
        np.maximum(
            distance,
            (columns - np.float32(start[0])) * np.float32(y) - (rows - np.float32(start[1])) * np.float32(x),
            out=distance,
        )
    return distance - np.float32(0.75)


def _signed_area(points: npt.NDArray[np.float64]) -> float:
    x, y = points[:, 0], points[:, 1]
    return float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))


def _softened(distance: npt.NDArray[np.float32], edge: float) -> Alpha:
    """Alpha from the distance outside of the region: 255 up to 0, falling to 0 at the edge."""
    soft = np.clip((1 - distance / np.float32(edge)) * np.float32(255), 0, 255)
    return np.asarray(np.where(distance <= 0, 255, np.minimum(soft, 254)), np.uint8)
