"""Writing on its side is looked for only where it may be, and comes back in pixels of the photo as it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest

from screen.geometry import Quad
from screen.ocr import Line
from screen.ocr.regions import Region
from screen.ocr.sideways import _far_turned, _places, joined, turns_of, weight, weights_by_turn, with_sideways
from screen.photo import Pixels
from screen.records import Word

Floats = npt.NDArray[np.float32]
SIZE = (300, 200)
#: One line across, 120 long and 20 high, and the same corners from the next one on: running down, back and up.
ACROSS: Quad = ((40, 50), (160, 50), (160, 70), (40, 70))
DOWN: Quad = ((160, 50), (160, 170), (140, 170), (140, 50))
UP: Quad = ((140, 170), (140, 50), (160, 50), (160, 170))


def line(text: str, quad: Quad = ACROSS, score: float = 0.98, mirrored: bool = False) -> Line:
    return Line(text, quad, score, (Word(text, quad, score),) if text else (), mirrored)


def seeing(regions: bool) -> object:
    """A detector that sees one line across in the middle of whatever it gets, or nothing."""

    def network(plane: Floats) -> Floats:
        found = np.zeros(plane.shape[2:], np.float32)
        if regions:
            found[80:100, 40:120] = 0.9
        return found

    return network


class Reader:
    """Counts how often it is asked, and gives the same lines each time."""

    def __init__(self, *lines: Line) -> None:
        self.lines, self.asked = lines, 0
        self.shape: tuple[int, ...] = ()
        self.regions = 0

    def __call__(self, pixels: Pixels, regions: Sequence[Region]) -> tuple[Line, ...]:
        self.asked, self.shape, self.regions = self.asked + 1, pixels.shape, len(regions)
        return self.lines


def photo() -> Pixels:
    return np.full((SIZE[1], SIZE[0], 3), 200, np.uint8)


def test_how_a_line_runs() -> None:
    back: Quad = (ACROSS[2], ACROSS[3], ACROSS[0], ACROSS[1])
    assert [turns_of(line("SCHOOL", quad)) for quad in (ACROSS, UP, back, DOWN)] == [0, 1, 2, 3]
    assert weights_by_turn([line("SCHOOL", UP), line("ab", DOWN)])[1:] == [weight(line("SCHOOL")), 0, 0]


def test_what_a_line_weighs() -> None:
    assert weight(line("OK")) == weight(line("SCHOOL", score=0.5)) == weight(line("SCHOOL", mirrored=True)) == 0
    assert 0 < weight(line("SCHOOL", score=0.7)) < weight(line("SCHOOL")) < weight(line("PRIMARY SCHOOL")) < 3.5


def test_a_photo_that_reads_upright_is_not_read_again() -> None:
    reader = Reader(line("NEVER ASKED"))
    lines = (line("PRIMARY SCHOOL"),)
    assert with_sideways(photo(), lines, seeing(True), reader) == lines  # type: ignore[arg-type]
    assert reader.asked == 0


def test_a_photo_without_lines_in_the_turned_view_is_not_read_again() -> None:
    reader = Reader(line("NEVER ASKED"))
    assert with_sideways(photo(), (), seeing(False), reader) == ()  # type: ignore[arg-type]
    assert reader.asked == 0


def test_a_mere_trace_of_a_line_is_looked_at_closer_but_a_spot_is_not() -> None:
    def tracing(high: int, long: int) -> object:
        def network(plane: Floats) -> Floats:
            found = np.zeros(plane.shape[2:], np.float32)
            if plane.shape[2] > 250:  # the whole view; closer looks are smaller
                found[80 : 80 + high, 40 : 40 + long] = 0.2
            return found

        return network

    far = _far_turned(photo(), tracing(4, 60))  # type: ignore[arg-type]
    assert far.regions == ()
    (place,) = _places(far, [], [], 300)
    assert place[0] < 40
    assert place[2] > 100
    assert _places(far, [], [(30, 70, 110, 95)], 300) == []
    assert _places(_far_turned(photo(), tracing(5, 6)), [], [], 300) == []  # type: ignore[arg-type]


def test_what_was_surely_read_is_not_read_again() -> None:
    """The detector sees the line that the first reading had, and nothing else."""
    reader = Reader(line("NEVER ASKED"))
    first = line("TRIP", ((75, 165), (75, 35), (105, 35), (105, 165)))
    lines = with_sideways(photo(), (first,), seeing(True), reader)  # type: ignore[arg-type]
    assert (lines, reader.asked) == ((first,), 0)


@pytest.mark.parametrize("first", [(), (line("x", score=0.6),), (line("", UP, 0.8),)])
def test_lines_of_the_turned_picture_come_back_in_place(first: tuple[Line, ...]) -> None:
    # In the picture turned clockwise, 200 wide and 300 high, the line runs across at (30, 140).
    seen: Quad = ((30, 140), (150, 140), (150, 160), (30, 160))
    reader = Reader(line("SCHOOL TRIP", seen))
    lines = with_sideways(photo(), first, seeing(True), reader)  # type: ignore[arg-type]
    assert (reader.shape, reader.regions) == ((SIZE[0], SIZE[1], 3), 1)
    found = next(one for one in lines if one.text == "SCHOOL TRIP")
    assert found.quad == ((140, 170), (140, 50), (160, 50), (160, 170)) == UP
    assert found.words[0].quad == UP
    assert turns_of(found) == 1


def test_what_cannot_be_read_in_the_turned_picture_counts_only_where_other_lines_run_so() -> None:
    unread, read = line("", ACROSS, 0.9), line("SCHOOL TRIP", ((30, 240), (150, 240), (150, 260), (30, 260)))
    alone = with_sideways(photo(), (), seeing(True), Reader(unread))  # type: ignore[arg-type]
    assert alone == ()
    both = with_sideways(photo(), (), seeing(True), Reader(unread, read))  # type: ignore[arg-type]
    assert [one.text for one in both] == ["", "SCHOOL TRIP"]


def test_the_better_reading_of_one_place_stays() -> None:
    worse, better, apart = line("SCH0L", UP, 0.7), line("SCHOOL", UP, 0.99), line("TRIP", ACROSS)
    assert joined([worse, apart, better]) == (apart, better)
    assert joined([line("", UP, 0.9), better]) == (better,)
    assert joined([]) == ()
