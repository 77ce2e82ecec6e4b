"""Is a candidate a face? Several independent looks at it, and whether there is a person around it.

CenterFace gives patterns, animals and fruit a high score at one scale now and then, but seldom at several, and people's
faces have people around them. So a candidate's score is a plain logistic sum of two numbers: the mean of what the
model says in four looks (different scales, one of them closer and mirrored), and the share of people in the region of
the head. The weights lie near those of a logistic regression over the candidates of the development sets, photos left
out in turn (docs/measurements.md). Nothing is learnt from pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from screen.faces import DetectedFace, FaceModel
from screen.faces.batches import look_at_each
from screen.faces.heads import head_box
from screen.faces.looking import Pass, part_view
from screen.geometry import Box
from screen.people import person_mask
from screen.photo import Photo, View

#: Looks whose mean counts.
LOOKS = 4
#: Weight of the mean of the looks (as logarithms of odds), of people around, and the constant.
OF_LOOKS, OF_PEOPLE, CONSTANT = 2.1, 1.25, 1.2
#: What one look can say at the most, so that one alone decides nothing.
LEAST, MOST = 0.02, 0.98
#: What a closer look gives a lower score counts as not seen.
SEEN = 0.05
#: A scale at which the face would be smaller than this says nothing: the model sees few faces below (in view pixels).
VISIBLE = 12
#: Two boxes that share more than this (intersection over union) are one face, seen in two looks.
SAME_FACE = 0.3
#: A candidate that will have at least this score needs no further looks, nor one that cannot reach that one.
SURE, HOPELESS = 0.6, 0.05
#: The boxes of the smallest faces are rough: this much is enough to be the same.
ROUGHLY = 0.15
#: A closer look takes in this many times the face's long side: hair and shoulders tell too.
CONTEXT = 6
#: Looks get squares with edges of multiples of this.
ROOM = 64


@dataclass(frozen=True, slots=True)
class Closer:
    """A look at a crop in which the face's long side has so many pixels, mirrored or not."""

    pixels: int
    mirrored: bool


#: The look by which a small face gets its box.
FIRST = Closer(28, mirrored=False)
#: The first one is always made; the others stand in for scales at which the face is too small.
CLOSER = (Closer(28, mirrored=True), Closer(20, mirrored=False), Closer(40, mirrored=True), Closer(40, mirrored=False))


@dataclass(slots=True)
class _Case:
    """A candidate while it is looked at: looks of before, of the passes, all of them, and whether it is not there."""

    face: DetectedFace
    first: Sequence[float]
    seen: list[float]
    looks: list[float] = field(default_factory=list)
    gone: bool = False

    @property
    def is_settled(self) -> bool:
        return self.gone or _is_decided(self.looks) or (len(self.looks) >= 2 and max(self.looks) < LEAST)


