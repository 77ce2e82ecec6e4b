"""Is there a face in a head whose place is known? The face mesh is asked, and the face model once more from close by.

Kartynnik et al.: Real-time Facial Surface Geometry from Monocular Video on Mobile GPUs, 2019 (arXiv:1907.06724). It
sees a square of 192 pixels around a head, and says by itself whether there is a face, apart from where its points lie.
"""

from __future__ import annotations

import numpy as np

from screen.faces import DEFAULT_MODEL, FaceModel
from screen.geometry import Box
from screen.inference import compiled
from screen.photo import Photo
from screen.plugins import pick

#: Edge of what the network sees.
SEEN = 192
#: Edges of the squares that are looked at, in the long side of the head; each also mirrored.
EDGES = (0.8, 1.0, 1.3)
#: How far below the middle of the head they lie, in its long side: hair is above, the face below.
BELOW = 0.05
#: Closer looks of the face model: how many pixels the head's long side gets, each also mirrored; and the edge of what
#: is looked at, in that side.
CLOSER, AROUND = (43, 62, 98), 3.0


def face_presence(photo: Photo, head: Box) -> float:
    """How surely there is a face in a head, 0 to 1: the surest of several looks; computed once per photo and head.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    return photo.once(("face-presence", head), lambda shared: max(_looks(shared, head)))


def _looks(photo: Photo, head: Box) -> list[float]:
    network = compiled("face-landmark", (1, SEEN, SEEN, 3))
    long = max(head.width, head.height)
    x, y = head.centre[0], head.centre[1] + BELOW * long
    answers: list[float] = []
    for edge in EDGES:
        half = edge * long / 2
        part = Box.around(x - half, y - half, x + half, y + half, photo.size) or head
        seen = photo.view(part, max_side=SEEN, enlarge=True, keep=False).pixels
        square = np.zeros((1, SEEN, SEEN, 3), np.float32)
        square[0, : seen.shape[0], : seen.shape[1]] = seen[:SEEN, :SEEN] / np.float32(255)
        looked = (square, np.ascontiguousarray(square[:, :, ::-1]))
        answers += [float(network(pixels)[1].squeeze()) for pixels in looked]
    return [1 / (1 + float(np.exp(-min(80.0, max(-80.0, answer))))) for answer in answers]


def closely_seen(photo: Photo, head: Box) -> float:
    """The best score that the face model gives a face in a head in several closer looks, 0 to 1; made once per head.

    What was seen in the whole photo may have been too small or too weak to count: here it cannot be.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    return photo.once(("closely-seen", head), lambda shared: max(_closer_looks(shared, head)))


def _closer_looks(photo: Photo, head: Box) -> list[float]:
    network: FaceModel = pick("photoscreen_face_models", DEFAULT_MODEL, "face model")
    long, (x, y) = max(head.width, head.height), head.centre
    half = AROUND * long / 2
    part = Box.around(x - half, y - half, x + half, y + half, photo.size) or head
    scores = [0.0]
    for pixels in CLOSER:
        side = max(1, round(pixels * max(part.width, part.height) / long))
        view = photo.view(part, max_side=side, enlarge=True, keep=False)
        width = view.pixels.shape[1]
        scores += [raw.score for raw in network.detect(view.pixels, 0.05) if _in(head, view.to_photo(*raw.edges))]
        for raw in network.detect(np.ascontiguousarray(view.pixels[:, ::-1]), 0.05):
            if _in(head, view.to_photo(width - raw.right, raw.top, width - raw.left, raw.bottom)):
                scores.append(raw.score)
    return scores


def _in(head: Box, face: Box | None) -> bool:
    return face is not None and head.left <= face.centre[0] <= head.right and head.top <= face.centre[1] <= head.bottom
