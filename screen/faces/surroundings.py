"""Is a doubtful candidate a head? A small network of our own judges it by its surroundings: hair, neck and shoulders.

CenterFace looks for eyes, nose and mouth, and dogs, fists and engines have something like them; a face of a dozen
pixels or half hidden by a cap hardly has. What is around a face tells in both cases. models/train_heads.py makes the
network, models/heads.md says what from. It has one vote, and only over what is doubtful: a face on which the looks of
the face model agree stays one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from screen.faces import DetectedFace
from screen.faces.batches import in_batches
from screen.faces.looking import part_view
from screen.geometry import Box
from screen.inference import compiled
from screen.photo import Photo, Pixels

#: Edge of what the network sees, and of what it is shown in the long side of the face.
SIDE, REACH = 96, 3.0
#: Only candidates with a score in between are judged: others are faces, or none, by far.
LEAST, SURE = 0.05, 0.6
#: What its vote (a logarithm of odds) counts, the vote that changes nothing, and how far a vote may go.
WEIGHT, NEUTRAL, MOST = 0.6, 0.5, 3.0
#: Looks that the network gets at once, which bounds its memory.
AT_ONCE = 16


def judged(photo: Photo, faces: Sequence[DetectedFace]) -> list[DetectedFace]:
    """The candidates in order, the doubtful ones with the network's vote in their score.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    doubtful = [index for index, face in enumerate(faces) if LEAST <= face.score < SURE]
    votes = dict(zip(doubtful, head_odds(photo, [faces[index] for index in doubtful]), strict=True))
    return [_with_vote(face, votes[index]) if index in votes else face for index, face in enumerate(faces)]


def head_odds(photo: Photo, faces: Iterable[DetectedFace]) -> list[float]:
    """How likely each candidate is a head: logarithms of odds, the mean of a look and its mirror image.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    looks = (surroundings(photo, face) for face in faces)
    odds: list[float] = []
    for batch in in_batches(looks, AT_ONCE // 2):
        both = np.stack([*batch, *(look[:, ::-1] for look in batch)])
        (answers,) = compiled("heads", (-1, 3, SIDE, SIDE), of_pixels=True)(both)
        odds += answers.reshape(2, -1).mean(axis=0).tolist()
    return odds


def surroundings(photo: Photo, face: DetectedFace) -> Pixels:
    """(SIDE, SIDE, 3) uint8 RGB around a candidate, turned as it was seen; the photo's edge goes on where it ends."""
    import cv2  # noqa: PLC0415

    half = REACH * max(face.box.width, face.box.height) / 2
    x, y = face.box.centre
    left, top, right, bottom = (round(at) for at in (x - half, y - half, x + half, y + half))
    part = Box.around(left, top, right, bottom, photo.size) or face.box
    side = max(1, round(SIDE * max(part.width, part.height) / (2 * half)))
    view = part_view(photo, part, side)
    beyond = (part.top - top, bottom - part.bottom, part.left - left, right - part.right)
    above, below, before, behind = (max(0, round(pixels * SIDE / (2 * half))) for pixels in beyond)
    whole = cv2.copyMakeBorder(view.pixels, above, below, before, behind, cv2.BORDER_REPLICATE)
    square = cv2.resize(np.ascontiguousarray(np.rot90(whole, -face.turns)), (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(square, np.uint8)


def _with_vote(face: DetectedFace, odds: float) -> DetectedFace:
    vote = WEIGHT * min(MOST, max(-MOST, odds - NEUTRAL))
    held = math.log(face.score / (1 - face.score)) + vote
    # Never below the line: crops keep clear of what may be a face, whatever this network thinks of it.
    return replace(face, score=max(LEAST, 1 / (1 + math.exp(-held))))