@dataclass(frozen=True, slots=True)
class Verifier:
    """Scores candidates of one photo.

    Attributes:
        photo: the photo.
        network: the model that looks again.
        passes: the passes over the whole photo whose scores count as looks.
    """

    photo: Photo
    network: FaceModel
    passes: tuple[Pass, ...]

    def verified(self, candidates: Sequence[DetectedFace], first: Sequence[Sequence[float]] = ()) -> list[DetectedFace]:
        """The candidates with the scores that they deserve, in order.

        Args:
            candidates: what passes saw.
            first: looks that were made before at each of them, 0 to 1 each.
        """
        before = first or [()] * len(candidates)
        cases = [self._case(*given) for given in zip(candidates, before, strict=True)]
        self._find_again([case for case in cases if not case.seen])
        for case in cases:
            case.looks = [*case.first, *case.seen][: LOOKS - 1]
        for closer in CLOSER:
            self._look_again([case for case in cases if len(case.looks) < LOOKS and not case.is_settled], closer)
        return [self._scored(case) for case in cases]

    def _case(self, candidate: DetectedFace, first: Sequence[float]) -> _Case:
        seen = [seen_in(a_pass, candidate) for a_pass in self.passes if _visible(candidate, a_pass)]
        return _Case(candidate, first, seen)

    def _find_again(self, cases: Sequence[_Case]) -> None:
        """Faces too small for the passes get the better box of a closer look, and its score there; 0 if gone."""
        for case, seen in zip(cases, self._closer([case.face for case in cases], FIRST), strict=True):
            near = (face for face in seen if face.box.iou(case.face.box) >= ROUGHLY)
            best = max(near, key=lambda face: face.score, default=None)
            case.seen = [best.score if best else 0.0]
            case.gone = best is None and not case.first
            if best:
                case.face = replace(case.face, box=best.box, landmarks=best.landmarks)

    def _look_again(self, cases: Sequence[_Case], closer: Closer) -> None:
        for case, seen in zip(cases, self._closer([case.face for case in cases], closer), strict=True):
            case.looks.append(best_match(seen, case.face.box))

    def _closer(self, candidates: Sequence[DetectedFace], closer: Closer) -> list[list[DetectedFace]]:
        """What the model sees around each candidate."""
        views = (closer_view(self.photo, candidate, closer.pixels) for candidate in candidates)
        edge = -(-CONTEXT * closer.pixels // ROOM) * ROOM
        return list(look_at_each(self.network, views, edge, SEEN, closer.mirrored))

    def _scored(self, case: _Case) -> DetectedFace:
        looks = case.looks
        if len(looks) < LOOKS or _is_decided(looks):
            return replace(case.face, score=combined(looks + [max(looks)] * (LOOKS - len(looks)), 0.5))
        head = head_box(case.face.box, case.face.landmarks, self.photo.size, case.face.turns)
        people = person_mask(self.photo).share(head)
        return replace(case.face, score=combined(looks, people), people=people)


def _is_decided(looks: list[float]) -> bool:
    """Is it a face, or none, whatever the remaining looks and people around would say?"""
    missing = LOOKS - len(looks)
    return combined(looks + [0.0] * missing, 0.0) >= SURE or combined(looks + [1.0] * missing, 1.0) < HOPELESS


def combined(looks: Sequence[float], people: float) -> float:
    """The score of a candidate, 0 to 1, from what looks said (0 to 1 each) and the share of people around (0 to 1)."""
    mean = sum(map(_log_odds, looks)) / len(looks)
    return 1 / (1 + math.exp(-(OF_LOOKS * mean + OF_PEOPLE * people + CONSTANT)))


def _log_odds(score: float) -> float:
    held = min(MOST, max(LEAST, score))
    return math.log(held / (1 - held))


def _visible(candidate: DetectedFace, a_pass: Pass) -> bool:
    longest = max(candidate.box.width, candidate.box.height)
    return a_pass.turns == candidate.turns and longest * a_pass.scale >= VISIBLE


def seen_in(a_pass: Pass, candidate: DetectedFace) -> float:
    """The score that the candidate has in a pass; 0 if it was not seen there."""
    return best_match(a_pass.faces, candidate.box)


def best_match(faces: Iterable[DetectedFace], box: Box) -> float:
    """The best score of the faces that are the same as the box; 0 if there is none."""
    return max((face.score for face in faces if face.box.iou(box) >= SAME_FACE), default=0.0)


def closer_view(photo: Photo, candidate: DetectedFace, pixels: int) -> View:
    """The surroundings of a candidate, in which the long side of its face has so many pixels, turned as it was seen."""
    longest = max(candidate.box.width, candidate.box.height)
    x, y = candidate.box.centre
    reach = longest * CONTEXT / 2
    crop = Box.around(x - reach, y - reach, x + reach, y + reach, photo.size) or candidate.box
    side = max(1, round(max(crop.width, crop.height) * pixels / longest))
    return part_view(photo, crop, side, candidate.turns)
