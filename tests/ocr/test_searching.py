"""Blocks of lines that were taken for one word."""

from __future__ import annotations

import pytest

from screen.geometry import Quad
from screen.ocr.quads import quad_of
from screen.ocr.regions import Look, Region
from screen.ocr.searching import LOOSE, LOW, _whole, holds_lines


def region(left: float, top: float, right: float, bottom: float, steep: bool = False) -> Region:
    """Upright corners; steep ones with x and y changed over."""
    quad: Quad = quad_of([(left, top), (right, top), (right, bottom), (left, bottom)])
    return Region(quad_of([(y, x) for x, y in (quad[0], quad[3], quad[2], quad[1])]) if steep else quad, 0.9)


@pytest.mark.parametrize("steep", [False, True])
@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        pytest.param([(20, 10, 180, 25)], True, id="a line of a sheet"),
        pytest.param([(20, 5, 180, 45)], False, id="the same line"),
        pytest.param([(20, 5, 180, 38)], False, id="one line of nearly that height"),
        pytest.param([(20, 3, 180, 30), (30, 28, 160, 57)], True, id="two lines side by side"),
        pytest.param([(5, 12, 95, 45), (105, 12, 195, 46)], False, id="its two words"),
        pytest.param([(300, 3, 400, 30), (300, 28, 400, 57)], False, id="two lines elsewhere"),
    ],
)
def test_what_holds_lines_is_no_line(lines: list[tuple[float, float, float, float]], wanted: bool, steep: bool) -> None:
    block = region(0, 0, 200, 60, steep)
    assert holds_lines(block, [region(*line, steep=steep) for line in lines]) is wanted


def test_a_region_that_the_map_fills_in_part_is_looked_at_closer() -> None:
    """Two lines run together leave one region, in whose rectangle is much that is no writing."""
    (low, sure, high) = (region(100, 100, 300, 140), region(100, 300, 300, 340), region(100, 500, 900, 500 + 3 * LOW))
    loose = [Region(one.quad, LOOSE - 0.05) for one in (low, high)]
    ((left, top, right, bottom),) = _whole(Look((loose[0], sure, loose[1]), ()), 0.5)
    assert (left, top) < (50, 50)
    assert (right, bottom) > (150, 70)
    assert _whole(Look((low, sure), ()), 0.5) == []
