"""What a crop should show, and what it must not: hands and backs with their surroundings, heads and private text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from screen.geometry import Box
from screen.people import PersonMask, person_mask
from screen.people.heads import find_heads
from screen.photo import Photo
from screen.records import Decision, FaceDetails, Finding, Judgement

#: What is kept around a hand or the back of a head so that nothing looks cut, in widths and heights of its box: at each
#: side, above, below. A hand can point anywhere, so it gets its wrist on every side; a back gets its shoulders.
AROUND = {"hand": (0.6, 0.6, 0.6), "back": (0.5, 0.3, 0.9), "face": (0.5, 0.3, 0.9)}
#: The least of it, where something that must not be shown is near.
CLOSE = (0.08, 0.08, 0.08)
#: Margin around what must not be shown, in shares of its width and height: nothing of it at the very edge. Heads have a
#: margin of their own already.
MARGIN, HEAD_MARGIN = 0.06, 0.02
#: The body below a head, in head widths and heights: at each side, above, below. A standing adult is 7.5 heads high
#: (Loomis, Figure Drawing, 1943); nobody who is protected is shown, not even from behind.
BODY = (1.2, 0.2, 6.8)
#: Score from which a weak candidate for a face is not shown, although it is too unsure to be hidden in the photo.
LEAST_FACE = 0.05
#: Score from which a hand is sure enough that a weak face in the same place is this hand.
SURE_HAND = 0.9
#: Subjects that are looked at, most worth first: a bound on time.
MOST_SUBJECTS = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """Something worth showing.

    Attributes:
        shows: hand, back, or face (of somebody who agreed).
        box: of the thing itself.
        around: with what belongs to it.
        close: the least that is kept around it.
        worth: 0 to 1.
        finding_id: which finding it is.
    """

    shows: str
    box: Box
    around: Box
    close: Box
    worth: float
    finding_id: str


def subjects_of(photo: Photo, judgements: Sequence[Judgement], shows: tuple[str, ...]) -> tuple[Subject, ...]:
    """What is worth showing and may be shown, most worth first."""
    found = [
        _subject(photo, judgement.finding)
        for judgement in judgements
        if judgement.decision == Decision.KEEP and judgement.finding.check in shows and judgement.finding.box
    ]
    return tuple(sorted(found, key=lambda subject: -subject.worth)[:MOST_SUBJECTS])


def _subject(photo: Photo, finding: Finding) -> Subject:
    box = finding.box
    if box is None:
        raise ValueError(f"finding {finding.id} has no box, so nothing to show")
    around, close = box.grown(*AROUND[finding.check], photo.size), box.grown(*CLOSE, photo.size)
    return Subject(finding.check, box, around, close, _worth(photo, finding.score, box), finding.id)


def _worth(photo: Photo, score: float, box: Box) -> float:
    """How much it is worth to show this: surely there, sharp, and with something going on around it; 0 to 1."""
    sharp, action = (
        contrast(photo, box, None),
        contrast(photo, box.grown(1.2, 1.0, 1.0, photo.size), person_mask(photo)),
    )
    return score * (0.4 + 0.3 * sharp + 0.3 * action)


def contrast(photo: Photo, box: Box, people: PersonMask | None) -> float:
    """How much there is to see in a box, beside people if their mask is given: edges of things, 0 to 1.

    The strength of gradients, in grey levels a pixel of a view of 1280 pixels; 20 of them are as much as print, keys
    and screens have.
    """
    import cv2  # noqa: PLC0415

    view = photo.view(max_side=1280)
    left, top, right, bottom = (int(edge * view.scale) for edge in box.as_tuple())
    seen = view.pixels[top : max(bottom, top + 3), left : max(right, left + 3)]
    grey = cv2.cvtColor(np.ascontiguousarray(seen), cv2.COLOR_RGB2GRAY)
    strength = cv2.magnitude(cv2.Scharr(grey, cv2.CV_32F, 1, 0), cv2.Scharr(grey, cv2.CV_32F, 0, 1)) / 16
    if people is None:
        return float(min(1.0, strength.mean() / 20))
    beside = 1 - cv2.resize(np.ascontiguousarray(people.part(box)), strength.shape[::-1])
    return (
        float(min(1.0, (strength * beside).sum() / max(1.0, float(beside.sum())) / 20)) if beside.mean() > 0.05 else 0.0
    )


def obstacles_of(
    photo: Photo, judgements: Sequence[Judgement], allowed: Sequence[str] = (), turns: int = 0
) -> tuple[Box, ...]:
    """What no crop may touch, margins included.

    Heads of all faces, whatever was decided on them, and heads in the outlines of people that were not told to be
    backs; all that is judged to be more than kept; the whole body of whoever is refused.

    Args:
        photo: the photo.
        judgements: all its findings with their decisions.
        allowed: ids of findings that may be shown although they are faces.
        turns: clockwise quarter turns that set the photo right; they tell where a body is below its head.
    """
    people = [j.finding.box for j in judgements if j.finding.box and _settled(j.finding)]
    outlined = [head.box for head in find_heads(photo, person_mask(photo))]
    doubtful = [head for head in outlined if not any(_same(head, box) for box in people)]
    seen = tuple(box for box in map(_settled_place, judgements) if box)
    found = [
        box.grown(*_margin(judgement.finding), photo.size)
        for judgement in judgements
        if not _second_answer(judgement, seen)
        for box in _forbidden(judgement, photo.size, allowed, turns)
    ]
    return (*found, *(head.grown(*3 * (MARGIN,), photo.size) for head in doubtful))


def _margin(finding: Finding) -> tuple[float, float, float]:
    share = HEAD_MARGIN if isinstance(finding.details, FaceDetails) else MARGIN
    return share, share, share


def _forbidden(judgement: Judgement, size: tuple[int, int], allowed: Sequence[str], turns: int) -> list[Box]:
    finding = judgement.finding
    if _place(finding) is None or finding.id in allowed:
        return []
    if judgement.decision == Decision.KEEP and not _may_be_face(finding):
        return []
    head = _head(finding)
    if head is None:
        return []
    if judgement.decision == Decision.REFUSE and finding.check in {"face", "back", "hand"}:
        return [head.grown(*(BODY if turns % 4 == 0 else (max(BODY),) * 3), size)]
    return [head]


def _place(finding: Finding) -> Box | None:
    """Where a finding is: its box, or the place of a face below the line, which has none; None for the whole photo."""
    below = finding.details.place if isinstance(finding.details, FaceDetails) else None
    return finding.box or below


def _head(finding: Finding) -> Box | None:
    """The head of a face, or the box of another finding; None if it has none."""
    head, place = finding.details.head if isinstance(finding.details, FaceDetails) else None, _place(finding)
    return head.union(place) if head and place else place


def _settled_place(judgement: Judgement) -> Box | None:
    """Where a sure face's head or a sure hand is, so that a weak face there is no other person; None elsewhere."""
    finding = judgement.finding
    sure = _settled(finding) and (isinstance(finding.details, FaceDetails) or finding.score >= SURE_HAND)
    return _head(finding) if sure else None


def _second_answer(judgement: Judgement, seen: Sequence[Box]) -> bool:
    """Is this a weak face on the head of a sure one, the same person seen a second time, or on a hand?"""
    finding, box = judgement.finding, _place(judgement.finding)
    if judgement.decision > Decision.KEEP or box is None or not isinstance(finding.details, FaceDetails):
        return False
    return not _settled(finding) and any(box.shared_area(place) >= 0.6 * box.area for place in seen)


def _may_be_face(finding: Finding) -> bool:
    """Is it a face, or something that may be one by which somebody can be recognised?"""
    details = finding.details
    if not isinstance(details, FaceDetails):
        return False
    return details.certainty != "weak" or (finding.score >= LEAST_FACE and details.identifiability != "none")


def _settled(finding: Finding) -> bool:
    """Does this finding say what a head in an outline is? A weak face does not: it may be a profile, or nothing."""
    if isinstance(finding.details, FaceDetails):
        return finding.details.certainty != "weak"
    return finding.check in {"back", "hand"}


def _same(head: Box, box: Box) -> bool:
    """Is this the same head, or a hand held up that looks like one?"""
    return head.shared_area(box) >= 0.3 * min(head.area, box.area)
