"""The default engine: the networks of PP-OCRv6, as RapidOCR packs them, run by OpenVINO.

RapidOCR's own pipeline shrinks every photo to 2000 pixels, tries half turns only and takes more time and memory; here
its networks are driven directly. Its downloads are never reached: only the two files in its wheel are opened.
"""

from __future__ import annotations

import functools
import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from screen import inference
from screen.errors import MissingDependencyError
from screen.geometry import Quad
from screen.ocr import Line
from screen.ocr.quads import cut_out, lengths, mirrored, part, turned
from screen.ocr.reading import HEIGHT, WIDEST, Reader, Reading
from screen.ocr.regions import Cutting, Region, probability_map, regions_in
from screen.photo import Pixels
from screen.records import Word

DETECTOR, RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
#: Long side at which writing is searched for.
SEARCHED = 1920
#: Longest edge that the detector gets at once.
TILE = 992
#: Below this score a line is read again turned by half and mirrored.
DOUBTFUL = 0.93
#: Below this score a line counts as seen but not read.
READABLE = 0.5


@dataclass(frozen=True, slots=True)
class _Attempt:
    """One way to hold a region while reading it."""

    region: int
    quad: Quad
    mirrored: bool = False


class RapidEngine:
    """PP-OCRv6 on OpenVINO."""

    def read(self, pixels: Pixels) -> tuple[Line, ...]:
        """The lines in an array; see OcrEngine."""
        regions = self._regions(pixels)
        best = self._read_best(pixels, [region.quad for region in regions])
        return tuple(_line(region, *best[index]) for index, region in enumerate(regions) if index in best)

    def _regions(self, pixels: Pixels) -> list[Region]:
        import cv2  # noqa: PLC0415

        height, width = pixels.shape[:2]
        scale = min(1.0, SEARCHED / max(height, width))
        size = max(1, round(width * scale)), max(1, round(height * scale))
        small = pixels if scale == 1 else np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
        found = probability_map(small, _detector(), TILE)
        x, y = width / size[0], height / size[1]
        return [
            Region(tuple((px * x, py * y) for px, py in region.quad), region.score)  # type: ignore[arg-type]
            for region in regions_in(found, Cutting())
        ]

    def _read_best(self, pixels: Pixels, quads: Sequence[Quad]) -> dict[int, tuple[_Attempt, Reading]]:
        best: dict[int, tuple[_Attempt, Reading]] = {}
        self._attempt(pixels, [try_ for index, quad in enumerate(quads) for try_ in _first_tries(index, quad)], best)
        doubtful = [attempt for attempt, reading in best.values() if reading.score < DOUBTFUL]
        self._attempt(pixels, [other for attempt in doubtful for other in _other_ways(attempt)], best)
        return best

    def _attempt(self, pixels: Pixels, attempts: Sequence[_Attempt], best: dict[int, tuple[_Attempt, Reading]]) -> None:
        crops = [cut_out(pixels, attempt.quad, HEIGHT, WIDEST) for attempt in attempts]
        for attempt, reading in zip(attempts, _reader().read(crops), strict=True):
            if attempt.region not in best or _worth(reading) > _worth(best[attempt.region][1]):
                best[attempt.region] = attempt, reading


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


def _line(region: Region, attempt: _Attempt, reading: Reading) -> Line:
    if reading.score < READABLE or not reading.text.strip():
        return Line("", attempt.quad, region.score)
    return Line(reading.text.strip(), attempt.quad, reading.score, _words(attempt.quad, reading), attempt.mirrored)


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


def _model_file(name: str) -> Path:
    spec = importlib.util.find_spec("rapidocr")
    folder = Path(spec.origin).parent / "models" if spec and spec.origin else None
    if folder is None or not (folder / name).is_file():
        message = (
            f"The text reader's network {name} is missing. Install it again: pip install --force-reinstall rapidocr"
        )
        raise MissingDependencyError(message)
    return folder / name


@functools.cache
def _compiled(name: str, threads: int) -> tuple[Any, Any]:
    core = inference.openvino().Core()
    model = core.read_model(str(_model_file(name)))
    options: dict[str, Any] = {"PERFORMANCE_HINT": "LATENCY", "NUM_STREAMS": 1}
    if threads:
        options["INFERENCE_NUM_THREADS"] = threads
    return core.compile_model(model, "CPU", options), model


def _detector() -> Any:
    network, _ = _compiled(DETECTOR, inference.threads())
    return lambda tile: network([tile])[0][0, 0]


@functools.cache
def _alphabet(threads: int) -> tuple[str, ...]:
    _, model = _compiled(RECOGNISER, threads)
    characters = model.get_rt_info()["framework"]["character"].value.splitlines()
    return ("", *characters, " ")


def _reader() -> Reader:
    network, _ = _compiled(RECOGNISER, inference.threads())
    return Reader(lambda batch: np.asarray(network([batch])[0], np.float32), _alphabet(inference.threads()))
