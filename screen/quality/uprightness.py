"""Which way up a photo is: what faces say, and how sure that is.

EXIF is applied when the photo is opened, so this is about the pixels that are left. Evidence is kept as logarithms of
probabilities over the four turns; independent witnesses are added.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.faces import DetectedFace, detect_faces
from screen.photo import Photo

#: Four numbers, one for each count of clockwise quarter turns that might set the picture right.
Turns = npt.NDArray[np.float64]
#: Least probability of a turn before it is asked for: a wrong turn spoils a good photo, a missed one is seen at once.
DEFAULT_THRESHOLD = 0.9
#: Photos as they come, before anything is seen in them: cameras set nearly all upright, few upside down.
PRIOR = np.log(np.array([0.88, 0.05, 0.02, 0.05]))


@dataclass(frozen=True, slots=True)
class Uprightness:
    """What was concluded.

    Attributes:
        turns: clockwise quarter turns that set the picture right; 0 where nothing is sure enough.
        score: probability of that; low together with no turns means: don't know.
        told_by: the witnesses that were heard: faces, text, persons, scene; exif where the file named a turn.
    """

    turns: int
    score: float
    told_by: tuple[str, ...]


def uprightness_of(photo: Photo, threshold: float = DEFAULT_THRESHOLD) -> Uprightness:
    """The turns that set the pixels right; computed once per photo and threshold.

    Raises:
        MissingDependencyError: weights are not there.
    """
    return photo.once(("uprightness", threshold), lambda shared: _concluded(shared, threshold))


def _concluded(photo: Photo, threshold: float) -> Uprightness:
    witnesses = {"faces": faces_say(detect_faces(photo))}
    heard = {name: evidence for name, evidence in witnesses.items() if np.ptp(evidence) > 0}
    chances = _probabilities(PRIOR + sum(heard.values()))
    told_by = (("exif",) if photo.exif_orientation != 1 else ()) + tuple(heard)
    best = int(np.argmax(chances))
    turns = best if best == 0 or chances[best] >= threshold else 0
    score = chances[turns] if heard or photo.exif_orientation != 1 else 0.0
    return Uprightness(turns, float(score), told_by)


def faces_say(faces: Iterable[DetectedFace]) -> Turns:
    """Log evidence of faces for each turn: each face speaks for the turn in which it was seen best."""
    evidence = np.zeros(4)
    for face in faces:
        if face.is_face:
            evidence[face.turns] += 4.0 * face.score * _weight(face)
    return evidence


def _weight(face: DetectedFace) -> float:
    """A face of 40 pixels or more counts fully, smaller ones less."""
    return min(1.0, math.sqrt(face.box.area) / 40)


def _probabilities(logs: Turns) -> Turns:
    powers: Turns = np.exp(logs - logs.max())
    shares: Turns = powers / powers.sum()
    return shares
