"""Is a face depicted: on a card, a poster, a screen or in a frame? Nobody stands there, but somebody may be shown.

A picture of somebody ends at its edges: around the head lies a closed outline of four straight sides, and no body
crosses it. Behind people there are frames, windows and boards too, but their bodies cut through the lower edge.
And a grey face in a photo with colours is print or pencil.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np

from screen.faces.frames import has_frame
from screen.faces.looking import part_view
from screen.geometry import Box
from screen.inference import Floats
from screen.photo import Photo, Pixels

#: The looks at the surroundings: how far they reach from the middle of the face, in its long side, and how many pixels
#: that side then has. The first is for cards and portraits, the second for screens and posters.
LOOKS = ((3.5, 36), (8.0, 16))
#: Lower thresholds of the edge finder (Canny; the upper is three times as high): strong outlines, and weak ones too.
EDGES = (20, 45, 90, 140)
#: Deviation of an outline from four straight sides, as a share of its length.
STRAIGHT = 0.03
#: Corners of a card seen at an angle: the largest cosine, 60 to 120 degrees.
CORNER = 0.5
#: What the outline must hold: the face with this much of its width and height around it, hair and chin included.
MARGIN = 0.12
#: Outlines with larger sides than this, in the long side of the face, say nothing about it.
LARGEST = 14.0
#: Narrower faces (in pixels of the photo) have too little around them to tell.
LEAST_WIDTH = 14
#: Colourfulness (mean of the distance from grey, 0 to 255) up to which a face is grey, and from which a photo is not.
GREY, COLOURED = 5.0, 16.0


def is_depicted(photo: Photo, face: Box) -> bool:
    """Is a face on a card, a poster, a screen or in a frame, as far as its outline and colours tell?"""
    return face.width >= LEAST_WIDTH and (is_grey(photo, face) or is_framed(photo, face))


def is_grey(photo: Photo, face: Box) -> bool:
    """Is the face without colour in a photo with colours?"""
    inner = face.grown(-0.2, -0.2, -0.2, photo.size)
    crop = photo.view(inner, max_side=32, keep=False).pixels
    return colourfulness(crop) <= GREY and colourfulness(photo.view(max_side=1280).pixels[::8, ::8]) >= COLOURED


def colourfulness(pixels: Pixels) -> float:
    """Mean distance from grey: the spread of the three colours, 0 to 255."""
    return float((pixels.max(axis=2).astype(np.float32) - pixels.min(axis=2)).mean())


def is_framed(photo: Photo, face: Box) -> bool:
    """Does a closed outline of four straight sides lie around the face, not too large and not cut by the photo?"""
    return any(_framed_within(photo, face, *look) for look in LOOKS)


def _framed_within(photo: Photo, face: Box, reach: float, pixels: int) -> bool:
    longest = max(face.width, face.height)
    x, y = face.centre
    part = Box.around(x - reach * longest, y - reach * longest, x + reach * longest, y + reach * longest, photo.size)
    if part is None:
        return False
    side = max(1, round(max(part.width, part.height) * pixels / longest))
    view = part_view(photo, part, side)
    scale = view.scale
    left, right = ((edge - part.left) * scale for edge in (face.left, face.right))
    top, bottom = ((edge - part.top) * scale for edge in (face.top, face.bottom))
    return has_outline(view.pixels, (left, top, right, bottom)) or has_frame(view.pixels, (left, top, right, bottom))


def has_outline(pixels: Pixels, face: tuple[float, float, float, float]) -> bool:
    """Does a closed outline of four straight sides hold a face?

    Args:
        pixels: (height, width, 3) uint8 RGB around a face.
        face: its left, top, right and bottom in them.
    """
    import cv2  # noqa: PLC0415

    left, top, right, bottom = face
    wide, high = MARGIN * (right - left), MARGIN * (bottom - top)
    held = (left - wide, top - high, right + wide, bottom + high)
    largest = LARGEST * max(right - left, bottom - top)
    for lower in EDGES:
        edges = np.asarray(cv2.dilate(cv2.Canny(pixels, lower, 3 * lower), np.ones((3, 3), np.uint8)), np.uint8)
        if any(_holds(corners, held) for corners in four_sided(edges, held, largest)):
            return True
    return False


def four_sided(edges: Pixels, held: tuple[float, float, float, float], largest: float) -> Iterator[Floats]:
    """Corners, (4, 2), of the closed outlines of four straight sides in a picture of edges.

    Args:
        edges: (height, width), 0 where there is none.
        held: left, top, right and bottom of what they must hold; outlines that cannot are left out.
        largest: sides longer than this are left out, in pixels.
    """
    import cv2  # noqa: PLC0415

    height, width = edges.shape
    for contour in cv2.findContours(edges, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)[0]:
        left, top, wide, high = cv2.boundingRect(contour)
        reaches = left <= held[0] and top <= held[1] and left + wide >= held[2] and top + high >= held[3]
        if not reaches or left <= 1 or top <= 1 or left + wide >= width - 1 or top + high >= height - 1:
            continue
        corners = cv2.approxPolyDP(contour, STRAIGHT * cv2.arcLength(contour, True), True).reshape(-1, 2)
        if len(corners) == 4 and cv2.isContourConvex(corners) and _is_even(corners.astype(np.float32), largest):
            yield corners.astype(np.float32)


def _is_even(corners: Floats, largest: float) -> bool:
    """Are all corners near enough to right angles, and all sides short enough?"""
    sides = np.roll(corners, -1, axis=0) - corners
    lengths = np.linalg.norm(sides, axis=1)
    cosines = np.abs((sides * np.roll(sides, -1, axis=0)).sum(axis=1)) / np.maximum(
        lengths * np.roll(lengths, -1), 1e-6
    )
    return bool(cosines.max() <= CORNER and lengths.max() <= largest)


def _holds(corners: Floats, held: tuple[float, float, float, float]) -> bool:
    import cv2  # noqa: PLC0415

    points = itertools.product(held[::2], held[1::2])
    return all(cv2.pointPolygonTest(corners, point, measureDist=False) >= 0 for point in points)
