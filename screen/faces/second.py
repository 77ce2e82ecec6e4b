"""A second opinion by a detector of another kind, before a photo is said to show no faces."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from screen.faces import THRESHOLDS, DetectedFace
from screen.faces.blazeface import BlazeFace
from screen.faces.looking import SHARED_VIEW, in_photo
from screen.faces.verification import Verifier
from screen.geometry import Box
from screen.photo import Photo, View

#: Score from which BlazeFace's word counts: on photos without people it says so once in thirty.
LEAST = 0.7
#: The network sees 192 pixels; tiles of this share of the long side let it see faces of a twentieth of it.
TILE = 0.5
#: How much neighbouring tiles share.
OVERLAP = 0.4


def second_opinion(photo: Photo, verifier: Verifier) -> list[DetectedFace]:
    """Faces that BlazeFace sees, verified like all others.

    Where the first model does not agree, the score is that of a face at strict sensitivity: the photo is not called
    free of faces as long as one of the two sees one.
    """
    found = [
        face for view in views(photo) for face in in_photo(BlazeFace().detect(view.pixels, LEAST), view, "blazeface")
    ]
    verified = verifier.verified([replace(face, landmarks=()) for face in found], [(face.score,) for face in found])
    return [replace(face, score=max(face.score, THRESHOLDS["strict"])) for face in verified]


def views(photo: Photo) -> Iterator[View]:
    """The whole photo, and overlapping tiles of it, all cut from the shared view."""
    base = photo.view(max_side=SHARED_VIEW, enlarge=True)
    yield base
    height, width = base.pixels.shape[:2]
    side = round(TILE * max(height, width))
    for top, left in itertools.product(_starts(height, side), _starts(width, side)):
        pixels = base.pixels[top : top + side, left : left + side]
        corner, far = base.point_to_photo(left, top), base.point_to_photo(left + pixels.shape[1], top + pixels.shape[0])
        box = Box.around(*corner, *far, photo.size)
        if box is not None:
            yield View(pixels, box, photo.size)


def _starts(length: int, side: int) -> list[int]:
    """Where tiles of that side start, so that neighbours share OVERLAP of it or more."""
    if length <= side:
        return [0]
    count = int(np.ceil((length - side) / (side * (1 - OVERLAP)))) + 1
    return [round(start) for start in np.linspace(0, length - side, count)]
