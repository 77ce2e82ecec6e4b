"""Looks at several places at once, with scripted models, and with the network itself."""

import numpy as np
import pytest

from screen.faces import RawFace
from screen.faces.batches import MOST_PIXELS, in_the_mirror, look_at_each, squares
from screen.faces.centerface import CenterFace
from screen.geometry import Box
from screen.photo import photo_of


class OneByOne:
    """Sees each white thing as a face."""

    def __init__(self):
        self.asked = []

    def detect(self, pixels, threshold):
        import cv2

        self.asked.append(pixels.shape)
        found = cv2.connectedComponentsWithStats((pixels[..., 0] > 128).astype(np.uint8))[2][1:]
        return [RawFace(x, y, x + w, y + h, 0.9) for x, y, w, h, _ in found.tolist()]


class AllAtOnce(OneByOne):
    """The same, for many pictures at once."""

    def __init__(self):
        super().__init__()
        self.batches = []

    def detect_each(self, pictures, threshold):
        found = [self.detect(picture, threshold) for picture in pictures]
        self.batches.append(len(pictures))
        return found


def drawn(boxes):
    pixels = np.zeros((1200, 1600, 3), np.uint8)
    for box in boxes:
        pixels[box.as_slices()] = 255
    return photo_of(pixels)


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("network", [OneByOne(), AllAtOnce()])
def test_each_view_gets_what_is_in_it_in_order(network, mirrored):
    faces = [Box(100 * k + 10, 40, 100 * k + 30, 70) for k in range(11)]
    photo = drawn(faces[1:])
    views = [photo.view(Box(100 * k, 20, 100 * k + 90, 120)) for k in range(11)]
    found = list(look_at_each(network, views, 128, 0.1, mirrored))
    assert [[face.box for face in seen] for seen in found] == [[], *([face] for face in faces[1:])]
    assert network.asked[-1][-3:] == (128, 128, 3)


def test_many_looks_are_asked_in_bounded_batches_and_none_asks_nothing():
    photo, network = drawn([]), OneByOne()
    assert list(look_at_each(network, [], 128, 0.1)) == []
    assert not network.asked
    together, most = AllAtOnce(), MOST_PIXELS // 128**2
    views = [photo.view(Box(0, 0, 90, 90))] * (most + 3)
    assert len(list(look_at_each(together, views, 128, 0.1))) == len(views)
    assert sum(together.batches) == len(views)
    assert max(together.batches) <= most
    assert {count.bit_count() for count in together.batches} == {1}  # few shapes: 1, 2, 4, 8, ...


def test_pictures_get_squares_of_their_own():
    white = np.full((100, 80, 3), 255, np.uint8)
    one, cut = squares([white, np.full((130, 140, 3), 7, np.uint8)], 112)
    assert one[99, 79].min() == 255
    assert one[100].max() == one[:, 80].max() == 0
    assert cut.min() == 7


def test_mirroring():
    assert in_the_mirror(RawFace(10, 0, 30, 20, 0.5), 100) == RawFace(70, 0, 90, 20, 0.5)


@pytest.mark.models
def test_what_lies_in_other_pictures_of_a_batch_changes_nothing():
    rng = np.random.default_rng(1)
    pictures = rng.integers(0, 255, (5, 128, 128, 3), np.uint8)
    pictures[1:3, 30:90, 40:80] = (224, 172, 105)
    alone = [CenterFace().detect(picture, 0.003) for picture in pictures]
    assert any(alone)
    assert CenterFace().detect_each(pictures, 0.003) == alone
