"""The default engine: the networks of PP-OCRv6, as RapidOCR packs them, run by OpenVINO.

RapidOCR's own pipeline shrinks every photo to 2000 pixels, tries half turns only and takes more time and memory; here
its networks are driven directly. Its downloads are never reached: only the two files in its wheel are opened.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from screen import inference
from screen.errors import MissingDependencyError
from screen.geometry import Quad
from screen.ocr import Line
from screen.ocr.attempts import (
    LESS_SURE,
    Attempt,
    any_mirrored,
    best_of,
    first_ways,
    likely_sides,
    mirrored_ways,
    on_head,
    on_side,
    slanted_ways,
    sure_of,
)
from screen.ocr.enlarged import with_enlarged
from screen.ocr.lines import line_of
from screen.ocr.quads import cut_out, grown, lengths
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
        lines = self._read(pixels, regions_of(pixels, _detector()))
        lines = with_enlarged(pixels, lines, _detector(), self._read)
        return with_sideways(pixels, lines, _detector(), self._read)

    def _read(self, pixels: Pixels, regions: Sequence[Region]) -> tuple[Line, ...]:
        """The lines in regions of an array, as it is held."""
        lines = self._lines(pixels, regions)
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
        best = self._read_best(pixels, regions)
        return [
            (region, line_of(best[index][0].quad, best[index][1], region.score, best[index][0].mirrored))
            for index, region in enumerate(regions)
            if index in best
        ]

    def _read_best(self, pixels: Pixels, regions: Sequence[Region]) -> dict[int, tuple[Attempt, Reading]]:
        quads = [region.quad for region in regions]
        tries = self._attempt(pixels, first_ways(quads))
        for turns in likely_sides(quads, tries):
            tries += self._attempt(pixels, on_side(quads, tries, turns))
        tries += self._attempt(pixels, on_head(quads, tries))
        likely, rest = mirrored_ways(tries)
        probes = self._attempt(pixels, likely)
        more = self._attempt(pixels, rest) if any_mirrored(probes, tries) else []
        tries += [*probes, *more]
        tries += self._attempt(pixels, slanted_ways(regions, tries))
        return best_of(tries, sure_of(best_of(tries, {})))

    def _attempt(self, pixels: Pixels, attempts: Sequence[Attempt]) -> list[tuple[Attempt, Reading]]:
        crops = [cut_out(pixels, _roomy(attempt.quad), HEIGHT, WIDEST, attempt.wider) for attempt in attempts]
        readings = _reader().read(crops)
        return [(attempt, _placed(reading, attempt)) for attempt, reading in zip(attempts, readings, strict=True)]


def _roomy(quad: Quad) -> Quad:
    """What is cut out to be read: more at both ends, where the detector cuts letters off, less above and below."""
    _, high = lengths(quad)
    return grown(quad, ALONG * high, -ACROSS * high)


def _placed(reading: Reading, attempt: Attempt) -> Reading:
    """The reading of what was cut out, its places as shares of the quad itself; less sure if it is one of several."""
    long, high = lengths(attempt.quad)
    room = ALONG * high / max(long, 1.0)
    places = tuple(min(1.0, max(0.0, place * (1 + 2 * room) - room)) for place in reading.places)
    return replace(reading, places=places, score=reading.score - (LESS_SURE if attempt.slanted else 0.0))


def _is_a_word(line: Line) -> bool:
    return line.score >= BLOCK and len({sign for sign in line.text if sign.isalnum()}) >= 2


def _is_read(line: Line) -> bool:
    return bool(line.text) and line.score >= BLOCK


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
