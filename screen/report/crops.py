"""Suggested crops on the report: an outline on the covered picture, a preview cut out of it, and a sentence why."""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass

import numpy as np

from screen.errors import OutputError, PhotoError
from screen.geometry import Box, turned_box, turned_size
from screen.photo import Pixels, photo_from_bytes
from screen.records import Crop, Decision, Verdict
from screen.report.thumbnails import JPEG_QUALITY
from screen.whys import crop_words
from screen.words import Words, is_person

#: Crops that are shown of each photo, best first; the others are counted.
MOST_SHOWN = 3


@dataclass(frozen=True, slots=True)
class CropCard:
    """A suggested crop on the page.

    Attributes:
        number: 1, 2, ... best first; commands count them alike.
        aspect: 16:9, ... or empty for a free one.
        size: width and height in pixels, turned as the safe copy will be.
        why: sentences.
        picture: the preview as a data address; empty if there is none.
        preview: width and height of the preview in pixels.
        outline: x, y, width, height in units of the drawing of the outlines.
    """

    number: int
    aspect: str
    size: tuple[int, int]
    why: str
    picture: str
    preview: tuple[int, int]
    outline: tuple[float, float, float, float]


def crop_cards(verdict: Verdict, jpeg: bytes, drawn_side: int, words: Words) -> tuple[CropCard, ...]:
    """The best crops of a photo; none for one that is not to be published.

    Args:
        verdict: of the photo.
        jpeg: its covered picture, turned as the safe copy will be; previews are cut out of it, so that they show
            nothing that it does not show. No bytes if there is none.
        drawn_side: long side of the drawing of the outlines, in its units.
        words: the language.

    Raises:
        OutputError: a preview could not be encoded.
    """
    if verdict.decision == Decision.REFUSE or not verdict.plan.crops:
        return ()
    pixels = _opened(jpeg, verdict.source) if jpeg else None
    shown = enumerate(verdict.plan.crops[:MOST_SHOWN], 1)
    return tuple(_card(number, crop, verdict, pixels, drawn_side, words) for number, crop in shown)


def crop_sentences(verdict: Verdict, words: Words) -> tuple[str, ...]:
    """The best crop, or that there is none, in a sentence for the terminal; none where nobody has to be hidden."""
    if no_crop(verdict):
        return (words.text("No part of this photo is worth showing without faces. Use a blurred copy."),)
    if verdict.decision == Decision.REFUSE or not verdict.plan.crops:
        return ()
    best = verdict.plan.crops[0]
    count = words.plural("{count} crop is suggested.", "{count} crops are suggested.", len(verdict.plan.crops))
    return (f"{count} {words.text('The best one:')} {crop_words(best, words)}",)


def no_crop(verdict: Verdict) -> bool:
    """Are there people to hide and no part of the photo that is worth showing without them?"""
    hidden = any(is_person(j.finding) and Decision.KEEP < j.decision < Decision.REFUSE for j in verdict.judgements)
    return hidden and not verdict.plan.crops and verdict.decision < Decision.REFUSE


def _card(number: int, crop: Crop, verdict: Verdict, pixels: Pixels | None, drawn_side: int, words: Words) -> CropCard:
    box, size = turned_box(crop.box, verdict.size, verdict.plan.turns), turned_size(verdict.size, verdict.plan.turns)
    scale = drawn_side / max(size)
    part = pixels[_inside(box, size, pixels)] if pixels is not None else np.zeros((0, 0, 3), np.uint8)
    picture = f"data:image/jpeg;base64,{base64.b64encode(_encoded(part)).decode()}" if part.size else ""
    x, y, width, height = (round(value * scale, 1) for value in (box.left, box.top, box.width, box.height))
    return CropCard(
        number=number,
        aspect="" if crop.aspect == "free" else crop.aspect,
        size=(box.width, box.height),
        why=crop_words(crop, words),
        picture=picture,
        preview=(part.shape[1], part.shape[0]),
        outline=(x, y, width, height),
    )


def _opened(jpeg: bytes, source: str) -> Pixels | None:
    """The pixels of the covered picture; None if it is damaged: a report lacks a preview then, and nothing else."""
    try:
        return photo_from_bytes(jpeg, source).pixels
    except PhotoError:
        return None


def _inside(box: Box, size: tuple[int, int], pixels: Pixels) -> tuple[slice, slice]:
    """Rows and columns of the picture that lie wholly in the box: a preview shows nothing beside its crop."""
    across, down = pixels.shape[1] / size[0], pixels.shape[0] / size[1]
    rows = slice(math.ceil(box.top * down), math.floor(box.bottom * down))
    return rows, slice(math.ceil(box.left * across), math.floor(box.right * across))


def _encoded(pixels: Pixels) -> bytes:
    import cv2  # noqa: PLC0415

    done, jpeg = cv2.imencode(".jpg", np.ascontiguousarray(pixels[..., ::-1]), [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])
    if not done:
        raise OutputError("A small picture could not be made.")
    return bytes(jpeg.tobytes())
