from __future__ import annotations

import numpy as np
import pytest

from screen.faces.presence import face_presence
from screen.geometry import Box
from screen.people import facing as module
from screen.people.facing import AWAY, LOOKS, Facing, angle_of, facing, square_below
from screen.people.pose import LEFT_EAR, NOSE, RIGHT_EAR, SEEN, RawBody
from screen.photo import open_photo, photo_of

HEAD = Box(180, 60, 220, 110)


def body(*, nose=(0.0, 0.0, -20.0), presence=1.0):
    """A body whose ears are at 0, 0, 0."""
    points = np.zeros((39, 3), np.float32)
    points[NOSE] = nose
    points[LEFT_EAR], points[RIGHT_EAR] = (10, 0, 0), (-10, 0, 0)
    return RawBody(presence, points, np.ones(39, np.float32))


@pytest.mark.parametrize(
    ("nose", "degrees"), [((0, 0, -20), 0), ((20, 0, 0), 90), ((-20, 0, 0), 90), ((0, 0, 20), 180), ((5, 9, -5), 45)]
)
def test_the_nose_tells_which_way_a_head_looks(nose, degrees):
    assert angle_of(body(nose=nose)) == pytest.approx(degrees, abs=0.1)


def test_a_mirrored_look_has_the_same_angle():
    assert angle_of(body(nose=(-3, 0, 7))) == pytest.approx(angle_of(body(nose=(3, 0, 7))))


@pytest.mark.parametrize(
    ("angles", "away", "perhaps", "towards"),
    [
        ((175.0, 170.0), True, True, False),
        ((175.0,), False, True, False),
        ((175.0, AWAY - 1), False, False, False),
        ((), False, False, False),
        ((20.0, 60.0), False, False, True),
        ((95.0, 110.0), False, False, False),
    ],
)
def test_one_look_alone_never_says_that_somebody_looks_away(angles, away, perhaps, towards):
    assert (Facing(angles).away, Facing(angles).perhaps_away, Facing(angles).towards) == (away, perhaps, towards)


def scripted(monkeypatch, *bodies):
    seen = []

    def answer(pixels):
        seen.append(pixels.copy())
        return bodies[len(seen) - 1]

    monkeypatch.setattr(module, "read_body", answer)
    return seen


def test_looks_that_see_no_body_say_nothing_and_each_head_is_looked_at_once(monkeypatch):
    seen = scripted(monkeypatch, body(nose=(0, 0, 20), presence=0.9), body(presence=0.3))
    photo = photo_of(np.zeros((400, 400, 3), np.uint8))

    assert facing(photo, HEAD) == facing(photo, HEAD) == Facing((180.0,))
    assert len(seen) == len(LOOKS)


def test_one_of_the_looks_is_mirrored(monkeypatch):
    pixels = np.zeros((400, 400, 3), np.uint8)
    pixels[:, :200] = 255
    seen = scripted(monkeypatch, body(), body())

    facing(photo_of(pixels), HEAD)

    left, right = (look[100, :128].mean() > look[100, 128:].mean() for look in seen)
    assert left != right


@pytest.mark.parametrize("head", [HEAD, Box(0, 0, 30, 40), Box(380, 360, 400, 400), Box(0, 0, 400, 400)])
@pytest.mark.parametrize("heights", [5.5, 7.0])
def test_the_square_holds_the_head_at_its_upper_middle_wherever_it_is(head, heights):
    pixels = np.zeros((400, 400, 3), np.uint8)
    pixels[head.as_slices()] = 255

    square, corner, scale = square_below(photo_of(pixels), head, heights)

    assert square.shape == (SEEN, SEEN, 3)
    rows, columns = np.nonzero(square[:, :, 0] > 128)
    size = SEEN / heights / max(head.height, 1.2 * head.width)
    assert columns.mean() == pytest.approx(SEEN / 2, abs=3)
    assert rows.min() == pytest.approx(0.35 * SEEN / heights, abs=3)
    assert np.ptp(columns) + 1 == pytest.approx(head.width * size, abs=4)
    assert np.ptp(rows) + 1 == pytest.approx(head.height * size, abs=4)
    assert corner[0] + columns.mean() / scale == pytest.approx(head.centre[0], abs=2 + 2 / scale)
    assert corner[1] + rows.min() / scale == pytest.approx(head.top, abs=2 + 2 / scale)


@pytest.mark.models
def test_backs_look_away_and_faces_towards_on_real_photos(shared_data):
    room = open_photo(shared_data / "faces" / "sugarlabs" / "image12.jpg")
    smile = open_photo(shared_data / "faces" / "sugarlabs" / "image18.jpg")
    back, face = Box(609, 598, 857, 902), Box(1080, 480, 1640, 1200)

    assert facing(room, back).away
    assert face_presence(room, back) < 0.1
    assert facing(smile, face).towards
    assert face_presence(smile, face) > 0.9
