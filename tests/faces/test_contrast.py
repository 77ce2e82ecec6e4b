"""What stands out as small faces do, on drawn pictures."""

import numpy as np
import pytest

from screen.faces.contrast import stands_out

WALL = (120, 130, 135)


def picture(*spots, ground=WALL, size=(100, 130)):
    pixels = np.full((*size, 3), ground, np.uint8)
    for x, y, colour in spots:
        pixels[y : y + 5, x : x + 5] = colour
    return pixels


@pytest.mark.parametrize("skin", [(224, 172, 140), (141, 85, 54), (70, 42, 30)], ids=["light", "brown", "dark"])
def test_skin_of_every_shade_stands_out_from_a_wall(skin):
    worth = stands_out(picture((58, 34, skin)), 24)
    assert worth.shape == (5, 6)
    assert np.unravel_index(worth.argmax(), worth.shape) == (1, 2)
    grey = stands_out(picture((58, 34, (int(np.mean(skin)),) * 3)), 24)
    assert worth[1, 2] > 2 * grey[1, 2]


def test_a_grey_photo_is_told_by_its_detail_alone():
    worth = stands_out(picture((58, 34, (230, 230, 230)), ground=(90, 90, 90)), 24)
    assert np.unravel_index(worth.argmax(), worth.shape) == (1, 2)
    assert worth[1, 2] > 0


def test_plain_places_and_blue_things_are_not_redder():
    assert not stands_out(picture(), 24).any()
    blue, red = (stands_out(picture((58, 34, colour)), 24)[1, 2] for colour in ((60, 80, 200), (200, 110, 80)))
    assert red > blue


def test_squares_at_the_edge_may_reach_beyond():
    worth = stands_out(picture((95, 125, (224, 172, 140)), size=(130, 100)), 24)
    assert worth.shape == (6, 5)
    assert worth[5, 4] == worth.max() > 0
