"""Depicted faces: drawn cards, screens and posters, and people before boards and windows (T12)."""

import cv2
import numpy as np
import pytest

from screen.checks.faces import FaceCheck, FaceSettings
from screen.faces import DEFAULT_MODEL, FINE, DetectedFace
from screen.faces.depiction import colourfulness, is_depicted, is_framed, is_grey
from screen.faces.frames import has_frame
from screen.geometry import Box
from screen.photo import photo_of

FACE = Box(280, 170, 330, 232)


def wall():
    """A wall with some texture, 640 x 480."""
    noise = np.random.default_rng(1).integers(0, 12, (480, 640, 3))
    return (noise + np.array([150, 170, 190])).astype(np.uint8)


def person(pixels, body=True):
    """A head around FACE, with shoulders down to the lower border."""
    if body:
        cv2.rectangle(pixels, (292, 225), (318, 270), (190, 140, 110), -1)
        cv2.ellipse(pixels, (305, 480), (110, 220), 0, 0, 360, (40, 60, 140), -1)
    cv2.ellipse(pixels, (305, 198), (30, 42), 0, 0, 360, (60, 40, 30), -1)
    cv2.ellipse(pixels, (305, 206), (23, 30), 0, 0, 360, (205, 155, 125), -1)
    return pixels


def framed(left, top, right, bottom, edge=(25, 22, 22), thick=6):
    """The person in a picture with an edge, so that the body ends there."""
    pixels, inside = wall(), person(np.full((480, 640, 3), (120, 150, 120), np.uint8))
    pixels[top:bottom, left:right] = inside[top:bottom, left:right]
    cv2.rectangle(pixels, (left, top), (right, bottom), edge, thick)
    return pixels


@pytest.mark.parametrize("edges", [(250, 140, 360, 270), (180, 110, 430, 330), (90, 60, 540, 360)])
@pytest.mark.parametrize("edge", [(25, 22, 22), (245, 245, 245), (120, 70, 20)])
def test_a_face_in_a_frame_is_depicted(edges, edge):
    """T12."""
    assert is_depicted(photo_of(framed(*edges, edge=edge)), FACE)


def test_a_card_at_an_angle_is_still_a_card():
    pixels = framed(240, 130, 480, 280, edge=(250, 250, 250))
    turn = cv2.getRotationMatrix2D((305, 200), 12, 1)
    leaning = cv2.warpAffine(pixels, turn, (640, 480), borderMode=cv2.BORDER_REFLECT)
    assert is_framed(photo_of(leaning), FACE)


def test_somebody_before_a_board_is_not_depicted():
    pixels = wall()
    cv2.rectangle(pixels, (150, 80), (470, 330), (250, 250, 250), -1)
    cv2.rectangle(pixels, (150, 80), (470, 330), (60, 60, 60), 5)
    assert not is_depicted(photo_of(person(pixels)), FACE)


def test_nobody_is_depicted_on_a_plain_wall():
    assert not is_depicted(photo_of(person(wall())), FACE)


def test_a_broken_outline_is_a_frame_if_the_lines_are_there():
    pixels = person(wall(), body=False)
    for start, end in (((200, 100), (420, 100)), ((200, 320), (420, 320)), ((200, 100), (200, 320))):
        cv2.line(pixels, start, end, (20, 20, 20), 4)
    cv2.line(pixels, (420, 120), (420, 260), (20, 20, 20), 4)
    corners = tuple(map(float, FACE.as_tuple()))
    assert has_frame(pixels, corners)
    cv2.line(pixels, (270, 320), (340, 320), (160, 175, 195), 8)  # where a body would be
    assert not has_frame(pixels, corners)


def test_a_grey_face_in_a_photo_with_colours_is_print_or_pencil():
    """T12."""
    pixels = person(wall())
    pixels[160:240, 270:340] = pixels[160:240, 270:340].mean(axis=2, keepdims=True)
    assert is_grey(photo_of(pixels), FACE)
    assert not is_grey(photo_of(person(wall())), FACE)


def test_a_grey_photo_is_just_a_grey_photo():
    grey = np.repeat(person(wall()).mean(axis=2, keepdims=True), 3, axis=2).astype(np.uint8)
    assert colourfulness(grey) < 1
    assert not is_grey(photo_of(grey), FACE)


def test_tiny_faces_have_too_little_around_them():
    assert not is_depicted(photo_of(framed(250, 140, 360, 270)), Box(300, 200, 306, 208))


def test_the_check_says_so_and_weak_candidates_are_left_as_they_are():
    photo = photo_of(framed(180, 110, 430, 330))
    faces = DetectedFace(FACE, 0.9), DetectedFace(FACE, 0.05)
    photo.once(("faces", DEFAULT_MODEL, FINE), lambda _: faces)
    photo.once("people", lambda _: None)
    photo.once("heads", lambda _: ())
    kinds = [finding.details.kind for finding in FaceCheck(FaceSettings()).inspect(photo)]
    assert kinds == ["depicted", "face"]
