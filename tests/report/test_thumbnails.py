"""Thumbnails hold nothing that is covered, and no metadata."""

from __future__ import annotations

import io

import numpy as np
import numpy.typing as npt
import pytest
from made_verdicts import judged, verdict
from PIL import Image

from screen.geometry import Box, turned_box, turned_size
from screen.photo import Photo, photo_of
from screen.records import Cover, Decision, FaceDetails, Plan
from screen.report.thumbnails import COVER, SIDE, filled_picture, report_thumbnail


def opened(jpeg: bytes) -> npt.NDArray[np.uint8]:
    return np.asarray(Image.open(io.BytesIO(jpeg)).convert("RGB"))


def red_where(box: Box, colour: tuple[int, int, int] = (255, 0, 0)) -> Photo:
    pixels = np.full((900, 1200, 3), 240, np.uint8)
    pixels[box.as_slices()] = colour
    return photo_of(pixels)


def covered(photo: Photo, plan: Plan) -> bytes:
    return filled_picture(photo.view(max_side=SIDE), plan)


def redness(pixels: npt.NDArray[np.uint8]) -> int:
    """How much more red than green the reddest pixel is."""
    return int((pixels[..., 0].astype(int) - pixels[..., 1]).max())


QUAD = ((601.0, 403.0), (777.0, 403.0), (777.0, 555.0), (601.0, 555.0))


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
@pytest.mark.parametrize(
    "cover",
    [
        Cover(Box(0, 0, 40, 40)),
        Cover(Box(601, 403, 777, 555)),
        Cover(Box(1150, 870, 1200, 900)),
        Cover(Box(500, 500, 501, 501)),
        Cover(Box(601, 403, 777, 555), "quad", QUAD),
        Cover(Box(560, 350, 800, 600), "ellipse", None, "f1", Box(601, 403, 777, 555)),
        Cover(Box(620, 420, 700, 500), "ellipse", None, "f1", Box(601, 403, 777, 555)),
    ],
)
def test_nothing_of_what_is_covered_shows(cover: Cover, turns: int) -> None:
    hidden = cover.inside or cover.box
    red, blue = red_where(hidden), red_where(hidden, (0, 0, 255))
    assert covered(red, Plan(turns)) != covered(blue, Plan(turns))
    made = covered(red, Plan(turns, (cover,)))
    assert made == covered(blue, Plan(turns, (cover,)))
    assert opened(made).shape[:2] == ((360, 480) if turns % 2 == 0 else (480, 360))


def test_cover_lies_where_the_turned_photo_shows_it() -> None:
    box, size = Box(100, 200, 300, 400), (1200, 900)
    jpeg = covered(red_where(box), Plan(1, (Cover(box),)))
    shown = turned_box(box, size, 1)
    x, y = (round(value * 480 / 1200) for value in shown.centre)
    assert np.abs(opened(jpeg)[y, x].astype(int) - COVER).max() < 12


@pytest.mark.parametrize("turns", range(4))
def test_turned_boxes_match_turned_pixels(turns: int) -> None:
    box, size = Box(3, 5, 11, 7), (20, 12)
    pixels = np.zeros((12, 20), np.uint8)
    pixels[box.as_slices()] = 1
    turned = np.rot90(pixels, -turns)
    assert turned.shape[::-1] == turned_size(size, turns)
    assert turned[turned_box(box, size, turns).as_slices()].all()
    assert turned.sum() == box.area


def test_what_is_not_kept_is_covered_even_if_the_plan_forgot_it() -> None:
    box = Box(100, 100, 300, 300)
    seen = verdict("a.jpg", (judged("face", Decision.REVIEW, "ambiguous", box, FaceDetails()),), size=(1200, 900))
    without = type(seen)(seen.source, seen.digest, seen.size, seen.judgements, Plan(), seen.purposes)
    assert report_thumbnail(red_where(box), without) == report_thumbnail(red_where(box, (0, 0, 255)), without)


def test_what_may_be_a_face_is_covered_in_the_report() -> None:
    box = Box(100, 100, 300, 300)
    unclear = FaceDetails(certainty="unclear", place=box)
    look = verdict("a.jpg", (judged("face", Decision.REVIEW, "may-be-a-face", None, unclear),), size=(1200, 900))
    assert report_thumbnail(red_where(box), look) == report_thumbnail(red_where(box, (0, 0, 255)), look)


def test_in_a_refused_photo_everybody_is_covered() -> None:
    box = Box(100, 100, 300, 300)
    kept = judged("face", Decision.KEEP, "", box, FaceDetails(), 1)
    refused = judged("face", Decision.REFUSE, "no-consent", Box(800, 100, 900, 200), FaceDetails(), 2)
    photo = red_where(box)
    assert redness(opened(report_thumbnail(photo, verdict("a.jpg", (kept,), size=photo.size)))) > 200
    refusing = verdict("a.jpg", (kept, refused), size=photo.size)
    assert report_thumbnail(photo, refusing) == report_thumbnail(red_where(box, (0, 0, 255)), refusing)


def test_thumbnails_carry_no_metadata_and_small_photos_are_not_enlarged(noise_photo: Photo) -> None:
    jpeg = covered(noise_photo, Plan())
    with Image.open(io.BytesIO(jpeg)) as image:
        assert image.size == (320, 240)
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Exif" not in jpeg
    assert b"http" not in jpeg


def test_a_panorama_of_one_pixel_height_works() -> None:
    photo = photo_of(np.full((1, 5000, 3), 9, np.uint8))
    assert opened(covered(photo, Plan(1, (Cover(Box(0, 0, 5, 1)),)))).shape[1] == 1
