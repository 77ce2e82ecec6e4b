"""The default engine with scripted networks, and its geometry."""

from __future__ import annotations

import logging
import math
import socket
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from screen.geometry import Quad
from screen.ocr.quads import around, cut_out, grown, lengths, mirrored, part, turned
from screen.ocr.rapid import RapidEngine
from screen.ocr.reading import Reader
from screen.ocr.regions import Cutting, Region, distinct, look_at, tiles, united
from screen.photo import Pixels

Floats = npt.NDArray[np.float32]
LEVEL: Quad = ((10, 20), (110, 20), (110, 40), (10, 40))


def test_parts_and_turns_of_a_quad() -> None:
    assert lengths(LEVEL) == (100, 20)
    assert part(LEVEL, 0.2, 0.5) == ((30, 20), (60, 20), (60, 40), (30, 40))
    assert turned(LEVEL, 1)[0] == LEVEL[1]
    assert turned(turned(LEVEL, 3), 1) == LEVEL
    assert mirrored(mirrored(LEVEL)) == LEVEL


def test_a_quad_around_slanted_ones_is_slanted_too() -> None:
    slanted: Quad = ((0, 0), (80, 60), (68, 76), (-12, 16))
    both = around([part(slanted, 0, 0.4), part(slanted, 0.6, 1)])
    assert all(math.dist(a, b) < 1e-6 for a, b in zip(both, slanted, strict=True))


def test_a_grown_quad_keeps_its_middle() -> None:
    assert grown(LEVEL, 5, 2) == ((5, 18), (115, 18), (115, 42), (5, 42))


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_writing_is_set_straight(turns: int) -> None:
    picture = np.zeros((60, 130, 3), np.uint8)
    picture[20:40, 10:60] = 255  # the first half of the line is white
    seen = np.ascontiguousarray(np.rot90(picture, -turns))
    height, width = picture.shape[:2]

    def moved(point: tuple[float, float]) -> tuple[float, float]:
        x, y = point
        return {0: (x, y), 1: (height - y, x), 2: (width - x, height - y), 3: (y, width - x)}[turns]

    quad: Quad = (moved(LEVEL[0]), moved(LEVEL[1]), moved(LEVEL[2]), moved(LEVEL[3]))
    cut = cut_out(seen, quad, 48, 400)
    assert cut.shape == (48, 240, 3)
    assert cut[5:-5, 5:110].min() > 250
    assert cut[5:-5, 130:-5].max() < 5


def _ink(batch: Floats) -> Floats:
    """A detector that takes dark pixels for writing."""
    return (batch[0].max(axis=0) < 0).astype(np.float32)


@pytest.mark.parametrize("most", [1e9, 40_000, 25_000])
def test_regions_lie_where_the_writing_is_whatever_the_tiles(most: float) -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    pixels[50:70, 100:200] = 0
    found = list(look_at(pixels, _ink, most, Cutting(unclip=0.0)).regions)
    longest = max(found, key=lambda region: lengths(region.quad)[0])
    expected = ((100, 50), (199, 50), (199, 69), (100, 69))
    if most > 60_000:
        assert len(found) == 1
        assert all(math.dist(a, b) <= 2 for a, b in zip(longest.quad, expected, strict=True))
    xs = [x for region in found for x, _ in region.quad]
    assert min(xs) <= 101
    assert max(xs) >= 198
    assert longest.score > 0.9


@pytest.mark.parametrize(("width", "height"), [(1600, 1200), (1200, 1600), (4000, 400), (640, 480), (7, 9000)])
def test_tiles_cover_the_whole_and_overlap(width: int, height: int) -> None:
    cut = tiles(width, height, 1.2e6)
    seen = np.zeros((height, width), bool)
    for left, top, right, bottom in cut:
        assert (right - left) * (bottom - top) <= 1.25e6
        seen[top:bottom, left:right] = True
    assert seen.all()


def test_thin_writing_is_to_be_looked_at_again() -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    pixels[50:54, 100:200] = 0
    pixels[120:160, 50:250] = 0
    ((left, top, right, bottom),) = look_at(pixels, _ink, 1e9, Cutting()).small
    assert left < 100
    assert right > 200
    assert top < 50
    assert 54 < bottom < 120


def test_rectangles_that_meet_become_one() -> None:
    assert sorted(united([(0, 0, 10, 10), (30, 0, 40, 10), (8, 5, 32, 8), (0, 50, 5, 60)])) == [
        (0, 0, 40, 10),
        (0, 50, 5, 60),
    ]


def test_a_whole_object_is_no_line() -> None:
    pixels = np.full((400, 400, 3), 255, np.uint8)
    pixels[50:350, 50:350] = 0
    assert look_at(pixels, _ink, 1e9, Cutting()).regions == ()


def test_a_region_seen_twice_counts_once() -> None:
    one = Region(LEVEL, 0.9)
    near_by = Region(part(LEVEL, 0.1, 0.9), 0.9)
    beside: Quad = ((200, 20), (300, 20), (300, 40), (200, 40))
    assert distinct([one, near_by, Region(beside, 0.8)], (400, 100)) == [one, Region(beside, 0.8)]


def _alphabet_of(*steps: int) -> Floats:
    answer = np.full((1, len(steps), 4), 0.05, np.float32)
    answer[0, np.arange(len(steps)), steps] = 0.9
    return answer


