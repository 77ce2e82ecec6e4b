"""T43: writing that is vertical, mirrored, curved, seen at a slant or in script, read by the default engine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from screen.checks.text import TextCheck, TextSettings
from screen.ocr.rapid import RapidEngine
from screen.photo import Pixels, photo_of
from screen.records import TextDetails

pytestmark = pytest.mark.models
Map = npt.NDArray[np.float32]


def sheet(text: str, font: int = 0, scale: float = 2.0) -> Pixels:
    """A line of writing on light paper, capitals about 42 pixels high."""
    import cv2

    (width, height), _ = cv2.getTextSize(text, font, scale, 4)
    paper = np.full((height * 4, width + 160, 3), 225, np.uint8)
    cv2.putText(paper, text, (80, height * 5 // 2), font, scale, (40, 30, 30), 4, cv2.LINE_AA)
    return paper


def on_wall(picture: Pixels, size: tuple[int, int] = (1200, 1600)) -> Pixels:
    """The picture in the middle of a larger plain one."""
    wall = np.full((*size, 3), 120, np.uint8)
    top, left = (size[0] - picture.shape[0]) // 2, (size[1] - picture.shape[1]) // 2
    wall[top : top + picture.shape[0], left : left + picture.shape[1]] = picture
    return wall


def bent(picture: Pixels, sagitta: float) -> Pixels:
    """The picture with its middle raised by so many pixels above its ends, along a parabola."""
    import cv2

    height, width = picture.shape[:2]
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height + int(sagitta), dtype=np.float32))
    middle: Map = ((xs - width / 2) / (width / 2)) ** 2 * np.float32(sagitta)
    return np.asarray(cv2.remap(picture, xs, ys - middle, cv2.INTER_CUBIC, borderValue=(225, 225, 225)), np.uint8)


def slanted(picture: Pixels, share: float) -> Pixels:
    """The picture seen from the side: its right edge is shorter by this share, and it is narrower."""
    import cv2

    height, width = picture.shape[:2]
    less = height * share / 2
    source = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    target = np.array([[0, 0], [width * 0.8, less], [width * 0.8, height - less], [0, height]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, target)
    return np.asarray(cv2.warpPerspective(picture, matrix, (width, height), borderValue=(225, 225, 225)), np.uint8)


def read(picture: Pixels) -> list[str]:
    return [line.text.replace(" ", "") for line in RapidEngine().read(on_wall(picture))]


@pytest.mark.parametrize("turns", [1, 3])
@pytest.mark.parametrize("mirror", [False, True])
def test_vertical_and_mirrored(turns: int, mirror: bool) -> None:
    picture = sheet("STUDENT 2024-0183")
    picture = np.ascontiguousarray(np.rot90(picture[:, ::-1] if mirror else picture, turns))
    assert any("2024-0183" in text for text in read(picture))


@pytest.mark.parametrize("sagitta", [20, 40, 80])
def test_curved(sagitta: float) -> None:
    assert any("2024-0183" in text for text in read(bent(sheet("ID 2024-0183"), sagitta)))


@pytest.mark.parametrize("share", [0.2, 0.4])
def test_in_perspective(share: float) -> None:
    assert any("2024-0183" in text for text in read(slanted(sheet("STUDENT 2024-0183"), share)))


@pytest.mark.parametrize("text", ["Camille Roy", "Grade 17/20"])
def test_script(text: str) -> None:
    import cv2

    assert text.replace(" ", "") in read(sheet(text, cv2.FONT_HERSHEY_SCRIPT_COMPLEX))


def test_writing_on_a_ring_is_at_least_told() -> None:
    """Letters around a circle are more than the reader can do: it must not pass for a photo without writing."""
    import cv2

    radius, text = 150, "OAKFIELD PRIMARY 2024-0183 "
    flat = sheet(text, scale=1.6)[30:-30]
    height, width = flat.shape[:2]
    xs, ys = np.meshgrid(np.arange(600, dtype=np.float32) - 300, np.arange(600, dtype=np.float32) - 300)
    angle = np.arctan2(xs, -ys) % (2 * np.pi)
    away = np.hypot(xs, ys)
    ring = cv2.remap(
        flat,
        (angle / (2 * np.pi) * width).astype(np.float32),
        (radius + height - away).astype(np.float32),
        cv2.INTER_CUBIC,
        borderValue=(225, 225, 225),
    )
    found = list(TextCheck(TextSettings()).inspect(photo_of(on_wall(np.asarray(ring, np.uint8)))))
    assert any(isinstance(finding.details, TextDetails) for finding in found)


@pytest.mark.parametrize("letter", ["A", "B", "C", "D", "A-", "B+"])
def test_a_large_red_mark_on_a_pupils_paper_is_covered(letter: str) -> None:
    """One to three strokes of a pen, alone on its part of the page."""
    import cv2

    paper = on_wall(np.full((900, 700, 3), 240, np.uint8))
    for row, text in enumerate(("Name: Camille Roy", "3 + 4 = 7", "12 - 5 = 7")):
        cv2.putText(paper, text, (500, 260 + 80 * row), 0, 1.4, (40, 40, 60), 3, cv2.LINE_AA)
    cv2.putText(paper, letter, (850, 900), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 5, (200, 30, 40), 7, cv2.LINE_AA)
    found = list(TextCheck(TextSettings()).inspect(photo_of(paper)))
    marks = [one.box for one in found if isinstance(one.details, TextDetails) and one.details.category == "grade"]
    assert any(box and box.left < 930 < box.right and box.top < 850 < box.bottom for box in marks)
