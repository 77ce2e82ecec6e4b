"""Pictures for the page: covered always, made of the last few photos that are kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Container
from pathlib import Path
from typing import TypeVar

import numpy as np

from screen.copies.claims import inside_of
from screen.copies.masks import mask_of
from screen.errors import OutputError
from screen.geometry import Box, Point, turned_box, turned_size
from screen.photo import Photo, Pixels, View, open_photo
from screen.records import Cover, Plan, Verdict
from screen.redact import CopyOptions, hidden
from screen.report.thumbnails import (
    COVER,
    filled_picture,
    hidden_beside,
    on_view,
    people_hidden,
)
from screen.report.thumbnails import SIDE as SMALL_SIDE

#: Long side of the large picture, and of what is seen under a cover.
SIDE, PEEK_SIDE = 1600, 900
#: Large views (6 MB each) and whole photos (36 MB for 12 megapixels) that are kept in memory.
MOST_VIEWS, MOST_PHOTOS = 12, 2
#: How much around a cover is shown with what is under it, in widths and heights.
AROUND = 0.5
#: Overlap (IoU) from which two covers hide the same.
SAME = 0.9
QUALITY = 85
T = TypeVar("T")


class Album:
    """The last few photos that somebody looked at, decoded; asked from several threads."""

    def __init__(self) -> None:
        self._views: OrderedDict[Path, tuple[str, View]] = OrderedDict()
        self._photos: OrderedDict[Path, Photo] = OrderedDict()
        self._lock = threading.Lock()
        self._few = threading.Semaphore(MOST_PHOTOS)  # decoded at once, so that memory stays bounded

    def photo(self, path: Path, source: str, digest: str) -> Photo:
        """The whole photo.

        Raises:
            PhotoError: it cannot be read any more.
            OutputError: the file is another one than was screened.
        """
        with self._lock:
            found = self._photos.get(path)
        if found is None or found.digest != digest:
            with self._few:
                found = open_photo(path, source)
            if found.digest != digest:
                raise OutputError(
                    "{name}: the file has changed since it was screened. Open the page anew.", name=source
                )
            self._keep(self._photos, path, found, MOST_PHOTOS)
        return found

    def view(self, path: Path, source: str, digest: str) -> View:
        """The photo reduced to SIDE; errors as of photo()."""
        with self._lock:
            kept = self._views.get(path)
        if kept is not None and kept[0] == digest:
            return kept[1]
        view = self.photo(path, source, digest).view(max_side=SIDE, keep=False)
        self._keep(self._views, path, (digest, view), MOST_VIEWS)
        return view

    def forget(self, path: Path) -> None:
        """Drop a photo from memory."""
        with self._lock:
            self._views.pop(path, None)
            self._photos.pop(path, None)

    def _keep(self, shelf: OrderedDict[Path, T], path: Path, value: T, most: int) -> None:
        with self._lock:
            shelf[path] = value
            shelf.move_to_end(path)
            while len(shelf) > most:
                shelf.popitem(last=False)


def covered_picture(view: View, verdict: Verdict, options: CopyOptions) -> bytes:
    """The JPEG of a photo as its safe copy will be; of a refused one with everybody in it covered."""
    return _jpeg(_turned(_covered(view, verdict, options), verdict.plan))


def crop_picture(view: View, verdict: Verdict, options: CopyOptions, box: Box) -> bytes:
    """The JPEG of a part of the photo, covered as its safe copy will be."""
    part = on_view(Cover(box), view).box
    return _jpeg(_turned(_covered(view, verdict, options)[part.as_slices()], verdict.plan))


def small_picture(view: View, verdict: Verdict, shown: Container[str]) -> bytes:
    """The small covered picture of the list, with all that nobody has decided on covered too.

    Args:
        view: of the whole photo.
        verdict: with the plan as the person chose.
        shown: ids of findings that the person wants to be seen.
    """
    small = Photo(verdict.source, verdict.digest, view.pixels).view(max_side=SMALL_SIDE, keep=False)
    return filled_picture(View(small.pixels, view.box, view.photo_size), verdict.plan, hidden_beside(verdict, shown))


def uncovered_part(photo: Photo, verdict: Verdict, cover: Cover) -> tuple[bytes, Box]:
    """The JPEG of what lies under one cover, all covers around it filled; and the upright box that it shows."""
    box = cover.box.grown(AROUND, AROUND, AROUND, photo.size)
    pixels = photo.pixels[box.as_slices()].copy()
    for mask in (mask_of(other, photo.size) for other in _covers(verdict) if not _same(other, cover)):
        if shared := mask.box.intersection(box):
            pixels[inside_of(shared, box)][mask.alpha[inside_of(shared, mask.box)] > 0] = COVER
    view = Photo(photo.source, photo.digest, pixels).view(max_side=PEEK_SIDE, keep=False)
    return _jpeg(_turned(view.pixels, verdict.plan)), box


def _same(cover: Cover, asked: Cover) -> bool:
    """Do both hide the same thing: one finding, or one head?"""
    return (cover.finding_id != "" and cover.finding_id == asked.finding_id) or cover.box.iou(asked.box) >= SAME


def shown_box(box: Box, verdict: Verdict) -> Box:
    """A box of the upright photo as the page shows it, turned."""
    return turned_box(box, verdict.size, verdict.plan.turns)


def upright_box(box: Box, verdict: Verdict) -> Box:
    """A box of the page in the upright photo."""
    return turned_box(box, shown_size(verdict), -verdict.plan.turns)


def turned_point(point: Point, size: tuple[int, int], turns: int) -> Point:
    """A point after so many clockwise quarter turns of a photo that was of size (width, height) before."""
    (x, y), (width, height) = point, size
    return ((x, y), (height - y, x), (width - x, height - y), (y, width - x))[turns % 4]


def shown_size(verdict: Verdict) -> tuple[int, int]:
    """Width and height of the photo as the page shows it."""
    return turned_size(verdict.size, verdict.plan.turns)


def _covers(verdict: Verdict) -> tuple[Cover, ...]:
    """All covers, and those of everybody in a photo that is not to be published."""
    return (*verdict.plan.covers, *(Cover(head, "ellipse") for head in people_hidden(verdict)))


def _covered(view: View, verdict: Verdict, options: CopyOptions) -> Pixels:
    covers = [on_view(cover, view) for cover in _covers(verdict)]
    return hidden(view.pixels, covers, options, np.random.default_rng())


def _turned(pixels: Pixels, plan: Plan) -> Pixels:
    return np.ascontiguousarray(np.rot90(pixels, -(plan.turns % 4)))


def _jpeg(pixels: Pixels) -> bytes:
    import cv2  # noqa: PLC0415

    done, data = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    if not done:
        raise OutputError("The picture could not be made.")
    return bytes(data.tobytes())
