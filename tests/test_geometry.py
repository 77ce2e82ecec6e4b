import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screen.geometry import Box, box_of, corners, non_overlapping

SIZE = (400, 300)
edges = st.floats(-500, 900, allow_nan=False)


@given(edges, edges, edges, edges)
def test_a_box_holds_what_it_was_made_around_and_stays_in_the_photo(left, top, right, bottom):
    box = Box.around(left, top, right, bottom, SIZE)
    if box is None:
        seen = max(0, left) < min(400, right) and max(0, top) < min(300, bottom)
        assert not seen
        return
    assert 0 <= box.left < box.right <= 400
    assert 0 <= box.top < box.bottom <= 300
    assert box.left <= max(0, left)
    assert box.right >= min(400, right)
    assert box.top <= max(0, top)
    assert box.bottom >= min(300, bottom)


@pytest.mark.parametrize("edge", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_gives_no_box(edge):
    assert Box.around(edge, 0, 10, 10, SIZE) is None


def test_tiny_boxes_stay_and_empty_ones_do_not_exist():  # T8
    assert Box.around(5.2, 5.2, 5.3, 5.3, SIZE) == Box(5, 5, 6, 6)
    assert Box.around(500, 10, 520, 20, SIZE) is None
    with pytest.raises(ValueError, match="empty"):
        Box(3, 3, 3, 9)


def test_overlap_of_boxes():
    one, other = Box(0, 0, 10, 10), Box(5, 5, 15, 15)
    assert one.intersection(other) == Box(5, 5, 10, 10)
    assert one.iou(other) == pytest.approx(25 / 175)
    assert one.union(other) == Box(0, 0, 15, 15)
    assert one.intersection(Box(10, 0, 20, 10)) is None
    assert one.contains(Box(2, 2, 10, 10))
    assert not one.contains(other)
    assert one.holds((9.9, 0))
    assert not one.holds((10, 0))


def test_grown_boxes_stop_at_the_border():
    assert Box(10, 10, 30, 30).grown(1, 1, 0.5, SIZE) == Box(0, 0, 50, 40)


def test_corners_and_the_box_of_points_are_inverse():
    box = Box(3, 4, 50, 60)
    assert box_of(corners(box), SIZE) == box


def test_of_overlapping_boxes_the_best_remains():
    boxes = [Box(0, 0, 10, 10), Box(1, 1, 11, 11), Box(50, 50, 60, 60)]
    assert non_overlapping(boxes, [0.5, 0.9, 0.1], 0.3) == [1, 2]
