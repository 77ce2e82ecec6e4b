"""The photos that the network for scenes is trained on, as pixels, out of unpacked packages.

orientation_photos.txt names each of them, below the name of its package. Behind the name of a file may stand:

* ``#place``: where in the file the picture begins; resources of Qt (.rcc) hold many.
* ``@turn,tilt,angle,widthxheight``: a view into a panorama, so many degrees to the right, up, and wide. Which way is up
  in a panorama is known, and one of a room shows all of its walls.
"""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np

from screen.photo import Photo, open_photo, photo_from_bytes, photo_of

Array = np.ndarray
LIST = Path(__file__).with_name("orientation_photos.txt")


def names() -> list[str]:
    """What orientation_photos.txt lists: package/path/of/photo."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def package_of(name: str) -> str:
    """The package a photo is from."""
    return name.split("/", maxsplit=1)[0]


def photo(folder: Path, name: str) -> Photo:
    """A photo of the list.

    Args:
        folder: that of the unpacked packages, each in a folder of its own name.
        name: as listed.

    Raises:
        ScreenError: it is not there or not readable.
    """
    path, at, view = name.partition("@")
    path, _, place = path.partition("#")
    if at:
        turn, tilt, angle, size = view.split(",")
        width, height = size.split("x")
        return photo_of(seen_in(panorama(folder / path), int(turn), int(tilt), int(angle), (int(width), int(height))))
    return (
        photo_from_bytes(embedded((folder / path).read_bytes(), int(place)), name)
        if place
        else open_photo(folder / path)
    )


def embedded(data: bytes, place: int) -> bytes:
    """The WebP or JPEG picture that begins at a place of a Qt resource file."""
    if data[place : place + 4] == b"RIFF":
        return data[place : place + 8 + struct.unpack("<I", data[place + 4 : place + 8])[0]]
    return data[place : place + struct.unpack(">I", data[place - 4 : place])[0]]


def panorama(path: Path) -> Array:
    """A panorama of high range (EXR) as ordinary pixels: its median becomes a third of what is bright."""
    import OpenEXR  # noqa: PLC0415

    light = OpenEXR.File(str(path)).channels()["RGB"].pixels.astype(np.float32)
    light = np.maximum(light * 0.35 / np.median(light.max(axis=2)), 0)
    return np.asarray(255 * np.clip(light / (1 + 0.6 * light), 0, 1) ** (1 / 2.2), np.uint8)


def seen_in(pixels: Array, turn: float, tilt: float, angle: float, size: tuple[int, int]) -> Array:
    """What a camera sees that stands in the middle of an equirectangular panorama; degrees."""
    (width, height), (rows, columns) = size, pixels.shape[:2]
    focus = width / 2 / np.tan(np.radians(angle) / 2)
    across, down = np.meshgrid(np.arange(width) - width / 2 + 0.5, np.arange(height) - height / 2 + 0.5)
    rays = np.stack([across / focus, down / focus, np.ones_like(across)])
    x, y, z = rays / np.linalg.norm(rays, axis=0)
    up, right = np.radians(tilt), np.radians(turn)
    y, z = y * np.cos(up) - z * np.sin(up), y * np.sin(up) + z * np.cos(up)
    x, z = x * np.cos(right) + z * np.sin(right), z * np.cos(right) - x * np.sin(right)
    column = (np.arctan2(x, z) / (2 * np.pi) + 0.5) * columns - 0.5
    row = (np.arcsin(y) / np.pi + 0.5) * rows - 0.5
    around = np.concatenate([pixels, pixels[:, :4]], axis=1)
    return np.asarray(
        cv2.remap(around, (column % columns).astype(np.float32), row.astype(np.float32), cv2.INTER_LINEAR)
    )
