"""suggest_crops: the good picture inside the bad one, hands at work and backs of heads without a face.

School guidelines ask for exactly that (Montgomery County Public Schools, best practices for social media). Every crop
is looked at again by a face model before it is offered: heads stand larger in it than in the whole photo.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from screen.faces import DEFAULT_MODEL, FaceModel
from screen.faces.heads import head_box
from screen.geometry import Box
from screen.photo import Photo
from screen.plugins import pick
from screen.records import Crop, Decision, Judgement
from screen.rectangles import Ints, Rectangle, best_rectangle, free_rectangles
from screen.subjects import Subject, obstacles_of, subjects_of

#: Aspects in the order in which they are preferred when worth is equal: landscape posts first (the guidelines of
#: Montgomery County Public Schools; 1.91:1 is that of link previews).
ASPECTS = {"16:9": 16 / 9, "1.91:1": 1.91, "4:3": 4 / 3, "1:1": 1.0, "4:5": 0.8, "free": None}
#: Pixels that the long side of a post should have; less only if there is nothing else, in these steps.
LONG_SIDES = (1080, 800, 600, 420, 300)
#: A crop below is not worth showing.
LEAST_WORTH = 0.15
#: Crops that are offered at most.
MOST_CROPS = 8
#: Long side of what the second look sees.
SEEN_AGAIN = 640
#: Score of the model itself from which something is a face there: strict, since there is always another crop.
LOOK_THRESHOLD = 0.2
#: Nobody can be recognised by a face narrower than this, in pixels of the photo (EN 62676-4 asks for 10 to observe).
LEAST_WIDTH = 10
#: How often crops are sought anew after a second look has seen a face in one of them.
ROUNDS = 3
#: Crops that share more than this (intersection over union) show the same.
ALIKE = 0.9

#: Looks at a part of a photo again: boxes of what must not be shown there.
LookAgain = Callable[[Photo, Box], Sequence[Box]]

WHY = {
    ("hand",): "Shows hands at work and no face.",
    ("back",): "Shows the back of a head and no face; look whether you would recognise the person.",
    ("back", "hand"): "Shows hands and the back of a head, no face; look whether you would recognise the person.",
    ("face",): "Shows only people whose consent is on the roster.",
}
SMALL = "It is smaller than posts should be."


@dataclass(frozen=True, slots=True)
class _Group:
    """Subjects that are shown together, and the largest rectangles around them that are free of obstacles."""

    subjects: tuple[Subject, ...]
    hull: Box
    free: Ints
    worth: float


def suggest_crops(
    photo: Photo, judgements: Sequence[Judgement], turns: int = 0, look: LookAgain | None = None
) -> tuple[Crop, ...]:
    """Parts of a photo worth showing in which nobody can be recognised, best first; none if there are none.

    Where there is none, crops that leave out only the people who did not agree are sought instead.

    Args:
        photo: the photo that was judged.
        judgements: all its findings with their decisions.
        turns: clockwise quarter turns that set it right; aspects are those of the turned picture.
        look: the second look; a face model on the crop if None.

    Raises:
        MissingDependencyError: the weights of the second look are not there.
    """
    if any(j.decision == Decision.REFUSE and j.finding.box is None for j in judgements):
        return ()
    look = look or look_for_faces
    if subjects := subjects_of(photo, judgements, ("hand", "back")):
        crops = _checked(photo, subjects, obstacles_of(photo, judgements, (), turns), turns, look)
        if crops:
            return crops
    agreed = [j.finding.id for j in judgements if _agreed(j)]
    hidden = any(j.finding.check == "face" and j.decision > Decision.KEEP for j in judgements)
    if not agreed or not hidden:
        return ()
    people = [subject for subject in subjects_of(photo, judgements, ("face",)) if subject.finding_id in agreed]
    look = _without([subject.box for subject in people], look)
    return _checked(photo, people, obstacles_of(photo, judgements, agreed, turns), turns, look)


def _agreed(judgement: Judgement) -> bool:
    """Is this somebody who may be shown, rather than somebody who cannot be recognised?"""
    consent = any(ruling.reason == "consent" for ruling in judgement.rulings)
    return judgement.finding.check == "face" and judgement.decision == Decision.KEEP and consent


def look_for_faces(photo: Photo, box: Box) -> Sequence[Box]:
    """Heads that a face model sees in a part of a photo when it is looked at by itself, in pixels of the photo.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    model: FaceModel = pick("photoscreen_face_models", DEFAULT_MODEL, "face model")
    view = photo.view(box, max_side=SEEN_AGAIN, enlarge=True)
    seen = (view.to_photo(*raw.edges) for raw in model.detect(view.pixels, LOOK_THRESHOLD))
    return [head_box(face, (), photo.size) for face in seen if face and face.width >= LEAST_WIDTH]


def _without(known: Sequence[Box], look: LookAgain) -> LookAgain:
    return lambda photo, box: [seen for seen in look(photo, box) if all(seen.iou(other) < 0.3 for other in known)]


def _checked(
    photo: Photo, subjects: Sequence[Subject], obstacles: Sequence[Box], turns: int, look: LookAgain
) -> tuple[Crop, ...]:
    """The best crops that pass the second look; what it sees becomes an obstacle, and crops are sought anew."""
    clear: list[Box] = []
    obstacles = list(obstacles)
    for _ in range(ROUNDS):
        crops = _best_crops(photo, subjects, obstacles, turns)
        new: list[Box] = []
        for crop in sorted(crops, key=lambda crop: -crop.box.area):
            if any(box.contains(crop.box) for box in clear):
                continue
            seen = look(photo, crop.box)
            new += seen
            clear += [] if seen else [crop.box]
        if not new:
            return crops
        obstacles += new
    return tuple(crop for crop in crops if any(box.contains(crop.box) for box in clear))


