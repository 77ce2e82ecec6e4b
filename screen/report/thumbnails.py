"""Small pictures for the report: covered, turned upright, without metadata."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from screen.errors import OutputError
from screen.geometry import Box
from screen.photo import Photo, View
from screen.planning import head_of
from screen.records import Decision, Plan, Verdict
from screen.sentences import PEOPLE

#: Long side in pixels: sharp at 320 CSS pixels and some 20 kB, so that 500 photos make a report of 13 MB.
SIDE = 480
JPEG_QUALITY = 72
#: RGB of a cover: a dark slate that no skin, paper or whiteboard has.
COVER = (52, 62, 77)


def report_thumbnail(photo: Photo, verdict: Verdict, side: int = SIDE) -> bytes:
    """The JPEG of a photo for the report: what the plan covers is covered, as is all else that is not kept.

    In a photo that is not to be published, every face is covered, so that nothing tells which person is the reason.

    Raises:
        OutputError: the picture could not be encoded.
    """
    nobody = verdict.decision == Decision.REFUSE
    found = [judgement for judgement in verdict.judgements if judgement.finding.box]
    people = [judgement.finding for judgement in found if judgement.finding.check in PEOPLE]
    hidden = [judgement.finding.box for judgement in found if judgement.decision > Decision.KEEP]
    hidden += [head_of(person, photo.size) for person in people if nobody]
    return _encoded(photo, verdict.plan, [box for box in hidden if box], side)


def covered_thumbnail(photo: Photo, plan: Plan, side: int = SIDE) -> bytes:
    """The JPEG of a photo, its long side reduced to side pixels, the covers of the plan filled, turned upright.

    Raises:
        OutputError: the picture could not be encoded.
    """
    return _encoded(photo, plan, [], side)


def _encoded(photo: Photo, plan: Plan, more: Iterable[Box], side: int) -> bytes:
    import cv2  # noqa: PLC0415

    view = photo.view(max_side=side)
    pixels = view.pixels.copy()
    for box in (*(cover.box for cover in plan.covers), *(cover.inside for cover in plan.covers), *more):
        if box is not None:
            pixels[_on_view(box, view)] = COVER
    turned = np.rot90(pixels, -(plan.turns % 4))
    done, jpeg = cv2.imencode(".jpg", np.ascontiguousarray(turned[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise OutputError(f"{photo.source}: its small picture for the report could not be made.")
    return bytes(jpeg.tobytes())


def _on_view(box: Box, view: View) -> tuple[slice, slice]:
    """Rows and columns of the view that hold all of the box.

    A pixel of the view is the mean of the photo's pixels below it, so each that touches the box is filled, and one
    more all around for what the JPEG encoder spreads.
    """
    height, width = view.pixels.shape[:2]
    across, down = width / view.box.width, height / view.box.height
    shown = Box.around(
        box.left * across - 1, box.top * down - 1, box.right * across + 1, box.bottom * down + 1, (width, height)
    )
    return shown.as_slices() if shown else (slice(0, 0), slice(0, 0))


def turned_box(box: Box, size: tuple[int, int], turns: int) -> Box:
    """The box in the photo after so many clockwise quarter turns; size is width and height before."""
    width, height = size
    left, top, right, bottom = box.as_tuple()
    return {
        0: lambda: box,
        1: lambda: Box(height - bottom, left, height - top, right),
        2: lambda: Box(width - right, height - bottom, width - left, height - top),
        3: lambda: Box(top, width - right, bottom, width - left),
    }[turns % 4]()


def turned_size(size: tuple[int, int], turns: int) -> tuple[int, int]:
    """Width and height after so many quarter turns."""
    return size if turns % 2 == 0 else (size[1], size[0])
