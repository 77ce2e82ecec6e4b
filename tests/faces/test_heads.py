"""The region to cover around a face."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screen.faces.heads import facing, head_box, up_of
from screen.geometry import Box
from screen.records import Landmark

NAMES = ("left-eye", "right-eye", "nose", "left-mouth", "right-mouth")
FRONTAL = ((-12, -10), (12, -10), (0, 2), (-9, 14), (9, 14))
RIGHT_PROFILE = ((4, -10), (12, -10), (18, 2), (4, 14), (10, 14))


def landmarks(points, middle=(200, 150), degrees=0.0):
    turn = math.radians(degrees)
    cos, sin = math.cos(turn), math.sin(turn)
    turned = [(middle[0] + x * cos - y * sin, middle[1] + x * sin + y * cos) for x, y in points]
    return tuple(Landmark(*pair) for pair in zip(NAMES, turned, strict=True))


def face(middle=(200, 150)):
    return Box(middle[0] - 20, middle[1] - 25, middle[0] + 20, middle[1] + 25)


@given(
    st.integers(0, 350),
    st.integers(0, 250),
    st.integers(1, 200),
    st.integers(1, 200),
    st.floats(-180, 180),
    st.integers(0, 3),
)
def test_head_holds_the_face_and_stays_in_the_photo(left, top, width, height, degrees, turns):
    size = (400, 300)
    box = Box.around(left, top, left + width, top + height, size)
    for marks in ((), landmarks(FRONTAL, box.centre, degrees)):
        head = head_box(box, marks, size, turns)
        assert head.contains(box)
        assert Box(0, 0, *size).contains(head)


def test_hair_is_above_an_upright_face():
    head = head_box(face(), landmarks(FRONTAL), (400, 300))
    assert face().top - head.top > 2 * (head.bottom - face().bottom) > 0
    assert face().left - head.left == head.right - face().right > 0


@pytest.mark.parametrize(("turns", "side"), [(0, "top"), (1, "left"), (2, "bottom"), (3, "right")])
def test_hair_is_where_the_head_is_turned_to(turns, side):
    with_points = head_box(face(), landmarks(FRONTAL, degrees=-90 * turns), (400, 300))
    without = head_box(face(), (), (400, 300), turns)
    for head in (with_points, without):
        room = {name: abs(getattr(head, name) - getattr(face(), name)) for name in ("left", "top", "right", "bottom")}
        assert max(room, key=room.get) == side


def test_a_profile_gets_more_room_at_the_back_of_the_head():
    head = head_box(face(), landmarks(RIGHT_PROFILE), (400, 300))
    assert face().left - head.left > head.right - face().right


@pytest.mark.parametrize("degrees", [-170, -90, -30, 0, 45, 90])
def test_up_and_facing_are_told_by_landmarks(degrees):
    lean = math.radians(degrees)
    assert up_of(landmarks(FRONTAL, degrees=degrees)) == pytest.approx((math.sin(lean), -math.cos(lean)))
    assert facing(landmarks(FRONTAL, degrees=degrees)) == pytest.approx(0, abs=1e-6)
    assert facing(landmarks(RIGHT_PROFILE, degrees=degrees)) == pytest.approx(1)
