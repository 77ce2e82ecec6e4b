"""The blur check on drawn pictures: sharp stays sharp however large or dark; blur is told with its cause."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from screen.checks.blur import BlurCheck, BlurSettings
from screen.photo import Photo, Pixels, photo_of
from screen.records import BlurDetails, Finding


def scene(long_side: int = 1600, seed: int = 3) -> Pixels:
    """A room of coloured shapes with sharp edges, drawn at twice the size and reduced as a camera would."""
    rng = np.random.default_rng(seed)
    width, height = 2 * long_side, 3 * long_side // 2
    picture = np.full((height, width, 3), 120, np.uint8)
    for _ in range(90):
        colour = [int(v) for v in rng.integers(20, 236, 3)]
        points = rng.integers(0, (width, height), (1, 2)) + rng.integers(-width // 8, width // 8, (4, 2))
        cv2.fillConvexPoly(picture, cv2.convexHull(points.astype(np.int32)), colour, cv2.LINE_AA)
    return np.asarray(cv2.resize(picture, (long_side, height // 2), interpolation=cv2.INTER_AREA), np.uint8)


def finding(pixels: Pixels) -> Finding:
    found = list(BlurCheck(BlurSettings()).inspect(photo_of(pixels)))
    assert len(found) == 1
    assert found[0].box is None
    return found[0]


def details(pixels: Pixels) -> BlurDetails:
    record = finding(pixels).details
    assert isinstance(record, BlurDetails)
    return record


def shaken(pixels: Pixels, length: int, angle: float) -> Pixels:
    kernel = np.zeros((length | 1, length | 1), np.float32)
    middle = (length | 1) // 2
    reach = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    start, end = (tuple(round(float(v)) for v in middle + sign * reach) for sign in (-1, 1))
    cv2.line(kernel, start, end, 1.0, 1)
    return np.asarray(cv2.filter2D(pixels, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE), np.uint8)


@pytest.mark.parametrize("long_side", [640, 1600, 3200])
def test_sharp_at_every_size(long_side: int) -> None:
    pixels = scene(long_side)
    assert finding(pixels).score < 0.5
    soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), long_side * 0.003), np.uint8)
    assert finding(soft).score > 0.7
    assert details(soft).sharpness < details(pixels).sharpness - 0.2


def test_darker_or_paler_is_as_sharp() -> None:
    pixels = scene()
    assert finding((pixels * 0.4).astype(np.uint8)).score < 0.3
    assert finding((pixels * 0.3 + 150).astype(np.uint8)).score < 0.3


def test_noise_does_not_pass_for_sharpness() -> None:
    soft = cv2.GaussianBlur(scene(), (0, 0), 6).astype(np.float32)
    noise = np.random.default_rng(1).normal(0, 2, soft.shape)
    assert finding(np.clip(soft + noise, 0, 255).astype(np.uint8)).score > 0.5


def test_sharp_subject_before_a_soft_wall_is_sharp() -> None:
    pixels = scene()
    soft = np.asarray(cv2.GaussianBlur(pixels, (0, 0), 9), np.uint8)
    height, width = pixels.shape[:2]
    part = (slice(height // 3, height), slice(width // 3, 2 * width // 3))
    soft[part] = pixels[part]
    assert finding(soft).score < 0.5


@pytest.mark.parametrize("angle", [0.0, 0.7, 1.57, 2.5])
def test_motion_is_told_from_focus(angle: float) -> None:
    moved, soft = shaken(scene(), 24, angle), np.asarray(cv2.GaussianBlur(scene(), (0, 0), 6), np.uint8)
    assert finding(moved).score > 0.7
    assert details(moved).cause == "motion"
    assert details(soft).cause == "focus"


def test_sharp_photo_names_no_cause() -> None:
    assert details(scene()).cause == ""


def test_nothing_to_see_is_not_called_sharp() -> None:
    flat = np.full((600, 800, 3), 90, np.uint8)
    assert finding(flat).score > 0.9
    assert details(flat).cause == "empty"


def test_tiny_photo_is_judged_all_the_same() -> None:
    assert 0 <= finding(np.zeros((1, 1, 3), np.uint8)).score <= 1


def test_answer_can_be_shared(noise_photo: Photo) -> None:
    check = BlurCheck(BlurSettings())
    assert list(check.inspect(noise_photo)) == list(check.inspect(noise_photo))
