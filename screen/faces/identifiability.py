"""How well somebody can be recognised by a face: clear, marginal or none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from screen.faces.heads import facing
from screen.geometry import Box
from screen.photo import Photo
from screen.records import Landmark

# EN 62676-4 asks for 250, 125 and 62.5 pixels a metre to identify, recognise and observe a person: with a face 16 cm
# wide that is 40, 20 and 10 px across.
IDENTIFY, RECOGNISE, OBSERVE = 40, 20, 10
#: Sharpness from which a face counts as sharp: a blur of a fortieth of its width lies below (docs/measurements.md).
SHARP = 0.45
#: Fine to coarse detail of a sharp picture: see sharpness().
FINE_TO_COARSE = 0.55
#: Facing this far to a side is a profile.
PROFILE = 0.7


def identifiability(width: int, sharpness: float | None) -> str:
    """Clear, marginal or none.

    A blurred face is never none while it is larger than 20 px: people who know somebody need no sharp picture (Sinha et
    al., Face recognition by humans: nineteen results, 2006).
    """
    if width < OBSERVE:
        return "none"
    if width < IDENTIFY or (sharpness is not None and sharpness < SHARP):
        return "marginal"
    return "clear"


def pose(landmarks: Sequence[Landmark]) -> str:
    """Frontal or profile."""
    return "profile" if abs(facing(landmarks)) >= PROFILE else "frontal"


def sharpness(photo: Photo, face: Box) -> float | None:
    """How much of the detail that identifies a face is there, 0 to 1; None for faces too small to have any.

    Compares, in a picture of 40 px across, detail finer than one pixel's spread with that of one to four. In sharp
    pictures of nature both are of one order (amplitudes fall as 1/f: Field 1987); blur takes the finer one away first.
    """
    if face.width < IDENTIFY:
        return None
    import cv2  # noqa: PLC0415

    high = max(8, round(IDENTIFY * face.height / face.width / 4) * 4)
    crop = cv2.resize(photo.pixels[face.as_slices()], (IDENTIFY, high), interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY).astype(np.float32)
    soft, softer = cv2.GaussianBlur(grey, (0, 0), 1), cv2.GaussianBlur(grey, (0, 0), 4)
    fine, coarse = np.std(grey - soft), np.std(soft - softer)
    return float(min(1.0, fine / coarse / FINE_TO_COARSE)) if coarse > 0 else 0.0
