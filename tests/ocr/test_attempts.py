"""In which ways writing is held, and how few of them are tried."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screen.geometry import Quad
from screen.ocr.attempts import (
    UPRIGHT,
    Attempt,
    any_mirrored,
    first_ways,
    likely_sides,
    mirrored_ways,
    on_head,
    on_side,
    slanted_ways,
)
from screen.ocr.quads import mirrored, turned
from screen.ocr.rapid import _placed
from screen.ocr.reading import Reading
from screen.ocr.regions import Region


def lying(top: float, long: float = 200, high: float = 20) -> Quad:
    return (50, top), (50 + long, top), (50 + long, top + high), (50, top + high)


def read(text: str, score: float) -> Reading:
    return Reading(text, score, ())


def test_what_lies_is_read_as_it_lies_and_no_further_if_it_reads_well() -> None:
    quads = [lying(0), lying(50)]
    ways = first_ways(quads)
    assert ways == [Attempt(0, quads[0]), Attempt(1, quads[1])]
    tries = [(way, read("SCHOOL", 0.99)) for way in ways]
    assert not on_side(quads, tries, 1)
    assert not on_head(quads, tries)
    assert mirrored_ways(tries) == ([], [])


def test_of_steep_writing_two_lines_tell_how_the_others_run() -> None:
    quads = [lying(0, 20, 100 + 10 * n) for n in range(5)]
    ways = first_ways(quads)
    assert sorted({way.region for way in ways}) == [3, 4]
    assert len(ways) == 4
    tries = [
        (way, read("SCHOOL", 0.99) if way.quad == turned(quads[way.region], 1) else read("J00", 0.4)) for way in ways
    ]
    sides = likely_sides(quads, tries)
    assert sides == (1, 3)
    assert on_side(quads, tries, sides[0]) == [Attempt(n, turned(quads[n], 1)) for n in range(3)]


def test_doubtful_lines_are_turned_round_but_not_twice() -> None:
    quads = [lying(0), lying(50, 20, 200)]
    tries = [
        (Attempt(0, quads[0]), read("7OOH", 0.5)),
        (Attempt(1, turned(quads[1], 1)), read("7OOH", 0.5)),
        (Attempt(1, turned(quads[1], 3)), read("7OOH", 0.4)),
    ]
    assert on_head(quads, tries) == [Attempt(0, turned(quads[0], 2))]


def test_mirrored_writing_is_looked_for_where_it_tells_most_and_elsewhere_if_it_is_there() -> None:
    quads = [lying(40.0 * n, 100 + 40 * n) for n in range(5)]
    tries = [(Attempt(n, quad), read("JOOH", 0.5)) for n, quad in enumerate(quads)]
    likely, rest = mirrored_ways(tries)
    assert {way.region for way in rest} == {0, 1}
    assert all(way.mirrored for way in likely)
    assert mirrored(quads[4]) in {way.quad for way in likely}
    assert any_mirrored([(likely[0], read("SCHOOL", 0.98))], tries)
    assert not any_mirrored([(likely[0], read("S", 0.98)), (likely[1], read("SCH0", 0.6))], tries)


def slanted(quad: Quad) -> Quad:
    """The corners with the right end half as high."""
    (a, b), (c, d), (e, f), (g, h) = quad
    return (a, b), (c, d + (f - d) / 4), (e, f - (f - d) / 4), (g, h)


def test_only_doubtful_lines_seen_at_a_slant_are_read_by_the_corners_that_follow_them() -> None:
    regions = [Region(lying(50 * n), 0.9, slanted(lying(50 * n)) if n < 3 else None) for n in range(4)]
    quads = [region.quad for region in regions]
    tries = [
        (Attempt(0, turned(quads[0], 2)), read("THE SCHOOI", 0.8)),
        (Attempt(1, quads[1]), read("THE SCHOOL", 0.99)),
        (Attempt(2, mirrored(quads[2]), mirrored=True), read("THE SCHOOI", 0.8)),
        (Attempt(3, quads[3]), read("THE SCHOOI", 0.8)),
    ]
    ways = slanted_ways(regions, tries)
    assert [(way.region, way.slanted, way.quad) for way in ways] == [(0, True, turned(slanted(quads[0]), 2))] * 2
    assert [way.wider for way in ways] == list(UPRIGHT)


def test_a_line_read_again_by_its_own_edges_is_less_sure() -> None:
    """The best of several readings says too much of itself: a doubtful name must not pass for something else."""
    reading, flat = Reading("Ldy Hash", 0.83, (0.5,) * 8), Attempt(0, lying(0))
    assert _placed(reading, flat).score == 0.83
    assert _placed(reading, replace(flat, slanted=True)).score == pytest.approx(0.79)
