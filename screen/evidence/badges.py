"""Whose badge is it? The face above it."""

from __future__ import annotations

from collections.abc import Iterable

from screen.geometry import Box

#: A badge, a number or a name on a shirt hangs on the upper body: so far to the sides and below the chin, in widths
#: and heights of the face. An upper body is about three heads wide and three high (drawing canons; eight heads a body).
SIDES, BELOW = 1.0, 3.5


def wearer(badge: Box, faces: Iterable[tuple[int, Box]]) -> int | None:
    """The index of the face above the badge: the nearest whose upper body holds its middle; None if there is none.

    Args:
        badge: the writing.
        faces: (index, box) of the faces.
    """
    x, y = badge.centre
    found = []
    for index, face in faces:
        beside = abs(x - face.centre[0])
        below = y - face.top
        if beside <= (0.5 + SIDES) * face.width and 0 <= below <= (1 + BELOW) * face.height:
            found.append((beside / face.width + below / face.height, index))
    return min(found)[1] if found else None
