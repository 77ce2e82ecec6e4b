"""The default engine: the networks of PP-OCRv6, as RapidOCR packs them, run by OpenVINO.

RapidOCR's own pipeline shrinks every photo to 2000 pixels, tries half turns only and takes more time and memory; here
its networks are driven directly. Its downloads are never reached: only the two files in its wheel are opened.
"""

from __future__ import annotations

import functools
import importlib.util
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from screen import inference
from screen.errors import MissingDependencyError
from screen.geometry import Quad
from screen.layout import Place
from screen.ocr import Line
from screen.ocr.quads import cut_out, lengths, mirrored, part, quad_of, turned
from screen.ocr.reading import HEIGHT, WIDEST, Reader, Reading
from screen.ocr.regions import HIGHEST, Cutting, Look, Rectangle, Region, distinct, look_at, united
from screen.photo import Pixels
from screen.records import Word

DETECTOR, RECOGNISER = "PP-OCRv6_det_small.onnx", "PP-OCRv6_rec_small.onnx"
#: Long sides of the two views in which writing is looked for. The detector finds capitals of 5 to 60 pixels, and
#: capitals of 3 pixels leave a trace; measured in docs/measurements.md.
FAR, NEAR_SIDE = 640, 1280
#: How many times larger small writing is looked at again, up to full size.
CLOSER = 2.25
#: Edges of these closer looks are multiples of this, since the network is prepared anew for each shape.
GRID = 128
#: Share of the shorter side of a closer look that a line may have as its height.
CLOSE_HIGHEST = 0.6
#: Height in the larger view from which writing is taken as the smaller view shows it.
BOLD = 40.0
#: Pixels that the detector gets at once, which bounds its memory.
AT_ONCE = 0.8e6
#: Below this score a line is read again turned by half and mirrored.
DOUBTFUL = 0.93
#: The same for a line that runs as the sure lines near it do.
MISREAD = 0.7
#: From this score on a line of four letters and more was certainly held the right way.
SURE = 0.95
#: What running like the sure lines near it is worth, and how near these must be, in heights.
AGREEMENT, NEAR = 0.15, 20.0
#: Below this score a line counts as seen but not read.
READABLE = 0.5


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
        regions = self._regions(pixels)
        best = self._read_best(pixels, [region.quad for region in regions])
        lines = ((region, _line(region, *best[index])) for index, region in enumerate(regions) if index in best)
        giant = HIGHEST * min(pixels.shape[:2])
        # Without writing in sight the detector sometimes takes a whole object for a letter: what is giant must be read.
        return tuple(line for region, line in lines if line.text or min(lengths(region.quad)) <= giant)

    def _regions(self, pixels: Pixels) -> list[Region]:
        """Places with writing: looked for in two small views, and again at a larger scale where it is small."""
        height, width = pixels.shape[:2]
        scale = min(1.0, NEAR_SIDE / max(height, width))
        view = _reduced(pixels, scale)
        near = _looked(view, (width, height))
        far = _looked(_reduced(view, min(1.0, FAR / max(view.shape[:2]))), (width, height), highest=1.0)
        close: list[Region] = []
        if scale < 1:
            larger = min(1.0, CLOSER * scale)
            for spot in united(_spot(rectangle, scale, larger, (width, height)) for rectangle in near.small):
                left, top, right, bottom = spot
                closer = _reduced(pixels[top:bottom, left:right], larger)
                close += _looked(closer, (right - left, bottom - top), (left, top), CLOSE_HIGHEST).regions
        kept = [region for region in near.regions if not _holds_lines(region, close)]
        lines = [*close, *kept]
        alone = [region for region in far.regions if not _holds_lines(region, lines)]
        bold = [region for region in alone if min(lengths(region.quad)) * scale >= BOLD]
        return distinct([*bold, *lines, *alone], (width, height))

    def _read_best(self, pixels: Pixels, quads: Sequence[Quad]) -> dict[int, tuple[_Attempt, Reading]]:
        tries = self._attempt(pixels, [one for index, quad in enumerate(quads) for one in _first_tries(index, quad)])
        best = _best(tries, {})
        sure = _sure(best)
        doubtful = [attempt for attempt, reading in best.values() if _in_doubt(attempt, reading, sure)]
        tries += self._attempt(pixels, [other for attempt in doubtful for other in _other_ways(attempt)])
        return _best(tries, _sure(_best(tries, {})))

    def _attempt(self, pixels: Pixels, attempts: Sequence[_Attempt]) -> list[tuple[_Attempt, Reading]]:
        crops = [cut_out(pixels, attempt.quad, HEIGHT, WIDEST) for attempt in attempts]
        return list(zip(attempts, _reader().read(crops), strict=True))


