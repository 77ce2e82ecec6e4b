"""T11 with real weights: masks, glasses, hats, scarves, dim light, darker skin and profiles; T5, and T7 in corners."""

import cv2
import numpy as np
import pytest
from PIL import Image

from screen.faces import detect_faces
from screen.faces.heads import head_box
from screen.geometry import Box
from screen.photo import open_photo, photo_of

pytestmark = pytest.mark.models
#: Frontal faces of 76 to 90 px in a photo of 500 x 375, and profiles at school.
PLAIN, PROFILES = "dlib/2008_001322.jpg", "sugarlabs/image46.jpg"


@pytest.fixture(scope="module")
def plain(shared_data):
    return open_photo(shared_data / "faces" / PLAIN)


@pytest.fixture(scope="module")
def known(plain):
    return [face for face in detect_faces(plain) if face.is_face]


def points(face):
    return {mark.name: np.array(mark.point) for mark in face.landmarks}


def mask(pixels, face):
    box, marks = face.box, points(face)
    top = round(float(marks["nose"][1]))
    cv2.ellipse(pixels, (round(box.centre[0]), top + 22), (box.width // 2 + 2, 32), 0, 0, 360, (120, 170, 205), -1)


def sunglasses(pixels, face):
    for name in ("left-eye", "right-eye"):
        middle = tuple(int(v) for v in points(face)[name])
        cv2.ellipse(pixels, middle, (face.box.width // 5, face.box.height // 9), 0, 0, 360, (15, 15, 15), -1)


def hat(pixels, face):
    box, brow = face.box, round(float(points(face)["left-eye"][1])) - face.box.height // 8
    cv2.rectangle(pixels, (box.left - 12, max(0, box.top - box.height // 2)), (box.right + 12, brow), (40, 60, 120), -1)


def headscarf(pixels, face):
    """Cloth all around: hair, ears and neck are gone."""
    x, y = (round(v) for v in face.box.centre)
    ring = np.zeros(pixels.shape[:2], np.uint8)
    cv2.ellipse(ring, (x, y), (face.box.width, round(0.95 * face.box.height)), 0, 0, 360, 255, -1)
    cv2.ellipse(ring, (x, y + 3), (face.box.width // 2, face.box.height // 2), 0, 0, 360, 0, -1)
    pixels[ring > 0] = (90, 40, 110)


def darker_skin(pixels, face):
    part = face.box.as_slices()
    pixels[part] = (pixels[part] * np.array([0.42, 0.36, 0.33])).astype(np.uint8)


@pytest.mark.parametrize("worn", [mask, sunglasses, hat, headscarf, darker_skin])
def test_faces_are_found_under_what_people_wear(plain, known, worn):
    pixels = plain.pixels.copy()
    for face in known:
        worn(pixels, face)
    found = [face for face in detect_faces(photo_of(pixels)) if face.is_face]
    hit = [max((other.box.iou(face.box) for other in found), default=0) > 0.3 for face in known]
    assert len(known) == 3
    assert all(hit)


def test_faces_are_found_in_dim_light(plain, known):
    noise = np.random.default_rng(1).normal(0, 3, plain.pixels.shape)
    dim = np.clip(plain.pixels * 0.15 + noise, 0, 255).astype(np.uint8)
    found = [face for face in detect_faces(photo_of(dim)) if face.is_face]
    assert all(max(other.box.iou(face.box) for other in found) > 0.4 for face in known)


def test_profiles_are_found(shared_data):
    photo = open_photo(shared_data / "faces" / PROFILES)
    found = [face for face in detect_faces(photo) if face.is_face]
    truth = [Box(1507, 396, 1667, 622), Box(533, 458, 648, 626)]
    assert all(max(face.box.iou(box) for face in found) > 0.5 for box in truth)


@pytest.mark.parametrize("across", [0, 1])
@pytest.mark.parametrize("down", [0, 1])
def test_faces_in_each_corner_are_covered_to_the_edges(plain, known, across, down):
    """T7: a third of the face is cut off at each of two sides."""
    box = known[0].box
    x = box.left + box.width // 4 if not across else box.right - box.width // 4
    y = box.top + box.height // 4 if not down else box.bottom - box.height // 4
    part = plain.pixels[y:, :] if not down else plain.pixels[:y, :]
    part = part[:, x:] if not across else part[:, :x]
    photo = photo_of(np.ascontiguousarray(part))
    corner = (0 if not across else photo.size[0], 0 if not down else photo.size[1])
    heads = [head_box(f.box, f.landmarks, photo.size, f.turns) for f in detect_faces(photo) if f.is_face]
    edges = [(head.left if not across else head.right, head.top if not down else head.bottom) for head in heads]
    assert corner in edges


def test_a_thumbnail_of_another_shape_changes_nothing(plain, tmp_path):
    """T5: what is embedded is never looked at instead of the picture."""
    small = Image.fromarray(np.ascontiguousarray(plain.pixels[:, 250:])).resize((90, 160))
    small.save(tmp_path / "small.jpg")
    thumbnail = (tmp_path / "small.jpg").read_bytes()
    exif = b"Exif\0\0" + _exif_with(thumbnail)
    Image.fromarray(plain.pixels).save(tmp_path / "photo.jpg", quality=95, exif=exif)
    Image.fromarray(plain.pixels).save(tmp_path / "bare.jpg", quality=95)
    with_thumbnail, bare = (open_photo(tmp_path / name) for name in ("photo.jpg", "bare.jpg"))
    assert thumbnail in with_thumbnail.file
    assert with_thumbnail.size == plain.size
    assert detect_faces(with_thumbnail) == detect_faces(bare)


def _exif_with(thumbnail):
    """A TIFF block with an empty first directory and a thumbnail in the second one."""
    import struct

    second = 8 + 2 + 4
    data = second + 2 + 3 * 12 + 4
    entries = [(0x0103, 3, 6), (0x0201, 4, data), (0x0202, 4, len(thumbnail))]
    rows = b"".join(struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return (
        struct.pack("<2sHI", b"II", 42, 8)
        + struct.pack("<HI", 0, second)
        + struct.pack("<H", 3)
        + rows
        + (struct.pack("<I", 0) + thumbnail)
    )
