"""Reading text: the protocol of an engine, what it gives back, and the built-in engines by name."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol, cast

from screen.geometry import Quad
from screen.hookspecs import hookimpl
from screen.photo import Photo, Pixels
from screen.records import Word

#: Engine name to module and class.
_CLASSES = {
    "rapidocr": ("rapid", "RapidEngine"),
    "tesseract": ("tesseract", "TesseractEngine"),
    "null": ("null", "NullEngine"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of writing.

    Attributes:
        text: what was read; empty where writing was seen but nothing could be read.
        quad: corners in pixels of the array that was read, clockwise from the top left of the writing.
        score: how sure the engine is of the text, 0 to 1; of the place, where the text is empty.
        words: the words of the text in order, each with its own corners.
        mirrored: the writing is mirrored, as in selfies; its corners then run counter-clockwise in the picture.
    """

    text: str
    quad: Quad
    score: float
    words: tuple[Word, ...] = ()
    mirrored: bool = False


class OcrEngine(Protocol):
    """Reads text. One engine is made per process; docs/text.md tells how to add one."""

    def read(self, pixels: Pixels) -> tuple[Line, ...]:
        """The lines in an array of shape (height, width, 3), uint8 RGB, with corners in pixels of that array.

        The array is the whole photo at full size: scales, tiles and turns are the engine's own business.

        Raises:
            MissingDependencyError: the engine's program, model or language is not on this machine.
        """
        ...


def read_photo(photo: Photo, engine: str) -> tuple[Line, ...]:
    """The lines of a photo, in its own pixels; read once for all checks that ask for the same engine."""
    return photo.once(("ocr", engine), lambda one: engine_named(engine).read(one.pixels))


def engine_named(name: str) -> OcrEngine:
    """The engine of that name, built-in or from a plugin.

    Raises:
        UsageError: nobody offers that name.
        MissingDependencyError: the engine is not on this machine.
    """
    from screen.plugins import pick  # noqa: PLC0415  plugins names this package

    return cast(OcrEngine, pick("photoscreen_ocr_engines", name, "OCR engine"))


def _make(module: str, name: str) -> OcrEngine:
    made = getattr(importlib.import_module(f"screen.ocr.{module}"), name)()
    return cast(OcrEngine, made)


@hookimpl
def photoscreen_ocr_engines() -> Mapping[str, Callable[[], OcrEngine]]:
    """The built-in engines by name."""
    return {engine: partial(_make, *where) for engine, where in _CLASSES.items()}
