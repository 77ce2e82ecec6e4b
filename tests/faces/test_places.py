"""Hints, places and sheets, with scripted models."""

import numpy as np
import pytest

from screen.faces import FINE, FINE_STRICT, DetectedFace, RawFace, combination
from screen.faces.centerface import LEAST_HINT, hints_of
from screen.faces.looking import Pass
from screen.faces.places import (
    LEAST_WORTH,
    MOST_PLACES,
    NO_HINT,
    Hints,
    best_places,
    look_at_places,
    look_for_hints,
    part_around,
)
from screen.geometry import Box
from screen.photo import photo_of

SIZE = (4000, 3000)
#: Every place of such a photo stands out alike.
CONTRAST = np.full((40, 54), 1000, np.float32)


class Hinter:
    """Hints wherever the picture is white, and sees a face there once it is 8 pixels wide."""

    def __init__(self):
        self.asked = []

    def look(self, pixels, threshold):
        hints = [(x + 0.5, y + 0.5, 4.0, 0.02) for y, x in np.argwhere(pixels[..., 0] > 100)]
        return self.detect(pixels, threshold), np.array(hints, np.float32).reshape(-1, 4)

    def detect(self, pixels, threshold):
        import cv2

        self.asked.append(pixels.shape[:2])
        found = cv2.connectedComponentsWithStats((pixels[..., 0] > 128).astype(np.uint8))[2][1:]
        boxes = [(x, y, x + w, y + h) for x, y, w, h, _ in found.tolist() if w >= 8]
        return [RawFace(*map(float, box), 0.5, ((float(box[0]), float(box[1])),)) for box in boxes]


def photo_with(*boxes):
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    for box in boxes:
        pixels[box.as_slices()] = 255
    return photo_of(pixels)


@pytest.mark.parametrize("face", [Box(2000, 1500, 2012, 1514), Box(0, 0, 12, 14), Box(3988, 2986, 4000, 3000),
                                  Box(96, 96, 108, 110), Box(1194, 700, 1206, 714)])  # fmt: skip
def test_a_face_too_small_for_the_whole_photo_is_found_at_its_place(face):
    photo, network = photo_with(face), Hinter()
    first, hints = look_for_hints(photo, network, "hinter", 1280, 0.05)
    assert first.faces == ()
    seen = look_at_places(photo, network, "hinter", FINE, 0.05, hints, ())
    assert max(found.box.iou(face) for found in seen.faces) > 0.55
    (point,) = {mark.point for mark in seen.faces[0].landmarks}
    assert point == pytest.approx((face.left, face.top), abs=2)


def test_two_faces_at_one_place_and_one_far_away_are_all_found():
    faces = Box(2000, 1500, 2012, 1514), Box(2020, 1500, 2032, 1514), Box(300, 2700, 312, 2714)
    photo, network = photo_with(*faces), Hinter()
    _, hints = look_for_hints(photo, network, "hinter", 1280, 0.05)
    seen = look_at_places(photo, network, "hinter", FINE, 0.05, hints, ())
    for face in faces:
        assert max(found.box.iou(face) for found in seen.faces) > 0.5


def test_a_model_without_hints_is_asked_about_the_whole_photo_only():
    class Plain:
        def detect(self, pixels, threshold):
            return []

    assert look_for_hints(photo_with(), Plain(), "plain", 1280, 0.05)[1] is None


@pytest.mark.parametrize(("fine", "hints", "everywhere"), [
    (FINE, True, False), (FINE, False, True), (FINE_STRICT, True, True)])  # fmt: skip
def test_strict_sensitivity_looks_everywhere(monkeypatch, fine, hints, everywhere):
    a_pass = Pass("a", 1.0, 0, ())
    monkeypatch.setattr(combination, "look_closely", lambda *_: "everywhere")
    monkeypatch.setattr(combination, "look_at_places", lambda *_: "places")
    given = Hints(np.zeros((0, 4), np.float32), 0.32, CONTRAST) if hints else None
    seen = combination._fine_pass(photo_with(), None, "a", fine, given, a_pass)
    assert seen == ("everywhere" if everywhere else "places")


def hints(*rows, contrast=CONTRAST):
    return Hints(np.array(rows, np.float32).reshape(-1, 4), 0.32, contrast)


def test_small_hints_come_first_and_those_within_known_faces_not_at_all():
    small, large, known = (500, 500, 20, 0.02), (1500, 500, 200, 0.03), (2500, 500, 20, 0.9)
    face = DetectedFace(Box(2400, 400, 2600, 600), 0.9)
    first, second, third = best_places(hints(large, small, known), [face])[:3]
    assert first == pytest.approx((500, 500), abs=50)
    assert second == pytest.approx((1500, 500), abs=50)
    assert third != pytest.approx((2500, 500), abs=50)
    assert best_places(hints(small, known), [])[0] == pytest.approx((2500, 500), abs=50)


def test_places_that_stand_out_come_first_and_plain_ones_are_passed_over():
    contrast = np.zeros((40, 54), np.float32)
    contrast[10, 20], contrast[30, 40], contrast[5, 5] = 2 * LEAST_WORTH / NO_HINT, 1.1 * LEAST_WORTH / NO_HINT, 1
    places = best_places(hints(contrast=contrast), [])
    assert [tuple(round(at / 75 - 0.5) for at in place) for place in places] == [(20, 10), (40, 30)]
    assert best_places(hints((400, 400, 20, 0.02), contrast=0 * contrast), []) == []


def test_as_many_places_as_can_be_looked_at_each_once():
    places = best_places(hints(), [])
    assert len(places) == len({*places}) == MOST_PLACES


def test_squares_are_moved_into_the_photo():
    assert part_around((0, 0), 100, SIZE) == Box(0, 0, 100, 100)
    assert part_around((4000, 1500), 100, SIZE) == Box(3900, 1450, 4000, 1550)
    assert part_around((50, 20), 100, (80, 60)) == Box(0, 0, 80, 60)


def test_hints_are_cells_with_a_trace_of_a_score():
    heat, size = np.zeros((16, 16), np.float32), np.zeros((2, 16, 16), np.float32)
    heat[5, 10], heat[1, 1] = LEAST_HINT, LEAST_HINT / 2
    size[:, 5, 10] = np.log(8 / 4), np.log(2 / 4)
    (row,) = hints_of(heat, size)
    assert row == pytest.approx([42, 22, 4, LEAST_HINT])