def test_signs_of_other_scripts_do_not_stand_in_for_letters() -> None:
    reader = Reader(lambda _: np.array([[[0, 0.7, 0.3], [0.05, 0.9, 0.95]]], np.float32), ("", "t", "七"))
    assert reader.read([np.zeros((48, 64, 3), np.uint8)])[0].text == "t"


def test_repeats_are_one_character_and_blanks_none() -> None:
    reader = Reader(lambda _: _alphabet_of(1, 1, 0, 1, 2, 0, 3, 3), ("", "a", "b", " "))
    (reading,) = reader.read([np.zeros((48, 64, 3), np.uint8)])
    assert reading.text == "aab "
    assert reading.score == pytest.approx(0.9)
    assert reading.places == pytest.approx((0.5 / 8, 3.5 / 8, 4.5 / 8, 6.5 / 8))


def _written(text: str, scale: float = 1.0) -> Pixels:
    import cv2

    picture = np.full((140, 640, 3), 235, np.uint8)
    cv2.putText(picture, text, (30, 85), cv2.FONT_HERSHEY_SIMPLEX, 1.3 * scale, (20, 20, 30), 3, cv2.LINE_AA)
    return picture


@pytest.mark.models
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize("mirror", [False, True])
def test_turned_and_mirrored_writing_is_read(turns: int, mirror: bool) -> None:
    picture = _written("Student 2024-0183")
    picture = np.ascontiguousarray(np.rot90(picture[:, ::-1] if mirror else picture, -turns))
    (line,) = RapidEngine().read(picture)
    assert line.text.replace(" ", "") == "Student2024-0183"
    assert line.mirrored is mirror
    assert [word.text for word in line.words][-1] == "2024-0183"


@pytest.mark.models
def test_words_lie_where_they_are_written() -> None:
    picture = _written("AB CD")
    (line,) = RapidEngine().read(picture)
    columns = np.flatnonzero(picture[:, :, 0].min(axis=0) < 120)
    gap = int(np.argmax(np.diff(columns)))
    ends, starts = columns[gap], columns[gap + 1]
    first, second = line.words
    assert columns[0] >= first.quad[0][0] - 1
    assert ends <= first.quad[1][0] <= starts
    assert ends <= second.quad[0][0] <= starts
    assert second.quad[1][0] >= columns[-1] - 1


@pytest.mark.models
def test_reading_is_silent_and_uses_no_network(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with caplog.at_level(logging.DEBUG):
        assert RapidEngine().read(_written("quiet"))[0].text == "quiet"
    assert capfd.readouterr() == ("", "")
    assert not caplog.records


@pytest.mark.models
def test_both_networks_are_those_of_the_wheel(shared_data: Path) -> None:
    from screen.photo import open_photo

    photo = open_photo(shared_data / "synthetic/photos/dev_0002.jpg")
    texts = {line.text.replace(" ", "") for line in RapidEngine().read(photo.pixels)}
    assert "Mathéo van den Berghe 1747-1723-4".replace(" ", "") in texts
    assert "063998 7717".replace(" ", "") in texts


@pytest.mark.models
def test_giant_writing_is_read() -> None:
    import cv2

    large = np.full((600, 900, 3), 240, np.uint8)
    cv2.putText(large, "NOEL", (60, 430), cv2.FONT_HERSHEY_SIMPLEX, 9.5, (40, 30, 30), 28, cv2.LINE_AA)
    assert [line.text for line in RapidEngine().read(large)] == ["NOEL"]


@pytest.mark.models
@pytest.mark.parametrize(("height", "turns"), [(20, 0), (20, 1), (20, 3), (16, 0)])
def test_small_writing_in_a_large_photo_is_read(height: int, turns: int) -> None:
    """T44: capitals of 20 and 16 pixels in a photo of 12 megapixels, upright and on their side."""
    import cv2

    large = np.full((3000, 4000, 3) if turns == 0 else (4000, 3000, 3), 210, np.uint8)
    cv2.putText(large, "2024-0183", (2200, 1500), cv2.FONT_HERSHEY_SIMPLEX, height / 21, (30, 30, 30), 2, cv2.LINE_AA)
    large = np.ascontiguousarray(np.rot90(large, turns))
    assert [line.text for line in RapidEngine().read(large)] == ["2024-0183"]


@pytest.mark.models
def test_a_whole_object_is_not_taken_for_giant_writing() -> None:
    import cv2

    wheel = np.full((400, 500, 3), 150, np.uint8)
    cv2.ellipse(wheel, (250, 220), (150, 140), 0, 0, 360, (60, 60, 60), 30, cv2.LINE_AA)
    assert [line for line in RapidEngine().read(wheel) if min(lengths(line.quad)) > 0.35 * 400] == []


@pytest.mark.models
def test_the_reading_of_a_mark_is_not_turned_round() -> None:
    """A mirrored A- is -A, and 85 % on its head is % 58: short writing is held as what stands around it."""
    import cv2

    sheet = np.full((700, 900, 3), 235, np.uint8)
    for row, text in enumerate(("Reading stars", "Camille Roy", "A-", "Hugo Martin", "85 %")):
        cv2.putText(sheet, text, (120, 120 + row * 110), cv2.FONT_HERSHEY_SIMPLEX, 1.6, (40, 40, 40), 3, cv2.LINE_AA)
    lines = RapidEngine().read(sheet)
    assert {"A-", "85 %"} <= {line.text for line in lines}
    assert not any(line.mirrored for line in lines)
