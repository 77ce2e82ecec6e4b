"""Blocks of lines that were taken for one word."""

from __future__ import annotations

import pytest

from screen.geometry import Quad
from screen.ocr.quads import quad_of
from screen.ocr.regions import Region
from screen.ocr.searching import holds_lines


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
