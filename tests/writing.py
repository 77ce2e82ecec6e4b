"""Lines of writing for tests: as an engine would give them, without an engine."""

from __future__ import annotations

import numpy as np

from screen.geometry import Quad
from screen.ocr import Line
from screen.ocr.quads import part
from screen.photo import Photo, photo_of
from screen.records import Finding, TextDetails, Word


def line(text: str, left: float = 100, top: float = 100, height: float = 20, score: float = 0.95) -> Line:
    """A level line whose characters are half as wide as high."""
    width = max(1, len(text)) * height / 2
    quad: Quad = ((left, top), (left + width, top), (left + width, top + height), (left, top + height))
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append(Word(word, part(quad, start / len(text), at / len(text)), score))
    return Line(text, quad, score, tuple(words))


def photo_with(*lines: Line, size: tuple[int, int] = (1600, 1200)) -> Photo:
    """A blank photo in which the default engine has read these lines."""
    photo = photo_of(np.full((size[1], size[0], 3), 255, np.uint8))
    photo.once(("ocr", "rapidocr"), lambda _: tuple(lines))
    return photo


def said(findings: list[Finding] | tuple[Finding, ...], *categories: str) -> list[tuple[str, str]]:
    """(category, text) of the findings of these categories, or of all but other."""
    found = [(f.details.category, f.details.text) for f in findings if isinstance(f.details, TextDetails)]
    return [pair for pair in found if (pair[0] in categories if categories else pair[0] != "other")]
