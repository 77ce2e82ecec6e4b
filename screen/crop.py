"""suggest_crops: the good picture inside the bad one, hands at work and backs of heads without a face.

School guidelines ask for exactly that (Montgomery County Public Schools, best practices for social media). Every crop
is looked at again by a face model before it is offered: heads stand larger in it than in the whole photo.
"""

from __future__ import annotations

import functools
import math
import statistics
from collections.abc import Callable, Sequence

from screen.faces import DEFAULT_MODEL, FaceModel
from screen.faces.heads import head_box
from screen.framing import Group, groups_of
from screen.geometry import Box
from screen.obstacles import obstacles_of
from screen.photo import Photo
from screen.plugins import pick
from screen.records import Crop, Decision, Judgement
from screen.rectangles import Rectangle, best_rectangle
from screen.subjects import Subject, liveliness, subjects_of
from screen.whys import LONG_SIDE, why_of

#: Aspects in the order in which they are preferred when worth is equal: landscape posts first (the guidelines of
#: Montgomery County Public Schools; 1.91:1 is that of link previews).
ASPECTS = {"16:9": 16 / 9, "1.91:1": 1.91, "4:3": 4 / 3, "1:1": 1.0, "4:5": 0.8, "free": None}
#: Pixels that the long side of a post should have; less only if there is nothing else, in these steps.
LONG_SIDES = (LONG_SIDE, 800, 600, 420, 300)
#: A crop below is not worth showing.
LEAST_WORTH = 0.15
#: How much worth it costs if nothing is shown of what belongs to hands and heads: arms, shoulders, what hands work at.
AROUND = 0.5
#: Crops that are offered at most.
MOST_CROPS = 8
#: Long side of what the second look sees.
SEEN_AGAIN = 640
#: Score of the model itself from which something is a face there: strict, since there is always another crop.
LOOK_THRESHOLD = 0.2
#: The same on hands and backs of heads that were found: knuckles and hair look like faces at times.
LOOK_THRESHOLD_ON_KNOWN = 0.5
#: Nobody can be recognised by a face narrower than this, in pixels of the photo (EN 62676-4 asks for 10 to observe).
LEAST_WIDTH = 10
#: How often crops are sought anew after a second look has seen a face in one of them.
ROUNDS = 3
#: Crops that share more than this (intersection over union) show the same.
ALIKE = 0.9

#: Looks at a part of a photo again: boxes of what must not be shown there.
LookAgain = Callable[[Photo, Box], Sequence[Box]]


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
    known = [j.finding.box for j in judgements if j.finding.check in {"hand", "back"} and j.finding.box]
    look = look or functools.partial(look_for_faces, known=known)
    if subjects := subjects_of(photo, judgements, ("hand", "back")):
        near = [subject.around for subject in subjects]
        crops = _checked(photo, subjects, obstacles_of(photo, judgements, (), turns, near), turns, look)
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


def look_for_faces(photo: Photo, box: Box, known: Sequence[Box] = ()) -> Sequence[Box]:
    """Heads that a face model sees in a part of a photo when it is looked at by itself, in pixels of the photo.

    Args:
        photo: the photo.
        box: the part to look at.
        known: hands and backs of heads: there the model has to be surer.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    model: FaceModel = pick("photoscreen_face_models", DEFAULT_MODEL, "face model")
    view = photo.view(box, max_side=SEEN_AGAIN, enlarge=True)
    seen = [(view.to_photo(*raw.edges), raw.score) for raw in model.detect(view.pixels, LOOK_THRESHOLD)]
    faces = [face for face, score in seen if face and face.width >= LEAST_WIDTH and _counts(face, score, known)]
    return [head_box(face, (), photo.size) for face in faces]


def _counts(face: Box, score: float, known: Sequence[Box]) -> bool:
    on_known = any(face.shared_area(box) >= 0.6 * face.area for box in known)
    return score >= (LOOK_THRESHOLD_ON_KNOWN if on_known else LOOK_THRESHOLD)


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
    groups = list(groups_of(subjects, obstacles, photo.size))
    found = [crop for name in ASPECTS for crop in _of_aspect(photo, groups, name, turns)]
    return tuple(_chosen(sorted(found, key=lambda crop: (-crop.score, crop.aspect == "free")), subjects))


def _of_aspect(photo: Photo, groups: Sequence[Group], name: str, turns: int) -> list[Crop]:
    """The best crop of each group with one aspect, as large as posts should be, or as large as can be had."""
    aspect = ASPECTS[name]
    inside = 1 / aspect if aspect and turns % 2 else aspect
    for least in LONG_SIDES:
        best = [(group, best_rectangle(group.hull, group.free, inside, least)) for group in groups]
        worths = [(group, rectangle, _worth(group, rectangle, least)) for group, rectangle in best if rectangle]
        crops = [_crop(photo, *one, name, turns) for one in worths if one[-1] >= LEAST_WORTH]
        if crops:
            return crops
    return []


def _worth(group: Group, rectangle: Rectangle, least: int) -> float:
    """How much a crop is worth, 0 to 1: less if it is smaller than posts should be, or shows less of what is around."""
    around = statistics.fmean(s.around.shared_area(rectangle.box) / s.around.area for s in group.subjects)
    return rectangle.worth * group.worth * (1 - AROUND * (1 - around)) * math.sqrt(least / LONG_SIDES[0])


def _crop(photo: Photo, group: Group, rectangle: Rectangle, worth: float, name: str, turns: int) -> Crop:
    """A crop with its score, by which it is compared with others."""
    shows = tuple(sorted({subject.shows for subject in group.subjects}))
    score = worth * liveliness(photo, rectangle.box, shows, turns)
    return Crop(rectangle.box, name, shows, round(score, 3), " ".join(why_of(shows, rectangle.box)))


def _chosen(crops: Sequence[Crop], subjects: Sequence[Subject]) -> list[Crop]:
    """The best crop of each aspect, then for each subject that is in none of them the best one that shows it."""
    firsts = {crop.aspect: crop for crop in reversed(crops)}
    chosen = sorted(firsts.values(), key=lambda crop: (-crop.score, crop.aspect == "free"))
    for subject in subjects:
        if not any(crop.box.contains(subject.box) for crop in chosen):
            more = next((crop for crop in crops if crop.box.contains(subject.box)), None)
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
