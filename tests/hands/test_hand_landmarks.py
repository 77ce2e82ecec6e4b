from __future__ import annotations

import math

import numpy as np
import pytest

from screen.hands import landmarks
from screen.hands.landmarks import LANDMARKS, Square, read_hand, square_of_hand, square_of_palm


def palm(wrist, knuckle):
    row = np.zeros(19, np.float32)
    row[:5] = 40, 40, 60, 60, 0.9
    row[5:7], row[9:11] = wrist, knuckle
    return row


def test_21_named_points():
    assert len(LANDMARKS) == len(set(LANDMARKS)) == 21
    assert (LANDMARKS[0], LANDMARKS[8], LANDMARKS[20]) == ("wrist", "index-tip", "little-tip")


@pytest.mark.parametrize(
    ("wrist", "knuckle", "angle", "middle"),
    [
        ((50, 60), (50, 40), 0.0, (50, 40)),
        ((40, 50), (60, 50), math.pi / 2, (60, 50)),
        ((50, 40), (50, 60), math.pi, (50, 60)),
        ((60, 50), (40, 50), -math.pi / 2, (40, 50)),
    ],
)
def test_the_square_of_a_palm_leans_and_moves_with_the_fingers(wrist, knuckle, angle, middle):
    square = square_of_palm(palm(wrist, knuckle))

    assert square.edge == pytest.approx(52)
    assert square.angle == pytest.approx(angle)
    assert square.middle == pytest.approx(middle)


@pytest.mark.parametrize("angle", [0.0, 0.7, math.pi / 2, 3.0, -2.0])
def test_points_come_back_to_where_they_were_seen(monkeypatch, angle):
    marked = (90, 60)
    picture = np.zeros((120, 160, 3), np.uint8)
    picture[marked[1] - 1 : marked[1] + 2, marked[0] - 1 : marked[0] + 2] = 255

    def network(name, shape, exact=True):
        def run(plane):
            y, x = np.unravel_index(plane[0, :, :, 0].argmax(), shape[1:3])
            points = np.tile([x, y, 0], 21).astype(np.float32)[None]
            return [points, np.array([[0.9]], np.float32), np.array([[0.2]], np.float32), points]

        return run

    monkeypatch.setattr(landmarks, "compiled", network)

    hand = read_hand(picture, Square((80.0, 64.0), 60.0, angle))

    assert hand.points[0] == pytest.approx(marked, abs=1.5)
    assert (hand.presence, hand.right) == pytest.approx((0.9, 0.2))


@pytest.mark.parametrize("angle", [0.0, 1.0, 2.5, -1.5])
def test_the_square_of_known_points_leans_as_they_do(angle):
    upright = np.array([[(i % 5 - 2) * 4.0, -10.0 * (i // 5)] for i in range(21)], np.float32)
    upright[0] = 0, 20
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    points = (upright @ turn.T + 200).astype(np.float32)

    square, plain = square_of_hand(points), square_of_hand(upright + 200)

    assert math.cos(square.angle - plain.angle - angle) == pytest.approx(1, abs=1e-3)
    assert square.edge == pytest.approx(plain.edge, rel=1e-3)
