"""From what a reader says of a crop to a line with its words."""

from __future__ import annotations

import numpy as np

from screen.geometry import Quad
from screen.ocr import Line
from screen.ocr.quads import part
from screen.ocr.reading import Reading
from screen.records import Word

#: Below this score a line counts as seen but not read.
READABLE = 0.5


def line_of(quad: Quad, reading: Reading, seen: float, mirrored: bool) -> Line:
    """The line; without text, and as sure as the detector was (seen), where nothing could be read."""
    if reading.score < READABLE or not reading.text.strip():
        return Line("", quad, seen)
    return Line(reading.text.strip(), quad, reading.score, _words(quad, reading), mirrored)


def _words(quad: Quad, reading: Reading) -> tuple[Word, ...]:
    """The words of a line; the cut between two words lies in the middle of the gap."""
    spans = [span for span in _spans(reading.text) if span]
    found = []
    for number, (start, end) in enumerate(spans):
        left = 0.0 if number == 0 else (reading.places[spans[number - 1][1] - 1] + reading.places[start]) / 2
        right = (
            1.0 if number == len(spans) - 1 else (reading.places[end - 1] + reading.places[spans[number + 1][0]]) / 2
        )
        sure = reading.sure[start:end] or (reading.score,)
        found.append(Word(reading.text[start:end], part(quad, left, right), float(np.mean(sure))))
    return tuple(found)


def _spans(text: str) -> list[tuple[int, int]]:
    spans, start = [], None
    for place, character in enumerate(text + " "):
        if character.isspace():
            if start is not None:
                spans.append((start, place))
            start = None
        elif start is None:
            start = place
    return spans
