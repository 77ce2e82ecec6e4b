from __future__ import annotations

import numpy as np
import pytest

from screen.faces import DetectedFace
from screen.geometry import Box
from screen.hands import DetectedHand, bodies, search
from screen.hands.bodies import HANDS, MOST_BODIES, MOST_SCORE, hands_of_bodies, small_heads
from screen.people.pose import _SWAPPED, RawBody, mirrored
from screen.photo import photo_of

HEAD = Box(300, 100, 360, 170)
PHOTO = photo_of(np.zeros((600, 800, 3), np.uint8))


def body(left=(280.0, 260.0), right=(380.0, 262.0), seen=0.95, seen_right=None):
    """A body whose hands are at these places."""
    points, sure = np.zeros((39, 3), np.float32), np.full(39, seen, np.float32)
    points[list(HANDS["left"]), :2], points[list(HANDS["right"]), :2] = left, right
    sure[list(HANDS["right"])] = seen if seen_right is None else seen_right
    return RawBody(1.0, points, sure)


def found(monkeypatch, *looks, heads=(HEAD,)):
    monkeypatch.setattr(bodies, "bodies_below", lambda photo, head: looks)
    return list(hands_of_bodies(PHOTO, heads))


def test_hands_are_where_two_looks_put_them(monkeypatch):
    left, right = found(monkeypatch, body(), body(left=(284, 262)))

    assert left.side, right.side == ("left", "right")
    assert left.box.centre == pytest.approx((282, 261), abs=1)
    assert 20 < left.box.width < 45
    assert 0.75 < left.score <= MOST_SCORE


@pytest.mark.parametrize(
    "looks",
    [
        (),
        (body(),),
        (body(), body(left=(250, 260), right=(420, 262))),
        (body(seen=0.5), body()),
    ],
)
def test_one_look_alone_or_two_that_differ_or_hesitate_tell_nothing(monkeypatch, looks):
    assert found(monkeypatch, *looks) == []


def test_each_hand_is_judged_by_itself_and_none_lies_on_a_head(monkeypatch):
    assert [hand.side for hand in found(monkeypatch, body(), body(seen_right=0.3))] == ["left"]
    assert [hand.side for hand in found(monkeypatch, *2 * (body(left=(330, 130)),))] == ["right"]


def test_only_small_upright_faces_are_asked_the_largest_first(monkeypatch):
    small = [DetectedFace(Box(40 * i, 50, 40 * i + 20, 75 + i), 0.9) for i in range(6)]
    others = [DetectedFace(Box(300, 200, 420, 340), 0.9), DetectedFace(Box(600, 50, 620, 75), 0.2)]
    lying = DetectedFace(Box(700, 50, 720, 75), 0.9, turns=1)
    monkeypatch.setattr(bodies, "detect_faces", lambda photo: (*small, *others, lying))

    heads = small_heads(PHOTO)

    assert len(heads) == MOST_BODIES
    assert heads[0].contains(small[-1].box)


def test_a_hand_that_was_read_is_not_found_again():
    read, again = DetectedHand(Box(100, 100, 140, 140), 0.9), DetectedHand(Box(105, 105, 135, 135), 0.8)
    other = DetectedHand(Box(300, 100, 330, 130), 0.8)

    assert list(search._further([read], [again, other, other])) == [other]


def test_left_and_right_of_a_mirrored_body_are_swapped_back():
    seen = body(left=(10, 20), right=(200, 30), seen_right=0.5)
    again = mirrored(seen)

    assert sorted(_SWAPPED) == list(range(39))
    assert again.points[15, 0] == 256 - 200
    assert again.points[16, 0] == 256 - 10
    assert again.seen[15] == pytest.approx(0.5)
    assert np.allclose(mirrored(again).points, seen.points)
