"""Looks side by side, with a scripted model."""

import numpy as np

from screen.faces import RawFace
from screen.faces.sheets import COLUMNS, look_side_by_side, on_a_sheet, within
from screen.geometry import Box
from screen.photo import photo_of


class Everything:
    """Sees each white thing as a face."""

    def __init__(self):
        self.asked = []

    def detect(self, pixels, threshold):
        import cv2

        self.asked.append(pixels.shape[:2])
        found = cv2.connectedComponentsWithStats((pixels[..., 0] > 128).astype(np.uint8))[2][1:]
        return [RawFace(x, y, x + w, y + h, 0.9, ((x, y),)) for x, y, w, h, _ in found.tolist()]


def drawn(*boxes):
    pixels = np.zeros((1200, 1600, 3), np.uint8)
    for box in boxes:
        pixels[box.as_slices()] = 255
    return photo_of(pixels)


def test_each_view_gets_what_is_in_it_in_order():
    faces = [Box(100 * k + 10, 40, 100 * k + 30, 70) for k in range(11)]
    photo, network = drawn(*faces[1:]), Everything()
    views = [photo.view(Box(100 * k, 20, 100 * k + 90, 120)) for k in range(11)]
    found = list(look_side_by_side(network, views, 112, 0.1, "a"))
    assert found[0] == []
    assert [[face.box for face in seen] for seen in found[1:]] == [[face] for face in faces[1:]]
    assert found[1][0].seen_by == ("a",)
    assert network.asked == [(2 * 112, COLUMNS * 112)]


def test_many_looks_take_several_sheets_and_none_takes_none():
    photo, network = drawn(), Everything()
    assert len(list(look_side_by_side(network, [photo.view(Box(0, 0, 90, 90))] * 150, 96, 0.1))) == 150
    assert len(network.asked) > 1
    assert list(look_side_by_side(Everything(), [], 96, 0.1)) == []


def test_a_sheet_holds_each_picture_and_faces_come_back_to_theirs():
    white, black = np.full((100, 100, 3), 255, np.uint8), np.zeros((100, 80, 3), np.uint8)
    sheet = on_a_sheet([white, black] * 5, 112, 8)
    assert sheet.shape == (224, 8 * 112, 3)
    assert sheet[10, 10].min() == sheet[112 + 10, 10].min() == 255
    assert sheet[10, 112 + 10].max() == sheet[110, 10].max() == 0
    assert on_a_sheet([np.full((120, 130, 3), 255, np.uint8)], 112, 1).shape == (112, 112, 3)
    inside, across = RawFace(120, 10, 140, 30, 0.9, ((125, 15),)), RawFace(100, 10, 124, 30, 0.9)
    (found,) = within([inside, across], 1, 112, 8)
    assert (found.left, found.top, found.right, found.bottom) == (8, 10, 28, 30)
    assert found.points == ((13, 15),)
