"""The default engine: the networks of PP-OCRv6, as RapidOCR packs them, run by OpenVINO.

RapidOCR's own pipeline shrinks every photo to 2000 pixels, tries half turns only and takes more time and memory; here
its networks are driven directly. Its downloads are never reached: only the two files in its wheel are opened.
"""

from __future__ import annotations

import functools
import importlib.util
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from screen import inference
from screen.errors import MissingDependencyError
from screen.geometry import Quad
from screen.layout import Place
from screen.ocr import Line
from screen.ocr.lines import line_of
from screen.ocr.quads import cut_out, grown, lengths, mirrored, turned
from screen.ocr.reading import HEIGHT, WIDEST, Reader, Reading
from screen.ocr.regions import HIGHEST, Region
from screen.ocr.searching import holds_lines, lines_in, regions_of
from screen.ocr.sideways import with_sideways
from screen.photo import Pixels

DETECTOR, RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
#: A region that is read with less certainty than this, and is as high as this, may be a block of several lines.
BLOCK, BLOCK_HEIGHT = 0.72, 40.0
#: How much more than a region is cut out to be read at both ends, and how much less above and below, in its heights.
ALONG, ACROSS = 0.15, 0.08
#: Below this score a line is read again turned by half and mirrored.
DOUBTFUL = 0.93
#: The same for a line that runs as the sure lines near it do.
MISREAD = 0.8
#: From this score on a line of four letters and more was certainly held the right way.
SURE = 0.95
#: What running like the sure lines near it is worth, and how near these must be, in heights.
AGREEMENT, NEAR = 0.15, 20.0
#: Shorter writing often reads as something when turned or mirrored: "A-" as "-A", "85 %" as "% 58".
TELLING = 4


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One way to hold a region while reading it."""

    region: int
    quad: Quad
    mirrored: bool = False


class RapidEngine:
    """PP-OCRv6 on OpenVINO.

    Raises:
        MissingDependencyError: a network is not there.
    """

    def __init__(self) -> None:
        for name in (DETECTOR, RECOGNISER):
            _model_file(name)

    def read(self, pixels: Pixels) -> tuple[Line, ...]:
        """The lines in an array; see OcrEngine."""
        return with_sideways(pixels, self._read(pixels), _detector(), self._read)

    def _read(self, pixels: Pixels) -> tuple[Line, ...]:
        """The lines in an array as it is held."""
        lines = self._lines(pixels, regions_of(pixels, _detector()))
        blocks = [region for region, line in lines if not _is_read(line)]
        inside = lines_in(pixels, [one for one in blocks if min(lengths(one.quad)) >= BLOCK_HEIGHT], _detector())
        if inside:
            lines = [(region, line) for region, line in lines if _is_read(line) or not holds_lines(region, inside)]
            lines += self._lines(pixels, inside)
        giant = HIGHEST * min(pixels.shape[:2])
        # Without writing in sight the detector sometimes takes a whole object, a wheel or a face, for a letter, and the
        # reader calls it 0 or O: what is giant must be read as more than one sign.
        return tuple(line for region, line in lines if min(lengths(region.quad)) <= giant or _is_a_word(line))

    def _lines(self, pixels: Pixels, regions: Sequence[Region]) -> list[tuple[Region, Line]]:
        best = self._read_best(pixels, [region.quad for region in regions])
        return [
            (region, line_of(best[index][0].quad, best[index][1], region.score, best[index][0].mirrored))
            for index, region in enumerate(regions)
            if index in best
        ]

    def _read_best(self, pixels: Pixels, quads: Sequence[Quad]) -> dict[int, tuple[_Attempt, Reading]]:
        tries = self._attempt(pixels, [one for index, quad in enumerate(quads) for one in _first_tries(index, quad)])
        best = _best(tries, {})
        sure = _sure(best)
        doubtful = [attempt for attempt, reading in best.values() if _in_doubt(attempt, reading, sure)]
        tries += self._attempt(pixels, [other for attempt in doubtful for other in _other_ways(attempt)])
        return _best(tries, _sure(_best(tries, {})))

    def _attempt(self, pixels: Pixels, attempts: Sequence[_Attempt]) -> list[tuple[_Attempt, Reading]]:
        crops = [cut_out(pixels, _roomy(attempt.quad), HEIGHT, WIDEST) for attempt in attempts]
        readings = _reader().read(crops)
        return [(attempt, _placed(reading, attempt.quad)) for attempt, reading in zip(attempts, readings, strict=True)]


def _roomy(quad: Quad) -> Quad:
    """What is cut out to be read: more at both ends, where the detector cuts letters off, less above and below."""
    _, high = lengths(quad)
    return grown(quad, ALONG * high, -ACROSS * high)


def _placed(reading: Reading, quad: Quad) -> Reading:
    """The reading of what was cut out, its places as shares of the quad itself."""
    long, high = lengths(quad)
    room = ALONG * high / max(long, 1.0)
    places = tuple(min(1.0, max(0.0, place * (1 + 2 * room) - room)) for place in reading.places)
    return replace(reading, places=places)


def _is_a_word(line: Line) -> bool:
    return line.score >= BLOCK and len({sign for sign in line.text if sign.isalnum()}) >= 2


def _is_read(line: Line) -> bool:
    return bool(line.text) and line.score >= BLOCK


def _in_doubt(attempt: _Attempt, reading: Reading, sure: Mapping[int, _Attempt]) -> bool:
    """May the line be held the wrong way? Less easily if the sure lines near it run as it does."""
    return reading.score < (MISREAD if _agreement(attempt, sure) > 0.5 else DOUBTFUL)


def _best(
    tries: Sequence[tuple[_Attempt, Reading]], sure: Mapping[int, _Attempt]
) -> dict[int, tuple[_Attempt, Reading]]:
    """The try of each region that reads best, and runs as the sure lines near it do."""
    best: dict[int, tuple[float, _Attempt, Reading]] = {}
    for attempt, reading in tries:
        worth, short = _worth(reading), sum(c.isalnum() for c in reading.text) < TELLING
        if worth and (short or reading.score < DOUBTFUL):
            worth += (1.0 if short else AGREEMENT) * _agreement(attempt, sure)
        if short and attempt.mirrored:
            worth -= AGREEMENT
        if attempt.region not in best or worth > best[attempt.region][0]:
            best[attempt.region] = worth, attempt, reading
    return {region: (attempt, reading) for region, (_, attempt, reading) in best.items()}


def _sure(best: Mapping[int, tuple[_Attempt, Reading]]) -> dict[int, _Attempt]:
    """Lines of which nobody doubts how to hold them: long enough, and read with certainty."""
    return {
        region: attempt
        for region, (attempt, reading) in best.items()
        if reading.score >= SURE and sum(c.isalnum() for c in reading.text) >= 4
    }


def _agreement(attempt: _Attempt, sure: Mapping[int, _Attempt]) -> float:
    """The share of the three nearest sure lines that run in the same direction; lines of one sheet do."""
    place = Place(attempt.quad)
    others = [(math.dist(place.centre, Place(o.quad).centre), o) for key, o in sure.items() if key != attempt.region]
    near = [
        other
        for away, other in sorted(others, key=lambda pair: pair[0])[:3]
        if away < NEAR * place.height + place.length
    ]
    if not near:
        return 0.0
    x, y = place.direction
    same = [
        other.mirrored == attempt.mirrored and x * direction[0] + y * direction[1] > 0.7
        for other in near
        for direction in [Place(other.quad).direction]
    ]
    return sum(same) / len(same)


def _worth(reading: Reading) -> float:
    """How well a reading explains its crop: sure characters, and a little for more of them."""
    return reading.score * min(len(reading.text), 4) ** 0.25 if reading.text.strip() else 0.0


def _first_tries(index: int, quad: Quad) -> list[_Attempt]:
    long, high = lengths(quad)
    tries = [_Attempt(index, quad)] if high < 2.5 * long else []
    if high >= 1.5 * long:
        tries += [_Attempt(index, turned(quad, 1)), _Attempt(index, turned(quad, 3))]
    return tries


def _other_ways(attempt: _Attempt) -> list[_Attempt]:
    half = turned(attempt.quad, 2)
    return [
        _Attempt(attempt.region, half),
        _Attempt(attempt.region, mirrored(attempt.quad), mirrored=True),
        _Attempt(attempt.region, mirrored(half), mirrored=True),
    ]


def _model_file(name: str) -> Path:
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else None
    if folder is None or not (folder / name).is_file():
        raise MissingDependencyError(
            "The text reader's network {name} is missing. Install it again: pip install --force-reinstall rapidocr",
            name=name,
        )
    return folder / name


@functools.cache
def _compiled(name: str, threads: int) -> tuple[Any, Any]:
    model = inference.openvino().Core().read_model(str(_model_file(name)))
    return inference.compile_model(model, threads), model


def _detector() -> Any:
    network, _ = _compiled(DETECTOR, inference.threads())
    return lambda tile: inference.run(network, tile)[0][0, 0]


@functools.cache
def _alphabet(threads: int) -> tuple[str, ...]:
    _, model = _compiled(RECOGNISER, threads)
    characters = model.get_rt_info()["framework"]["character"].value.splitlines()
    return ("", *characters, " ")


def _reader() -> Reader:
    return _reader_with(inference.threads())


@functools.cache
def _reader_with(threads: int) -> Reader:
    network, _ = _compiled(RECOGNISER, threads)
    return Reader(lambda batch: inference.run(network, batch)[0], _alphabet(threads))
