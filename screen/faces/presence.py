"""Is there a face in a head? The face mesh says so by itself, apart from where its points would lie.

Kartynnik et al.: Real-time Facial Surface Geometry from Monocular Video on Mobile GPUs, 2019 (arXiv:1907.06724). It
sees a square of 192 pixels around a head. It is no detector: it is asked about heads whose place is known.
"""

from __future__ import annotations

import numpy as np

from screen.geometry import Box
from screen.inference import compiled
from screen.photo import Photo

#: Edge of what the network sees.
SEEN = 192
#: Edges of the squares that are looked at, in the long side of the head; each also mirrored.
EDGES = (0.8, 1.0, 1.3)
#: How far below the middle of the head they lie, in its long side: hair is above, the face below.
BELOW = 0.05


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
