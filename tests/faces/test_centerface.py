"""CenterFace's decoding against hand-made answers."""

import numpy as np
import pytest

from screen.faces.centerface import as_input, decoded, not_twice


def test_input_is_padded_with_black_below_and_right_and_not_scaled():
    pixels = np.full((65, 40, 3), 200, np.uint8)
    plane = as_input(pixels)
    assert plane.shape == (1, 128, 64, 3)
    assert plane.dtype == np.uint8
    assert plane[0, :65, :40].min() == 200
    assert plane[0, 65:].max() == 0
    assert plane[0, :, 40:].max() == 0


def answer_with_one_face():
    """A face of 16 x 24 px whose middle is at (42, 22), nose in its middle, left eye a quarter in."""
    heat, size = np.zeros((16, 16), np.float32), np.zeros((2, 16, 16), np.float32)
    shift, marks = np.zeros((2, 16, 16), np.float32), np.zeros((10, 16, 16), np.float32)
    heat[5, 10] = 0.8
    size[:, 5, 10] = np.log(24 / 4), np.log(16 / 4)
    marks[:, 5, 10] = 0.5
    marks[0:2, 5, 10] = 0.25
    return heat, size, shift, marks


def test_decoding_gives_edges_score_and_points():
    (row,) = decoded(*answer_with_one_face(), threshold=0.5)
    assert row[:5] == pytest.approx([34, 10, 50, 34, 0.8])
    assert row[5:7] == pytest.approx([34 + 4, 10 + 6])
    assert row[9:11] == pytest.approx([42, 22])


def test_threshold_takes_effect():
    assert len(decoded(*answer_with_one_face(), threshold=0.8)) == 1
    assert len(decoded(*answer_with_one_face(), threshold=0.81)) == 0


def test_overlapping_answers_are_one_face_and_neighbours_stay():
    rows = np.array([[0, 0, 10, 10, 0.9], [2, 0, 12, 10, 0.8], [9, 0, 19, 10, 0.7]], np.float32)
    assert not_twice(rows, 0.3) == [0, 2]
    assert not_twice(rows[:0], 0.3) == []
