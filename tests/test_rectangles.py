from __future__ import annotations

import itertools

import numpy as np
import pytest

from screen.geometry import Box
from screen.rectangles import FILL, FILL_WEIGHT, FILL_WORTH, THIRDS, best_rectangle, free_rectangles


def boxes(rows):
    return np.array(rows, np.int64).reshape(-1, 4)


def meets(a, b):
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def worth(hull, frame):
    """The worth of a frame as it is meant, written down a second time and without any cleverness."""
    left, top, right, bottom = frame
    fill = max(hull.width / (right - left), hull.height / (bottom - top))
    place = 0.0
    for middle, begin, length in ((hull.centre[0], left, right - left), (hull.centre[1], top, bottom - top)):
        place += 0.5 * (1 - 2 * min(abs((middle - begin) / length - third) for third in THIRDS))
    return FILL_WEIGHT * float(np.interp(fill, FILL, FILL_WORTH)) + (1 - FILL_WEIGHT) * place


def every_frame(hull, obstacles, size, aspect):
    """All frames of whole pixels that hold the hull, with height = width / aspect where that is whole."""
    for width in range(hull.width, size[0] + 1):
        height = width / aspect
        if height != int(height) or height < hull.height or height > size[1]:
            continue
        for left in range(max(0, hull.right - width), min(hull.left, size[0] - width) + 1):
            for top in range(max(0, hull.bottom - int(height)), min(hull.top, size[1] - int(height)) + 1):
                frame = (left, top, left + width, top + int(height))
                if not any(meets(frame, obstacle) for obstacle in obstacles):
                    yield frame


def scene(seed):
    random = np.random.default_rng(seed)
    size = (48, 36)
    left, top = random.integers(0, 40), random.integers(0, 28)
    hull = Box(int(left), int(top), int(left + random.integers(2, 8)), int(top + random.integers(2, 8)))
    rows = []
    for _ in range(random.integers(0, 6)):
        x, y = random.integers(0, 44), random.integers(0, 32)
        row = (x, y, min(48, x + random.integers(1, 10)), min(36, y + random.integers(1, 10)))
        if not meets(row, hull.as_tuple()):
            rows.append(row)
    return hull, boxes(rows), size


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("aspect", [1.0, 2.0, 0.5])
def test_no_frame_of_whole_pixels_is_better(seed, aspect):
    hull, obstacles, size = scene(seed)

    best = best_rectangle(hull, free_rectangles(hull, obstacles, size), aspect)
    others = [worth(hull, frame) for frame in every_frame(hull, obstacles, size, aspect)]

    if best is None:
        assert others == []
    else:
        assert best.worth >= max(others, default=0) - 1e-9


@pytest.mark.parametrize("seed", range(60))
def test_the_frame_holds_the_hull_meets_nothing_and_is_worth_what_is_said(seed):
    hull, obstacles, _ = scene(seed)
    large = Box(*(20 * edge for edge in hull.as_tuple()))

    for aspect in (16 / 9, 1.91, 4 / 3, 1.0, 0.8, None):
        best = best_rectangle(large, free_rectangles(large, 20 * obstacles, (960, 720)), aspect)
        if best is None:
            continue
        assert best.box.contains(large)
        assert not any(meets(best.box.as_tuple(), obstacle) for obstacle in 20 * obstacles)
        assert Box(0, 0, 960, 720).contains(best.box)
        assert worth(large, best.box.as_tuple()) == pytest.approx(best.worth, abs=0.03)
        if aspect:
            assert best.box.width / best.box.height == pytest.approx(aspect, rel=0.03)


@pytest.mark.parametrize("seed", range(40))
def test_every_largest_free_rectangle_is_there(seed):
    hull, obstacles, size = scene(seed)
    free = {tuple(row) for row in free_rectangles(hull, obstacles, size).tolist()}

    def is_free(frame):
        return not any(meets(frame, obstacle) for obstacle in obstacles)

    xs = sorted({0, size[0], *obstacles[:, [0, 2]].ravel().tolist()})
    ys = sorted({0, size[1], *obstacles[:, [1, 3]].ravel().tolist()})
    for frame in itertools.product(xs, ys, xs, ys):
        holds = frame[0] <= hull.left and frame[1] <= hull.top and frame[2] >= hull.right and frame[3] >= hull.bottom
        if holds and is_free(frame):
            assert any(f[0] <= frame[0] and f[1] <= frame[1] and f[2] >= frame[2] and f[3] >= frame[3] for f in free)
    assert all(is_free(frame) for frame in free)


def test_an_obstacle_on_the_hull_leaves_nothing():
    assert len(free_rectangles(Box(5, 5, 10, 10), boxes([[8, 8, 12, 12]]), (40, 30))) == 0


def test_a_frame_that_must_be_larger_than_the_free_space_is_none():
    free = free_rectangles(Box(50, 50, 60, 60), boxes([[100, 0, 200, 100]]), (200, 100))

    assert best_rectangle(Box(50, 50, 60, 60), free, 1.0, least=101) is None
    assert best_rectangle(Box(50, 50, 60, 60), free, 1.0, least=100) is not None
