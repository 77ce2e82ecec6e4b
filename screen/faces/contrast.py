"""How much each place stands out as small faces do: redder than what is around it, and with detail.

A face of five pixels gives a face model next to nothing to go by, but it differs in colour from hair, clothes and walls
around it. Blood makes skin of every shade redder than grey (Angelopoulou, Understanding the color of human skin, 2001),
and what counts is the difference from the surroundings, so that neither light nor dark skin is asked for.
"""

from __future__ import annotations

import numpy as np

from screen.inference import Floats
from screen.photo import Pixels

#: Edges of the squares that are compared, in pixels: about a face, and what is around it.
FACE, AROUND = 5, 19
#: The same for brightness: finer, for the edges of hair and chin.
FINE, COARSE = 3, 13
#: Skin has more red than that and less blue than this (Cr and Cb, 128 being grey) in all but coloured light.
RED, BLUE = 130, 126


def stands_out(pixels: Pixels, edge: int) -> Floats:
    """How much squares of that edge stand out, (rows, columns), 0 for plain ones; grey ones by their detail alone.

    Args:
        pixels: (height, width, 3) uint8 RGB.
        edge: of the squares, in pixels; the last ones may reach beyond the picture.
    """
    import cv2  # noqa: PLC0415

    grey, red, blue = cv2.split(cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb))
    soft, softer = cv2.blur(red, (FACE, FACE)), cv2.blur(red, (AROUND, AROUND))
    skin = (soft > RED) & (cv2.blur(blue, (FACE, FACE)) < BLUE)
    redder = cv2.subtract(soft, softer) * skin
    detail = cv2.absdiff(cv2.blur(grey, (FINE, FINE)), cv2.blur(grey, (COARSE, COARSE)))
    return (_most(np.asarray(redder, np.uint8), edge) + 1) * _most(np.asarray(detail, np.uint8), edge)


def _most(values: Pixels, edge: int) -> Floats:
    """The largest value in each square."""
    below, beside = (-side % edge for side in values.shape)
    padded = np.pad(values, ((0, below), (0, beside)))
    rows, columns = (side // edge for side in padded.shape)
    most = padded.reshape(rows, edge, columns, edge).max(axis=1).max(axis=2)
    return np.asarray(most, np.float32)
