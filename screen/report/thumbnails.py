"""Small pictures for the report: covered, turned upright, without metadata."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace
from typing import cast

import numpy as np

from screen.copies.masks import mask_of
from screen.errors import OutputError
from screen.geometry import Box, Quad
from screen.photo import Photo, View
from screen.planning import head_of
from screen.records import Cover, Decision, Plan, Verdict
from screen.words import is_person, seen_at

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
    return filled_picture(photo.view(max_side=side), verdict.plan, hidden_beside(verdict))


def hidden_beside(verdict: Verdict, shown: Container[str] = ()) -> tuple[Box, ...]:
    """What a small picture hides beside the covers of the plan: all that is not kept, and people in a refused photo.

    Args:
        verdict: of the photo.
        shown: ids of findings that a person wants to be seen.
    """
    wanting = (j.finding for j in verdict.judgements if j.decision > Decision.KEEP and j.finding.id not in shown)
    seen = (seen_at(finding) for finding in wanting)
    return (*(box for box in seen if box), *people_hidden(verdict))


def people_hidden(verdict: Verdict) -> tuple[Box, ...]:
    """The heads of everybody in a photo that is not to be published; nobody in others."""
    if verdict.decision < Decision.REFUSE:
        return ()
    people = (j.finding for j in verdict.judgements if j.finding.box and is_person(j.finding))
    return tuple(head_of(person, verdict.size) for person in people)


def filled_picture(view: View, plan: Plan, more: Iterable[Box] = ()) -> bytes:
    """The JPEG of a view of a whole photo, the covers of the plan and more boxes filled, turned upright.

    Raises:
        OutputError: the picture could not be encoded.
    """
    import cv2  # noqa: PLC0415

    pixels = view.pixels.copy()
    for cover in (*plan.covers, *(Cover(box) for box in more)):
        mask = mask_of(on_view(cover, view), (pixels.shape[1], pixels.shape[0]))
        # The soft edge is filled too: it keeps away what the JPEG encoder spreads over the border.
        pixels[mask.box.as_slices()][mask.alpha > 0] = COVER
    turned = np.rot90(pixels, -(plan.turns % 4))
    done, jpeg = cv2.imencode(".jpg", np.ascontiguousarray(turned[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise OutputError("A small picture could not be made.")
    return bytes(jpeg.tobytes())


def on_view(cover: Cover, view: View) -> Cover:
    """The cover in pixels of the view, whose pixels are each the mean of the photo's pixels below them.

    Boxes are rounded outwards, so that every pixel that mixes in something of what is covered is filled.
    """
    size = height, width = view.pixels.shape[:2]
    across, down = width / view.box.width, height / view.box.height

    def scaled(box: Box) -> Box:
        edges = (box.left * across, box.top * down, box.right * across, box.bottom * down)
        return Box.around(*edges, (width, height)) or Box(0, 0, *size[::-1])

    quad = tuple((x * across, y * down) for x, y in cover.quad) if cover.quad else None
    inside = scaled(cover.inside) if cover.inside else None
    return replace(cover, box=scaled(cover.box), quad=cast("Quad | None", quad), inside=inside)
