"""Faces put where they are hard to find, on photos of ../shared/data/faces: what becomes of them.

python bench/face_trials.py FOLDER hidden     # faces hidden behind things: found all the same, to be looked at, or kept
python bench/face_trials.py FOLDER depicted   # faces on cards, posters, screens and paper: told as such; and real ones
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np

from screen.checks.faces import certainty
from screen.faces import THRESHOLDS, detect_faces
from screen.faces.depiction import is_depicted
from screen.faces.witness import unseen_faces
from screen.geometry import Box
from screen.inference import set_threads
from screen.photo import Photo, Pixels, open_photo, photo_of

#: A face of a set: the picture and left, top, right, bottom in it.
Known = tuple[Pixels, Box]


def annotated(folder: Path, least: float, most: int = 99, flags: tuple[str, ...] = ()) -> list[tuple[str, Box]]:
    """Names of photos with up to so many faces, and each face of at least that width with one of the flags."""
    rows = map(json.loads, (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        (row["image"], Box(*face[:4]))
        for row in rows
        for face in row["faces"]
        if face[2] - face[0] >= least and len(row["faces"]) <= most and (not flags or face[4] in flags)
    ]


def around(pixels: Pixels, face: Box, sides: float, above: float, below: float) -> Known:
    """The picture around a face, and where the face is in it."""
    part = face.grown(sides, above, below, (pixels.shape[1], pixels.shape[0]))
    left, top = face.left - part.left, face.top - part.top
    return pixels[part.as_slices()], Box(left, top, left + face.width, top + face.height)


def behind_a_book(pixels: Pixels, face: Box) -> Pixels:
    part = face.grown(0.25, 0.1, 0.33, (pixels.shape[1], pixels.shape[0]))
    pixels[part.as_slices()] = (60, 110, 150)
    return pixels


def behind_a_dark_thing(pixels: Pixels, face: Box) -> Pixels:
    part = face.grown(0.17, 0.2, -0.25, (pixels.shape[1], pixels.shape[0]))
    pixels[part.as_slices()] = (25, 25, 40)
    return pixels


def without_features(pixels: Pixels, face: Box) -> Pixels:
    """Nothing left but the colour of the skin."""
    oval = np.zeros(pixels.shape[:2], np.float32)
    middle = tuple(round(v) for v in face.centre)
    cv2.ellipse(oval, middle, (round(0.55 * face.width), round(0.6 * face.height)), 0, 0, 360, 1, -1)
    soft = cv2.GaussianBlur(oval, (0, 0), face.width / 15)[..., None]
    colour = np.median(pixels[face.as_slices()].reshape(-1, 3), axis=0)
    return np.asarray(pixels * (1 - soft) + colour * soft, np.uint8)


def hidden(folder: Path, _rng: np.random.Generator) -> None:
    """One face a photo, hidden in three ways."""
    first = dict(reversed(annotated(folder, 40, most=8)))
    for hide in (behind_a_book, behind_a_dark_thing, without_features):
        told: Counter[str] = Counter()
        for image, face in first.items():
            view = open_photo(folder / image).view(max_side=1280)
            left, top, right, bottom = (edge * view.scale for edge in face.as_tuple())
            box = Box.around(left, top, right, bottom, (view.pixels.shape[1], view.pixels.shape[0]))
            if box and box.width >= 0.035 * max(view.pixels.shape):
                told[_what_is_told(photo_of(hide(view.pixels.copy(), box)), box)] += 1
        print(hide.__name__.replace("_", " "), dict(told), flush=True)


def _what_is_told(photo: Photo, face: Box) -> str:
    found = detect_faces(photo)
    near = [
        other
        for other in (*found, *unseen_faces(photo, found))
        if other.box.shared_area(face) > 0.3 * min(other.box.area, face.area) and other.box.width > 0.4 * face.width
    ]
    certain = {certainty(other, THRESHOLDS["normal"]) for other in near}
    return "face" if certain & {"sure", "doubtful"} else "review" if "unclear" in certain else "kept"


def _edged(known: Known, edge: int, colour: tuple[int, int, int]) -> Known:
    pixels, box = known
    framed = cv2.copyMakeBorder(pixels, edge, edge, edge, edge, cv2.BORDER_CONSTANT, value=colour)
    return np.asarray(framed, np.uint8), Box(box.left + edge, box.top + edge, box.right + edge, box.bottom + edge)


def card(pixels: Pixels, face: Box, rng: np.random.Generator) -> Known:
    crop, box = around(pixels, face, 0.5, 0.5, 0.5)
    scale = 200 / crop.shape[0]
    crop = np.asarray(cv2.resize(crop, None, fx=scale, fy=scale), np.uint8)[:, :250]
    paper = np.full((320, 520, 3), rng.integers(215, 255, 3), np.uint8)
    paper[:50] = rng.integers(30, 200, 3)
    paper[80:280, 30 : 30 + crop.shape[1]] = crop
    for k in range(5):
        words = "".join(rng.choice(list("ABCDEFGHIJKLM 0123"), 12))
        cv2.putText(paper, words, (50 + crop.shape[1], 110 + 35 * k), 0, 0.7, (40, 40, 40), 2)
    left, top, right, bottom = (round(edge * scale) for edge in box.as_tuple())
    return paper, Box(left + 30, top + 80, right + 30, bottom + 80)


def poster(pixels: Pixels, face: Box, rng: np.random.Generator) -> Known:
    known = around(pixels, face, 1.0, 0.8, 1.5)
    red, green, blue = (int(v) for v in rng.integers(10, 240, 3))
    return _edged(known, max(4, known[0].shape[1] // 15), (red, green, blue))


def a_screen(pixels: Pixels, face: Box, _rng: np.random.Generator) -> Known:
    crop, box = around(pixels, face, 3.0, 1.5, 2.5)
    bright = np.asarray(cv2.convertScaleAbs(crop, alpha=1.1, beta=15), np.uint8)
    return _edged((bright, box), max(5, crop.shape[1] // 30), (25, 22, 22))


def grey_print(pixels: Pixels, face: Box, _rng: np.random.Generator) -> Known:
    crop, box = around(pixels, face, 0.8, 0.8, 1.0)
    grey = np.asarray(cv2.cvtColor(cv2.cvtColor(crop, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), np.uint8)
    return _edged((grey, box), crop.shape[1] // 3, (238, 240, 240))


def drawing(pixels: Pixels, face: Box, _rng: np.random.Generator) -> Known:
    crop, box = around(pixels, face, 0.8, 0.8, 1.0)
    scale = 220 / crop.shape[1]
    flat = cv2.pyrMeanShiftFiltering(cv2.resize(crop, None, fx=scale, fy=scale), 20, 35)
    left, top, right, bottom = (round(edge * scale) for edge in box.as_tuple())
    return _edged((np.asarray(flat, np.uint8), Box(left, top, right, bottom)), 30, (245, 245, 245))


def hung_up(ground: Pixels, known: Known, rng: np.random.Generator) -> tuple[Photo, Box | None]:
    """A photo in which a picture hangs or lies somewhere, at an angle of up to 12 degrees, and where its face is."""
    pixels, face = known
    height, width = ground.shape[:2]
    wide, high = pixels.shape[1], pixels.shape[0]
    scale = min(rng.uniform(16, 60) / face.width, 0.8 * width / wide, 0.8 * height / high)
    angle = np.radians(rng.uniform(-12, 12))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) * scale
    corners = np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32)
    uneven = corners - (wide / 2, high / 2) + rng.uniform(-0.04, 0.04, (4, 2)) * (wide, high)
    room = np.array([wide, high]) * scale / 2 + 10
    middle = [rng.uniform(low, max(low + 1, whole - low)) for low, whole in zip(room, (width, height), strict=True)]
    bent = cv2.getPerspectiveTransform(corners, (uneven @ turn.T + middle).astype(np.float32))
    soft = cv2.GaussianBlur(pixels, (0, 0), max(0.3, 0.35 / scale)) if scale < 1 else pixels
    there = cv2.GaussianBlur(cv2.warpPerspective(np.ones((high, wide), np.float32), bent, (width, height)), (0, 0), 0.6)
    made = ground * (1 - there[..., None]) + cv2.warpPerspective(soft, bent, (width, height)) * there[..., None]
    made = np.clip(made + rng.normal(0, 2.5, made.shape), 0, 255).astype(np.uint8)
    as_jpeg = cv2.imdecode(cv2.imencode(".jpg", made, [cv2.IMWRITE_JPEG_QUALITY, 85])[1], cv2.IMREAD_COLOR)
    edges = np.array([[[face.left, face.top], [face.right, face.bottom]]], np.float32)
    (left, top), (right, bottom) = cv2.perspectiveTransform(edges, bent)[0]
    return photo_of(np.asarray(as_jpeg, np.uint8)), Box.around(left, top, right, bottom, (width, height))


def depicted(folder: Path, rng: np.random.Generator) -> None:
    """Fifty of each kind, 16 to 60 pixels wide, on photos without people; then all annotated faces as they are."""
    portraits = annotated(folder, 36, most=6, flags=("frontal",))
    grounds = sorted((folder / "nofaces").iterdir())
    makers: tuple[Callable[..., Known], ...] = (card, poster, a_screen, grey_print, drawing)
    for make in makers:
        told = []
        for _ in range(50):
            image, face = portraits[rng.integers(len(portraits))]
            ground = open_photo(grounds[rng.integers(len(grounds))]).pixels
            ground = np.asarray(cv2.resize(ground, None, fx=1.6, fy=1.6), np.uint8)
            photo, box = hung_up(ground, make(open_photo(folder / image).pixels, face, rng), rng)
            told.append(box is not None and is_depicted(photo, box))
        print(f"{make.__name__.replace('_', ' ')}: {np.mean(told):.0%} told", flush=True)
    real = [is_depicted(open_photo(folder / image), face) for image, face in annotated(folder, 10)]
    print(f"real faces: {sum(real)} of {len(real)} taken for depicted")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("trial", choices=["hidden", "depicted"])
    options = parser.parse_args()
    set_threads(1)
    rng = np.random.default_rng(0)
    {"hidden": hidden, "depicted": depicted}[options.trial](options.folder, rng)


if __name__ == "__main__":
    main()
