from __future__ import annotations

import numpy as np
import pytest

from screen.hands import palms
from screen.hands.palms import anchors, find_palms, merged


def network(*, at, score=3.0):
    """A scripted palm detector: palms of 20 x 30 px around these anchors, no shift."""

    def run(plane):
        assert plane.shape == (1, 192, 192, 3)
        raw, logits = np.zeros((1, 2016, 18), np.float32), np.full((1, 2016, 1), -50.0, np.float32)
        raw[0, :, 2:4] = 20, 30
        for number, index in enumerate(at):
            logits[0, index] = score - number
        return [raw, logits]

    return lambda name, shape, exact=True: run


def test_anchors_are_the_middles_of_both_grids():
    assert anchors().shape == (2016, 2)
    assert anchors()[:3].tolist() == [[4, 4], [4, 4], [12, 4]]
    assert anchors()[-1].tolist() == [184, 184]


def test_a_palm_comes_back_in_pixels_of_the_picture(monkeypatch):
    index = 2 * (5 * 24 + 7)  # row 5, column 7 of the fine grid: 60, 44
    monkeypatch.setattr(palms, "compiled", network(at=[index]))

    (row,) = find_palms(np.zeros((384, 192, 3), np.uint8), 0.3)

    assert row[:4].tolist() == pytest.approx([2 * (60 - 10), 2 * (44 - 15), 2 * (60 + 10), 2 * (44 + 15)])
    assert row[4] == pytest.approx(1 / (1 + np.exp(-3.0)))
    assert row[5:7].tolist() == [120, 88]


def test_unlikely_palms_are_left_out(monkeypatch):
    monkeypatch.setattr(palms, "compiled", network(at=[100], score=-2.0))

    assert len(find_palms(np.zeros((192, 192, 3), np.uint8), 0.3)) == 0


def test_two_answers_for_one_palm_are_averaged_by_score(monkeypatch):
    monkeypatch.setattr(palms, "compiled", network(at=[100, 102]))

    (row,) = find_palms(np.zeros((192, 192, 3), np.uint8), 0.3)

    first, second = anchors()[100, 0], anchors()[102, 0]
    assert min(first, second) < row[5] < (first + second) / 2
    assert row[4] == pytest.approx(1 / (1 + np.exp(-3.0)))


def test_palms_apart_stay_two_and_nothing_stays_nothing():
    rows = np.zeros((2, 19), np.float32)
    rows[0, :5], rows[1, :5] = (0, 0, 10, 10, 0.9), (40, 40, 50, 50, 0.8)

    assert len(merged(rows)) == 2
    assert merged(rows[:0]).shape == (0, 19)
