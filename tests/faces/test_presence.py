from __future__ import annotations

import numpy as np
import pytest

from screen.faces import RawFace, presence
from screen.faces.presence import CLOSER, closely_seen, face_presence
from screen.geometry import Box
from screen.photo import photo_of

HEAD = Box(300, 200, 360, 280)


class Scripted:
    """A face model that sees a white spot."""

    def __init__(self) -> None:
        self.looks = 0

    def detect(self, pixels, threshold):
        self.looks += 1
        ys, xs = np.nonzero(pixels[:, :, 0] > 128)
        return [RawFace(xs.min(), ys.min(), xs.max() + 1, ys.max() + 1, 0.2 + 0.1 * self.looks)] if len(xs) else []


@pytest.fixture
def model(monkeypatch):
    found = Scripted()
    monkeypatch.setattr(presence, "pick", lambda *_: found)
    return found


def spot(box):
    pixels = np.zeros((600, 800, 3), np.uint8)
    pixels[box.as_slices()] = 255
    return photo_of(pixels)


def test_the_surest_of_the_closer_looks_counts_mirrored_ones_too(model):
    photo = spot(Box(310, 230, 330, 260))

    assert closely_seen(photo, HEAD) == pytest.approx(0.2 + 0.1 * 2 * len(CLOSER))
    assert closely_seen(photo, HEAD) > 0
    assert model.looks == 2 * len(CLOSER)  # once per photo and head


@pytest.mark.parametrize("box", [Box(380, 220, 400, 250), Box(260, 220, 280, 250), Box(320, 290, 340, 310)])
def test_faces_beside_the_head_do_not_count(model, box):
    assert closely_seen(spot(box), HEAD) == 0


def test_the_face_mesh_is_asked_at_the_border_of_the_photo_too(monkeypatch):
    seen = []

    def network(plane):
        seen.append(plane.copy())
        return [np.zeros((1, 1, 1, 1404)), np.full((1, 1, 1, 1), len(seen) - 4.0)]

    monkeypatch.setattr(presence, "compiled", lambda name, shape: network)
    photo = photo_of(np.full((600, 800, 3), 255, np.uint8))

    assert face_presence(photo, Box(0, 0, 40, 50)) == pytest.approx(1 / (1 + np.exp(-2.0)))
    assert len(seen) == 6
    assert all(plane.shape == (1, 192, 192, 3) and plane.max() == 1 for plane in seen)
