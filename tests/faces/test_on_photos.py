"""Faces with real weights: turns, orientations, sizes and borders."""

import json

import cv2
import numpy as np
import pytest

from screen.faces import detect_faces
from screen.faces.heads import head_box
from screen.geometry import Box
from screen.photo import open_photo, photo_of
from tests.storing import ORIENTATIONS, store

pytestmark = pytest.mark.models
#: Frontal faces of 76 to 90 px in a photo of 500 x 375.
PLAIN = "dlib/2008_001322.jpg"


def faces(photo):
    return [face for face in detect_faces(photo) if face.is_face]


def truth(shared_data, image):
    rows = map(json.loads, (shared_data / "faces/truth.jsonl").read_text(encoding="utf-8").splitlines())
    return next([Box(*face[:4]) for face in row["faces"]] for row in rows if row["image"] == image)


@pytest.fixture(scope="module")
def plain(shared_data):
    return open_photo(shared_data / "faces" / PLAIN)


def turned_box(box, size, turns):
    """Where a box is after so many clockwise quarter turns of a picture of that size."""
    for _ in range(turns):
        box = Box(size[1] - box.bottom, box.left, size[1] - box.top, box.right)
        size = size[::-1]
    return box


@pytest.mark.parametrize("turns", range(4))
def test_the_same_faces_in_four_turns_without_exif(plain, turns):
    """T2, T3."""
    expected = [turned_box(face.box, plain.size, turns) for face in faces(plain)]
    found = faces(photo_of(np.ascontiguousarray(np.rot90(plain.pixels, -turns))))
    assert len(found) == len(expected) == 3
    for box in expected:
        assert max(face.box.iou(box) for face in found) > 0.5


@pytest.mark.parametrize("degrees", [30, 60, 90])
def test_tilted_faces_are_found_and_their_heads_cover_them(plain, degrees):
    """T11."""
    width, height = plain.size
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 0.7)
    pixels = cv2.warpAffine(plain.pixels, turn, plain.size, borderMode=cv2.BORDER_REFLECT)
    found = faces(photo_of(pixels))
    for face in faces(plain):
        x, y = turn @ (*face.box.centre, 1)
        near = [f for f in found if f.box.holds((x, y))]
        assert near
        head = head_box(near[0].box, near[0].landmarks, plain.size, near[0].turns)
        assert head.area > 1.5 * near[0].box.area


def test_eight_exif_orientations_give_the_same_faces(shared_data, tmp_path):
    """T1."""
    from PIL import Image

    with Image.open(shared_data / "faces" / PLAIN) as image:
        upright = image.convert("RGB")
    boxes = []
    for orientation in ORIENTATIONS:
        photo = open_photo(store(upright, orientation, tmp_path / f"{orientation}.png"))
        assert photo.size == upright.size
        boxes.append([face.box for face in faces(photo)])
    assert len(boxes[0]) == 3
    assert all(found == boxes[0] for found in boxes)


def pasted(plain, shared_data, width, size):
    """A grey photo of that size, with one face of that width near the middle, and where it is."""
    face = truth(shared_data, PLAIN)[0]
    part = Box.around(face.left - 60, face.top - 70, face.right + 60, face.bottom + 60, plain.size)
    scale = width / face.width
    crop = cv2.resize(plain.pixels[part.as_slices()], None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    pixels = np.full((size[1], size[0], 3), 128, np.uint8)
    left, top = size[0] // 3 + 37, size[1] // 6 + 53
    pixels[top : top + crop.shape[0], left : left + crop.shape[1]] = crop
    x, y = left + (face.left - part.left) * scale, top + (face.top - part.top) * scale
    return photo_of(pixels), Box.around(x, y, x + face.width * scale, y + face.height * scale, size)


@pytest.mark.parametrize("width", [12, 24, 60, 400, 900])
def test_small_and_large_faces_in_twelve_megapixels(plain, shared_data, width):
    """T9."""
    photo, box = pasted(plain, shared_data, width, (4000, 3000))
    assert max((face.box.iou(box) for face in faces(photo)), default=0) > 0.3


def test_a_face_that_fills_the_picture(plain, shared_data):
    """T9."""
    face = truth(shared_data, PLAIN)[0].grown(0.05, 0.15, 0.1, plain.size)
    crop = plain.pixels[face.as_slices()]
    large = cv2.resize(crop, None, fx=20, fy=20, interpolation=cv2.INTER_CUBIC)
    (found,) = faces(photo_of(large))
    assert found.box.area > 0.4 * large.shape[0] * large.shape[1]


@pytest.mark.parametrize("side", ["left", "top", "right", "bottom"])
def test_faces_cut_by_each_border_are_found_and_covered_to_the_edge(plain, shared_data, side):
    """T7."""
    face = truth(shared_data, PLAIN)[1]
    x, y = (round(v) for v in face.centre)
    quarter = face.width // 4
    cut = {
        "left": np.s_[:, x - quarter :],
        "top": np.s_[y - quarter :, :],
        "right": np.s_[:, : x + quarter],
        "bottom": np.s_[: y + quarter, :],
    }[side]
    photo = photo_of(np.ascontiguousarray(plain.pixels[cut]))
    edge = {"left": 0, "top": 0, "right": photo.size[0], "bottom": photo.size[1]}[side]
    heads = [head_box(f.box, f.landmarks, photo.size, f.turns) for f in faces(photo)]
    assert any(getattr(head, side) == edge for head in heads)


def test_no_faces_in_noise_and_plain_colour(noise_photo):
    assert faces(noise_photo) == []
    assert detect_faces(photo_of(np.full((600, 800, 3), 90, np.uint8))) == ()