def _reduced(pixels: Pixels, scale: float) -> Pixels:
    import cv2  # noqa: PLC0415

    if scale >= 1:
        return pixels
    size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def _looked(view: Pixels, size: tuple[int, int], origin: tuple[int, int] = (0, 0), highest: float = HIGHEST) -> Look:
    """What is seen in a view; its regions in pixels of the array of which it shows size pixels, from origin on."""
    x, y = size[0] / view.shape[1], size[1] / view.shape[0]
    seen = look_at(view, _detector(), AT_ONCE, Cutting(), highest)
    regions = (
        Region(quad_of([(origin[0] + px * x, origin[1] + py * y) for px, py in region.quad]), region.score)
        for region in seen.regions
    )
    return Look(tuple(regions), seen.small)


def _spot(rectangle: Rectangle, scale: float, larger: float, size: tuple[int, int]) -> Rectangle:
    """A rectangle of a view in pixels of the array, widened so that its larger view has one of few shapes."""
    ends = []
    for low, high, whole in ((rectangle[0], rectangle[2], size[0]), (rectangle[1], rectangle[3], size[1])):
        long = min(whole, math.ceil(math.ceil((high - low) / scale * larger / GRID) * GRID / larger))
        start = round((low + high) / 2 / scale - long / 2)
        start = min(max(0, start), whole - long)
        ends.append((start, start + long))
    return ends[0][0], ends[1][0], ends[0][1], ends[1][1]


def _in_doubt(attempt: _Attempt, reading: Reading, sure: Mapping[int, _Attempt]) -> bool:
    """May the line be held the wrong way? Less easily if the sure lines near it run as it does."""
    return reading.score < (MISREAD if _agreement(attempt, sure) > 0.5 else DOUBTFUL)


def _best(
    tries: Sequence[tuple[_Attempt, Reading]], sure: Mapping[int, _Attempt]
) -> dict[int, tuple[_Attempt, Reading]]:
    """The try of each region that reads best, and runs as the sure lines near it do."""
    best: dict[int, tuple[float, _Attempt, Reading]] = {}
    for attempt, reading in tries:
        worth = _worth(reading)
        if worth and reading.score < DOUBTFUL:
            worth += AGREEMENT * _agreement(attempt, sure)
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


def _holds_lines(region: Region, others: Sequence[Region]) -> bool:
    """Is there a line in it that is less than half as high: a sheet or a block taken for a word?"""
    high = min(lengths(region.quad))
    xs, ys = zip(*region.quad, strict=True)
    for other in others:
        x, y = sum(px for px, _ in other.quad) / 4, sum(py for _, py in other.quad) / 4
        if min(xs) < x < max(xs) and min(ys) < y < max(ys) and min(lengths(other.quad)) < high / 2:
            return True
    return False


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
    return _reader_with(inference.threads())


@functools.cache
def _reader_with(threads: int) -> Reader:
    network, _ = _compiled(RECOGNISER, threads)
    return Reader(lambda batch: np.asarray(network([batch])[0], np.float32), _alphabet(threads))
