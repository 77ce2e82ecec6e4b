"""Clear, marginal or none, and how sharp a face is."""

import cv2
import numpy as np
import pytest

from screen.faces.identifiability import identifiability, sharpness
from screen.geometry import Box
from screen.photo import photo_of


@pytest.mark.parametrize(
    ("width", "sharp", "expected"),
    [
        (9, None, "none"),
        (10, None, "marginal"),
        (39, None, "marginal"),
        (40, 0.9, "clear"),
        (300, 0.0, "marginal"),
        (21, 0.0, "marginal"),
    ],
)
def test_identifiability_by_width_and_sharpness(width, sharp, expected):
    assert identifiability(width, sharp) == expected


def textured(size=200):
    """Noise with amplitudes that fall as 1/f, as pictures of nature have them."""
    noise = np.random.default_rng(3).normal(size=(size, size))
    frequency = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.fftfreq(size)[None])
    frequency[0, 0] = 1
    grey = np.fft.ifft2(np.fft.fft2(noise) / frequency).real
    grey = (grey - grey.min()) / np.ptp(grey) * 255
    return np.repeat(grey.astype(np.uint8)[..., None], 3, 2)


def test_blur_lowers_sharpness_step_by_step():
    whole = Box(0, 0, 200, 200)
    steps = [sharpness(photo_of(cv2.GaussianBlur(textured(), (0, 0), s)), whole) for s in (0.1, 4, 8, 16)]
    assert steps == sorted(steps, reverse=True)
    assert steps[0] > 0.8
    assert steps[-1] < 0.3


def test_size_alone_does_not_change_sharpness():
    small = cv2.resize(textured(400), (80, 80), interpolation=cv2.INTER_AREA)
    assert sharpness(photo_of(small), Box(0, 0, 80, 80)) == pytest.approx(
        sharpness(photo_of(textured(400)), Box(0, 0, 400, 400)), abs=0.1
    )


def test_small_faces_have_no_sharpness_and_flat_ones_have_none_left():
    assert sharpness(photo_of(textured()), Box(0, 0, 39, 50)) is None
    assert sharpness(photo_of(np.zeros((50, 50, 3), np.uint8)), Box(0, 0, 50, 50)) == 0
