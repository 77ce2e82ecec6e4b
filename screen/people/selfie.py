"""Person masks by MediaPipe's selfie segmentation, on the whole photo and on overlapping tiles.

The network sees 256 x 256 pixels and was made for one person near the camera (MediaPipe Selfie Segmentation model card,
2021). On the whole photo it tells people from rooms, on tiles of half the long side it also gets the outlines of people
further away, but takes furniture for people more often; so both are averaged.
"""

from __future__ import annotations

import itertools

import numpy as np
import numpy.typing as npt

from screen.inference import compiled
from screen.people import Mask, PersonMask
from screen.photo import Photo, Pixels

#: The long side that is looked at, and so the long side of the mask: tiles are then seen pixel by pixel.
LONG_SIDE = 512
#: Edge of what the network sees.
SEEN = 256
#: Share of the whole-photo answer in the average.
WHOLE = 1 / 3
#: The long side from which views are reduced; the same one that other checks use, so that it is made once.
SHARED_VIEW = 1280


def find_people(photo: Photo) -> PersonMask:
    """Where people are in a photo.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    import cv2  # noqa: PLC0415

    seen = photo.view(max_side=SHARED_VIEW).pixels
    height, width = seen.shape[:2]
    scale = min(1.0, LONG_SIDE / max(width, height))
    size = max(1, round(width * scale)), max(1, round(height * scale))
    pixels = np.asarray(cv2.resize(seen, size, interpolation=cv2.INTER_AREA), np.uint8)
    values = WHOLE * _answer(pixels) + (1 - WHOLE) * _tiled(pixels)
    values.flags.writeable = False
    return PersonMask(values, photo.size)


def _tiled(pixels: Pixels) -> Mask:
    """The answers of overlapping tiles, each weighted most in its middle; (height, width) like the pixels."""
    height, width = pixels.shape[:2]
    total, weights = np.zeros((height, width), np.float32), np.full((height, width), 1e-9, np.float32)
    for top, left in itertools.product(starts(height, SEEN), starts(width, SEEN)):
        tile = np.s_[top : top + SEEN, left : left + SEEN]
        weight = _middle(*pixels[tile].shape[:2])
        total[tile] += weight * _answer(pixels[tile])
        weights[tile] += weight
    return total / weights


def starts(length: int, tile: int, overlap: float = 0.4) -> list[int]:
    """Where tiles of that length begin so that they cover an edge evenly and overlap by that share at least."""
    if length <= tile:
        return [0]
    count = int(np.ceil((length - tile) / (tile * (1 - overlap)))) + 1
    return [round(start) for start in np.linspace(0, length - tile, count)]


def _middle(height: int, width: int) -> Mask:
    """Weights that fall from the middle to the edges, never to 0."""
    down, across = (1.02 - np.abs(np.linspace(-1, 1, n)) for n in (height, width))
    return np.outer(down, across).astype(np.float32)


def _answer(pixels: Pixels) -> Mask:
    """The network's mask of a picture, stretched to what it sees and back; (height, width)."""
    import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    square = cv2.resize(pixels, (SEEN, SEEN), interpolation=cv2.INTER_LINEAR)
    plane: npt.NDArray[np.float32] = square.astype(np.float32)[None] / np.float32(255)
    answer = compiled("selfie-segmentation", (1, SEEN, SEEN, 3))(plane)[0]
    return np.asarray(cv2.resize(answer[0, :, :, 0], (width, height), interpolation=cv2.INTER_LINEAR), np.float32)
