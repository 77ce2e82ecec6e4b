"""Which way up faces are: two face models see crops of the largest ones, turned four times.

Face models also find faces that lie on their side or stand on their head, with lower scores, so a single pass does not
tell which way up they are; the comparison of four does. The second model also tells where eyes and mouth are. Of 178
annotated faces in two turns the first one alone is sure of 59, both together of 101, and neither is sure and wrong.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from screen.faces import DetectedFace, FaceModel
from screen.faces.blazeface import as_input, decoded
from screen.inference import compiled
from screen.photo import Photo, Pixels
from screen.plugins import pick

#: Faces that are looked at, largest first, and those of at least so many pixels.
MOST_FACES, LEAST_SIDE = 3, 16
#: Pixels of a crop, and how many times larger than the face it is.
CELL, ROOM = 96, 2.0
#: The least score that is told apart from nothing, and the least one of which points are heard.
LEAST_SCORE, LEAST_POINTS = 0.05, 0.3
#: BlazeFace's points: first both eyes, then the nose, then the mouth.
EYES, MOUTH = (0, 1), 3


def scores_by_turn(photo: Photo, faces: Sequence[DetectedFace], model: str) -> npt.NDArray[np.float64]:
    """Scores of the largest faces in each of four turns: (faces, 4), 0 where a face is not seen; computed in one pass.

    Column k is for the crop turned k quarters clockwise.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    chosen = largest(faces)
    if not chosen:
        return np.zeros((0, 4))
    sheet = np.concatenate([np.concatenate(_turned(_crop(photo, face)), axis=1) for face in chosen])
    network: FaceModel = pick("photoscreen_face_models", model, "face model")
    scores = np.zeros((len(chosen), 4))
    for seen in network.detect(sheet, LEAST_SCORE):
        x, y = (seen.left + seen.right) / 2, (seen.top + seen.bottom) / 2
        row, column = int(y // CELL), int(x // CELL)
        inside = 0 <= row < len(chosen) and 0 <= column < 4
        if inside and _in_middle(x, y):
            scores[row, column] = max(scores[row, column], seen.score)
    return scores


def points_by_turn(photo: Photo, faces: Sequence[DetectedFace]) -> npt.NDArray[np.float64]:
    """How surely each turn brings the mouth below the eyes, 0 to 4, of the largest faces: (faces, 4).

    Raises:
        MissingDependencyError: the weights are not there.
    """
    found = [_pointed(_turned(_crop(photo, face))) for face in largest(faces)]
    return np.array(found) if found else np.zeros((0, 4))


def _pointed(crops: Sequence[Pixels]) -> npt.NDArray[np.float64]:
    """The scores of four crops, each counted for the turn at which the face in it would be upright; shape (4,)."""
    sheet = np.concatenate([np.concatenate(crops[:2], axis=1), np.concatenate(crops[2:], axis=1)])
    boxes, scores = compiled("blazeface-full-range")(as_input(sheet)[0])
    votes, seen = np.zeros(4), set()
    for row in decoded(boxes[0], scores[0, :, 0], LEAST_POINTS):
        x, y = (row[0] + row[2]) / 2, (row[1] + row[3]) / 2
        turns = int(y // CELL) * 2 + int(x // CELL)
        if turns not in seen and 0 <= turns < 4 and _in_middle(x, y):
            seen.add(turns)
            votes[(turns + _turns_of_points(row[5:].reshape(6, 2))) % 4] += row[4]
    return votes


def _turns_of_points(points: npt.NDArray[np.float32]) -> int:
    """The clockwise quarter turns that bring the mouth below the eyes."""
    x, y = points[MOUTH] - points[list(EYES)].mean(axis=0)
    return round(float(np.arctan2(x, y)) / (np.pi / 2)) % 4


def _in_middle(x: float, y: float) -> bool:
    """Does a point lie in the middle of its cell, where the face is that was cut out?"""
    return abs(x % CELL - CELL / 2) < CELL / 4 and abs(y % CELL - CELL / 2) < CELL / 4


def largest(faces: Sequence[DetectedFace]) -> list[DetectedFace]:
    """The faces that are looked at."""
    large = (face for face in faces if _side(face) >= LEAST_SIDE)
    return sorted(large, key=lambda face: -face.box.area)[:MOST_FACES]


def _turned(crop: Pixels) -> list[Pixels]:
    """A crop in its four turns, clockwise."""
    return [np.rot90(crop, -turns) for turns in range(4)]


def _side(face: DetectedFace) -> int:
    return max(face.box.width, face.box.height)


def _crop(photo: Photo, face: DetectedFace) -> Pixels:
    """A square of CELL pixels around the face; what lies outside of the photo is grey."""
    import cv2  # noqa: PLC0415

    half = ROOM * _side(face) / 2
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
