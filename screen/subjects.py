"""What a crop should show: hands with what they work at, backs of heads with shoulders, people who agreed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from screen.geometry import Box
from screen.people import PersonMask, person_mask
from screen.photo import Photo
from screen.records import Decision, Finding, Judgement

#: What is kept around a head so that nothing looks cut, in widths and heights of its box: at each side, above, below.
#: A back gets its shoulders.
AROUND = {"hand": (0.5, 0.5, 0.5), "back": (0.5, 0.3, 0.9), "face": (0.5, 0.3, 0.9)}
#: What a hand works at lies before its fingers, the arm behind it: room before and behind, in its long side.
BEFORE, BEHIND = 1.6, 0.7
#: The least of it, where something that must not be shown is near.
CLOSE = (0.08, 0.08, 0.08)
#: Share of people in a crop of hands from which it is rather one of bodies, and how much worth that costs a crop that
#: shows nothing else.
MOST_BODY, BODIES = 0.3, 0.4
#: How much worth it costs if people go on above all of the upper edge, which cuts their heads off; the edge's share.
HEADLESS, EDGE = 0.5, 0.04
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
    around, close = _around(finding, box, photo.size), box.grown(*CLOSE, photo.size)
    return Subject(finding.check, box, around, close, _worth(photo, finding.score, box), finding.id)


def _around(finding: Finding, box: Box, size: tuple[int, int]) -> Box:
    """A subject with what belongs to it: shoulders, or an arm and what the hand works at."""
    around = box.grown(*AROUND[finding.check], size)
    points = {mark.name: mark.point for mark in getattr(finding.details, "landmarks", ())}
    if finding.check != "hand" or not {"wrist", "middle-mcp"} <= points.keys():
        return around
    (wrist, knuckle), long = (points["wrist"], points["middle-mcp"]), max(box.width, box.height)
    length = math.hypot(knuckle[0] - wrist[0], knuckle[1] - wrist[1]) or 1.0
    x, y = (knuckle[0] - wrist[0]) / length * long, (knuckle[1] - wrist[1]) / length * long
    for reach in (BEFORE, -BEHIND):
        moved = Box.around(
            box.left + reach * x, box.top + reach * y, box.right + reach * x, box.bottom + reach * y, size
        )
        around = around.union(moved) if moved else around
    return around


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


def liveliness(photo: Photo, box: Box, shows: Sequence[str], turns: int = 0) -> float:
    """How much a crop of hands is about what is done rather than about bodies without heads; a factor up to 1.

    Args:
        photo: the photo.
        box: the crop.
        shows: what is in it.
        turns: clockwise quarter turns that set the photo right; they tell which edge is the upper one.
    """
    if "hand" not in shows:
        return 1.0
    people = person_mask(photo)
    much = (people.share(box) - MOST_BODY) / (1 - MOST_BODY)
    kept = 1.0 - BODIES * min(1.0, max(0.0, much))
    return kept * (1.0 - HEADLESS * people.share(_upper_edge(box, turns)))


def _upper_edge(box: Box, turns: int) -> Box:
    """A strip at the edge of a crop that is its upper one once the photo is set right."""
    across, down = max(1, round(EDGE * box.width)), max(1, round(EDGE * box.height))
    return (
        Box(box.left, box.top, box.right, box.top + down),
        Box(box.left, box.top, box.left + across, box.bottom),
        Box(box.left, box.bottom - down, box.right, box.bottom),
        Box(box.right - across, box.top, box.right, box.bottom),
    )[turns % 4]
