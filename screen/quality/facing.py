"""In which of four turns faces look most like faces: the face model sees crops of the largest ones, turned four times.

Face models also find faces that lie on their side or stand on their head, with lower scores, so a single pass does not
tell which way up they are; the comparison of four does.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from screen.faces import DetectedFace, FaceModel
from screen.photo import Photo, Pixels
from screen.plugins import pick

#: Faces that are looked at, largest first, and those of at least so many pixels.
MOST_FACES, LEAST_SIDE = 3, 16
#: Pixels of a crop, and how many times larger than the face it is: close by and with some surroundings.
CELL, ROOMS = 96, (1.6, 2.6)
#: The least score that is told apart from nothing.
LEAST_SCORE = 0.05


def scores_by_turn(photo: Photo, faces: Sequence[DetectedFace], model: str) -> npt.NDArray[np.float64]:
    """Scores of the largest faces in each of four turns: (faces, 4), 0 where a face is not seen; computed in one pass.

    Column k is for the crops turned k quarters clockwise, the mean of both: of 178 annotated faces in two turns, 121
    tell their turn clearly so, 102 by one crop.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    chosen = sorted((face for face in faces if _side(face) >= LEAST_SIDE), key=lambda face: -face.box.area)[:MOST_FACES]
    if not chosen:
        return np.zeros((0, 4))
    crops = [_crop(photo, face, room) for face in chosen for room in ROOMS]
    sheet = np.full((CELL * len(crops), CELL * 4, 3), 128, np.uint8)
    for row, crop in enumerate(crops):
        for turns in range(4):
            cell = np.s_[row * CELL : (row + 1) * CELL, turns * CELL : (turns + 1) * CELL]
            sheet[cell] = np.rot90(crop, -turns)
    network: FaceModel = pick("photoscreen_face_models", model, "face model")
    scores = np.zeros((len(crops), 4))
    for seen in network.detect(sheet, LEAST_SCORE):
        x, y = (seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2
        row, column = int(y // CELL), int(x // CELL)
        inside = 0 <= row < len(crops) and 0 <= column < 4
        if inside and abs(x % CELL - CELL / 2) < CELL / 4 and abs(y % CELL - CELL / 2) < CELL / 4:
            scores[row, column] = max(scores[row, column], seen.score)
    return np.asarray(scores.reshape(len(chosen), len(ROOMS), 4).mean(axis=1))


def _side(face: DetectedFace) -> int:
    return max(face.box.width, face.box.height)


def _crop(photo: Photo, face: DetectedFace, room: float) -> Pixels:
    """A square of CELL pixels around the face, so many times larger; what lies outside of the photo is grey."""
    import cv2  # noqa: PLC0415

    half = room * _side(face) / 2
    (x, y), scale = face.box.centre, CELL / (2 * half)
    place = np.array([[scale, 0, CELL / 2 - scale * x], [0, scale, CELL / 2 - scale * y]])
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    grey = (128, 128, 128)
    left, top = max(0, int(x - half)), max(0, int(y - half))
    part = photo.pixels[top : int(y + half) + 1, left : int(x + half) + 1]
    if scale < 0.5:
        # warpAffine does not average, so a large face is first reduced.
        part = np.asarray(cv2.resize(part, None, fx=2 * scale, fy=2 * scale, interpolation=cv2.INTER_AREA), np.uint8)
        place = np.array([[0.5, 0, CELL / 2 - scale * (x - left)], [0, 0.5, CELL / 2 - scale * (y - top)]])
    else:
        place[:, 2] += scale * np.array([left, top])
    warped = cv2.warpAffine(np.ascontiguousarray(part), place, (CELL, CELL), flags=how, borderValue=grey)
    return np.asarray(warped, np.uint8)
