"""The quality check: each thing that speaks against posting, and nothing on a good photo."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from screen.checks.quality import QualityCheck, QualitySettings
from screen.ocr import Line
from screen.photo import Photo, Pixels, photo_of
from screen.quality.uprightness import Uprightness
from screen.records import QualityDetails


def kinds(photo: Photo, **settings: float) -> set[str]:
    settings.setdefault("small_for_print", 0)
    found = list(QualityCheck(QualitySettings(**settings)).inspect(photo))  # type: ignore[arg-type]
    assert all(0 <= f.score <= 1 and f.box is None for f in found)
    return {f.details.kind for f in found if isinstance(f.details, QualityDetails)}


def noise(width: int, height: int) -> Pixels:
    return np.random.default_rng(5).integers(0, 256, (height, width, 3), np.uint8)


def test_good_photo_has_nothing_against_it() -> None:
    assert kinds(photo_of(noise(1200, 900))) == set()


def test_dark_photo() -> None:
    assert kinds(photo_of(noise(1200, 900) // 8)) == {"dark"}
    assert kinds(photo_of(noise(1200, 900) // 8), dark=20) == set()


def test_burnt_out_photo() -> None:
    pixels = noise(1200, 900)
    pixels[:600] = 255
    assert kinds(photo_of(pixels)) == {"burnt-out"}
    assert kinds(photo_of(pixels), burnt_out=0.8) == set()


def test_small_photo() -> None:
    assert kinds(photo_of(noise(400, 300))) == {"small"}
    assert kinds(photo_of(noise(400, 300)), small=300) == set()


def test_photo_too_small_for_print_only() -> None:
    assert kinds(photo_of(noise(1747, 900)), small_for_print=1748) == {"small-for-print"}
    assert kinds(photo_of(noise(1748, 900)), small_for_print=1748) == set()
    assert kinds(photo_of(noise(400, 300)), small_for_print=1748) == {"small"}


def window(width: int = 1200, height: int = 900) -> Pixels:
    """What a screen shows: flat areas, letters, a small picture."""
    pixels = np.full((height, width, 3), 245, np.uint8)
    pixels[:80] = (40, 90, 160)
    for row in range(140, 820, 40):
        pixels[row : row + 12, 60:560:7] = 20
    pixels[200:500, 700:1000] = noise(300, 300)
    return pixels


def test_screenshot() -> None:
    assert kinds(photo_of(window())) == {"screenshot"}
    assert kinds(photo_of(window()), flat=1.0) == set()


def test_a_white_page_is_a_screenshot_by_its_lines_else_burnt_out() -> None:
    pixels = noise(1200, 900)
    pixels[:800] = 255
    page = photo_of(pixels)
    page.once(("ocr", "scripted"), lambda _: tuple(line("HOLIDAY 2026", mirrored=False) for _ in range(3)))
    assert kinds(page) == {"screenshot"}
    assert kinds(photo_of(pixels)) == {"burnt-out"}


def test_a_black_picture_is_dark_and_no_screenshot() -> None:
    assert kinds(photo_of(np.zeros((900, 1200, 3), np.uint8))) == {"dark"}


def test_a_dark_photo_with_few_grey_levels_is_dark_and_a_dark_page_is_a_screenshot() -> None:
    pixels = np.full((900, 1200, 3), 20, np.uint8)
    pixels[::7] = 35
    assert kinds(photo_of(pixels)) == {"dark"}
    page = photo_of(pixels)
    page.once(("ocr", "scripted"), lambda _: tuple(line("HOLIDAY 2026", mirrored=False) for _ in range(3)))
    assert kinds(page) == {"screenshot"}


def line(text: str, mirrored: bool, score: float = 0.97) -> Line:
    return Line(text, ((0, 0), (100, 0), (100, 20), (0, 20)), score, (), mirrored)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([line("HOLIDAY 2026", True)], {"mirrored"}),
        ([line("HOLIDAY 2026", True), line("SCHOOL CHOIR AND BAND", False)], set()),
        ([line("OTTO", True)], set()),
        ([line("HOLIDAY 2026", True, 0.8)], set()),
        ([line("HOLIDAY 2026", False)], set()),
    ],
)
def test_mirrored_photo_is_known_by_its_writing(lines: list[Line], said: set[str]) -> None:
    photo = photo_of(noise(1200, 900))
    photo.once(("ocr", "scripted"), lambda _: tuple(lines))
    assert kinds(photo) == said


@pytest.mark.parametrize(
    ("size", "turns", "said"),
    [((900, 1200), 0, {"portrait"}), ((900, 1200), 1, set()), ((1200, 900), 3, {"portrait"}), ((1200, 900), 2, set())],
)
def test_portrait_is_told_once_the_photo_is_set_right(size: tuple[int, int], turns: int, said: set[str]) -> None:
    photo = photo_of(noise(*size))
    photo.once(("uprightness", 0.85), lambda _: Uprightness(turns, 0.95, ("scene",)))
    assert kinds(photo) == said


def test_no_network_runs_for_this_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a network was run")

    monkeypatch.setattr("screen.inference.run", refuse)
    assert kinds(photo_of(noise(900, 1200))) == {"portrait"}


def test_several_pictures_in_a_file() -> None:
    assert kinds(dataclasses.replace(photo_of(noise(1200, 900)), frames=3)) == {"several-frames"}
