"""Small photos are looked at once more, enlarged: what only this look shows is read, and little else."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from screen.geometry import Quad
from screen.ocr import Line
from screen.ocr.enlarged import AT_ONCE, LARGER, with_enlarged
from screen.ocr.regions import Region
from screen.photo import Pixels

SMALL, LARGE = (400, 600, 3), (1200, 1600, 3)
PLACE: Quad = ((100, 100), (300, 100), (300, 130), (100, 130))


class Detector:
    """Sees writing at PLACE, and notes the shapes of what it gets."""

    def __init__(self) -> None:
        self.shapes: list[tuple[int, ...]] = []

    def __call__(self, plane: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        self.shapes.append(plane.shape)
        found = np.zeros(plane.shape[2:], np.float32)
        found[round(105 * LARGER) : round(125 * LARGER), round(105 * LARGER) : round(295 * LARGER)] = 0.9
        return found


def looked_at(pixels: Pixels, lines: Sequence[Line], *read: Line) -> tuple[tuple[Line, ...], Detector, list[Region]]:
    """What is known in the end, the detector, and the regions that were read."""
    detector, asked = Detector(), []

    def reader(_: Pixels, regions: Sequence[Region]) -> Sequence[Line]:
        asked.extend(regions)
        return read if regions else ()

    return with_enlarged(pixels, lines, detector, reader), detector, asked


def test_what_only_larger_pixels_show_is_read_at_its_place_in_the_photo() -> None:
    lines, detector, asked = looked_at(np.zeros(SMALL, np.uint8), (), Line("ROSE BELL", PLACE, 0.9))
    assert [line.text for line in lines] == ["ROSE BELL"]
    assert detector.shapes == [(1, 3, 608, 928)]
    (region,) = asked
    assert np.abs(np.array(region.quad) - np.array(PLACE)).max() < 12


def test_a_photo_of_many_pixels_is_not_enlarged() -> None:
    lines, detector, asked = looked_at(np.zeros(LARGE, np.uint8), (), Line("ROSE BELL", PLACE, 0.9))
    assert (lines, detector.shapes, asked) == ((), [], [])


def test_a_larger_one_is_looked_at_in_two_parts_that_share_what_lies_between() -> None:
    for shape, wide in (((720, 1280, 3), True), ((1280, 720, 3), False)):
        _, detector, _ = looked_at(np.zeros(shape, np.uint8), ())
        assert len(detector.shapes) == 2
        for _, _, height, width in detector.shapes:
            assert height * width < AT_ONCE * 1.05
            assert (width if wide else height) >= 0.6 * 1280 * LARGER
            assert (height if wide else width) >= 720 * LARGER


def test_what_a_part_cuts_is_left_to_the_other_one() -> None:
    """The detector sees the same place in both parts; in the right one it reaches the left edge."""

    class AtEdge(Detector):
        def __call__(self, plane: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
            found = super().__call__(plane)
            if len(self.shapes) == 2:
                found[:] = 0
                found[300:330, :60] = 0.9
            return found

    asked: list[Region] = []
    with_enlarged(np.zeros((720, 1280, 3), np.uint8), (), AtEdge(), lambda _, regions: asked.extend(regions) or ())
    (region,) = asked
    assert region.quad[0][0] < 120


def test_what_was_surely_read_is_not_read_again() -> None:
    known = Line("OAKFIELD SCHOOL", PLACE, 0.99)
    lines, _, asked = looked_at(np.zeros(SMALL, np.uint8), (known,), Line("0AK", PLACE, 0.9))
    assert (lines, asked) == ((known,), [])


def test_the_better_one_of_two_readings_stays() -> None:
    worse = Line("R0S", PLACE, 0.75)
    lines, _, _ = looked_at(np.zeros(SMALL, np.uint8), (worse,), Line("ROSE BELL", PLACE, 0.95))
    assert [line.text for line in lines] == ["ROSE BELL"]
    lines, _, _ = looked_at(np.zeros(SMALL, np.uint8), (Line("ROSE BELL", PLACE, 0.8),), Line("R0S", PLACE, 0.75))
    assert [line.text for line in lines] == ["ROSE BELL"]


def test_single_signs_doubtful_words_and_unread_places_of_this_look_alone_do_not_count() -> None:
    for line in (Line("O", PLACE, 0.99), Line("ROSE", PLACE, 0.6), Line("", PLACE, 0.9)):
        assert looked_at(np.zeros(SMALL, np.uint8), (), line)[0] == ()
