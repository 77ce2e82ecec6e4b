"""Spread of contours: known blur is measured, in each direction, and all eight EXIF orientations give one answer."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from screen.photo import Pixels, open_photo, photo_of
from screen.quality.contours import contours_of, strongest_tiles
from screen.quality.sharpness import relative_spread, sharpness_of, summaries_of
from tests.storing import ORIENTATIONS, store


def discs(long_side: int = 1200) -> Pixels:
    """Pale and dark discs with perfect edges: contours in every direction."""
    rng = np.random.default_rng(2)
    picture = np.full((3 * long_side, 4 * long_side, 3), 128, np.uint8)
    for _ in range(60):
        x, y = (int(v) for v in rng.integers(0, (4 * long_side, 3 * long_side)))
        grey = int(rng.choice([40, 90, 170, 220]))
        cv2.circle(picture, (x, y), int(rng.integers(long_side // 8, long_side // 2)), (grey,) * 3, -1)
    size = (long_side, 3 * long_side // 4)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def softened(pixels: Pixels, spread: float) -> Pixels:
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), spread), np.uint8)


def spread_in_pixels(pixels: Pixels) -> float:
    photo = photo_of(pixels)
    summaries = summaries_of(photo)
    assert summaries is not None
    return relative_spread(summaries, photo.size) * max(photo.size) / 1000


@pytest.mark.parametrize("spread", [1.0, 1.5])
def test_a_small_blur_is_measured(spread: float) -> None:
    assert spread_in_pixels(softened(discs(), spread)) == pytest.approx(spread, rel=0.3)


def test_a_large_blur_is_underestimated_but_still_grows() -> None:
    found = [spread_in_pixels(softened(discs(), spread)) for spread in (1.5, 3, 6)]
    assert found[0] < found[1] < found[2] < 6


def test_more_blur_is_never_sharper() -> None:
    found = [sharpness_of(photo_of(softened(discs(), spread))) for spread in (0.6, 1, 2, 4, 8)]
    assert [s.sharpness for s in found] == sorted((s.sharpness for s in found), reverse=True)
    assert [s.blurred for s in found] == sorted(s.blurred for s in found)


def test_the_same_picture_is_as_sharp_at_any_size() -> None:
    large, small = (sharpness_of(photo_of(softened(discs(side), side / 400))) for side in (2400, 1200))
    assert large.sharpness == pytest.approx(small.sharpness, abs=0.15)


def test_contrast_and_brightness_do_not_matter() -> None:
    soft = softened(discs(), 2)
    pale = (soft * 0.3 + 140).astype(np.uint8)
    assert spread_in_pixels(pale) == pytest.approx(spread_in_pixels(soft), rel=0.25)


def test_a_flat_picture_has_no_summary() -> None:
    assert summaries_of(photo_of(np.full((300, 400, 3), 77, np.uint8))) is None


def test_directions_with_few_contours_have_no_number() -> None:
    stripes = np.zeros((480, 640, 3), np.uint8)
    stripes[:, ::40] = stripes[:, 1::40] = stripes[:, 2::40] = 200
    photo = photo_of(softened(stripes, 1))
    summary = contours_of(photo, strongest_tiles(photo), 1.0).summary()
    assert math.isfinite(summary[1])  # across the stripes
    assert math.isnan(summary[5])  # along them


@pytest.mark.parametrize("orientation", ORIENTATIONS)
def test_every_exif_orientation_gives_one_answer(tmp_path: Path, orientation: int) -> None:
    upright = Image.fromarray(softened(discs(800), 2))
    photo = open_photo(store(upright, orientation, tmp_path / "a.png"))
    assert np.array_equal(photo.pixels, np.asarray(upright))
    assert sharpness_of(photo) == sharpness_of(photo_of(np.asarray(upright)))
