"""What a photo looks like: the same shot is known again resized, covered in part or turned; others are not."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from screen.photo import Pixels, photo_of
from screen.quality.likeness import SAME_SHOT, groups_of, likeness_of, same_shots


def scene(seed: int, width: int = 640, height: int = 480) -> Pixels:
    """A soft random picture with structure of every size, as photos have."""
    rng = np.random.default_rng(seed)
    total = np.zeros((height, width, 3), np.float32)
    for cells in (3, 6, 12, 24):
        coarse = rng.normal(0, 60 / cells**0.5, (cells, cells, 3)).astype(np.float32)
        total += cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.clip(total + 128, 0, 255).astype(np.uint8)


def differing(first: Pixels, second: Pixels) -> float:
    """The share of signs that differ; 1 where the two do not look alike."""
    pairs = list(same_shots([likeness_of(photo_of(first)), likeness_of(photo_of(second))]))
    return pairs[0][2] if pairs else 1.0


def test_a_likeness_is_64_hex_digits_and_made_once() -> None:
    photo = photo_of(scene(1))
    likeness = likeness_of(photo)
    assert len(bytes.fromhex(likeness)) == 32
    assert likeness_of(photo) is likeness


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_the_same_shot_turned_and_mirrored(turns: int, mirrored: bool) -> None:
    pixels = np.rot90(scene(1), turns)
    other = pixels[:, ::-1] if mirrored else pixels
    assert differing(scene(1), np.ascontiguousarray(other)) <= 0.02


def test_the_same_shot_smaller_darker_and_with_a_face_covered() -> None:
    pixels = scene(1)
    assert differing(pixels, cv2.resize(pixels, (200, 150), interpolation=cv2.INTER_AREA)) <= 0.05
    assert differing(pixels, (pixels * 0.7).astype(np.uint8)) <= 0.05
    covered = pixels.copy()
    covered[180:280, 260:340] = 0
    assert differing(pixels, covered) <= SAME_SHOT
    assert differing(pixels, pixels[8:-8, 10:-10]) <= SAME_SHOT


def test_other_shots_do_not_look_alike() -> None:
    likenesses = [likeness_of(photo_of(scene(seed))) for seed in range(40)]
    assert list(same_shots(likenesses)) == []


def test_empty_pictures_look_like_nothing() -> None:
    black = likeness_of(photo_of(np.zeros((300, 400, 3), np.uint8)))
    assert black == ""
    assert list(same_shots([black, black, likeness_of(photo_of(scene(1)))])) == []


def test_pairs_name_the_places_of_photos_also_past_empty_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screen.quality.likeness.AT_ONCE", 2)  # row by row
    one, other = likeness_of(photo_of(scene(1))), likeness_of(photo_of(scene(2)))
    found = list(same_shots(["", one, other, "", one, other]))
    assert [(first, second) for first, second, _ in found] == [(1, 4), (2, 5)]
    assert all(share == 0 for *_, share in found)


def test_groups_hang_together() -> None:
    assert groups_of([(0, 1, 0.1), (2, 3, 0.1), (1, 4, 0.2)]) == ((0, 1, 4), (2, 3))
    assert groups_of([(0, 1, 0.1), (2, 3, 0.1), (1, 3, 0.2)]) == ((0, 1, 2, 3),)
    assert groups_of([]) == ()