def _best_crops(photo: Photo, subjects: Sequence[Subject], obstacles: Sequence[Box], turns: int) -> tuple[Crop, ...]:
    groups = list(_groups(subjects, obstacles, photo.size))
    found = [crop for name in ASPECTS for crop in _of_aspect(groups, name, turns)]
    return tuple(_chosen(sorted(found, key=lambda crop: (-crop.score, crop.aspect == "free")), subjects))


def _of_aspect(groups: Sequence[_Group], name: str, turns: int) -> list[Crop]:
    """The best crop of each group with one aspect, as large as posts should be, or as large as can be had."""
    aspect = ASPECTS[name]
    inside = 1 / aspect if aspect and turns % 2 else aspect
    for least in LONG_SIDES:
        best = [(group, best_rectangle(group.hull, group.free, inside, least)) for group in groups]
        found = [_crop(group, rectangle, name, least) for group, rectangle in best if rectangle]
        worth_it = [crop for crop in found if crop.score >= LEAST_WORTH]
        if worth_it:
            return worth_it
    return []


def _crop(group: _Group, rectangle: Rectangle, name: str, least: int) -> Crop:
    """A crop with its worth; one that is smaller than posts should be is worth less."""
    shows = tuple(sorted({subject.shows for subject in group.subjects}))
    score = rectangle.worth * group.worth * math.sqrt(least / LONG_SIDES[0])
    why = WHY[shows] if max(rectangle.box.width, rectangle.box.height) >= LONG_SIDES[0] else f"{WHY[shows]} {SMALL}"
    return Crop(rectangle.box, name, shows, round(score, 3), why)


def _chosen(crops: Sequence[Crop], subjects: Sequence[Subject]) -> list[Crop]:
    """The best crop of each aspect, then for each subject that is in none of them the best one that shows it."""
    firsts = {crop.aspect: crop for crop in reversed(crops)}
    chosen = sorted(firsts.values(), key=lambda crop: (-crop.score, crop.aspect == "free"))
    for subject in subjects:
        if not any(crop.box.contains(subject.close) for crop in chosen):
            more = next((crop for crop in crops if crop.box.contains(subject.close)), None)
            chosen += [more] if more else []
    largest = max((_long_side(crop) for crop in chosen), default=0)
    enough = min(LONG_SIDES[0], 0.5 * largest)
    distinct: list[Crop] = []
    for crop in chosen:
        if _long_side(crop) >= enough and not any(_alike(crop, other) for other in distinct):
            distinct.append(crop)
    return distinct[:MOST_CROPS]


def _alike(crop: Crop, other: Crop) -> bool:
    """Does this crop add nothing to one that is chosen already? Each named aspect is wanted for itself."""
    return crop.aspect in {other.aspect, "free"} and crop.box.iou(other.box) >= ALIKE


def _long_side(crop: Crop) -> int:
    return max(crop.box.width, crop.box.height)


def _groups(subjects: Sequence[Subject], obstacles: Sequence[Box], size: tuple[int, int]) -> Iterator[_Group]:
    """Every set of subjects that can be shown together, none of the others cut, with the free space around it."""
    hulls: set[Box] = set()
    for count in range(1, len(subjects) + 1):
        for some in itertools.combinations(subjects, count):
            hull = _hull(some, obstacles)
            if hull is None or hull in hulls:
                continue
            hulls.add(hull)
            inside = tuple(subject for subject in subjects if hull.contains(subject.close))
            others = [s.close for s in subjects if s not in inside and not s.close.intersection(hull)]
            free = free_rectangles(hull, _as_array([*obstacles, *others]), size)
            if len(free):
                yield _Group(inside, hull, free, 1 - float(np.prod([1 - 0.8 * s.worth for s in inside])))


def _hull(subjects: Sequence[Subject], obstacles: Sequence[Box]) -> Box | None:
    """The box around these subjects with as much of what belongs to them as obstacles allow; None if they meet one."""
    for parts in ([_room(s, obstacles) for s in subjects], [s.close for s in subjects]):
        hull = functools.reduce(Box.union, parts)
        if not any(hull.intersection(obstacle) for obstacle in obstacles):
            return hull
    return None


def _room(subject: Subject, obstacles: Sequence[Box]) -> Box:
    """What belongs to a subject, cut where obstacles are, at the side where that costs least; never less than close."""
    room, close = subject.around, subject.close
    for obstacle in obstacles:
        if room.intersection(obstacle) and not close.intersection(obstacle):
            cuts = [
                Box(max(room.left, min(obstacle.right, close.left)), room.top, room.right, room.bottom),
                Box(room.left, max(room.top, min(obstacle.bottom, close.top)), room.right, room.bottom),
                Box(room.left, room.top, min(room.right, max(obstacle.left, close.right)), room.bottom),
                Box(room.left, room.top, room.right, min(room.bottom, max(obstacle.top, close.bottom))),
            ]
            room = max((cut for cut in cuts if not cut.intersection(obstacle)), key=lambda cut: cut.area)
    return room


def _as_array(boxes: Sequence[Box]) -> Ints:
    return np.array([box.as_tuple() for box in boxes], np.int64).reshape(-1, 4)
