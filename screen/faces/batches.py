"""Looks at several places at once, each as if it were the only one: by these is decided what is a face."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import TypeVar

import numpy as np

from screen.faces import BatchingModel, DetectedFace, FaceModel, RawFace
from screen.faces.looking import in_photo
from screen.photo import Pixels, View

Shown = TypeVar("Shown")
#: Pixels that the network gets at once, which bounds its memory.
MOST_PIXELS = 600_000


def look_at_each(
    network: FaceModel, views: Iterable[View], edge: int, least: float, mirrored: bool = False
) -> Iterator[list[DetectedFace]]:
    """What a model sees in each view, in photo pixels, in order.

    Args:
        network: the model; one that takes no batches is asked for each view.
        views: each at most edge pixels wide and high; what is beyond is left out.
        edge: of the squares that the model gets, in pixels.
        least: raw score from which the model tells what it saw.
        mirrored: look at the views in a mirror.
    """
    for batch in in_batches(views, max(1, MOST_PIXELS // edge**2)):
        pictures = [view.pixels[:, ::-1] if mirrored else view.pixels for view in batch]
        for view, seen in zip(batch, _detected(network, squares(pictures, edge), least), strict=True):
            own = [in_the_mirror(raw, view.pixels.shape[1]) for raw in seen] if mirrored else seen
            yield list(in_photo(own, view, ""))


def in_batches(views: Iterable[Shown], most: int) -> Iterator[list[Shown]]:
    """One, two, four, eight of them and so on, at most so many: the network's kernels are compiled for each number."""
    rest = iter(views)
    while taken := list(itertools.islice(rest, most)):
        while taken:
            count = 1 << (len(taken).bit_length() - 1)
            yield taken[:count]
            taken = taken[count:]


def squares(pictures: Iterable[Pixels], edge: int) -> Pixels:
    """(count, edge, edge, 3): the pictures, black below and at the right where they are smaller."""
    cut = [picture[:edge, :edge] for picture in pictures]
    whole = np.zeros((len(cut), edge, edge, 3), np.uint8)
    for place, pixels in zip(whole, cut, strict=True):
        place[: pixels.shape[0], : pixels.shape[1]] = pixels
    return whole


def in_the_mirror(raw: RawFace, width: int) -> RawFace:
    """A face seen in a mirrored picture of that width, where it is in the picture itself; its points are left out."""
    return RawFace(width - raw.right, raw.top, width - raw.left, raw.bottom, raw.score)


def _detected(network: FaceModel, pictures: Pixels, least: float) -> list[list[RawFace]]:
    if isinstance(network, BatchingModel):
        return network.detect_each(pictures, least)
    return [network.detect(picture, least) for picture in pictures]
