"""Which way up a scene is, whatever it shows: a small network of our own sees the photo in four turns.

It gives each turn a number, the higher the more upright the picture looks. Sky and ground, tables, plants and buildings
tell; a plate from above or a heap of fruit does not, and then all four numbers are alike. models/train_orientation.py
makes it, models/scenes.md says what it was made from.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from screen.inference import compiled
from screen.photo import Photo
from screen.quality.contours import SHARED_VIEW

#: Pixels a side that the network sees; with 160 it errs twice as often.
SIDE = 224


def upright_by_turn(photo: Photo) -> npt.NDArray[np.float64]:
    """How upright the photo looks after 0 to 3 quarter turns clockwise: four numbers, logarithms of likelihoods.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    import cv2  # noqa: PLC0415

    pixels = photo.view(max_side=SHARED_VIEW).pixels
    small = cv2.resize(pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    turned = np.stack([np.rot90(small, -turns) for turns in range(4)])
    (answers,) = compiled("scenes", exact=False, of_pixels=True)(turned)
    return np.asarray(answers[:, 0], np.float64)
