"""Which way up a scene is: the network's own file on drawn pictures and photos without faces, in four turns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from screen.photo import open_photo, photo_of
from screen.quality.scenes import SIDE, looked_closer, upright_by_turn
from screen.quality.uprightness import scene_says
from screen.weights import expected_path

SAMPLES = Path(__file__).resolve().parent.parent.parent / "sample_images"


def numbers(pixels: np.ndarray, turns: int = 0) -> np.ndarray:
    """What the network says of a picture that takes so many clockwise quarter turns to set it right."""
    return upright_by_turn(photo_of(np.ascontiguousarray(np.rot90(pixels, turns))))


@pytest.mark.parametrize("turns", range(4))
def test_a_table_tells_which_way_up_it_is(turns: int) -> None:
    found = numbers(open_photo(SAMPLES / "craft-table.jpg").pixels, turns)
    assert int(found.argmax()) == turns
    assert float(np.sort(found)[-1] - np.sort(found)[-2]) > 2


def test_turning_a_picture_turns_the_answer() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (SIDE, SIDE, 3), np.uint8)
    upright = numbers(pixels)
    for turns in (1, 2, 3):
        np.testing.assert_allclose(numbers(pixels, turns), np.roll(upright, turns), atol=0.05)


@pytest.mark.parametrize("grey", [0, 128, 255])
def test_an_empty_picture_says_nothing(grey: int) -> None:
    assert np.ptp(scene_says(numbers(np.full((300, 400, 3), grey, np.uint8)))) < 0.5


@pytest.mark.parametrize(
    ("whole", "looks"), [((2.0, 0.0, 0.0, 0.0), 1), ((1.0, 0.0, 0.0, 0.0), 6), ((0.0, 9.0, 0.0, 0.0), 6)]
)
def test_it_is_looked_at_closer_unless_the_whole_is_clearly_upright(
    whole: tuple[float, ...], looks: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, ...]] = []

    def numbers_of(pixels: np.ndarray) -> np.ndarray:
        seen.append(pixels.shape[:2])
        return np.array(whole if len(seen) == 1 else (0.0, 3.0, 0.0, 0.0))

    monkeypatch.setattr("screen.quality.scenes.numbers_of", numbers_of)
    found = upright_by_turn(photo_of(np.zeros((300, 500, 3), np.uint8)))
    assert seen == [(300, 500), *[(210, 350)] * 4, (300, 500)][:looks]
    # The mirror image stands for the other turn to the side.
    closer = np.array([0.0, 4 * 3.0, 0.0, 3.0]) / 5
    np.testing.assert_allclose(found, np.array(whole) if looks == 1 else np.array(whole) / 3 + closer * 2 / 3)


def test_corners_and_mirror_image_turn_with_the_picture() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (300, 400, 3), np.uint8)
    whole = np.array([0.0, 1.0, 2.0, 3.0])
    upright = looked_closer(whole, pixels)
    for turns in (1, 2, 3):
        found = looked_closer(np.roll(whole, turns), np.ascontiguousarray(np.rot90(pixels, turns)))
        np.testing.assert_allclose(found, np.roll(upright, turns), atol=0.05)


def test_the_network_is_small() -> None:
    assert expected_path("scenes").stat().st_size < 5_000_000
