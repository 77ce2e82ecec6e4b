"""Which way up a scene is, whatever it shows: a small network of our own sees the photo in four turns.

It gives each turn a number, the higher the more upright the picture looks. Sky and ground, tables, plants and buildings
tell; a plate from above or a heap of fruit does not, and then all four numbers are alike. models/train_orientation.py
makes it, models/scenes.md says what it was made from.

Most photos are upright and look so at once. Where the whole does not, its four corners and its mirror image are looked
at too: what misleads in the whole (a shadow, a cable, a reflection) rarely does in all of them.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from screen.inference import compiled
from screen.photo import Photo, Pixels
from screen.quality.contours import SHARED_VIEW

#: Pixels a side that the network sees; with 160 it errs twice as often.
SIDE = 224
#: Lead of the first turn over the others from which a photo looks upright at once.
CLEAR = 1.5
#: How much of width and height a corner has, and how much the whole counts beside its corners and mirror image.
CORNER, WHOLE = 0.7, 1 / 3
#: The turns of a mirror image in the order of those of the picture.
MIRRORED = [0, 3, 2, 1]
#: A number for each of four turns.
Numbers = npt.NDArray[np.float64]


def upright_by_turn(photo: Photo) -> Numbers:
    """How upright the photo looks after 0 to 3 quarter turns clockwise: four numbers, logarithms of likelihoods.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    pixels = photo.view(max_side=SHARED_VIEW).pixels
    whole = numbers_of(pixels)
    return whole if looks_upright(whole) else looked_closer(whole, pixels)


def looks_upright(numbers: Numbers) -> bool:
    """Is the first turn clearly ahead of the others?"""
    return float(numbers[0] - numbers[1:].max()) >= CLEAR


def looked_closer(whole: Numbers, pixels: Pixels) -> Numbers:
    """The numbers of a picture, of its four corners and of its mirror image, weighed.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    height, width = round(CORNER * pixels.shape[0]), round(CORNER * pixels.shape[1])
    upper, lower = pixels[:height], pixels[-height:]
    corners = upper[:, :width], upper[:, -width:], lower[:, :width], lower[:, -width:]
    closer = [*map(numbers_of, corners), numbers_of(pixels[:, ::-1])[MIRRORED]]
    return np.asarray(WHOLE * whole + (1 - WHOLE) * np.mean(closer, axis=0), np.float64)


def numbers_of(pixels: Pixels) -> Numbers:
    """What the network says of a picture in four turns.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    import cv2  # noqa: PLC0415

    small = cv2.resize(np.ascontiguousarray(pixels), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    turned = np.stack([np.rot90(small, -turns) for turns in range(4)])
    (answers,) = compiled("scenes", exact=False, of_pixels=True)(turned)
    return np.asarray(answers[:, 0], np.float64)
