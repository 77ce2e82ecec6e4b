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
from screen.ocr.regions import Cutting, probability_map, regions_in
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


@pytest.mark.parametrize("tile", [64, 128, 992])
def test_regions_lie_where_the_writing_is_whatever_the_tiles(tile: int) -> None:
    pixels = np.full((200, 300, 3), 255, np.uint8)
    pixels[50:70, 40:260] = 0
    (region,) = regions_in(probability_map(pixels, _ink, max(tile, 128)), Cutting(unclip=0.0))
    expected = ((40, 50), (259, 50), (259, 69), (40, 69))
    assert all(math.dist(a, b) <= 2 for a, b in zip(region.quad, expected, strict=True))
    assert region.score > 0.9


def _alphabet_of(*steps: int) -> Floats:
    answer = np.full((1, len(steps), 4), 0.05, np.float32)
    answer[0, np.arange(len(steps)), steps] = 0.9
    return answer


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
