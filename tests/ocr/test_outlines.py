"""Corners that follow the edges of an outline: for writing seen at a slant, and for nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from screen.geometry import Quad
from screen.ocr.outlines import followed
from screen.ocr.quads import lengths, quad_of
from screen.ocr.regions import Cutting, in_order, regions_in


def outline_of(*corners: tuple[int, int], spike: tuple[int, int] | None = None) -> tuple[np.ndarray, Quad]:
    """The outline of a filled shape, as the map of a detector gives it, and the smallest rectangle round it."""
    import cv2

    mask = np.zeros((300, 500), np.uint8)
    cv2.fillPoly(mask, [np.array(corners, np.int32)], 1)
    if spike:
        cv2.rectangle(mask, (spike[0], spike[1]), (spike[0] + 8, spike[1] + 40), 1, -1)
    (outline,), _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    return np.asarray(outline), in_order(np.asarray(cv2.boxPoints(cv2.minAreaRect(outline)), np.float32))


def away(found: Quad | None, wanted: Quad) -> float:
    assert found is not None
    return max(abs(a - b) for one, other in zip(found, wanted, strict=True) for a, b in zip(one, other, strict=True))


TAPERED = ((50, 100), (400, 130), (400, 170), (50, 200))


def test_edges_that_run_together_are_followed() -> None:
    assert away(followed(*outline_of(*TAPERED), 0), quad_of(TAPERED)) < 3


def test_corners_lie_outside_of_the_outline_by_what_the_detector_leaves_out() -> None:
    (_, top), (right, _), _, (left, bottom) = followed(*outline_of(*TAPERED), 6) or quad_of(TAPERED)
    assert (left, right) == pytest.approx((44, 406), abs=2)
    assert (top, bottom) == pytest.approx((93.5, 206.5), abs=2)


def test_a_tail_below_the_line_does_not_tilt_it() -> None:
    outline, rectangle = outline_of((50, 100), (400, 100), (400, 140), (50, 140), spike=(380, 140))
    assert followed(outline, rectangle, 0) is None
    outline, rectangle = outline_of(*TAPERED, spike=(300, 160))
    assert away(followed(outline, rectangle, 0), quad_of(TAPERED)) < 5


@pytest.mark.parametrize(
    "corners",
    [
        pytest.param(((50, 100), (400, 100), (400, 140), (50, 140)), id="level"),
        pytest.param(((50, 50), (350, 200), (330, 240), (30, 90)), id="tilted"),
        pytest.param(((50, 100), (90, 110), (90, 150), (50, 160)), id="short"),
    ],
)
def test_rectangles_and_short_shapes_stay_as_they_are(corners: tuple[tuple[int, int], ...]) -> None:
    assert followed(*outline_of(*corners), 3) is None


def test_a_region_of_the_map_has_both_kinds_of_corners_and_both_move_with_it() -> None:
    import cv2

    seen = np.zeros((300, 500), np.float32)
    cv2.fillPoly(seen, [np.array(TAPERED, np.int32)], 0.9)
    (region,) = regions_in(seen, Cutting())
    assert region.slanted is not None
    assert lengths(region.slanted)[1] < lengths(region.quad)[1]
    moved = region.moved((10, 20), (2, 3))
    assert moved.slanted is not None
    assert moved.quad[0] == (10 + 2 * region.quad[0][0], 20 + 3 * region.quad[0][1])
    assert moved.slanted[2] == (10 + 2 * region.slanted[2][0], 20 + 3 * region.slanted[2][1])
