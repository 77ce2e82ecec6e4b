"""Tesseract, through pytesseract: for machines where it is installed and other languages are wanted."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterable, Mapping
from typing import Any

from screen.errors import MissingDependencyError
from screen.geometry import Box, Quad, corners
from screen.ocr import Line
from screen.ocr.quads import around
from screen.photo import Pixels
from screen.records import Word

#: Languages that are used where they are installed.
LANGUAGES = ("eng", "fra")
#: Sparse text: words anywhere, in no order (Tesseract's page segmentation mode 11).
MODE = "--psm 11"
#: Confidence in per cent below which a word counts as not read.
LEAST = 30.0


class TesseractEngine:
    """Tesseract's words, joined to its lines. It reads upright writing on even ground only.

    Raises:
        MissingDependencyError: pytesseract or the program tesseract is not there, or none of the languages.
    """

    def __init__(self) -> None:
        self.program, self.languages = _program()

    def read(self, pixels: Pixels) -> tuple[Line, ...]:
        """The lines in an array; see OcrEngine."""
        table: Mapping[str, list[Any]] = self.program.image_to_data(
            pixels, lang=self.languages, config=MODE, output_type=self.program.Output.DICT
        )
        return tuple(_lines(table))


@functools.cache
def _program() -> tuple[Any, str]:
    try:
        program = importlib.import_module("pytesseract")
        installed = set(program.get_languages(config=""))
    except ImportError as error:
        raise MissingDependencyError(
            "The engine tesseract needs pytesseract. Install it: pip install pytesseract"
        ) from error
    except Exception as error:
        raise MissingDependencyError(
            "The program tesseract is not there. Install it: apt install tesseract-ocr tesseract-ocr-fra"
        ) from error
    languages = [name for name in LANGUAGES if name in installed]
    if not languages:
        raise MissingDependencyError(
            "Tesseract has neither English nor French. Install them: apt install tesseract-ocr tesseract-ocr-fra"
        )
    return program, "+".join(languages)


def _lines(table: Mapping[str, list[Any]]) -> Iterable[Line]:
    """Lines of words out of Tesseract's table of columns."""
    rows: dict[tuple[int, ...], list[Word]] = {}
    for index, text in enumerate(table["text"]):
        confidence = float(table["conf"][index])
        if str(text).strip() and confidence >= LEAST:
            line = tuple(int(table[key][index]) for key in ("block_num", "par_num", "line_num"))
            rows.setdefault(line, []).append(Word(str(text).strip(), _quad(table, index), confidence / 100))
    for words in rows.values():
        score = sum(word.score for word in words) / len(words)
        yield Line(" ".join(word.text for word in words), around([word.quad for word in words]), score, tuple(words))


def _quad(table: Mapping[str, list[Any]], index: int) -> Quad:
    left, top, width, height = (int(table[key][index]) for key in ("left", "top", "width", "height"))
    return corners(Box(left, top, left + max(1, width), top + max(1, height)))
