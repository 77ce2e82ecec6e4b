"""Orientations that files state, one or several."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from screen.photo import Photo, open_photo, photo_of
from screen.quality.stated import contradicts_itself, orientation_in, stated_orientations


def exif_block(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif.tobytes()


def saved(path: Path, form: str, orientation: int | None) -> Photo:
    more = {} if orientation is None else {"exif": exif_block(orientation)}
    Image.fromarray(np.full((40, 60, 3), 90, np.uint8)).save(path, form, **more)
    return open_photo(path)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", [2, 6, 8])
def test_orientation_is_read_from_each_format(tmp_path: Path, form: str, orientation: int) -> None:
    photo = saved(tmp_path / "a", form, orientation)
    assert stated_orientations(photo) == (orientation,)
    assert not contradicts_itself(photo)


def test_nothing_stated(tmp_path: Path) -> None:
    assert stated_orientations(saved(tmp_path / "a", "JPEG", None)) == ()
    assert stated_orientations(photo_of(np.zeros((4, 4, 3), np.uint8))) == ()


def test_two_blocks_that_contradict_each_other(tmp_path: Path) -> None:
    data = io.BytesIO()
    Image.fromarray(np.full((40, 60, 3), 90, np.uint8)).save(data, "JPEG", exif=exif_block(6))
    block = exif_block(1)
    second = b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block
    path = tmp_path / "two.jpg"
    path.write_bytes(data.getvalue()[:2] + second + data.getvalue()[2:])
    photo = open_photo(path)
    assert stated_orientations(photo) == (1, 6)
    assert contradicts_itself(photo)


@pytest.mark.parametrize("block", [b"", b"II*\0", b"MM\0*\0\0\0\x08\xff\xff", b"II*\0\xff\xff\xff\xff", b"JFIF"])
def test_broken_blocks_state_nothing(block: bytes) -> None:
    assert orientation_in(block) is None
