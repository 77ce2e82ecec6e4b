"""Which way up a photo is: what faces, text and the scene say, and how sure that is.

EXIF is applied when the photo is opened, so this is about the pixels that are left. Evidence is kept as logarithms of
likelihoods over the four turns; witnesses are taken as independent and added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.faces import DEFAULT_MODEL, DetectedFace
from screen.ocr import Line
from screen.ocr.sideways import turns_of, weight, weights_by_turn
from screen.photo import Photo
from screen.quality.facing import points_by_turn, scores_by_turn
from screen.quality.scenes import upright_by_turn
from screen.quality.stated import contradicts_itself

#: Four numbers, one for each count of clockwise quarter turns that might set the picture right.
Turns = npt.NDArray[np.float64]
#: Least probability of a turn before it is asked for: a wrong turn spoils a good photo, a missed one is seen at once.
DEFAULT_THRESHOLD = 0.85
#: Photos as they come, before anything is seen in them: cameras set nearly all upright, few upside down.
PRIOR = np.log(np.array([0.88, 0.05, 0.02, 0.05]))
#: The same for files that state two orientations: whichever was applied may be the wrong one.
PRIOR_OF_CONTRADICTION = np.log(np.array([0.4, 0.25, 0.1, 0.25]))
#: What a face can add at the most, and what all lines of text can.
FACE, MOST_TEXT = 6.0, 8.0
#: Log evidence for a score higher by 1 than that of another turn; scores from which a face counts, a little or fully.
MARGIN, DOUBTFUL, CERTAIN = 20.0, 0.45, 0.75
#: Difference of log evidence from which no more of it is asked for.
ENOUGH = 8.0
#: Log evidence of eyes and mouth, for a score of 1 in one of four crops: one crop alone errs in a fifth of the faces.
POINTS = 3.0
#: Log evidence of the scene for a number higher by 1 than that of another turn, and what it can add at the most.
SCENE, MOST_SCENE = 2.63, 6.5
#: Difference of the two highest numbers below which the scene says nothing: else what most photos are would decide. The
#: same where faces or text say what it says, and where it alone wants a turn: 5 upright photos are turned by it of 875
#: that it was not trained on, docs/measurements.md.
LEAST_SCENE, LEAST_AGREEING, LEAST_ALONE = 1.0, 0.5, 1.75
#: Difference of log evidence of faces and text from which the scene is not asked whether a photo is upright: one clear
#: face has it. Before a photo is turned it is always asked: somebody who leans or lies has a clear face too.
SETTLED = 5.0
#: Log evidence of a line of weight 1.
LINE = 4.0
#: Photos show banners, shoes and backs of books too, whose writing runs any way: one line adds so much at the most,
#: which is not enough to turn a photo; two do, of at least such a weight. Chosen on readings of photos in four turns.
BANNER, COUNTED = 4.0, 0.5


@dataclass(frozen=True, slots=True)
class Uprightness:
    """What was concluded.

    Attributes:
        turns: clockwise quarter turns that set the picture right; 0 where nothing is sure enough.
        score: probability of that; low together with no turns means: don't know.
        told_by: the witnesses that were heard: faces, text, scene; exif where the file named a turn.
    """

    turns: int
    score: float
    told_by: tuple[str, ...]


def uprightness_of(photo: Photo, threshold: float = DEFAULT_THRESHOLD) -> Uprightness:
    """The turns that set the pixels right; computed once per photo and threshold.

    Args:
        photo: faces and text in it are heard only if other checks have found them: looking for them costs too much for
            this alone.
        threshold: least probability of a turn.

    Raises:
        MissingDependencyError: weights are not there.
    """
    return photo.once(("uprightness", threshold), lambda shared: _concluded(shared, threshold))


def _concluded(photo: Photo, threshold: float) -> Uprightness:
    witnesses = {"faces": _seen_in_faces(photo), "text": text_says(photo.made("ocr") or ())}
    seen = sum(witnesses.values(), np.zeros(4))
    if seen.argmax() or _lead(seen) < SETTLED:
        witnesses["scene"] = scene_says(upright_by_turn(photo), seen)
    heard = {name: evidence for name, evidence in witnesses.items() if np.ptp(evidence) > 0}
    stated = photo.exif_orientation != 1
    doubtful = contradicts_itself(photo)
    prior = PRIOR_OF_CONTRADICTION if doubtful else PRIOR
    chances = _probabilities(prior + sum(heard.values()))
    best = int(np.argmax(chances))
    turns = best if best == 0 or chances[best] >= threshold else 0
    known = bool(heard) or (stated and not doubtful)
    score = float(chances[turns]) if known else 0.0
    return Uprightness(turns, score, (("exif",) if stated else ()) + tuple(heard))


def _seen_in_faces(photo: Photo) -> Turns:
    """Log evidence of faces; the second model is asked only where the first one is in doubt."""
    faces = _faces(photo)
    seen = faces_say(scores_by_turn(photo, faces, DEFAULT_MODEL))
    return seen if _lead(seen) >= ENOUGH else seen + points_say(points_by_turn(photo, faces))


def _faces(photo: Photo) -> list[DetectedFace]:
    """The faces that the face check has found, if it has run."""
    found: tuple[DetectedFace, ...] = photo.made("faces") or ()
    return [face for face in found if face.is_face]


def faces_say(scores: Turns) -> Turns:
    """Log evidence of faces from their scores in four turns, of shape (faces, 4).

    Only faces that are beyond doubt in one of the turns count fully: what merely resembles a face does so in any turn.
    """
    evidence = np.zeros(4)
    for row in scores:
        most = FACE * min(max((float(row.max()) - DOUBTFUL) / (CERTAIN - DOUBTFUL), 0.0), 1.0)
        evidence += np.maximum(MARGIN * (row - row.max()), -most)
    return evidence


def points_say(votes: Turns) -> Turns:
    """Log evidence of eyes and mouths from the scores that speak for each of four turns, of shape (faces, 4)."""
    return (
        np.maximum(POINTS * (votes - votes.max(axis=1, keepdims=True)), -FACE).sum(axis=0)
        if len(votes)
        else np.zeros(4)
    )


def scene_says(numbers: Turns, others: Turns | None = None) -> Turns:
    """Log evidence of the scene from how upright it looks in four turns, of shape (4,); none where two look alike.

    Args:
        numbers: as upright_by_turn() gives them.
        others: what faces and text say; where that is the same a smaller lead counts, where it is nothing a larger one.
    """
    best, alone = int(numbers.argmax()), others is None or _lead(others) == 0
    least = LEAST_ALONE if alone and best else LEAST_SCENE
    if others is not None and not alone and best == others.argmax():
        least = LEAST_AGREEING
    if _lead(numbers) < least:
        return np.zeros(4)
    evidence: Turns = np.maximum(SCENE * (numbers - numbers.max()), -MOST_SCENE)
    return evidence


def text_says(lines: Iterable[Line]) -> Turns:
    """Log evidence of lines that were read: writing runs to the right when a picture is upright."""
    lines = tuple(lines)
    evidence: Turns = LINE * np.array(weights_by_turn(lines))
    runs = [turns_of(line) for line in lines if weight(line) >= COUNTED]
    for turns in range(4):
        if runs.count(turns) < 2 and (turns % 2 or len(runs) < 2):
            evidence[turns] = min(evidence[turns], BANNER)
    return evidence * min(1.0, MOST_TEXT / max(float(evidence.max()), 1e-9))


def _lead(evidence: Turns) -> float:
    """By how much the best turn is ahead of the next one."""
    best, second = np.sort(evidence)[[-1, -2]]
    return float(best - second)


def _probabilities(logs: Turns) -> Turns:
    powers: Turns = np.exp(logs - logs.max())
    shares: Turns = powers / powers.sum()
    return shares
