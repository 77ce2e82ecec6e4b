"""The code check: QR codes, barcodes and machine-readable zones, whose payload is never told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from screen.geometry import Box, Quad, box_of
from screen.ocr import Line, read_photo
from screen.ocr.quads import around, grown, lengths, quad_of
from screen.photo import Photo, View, resized
from screen.records import CodeDetails, Finding

Grey = npt.NDArray[np.uint8]

#: Names of the kinds, for reports; other symbologies are called barcode.
_KINDS = {
    "QRCode": "qr",
    "MicroQRCode": "qr",
    "RMQRCode": "qr",
    "Aztec": "aztec",
    "DataMatrix": "datamatrix",
    "PDF417": "pdf417",
    "MicroPDF417": "pdf417",
    "MaxiCode": "maxicode",
}
#: Quiet zone and rounding, as a share of the shorter side.
_MARGIN = 0.06
#: ICAO Doc 9303: lines of 30, 36 or 44 signs out of A to Z, 0 to 9 and the filler <.
_ZONE = re.compile(r"^[A-Z0-9<«‹]{20,46}$")


@dataclass(frozen=True, slots=True)
class CodeSettings:
    """Settings of the code check.

    Attributes:
        max_side: long side in pixels at which codes are searched for.
        skip: kinds that may be seen: qr, barcode, datamatrix, aztec, pdf417, mrz.
        mrz: also read machine-readable zones of passports and identity cards, with the engine of the text check.
        engine: the OCR engine for these zones.
    """

    max_side: int = 2600
    skip: tuple[str, ...] = ()
    mrz: bool = True
    engine: str = "rapidocr"


class CodeCheck:
    """Find QR codes, barcodes and machine-readable zones."""

    id: ClassVar[str] = "code"
    title: ClassVar[str] = "QR codes and barcodes"
    settings: ClassVar[type[CodeSettings]] = CodeSettings

    def __init__(self, chosen: CodeSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding for each code that may not be seen."""
        found = list(self._codes(photo))
        if self.chosen.mrz:
            found += list(_zones(photo, self.chosen.engine))
        for score, details in found:
            box = box_of(details.quad, photo.size) if details.quad else None
            if box and details.kind not in self.chosen.skip:
                yield Finding(self.id, score, box, details)

    def _codes(self, photo: Photo) -> Iterator[tuple[float, CodeDetails]]:
        import zxingcpp  # noqa: PLC0415

        grey = _grey(photo, self.chosen.max_side)
        view = View(grey, Box(0, 0, *photo.size), photo.size)
        for code in zxingcpp.read_barcodes(grey, return_errors=True):
            name = code.format.name
            # The three finder patterns of a QR code are seldom seen in vain, so one that is damaged counts too.
            if code.valid or name == "QRCode":
                yield (
                    1.0 if code.valid else 0.6,
                    CodeDetails(_KINDS.get(name, "barcode"), _quad(code, grey, view), code.text),
                )


def _grey(photo: Photo, side: int) -> Grey:
    """The whole photo in grey, its long side at most so many pixels: reducing one channel takes a third of three."""
    import cv2  # noqa: PLC0415

    grey = np.asarray(cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY), np.uint8)
    return resized(grey, min(1.0, side / max(photo.size)))


def _quad(code: Any, grey: Grey, view: View) -> Quad:
    """The corners of a code in photo pixels, margin included."""
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    quad = quad_of([(corner.x, corner.y) for corner in corners])
    if code.format.name not in _KINDS:
        quad = _whole_bars(grey, quad)
    margin = max(2.0, _MARGIN * min(lengths(quad)))
    return quad_of([view.point_to_photo(x, y) for x, y in grown(quad, margin, margin)])


def _whole_bars(grey: Grey, quad: Quad) -> Quad:
    """The quad of a linear barcode, grown across its bars as far as they look like the line that was scanned."""
    import cv2  # noqa: PLC0415

    long, high = lengths(quad)
    reach, width = int(long), max(8, int(long))
    band = grown(quad, 0.0, reach)
    rows = 2 * reach + max(1, int(high))
    target = np.array([[0, 0], [width, 0], [width, rows], [0, rows]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array(band, np.float32), target)
    flat = np.asarray(cv2.warpPerspective(grey, matrix, (width, rows), borderMode=cv2.BORDER_REPLICATE), np.float32)
    first, last = reach, rows - reach
    middle = flat[first:last].mean(axis=0)
    alike = [_correlation(row, middle) for row in flat]
    while first > 0 and alike[first - 1] > 0.5:
        first -= 1
    while last < rows and alike[last] > 0.5:
        last += 1
    return grown_unevenly(quad, reach - first, last - (rows - reach))


def _correlation(a: npt.NDArray[np.float32], b: npt.NDArray[np.float32]) -> float:
    a, b = a - a.mean(), b - b.mean()
    size = float(np.linalg.norm(a) * np.linalg.norm(b))
    return float(a @ b) / size if size > 0 else 0.0


def grown_unevenly(quad: Quad, above: float, below: float) -> Quad:
    """The quad with so many pixels more above and below."""
    up, down = grown(quad, 0.0, above), grown(quad, 0.0, below)
    return up[0], up[1], down[2], down[3]


def _zones(photo: Photo, engine: str) -> Iterator[tuple[float, CodeDetails]]:
    """Machine-readable zones: lines of one alphabet with fillers."""
    for line in read_photo(photo, engine):
        text = re.sub(r"\s", "", line.text)
        if _ZONE.match(text) and len(re.findall("[<«‹]", text)) >= 3:
            yield line.score, CodeDetails("mrz", _line_quad(line), text)


def _line_quad(line: Line) -> Quad:
    return grown(around([line.quad]), 0.0, 0.1 * lengths(line.quad)[1])
