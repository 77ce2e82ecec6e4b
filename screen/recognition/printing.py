"""Face prints: 128 numbers for a face, by dlib's ResNet (Davis King, 2017; LFW 99.38 %, adults)."""

from __future__ import annotations

import functools
import importlib.util
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np

from screen.errors import MissingDependencyError
from screen.geometry import Box
from screen.photo import Photo

Vector = tuple[float, ...]
INSTALL = "pip install 'photoscreen[recognition]'"
_LANDMARKS = "shape_predictor_5_face_landmarks.dat"
_NETWORK = "dlib_face_recognition_resnet_model_v1.dat"


class PrintModel(Protocol):
    """Makes prints of faces."""

    def prints(self, photo: Photo, boxes: Sequence[Box]) -> tuple[Vector, ...]:
        """A print for each box, in order."""
        ...


class DlibModel:
    """dlib's face network, with the weights of the package face_recognition_models.

    Raises:
        MissingDependencyError: the extra is not installed.
    """

    def __init__(self) -> None:
        try:
            import dlib  # noqa: PLC0415
        except ImportError as error:
            raise _missing() from error
        folder = weights_folder()
        self._landmarks: Any = dlib.shape_predictor(str(folder / _LANDMARKS))
        self._network: Any = dlib.face_recognition_model_v1(str(folder / _NETWORK))
        self._rectangle: Any = dlib.rectangle

    def prints(self, photo: Photo, boxes: Sequence[Box]) -> tuple[Vector, ...]:
        """A print for each box: five landmarks set the face upright, then 128 numbers of length about one."""
        pixels = np.ascontiguousarray(photo.pixels)
        return tuple(self._print(pixels, box) for box in boxes)

    def _print(self, pixels: Any, box: Box) -> Vector:
        shape = self._landmarks(pixels, self._rectangle(*square(box)))
        return tuple(float(value) for value in self._network.compute_face_descriptor(pixels, shape))


def square(box: Box) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the square of the same middle and area.

    dlib's landmark network was trained on the square boxes of dlib's own detector; in a tall box it misplaces the
    landmarks, and prints of one person move 0.4 apart.
    """
    half = math.sqrt(box.area) / 2
    x, y = box.centre
    return round(x - half), round(y - half), round(x + half), round(y + half)


@functools.cache
def print_model() -> PrintModel:
    """The model of this process, loaded once.

    Raises:
        MissingDependencyError: the extra is not installed.
    """
    return DlibModel()


def weights_folder() -> Path:
    """The folder of the weights; found without importing the package, which needs an old setuptools.

    Raises:
        MissingDependencyError: the extra is not installed.
    """
    found = importlib.util.find_spec("face_recognition_models")
    for place in (found.submodule_search_locations or ()) if found else ():
        folder = Path(place) / "models"
        if (folder / _LANDMARKS).is_file() and (folder / _NETWORK).is_file():
            return folder
    raise _missing()


def installed() -> bool:
    """Is the extra there?"""
    try:
        weights_folder()
    except MissingDependencyError:
        return False
    return all(importlib.util.find_spec(name) is not None for name in ("dlib", "cryptography"))


def distance(one: Vector, other: Vector) -> float:
    """How far apart two prints are; up to 0.40 they may be one person (68 % of true, 0 of 262 false adult pairs)."""
    return float(np.linalg.norm(np.asarray(one) - np.asarray(other)))


def _missing() -> MissingDependencyError:
    return MissingDependencyError("Face recognition is not installed. To use it: {install}", install=INSTALL)
