from __future__ import annotations

import itertools

import numpy as np
import pytest

from screen.geometry import Box
from screen.people import PersonMask, person_mask, selfie
from screen.photo import photo_of


def mask_of(values, photo_size):
    return PersonMask(np.asarray(values, np.float32), photo_size)


def test_share_of_a_box_is_measured_in_photo_pixels():
    mask = mask_of([[0, 1], [0, 1]], (200, 100))

    assert mask.share(Box(0, 0, 100, 100)) == 0
    assert mask.share(Box(100, 0, 200, 100)) == 1
    assert mask.share(Box(0, 0, 200, 100)) == 0.5


def test_a_tiny_box_at_the_last_pixel_still_has_a_value():
    assert mask_of([[0, 0], [0, 1]], (200, 100)).share(Box(199, 99, 200, 100)) == 1


def test_cells_come_back_as_photo_pixels():
    assert mask_of(np.zeros((2, 4)), (400, 200)).to_photo(1, 0, 2, 1) == Box(100, 0, 200, 100)


@pytest.mark.parametrize("length", [1, 256, 257, 400, 512, 2000])
def test_tiles_cover_every_pixel_and_overlap(length):
    begins = selfie.starts(length, 256)

    assert begins[0] == 0
    assert begins[-1] + 256 >= length
    assert all(later - earlier <= 154 for earlier, later in itertools.pairwise(begins))


@pytest.mark.parametrize("size", [(4000, 3000), (300, 200), (1, 1), (2000, 40)])
def test_the_mask_covers_the_whole_photo_and_is_made_once(monkeypatch, size):
    calls = []

    def network(name, shape):
        def run(plane):
            calls.append(name)
            assert plane.shape == shape
            assert plane.min() >= 0
            assert plane.max() <= 1
            return [plane[:, :, :, :1]]

        return run

    monkeypatch.setattr(selfie, "compiled", network)
    photo = photo_of(np.full((size[1], size[0], 3), 255, np.uint8))

    mask = person_mask(photo)

    assert mask.share(Box(0, 0, *size)) == pytest.approx(1, abs=1e-3)
    assert max(mask.values.shape) <= selfie.LONG_SIDE
    count = len(calls)
    assert person_mask(photo) is mask
    assert len(calls) == count


def test_tiles_and_whole_photo_are_put_together_at_the_right_places(monkeypatch):
    monkeypatch.setattr(selfie, "compiled", lambda name, shape: lambda plane: [plane[:, :, :, :1]])
    pixels = np.zeros((768, 1024, 3), np.uint8)
    pixels[100:300, 600:900] = 255

    mask = person_mask(photo_of(pixels))

    assert mask.share(Box(620, 120, 880, 280)) > 0.97
    assert mask.share(Box(0, 0, 560, 768)) < 0.01


@pytest.mark.models
def test_people_are_told_from_their_surroundings(shared_data):
    from screen.photo import open_photo

    photo = open_photo(shared_data / "faces/coco/000000183709.jpg")  # a man from behind at a crossing

    mask = person_mask(photo)

    assert mask.share(Box(160, 300, 230, 560)) > 0.8
    assert mask.share(Box(220, 20, 400, 120)) < 0.1
