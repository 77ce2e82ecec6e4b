"""suggest_crops: the good picture inside the bad one, hands at work and backs of heads without a face.

School guidelines ask for exactly that (Montgomery County Public Schools, best practices for social media). Every crop
is looked at again by a face model before it is offered: heads stand larger in it than in the whole photo.
"""

from __future__ import annotations

import functools
import math
import statistics
from collections.abc import Sequence

from screen.framing import Group, groups_of
from screen.geometry import Box
from screen.looking_again import LookAgain, checked, look_for_faces, without
from screen.obstacles import obstacles_of, whole_head
from screen.photo import Photo
from screen.records import Crop, Decision, Finding, Judgement
from screen.rectangles import Rectangle, best_rectangle
from screen.scenes import is_upright, wide_crop
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
#: Crops that share more than this (intersection over union) show the same.
ALIKE = 0.9


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
    agreed = [j.finding for j in judgements if _agreed(j)]
    crops = _of_hands(photo, judgements, turns, look) or _of_agreed(photo, judgements, agreed, turns, look)
    if is_upright(judgements) and not any(_is_wide(crop, turns) for crop in crops):
        crops += _of_scene(photo, judgements, agreed, turns, look)
    return crops


def _of_hands(photo: Photo, judgements: Sequence[Judgement], turns: int, look: LookAgain) -> tuple[Crop, ...]:
    """Crops of hands and backs of heads without any face."""
    subjects = subjects_of(photo, judgements, ("hand", "back"))
    if not subjects:
        return ()
    obstacles = obstacles_of(photo, judgements, (), turns, [subject.around for subject in subjects])
    return checked(photo, lambda avoided: _best_crops(photo, subjects, avoided, turns), obstacles, look)


def _of_agreed(
    photo: Photo, judgements: Sequence[Judgement], agreed: Sequence[Finding], turns: int, look: LookAgain
) -> tuple[Crop, ...]:
    """Crops that leave out only people who did not agree, if there are some and somebody did."""
    if not agreed or not any(j.finding.check == "face" and j.decision > Decision.KEEP for j in judgements):
        return ()
    ids = [finding.id for finding in agreed]
    people = [subject for subject in subjects_of(photo, judgements, ("face",)) if subject.finding_id in ids]
    obstacles, look = obstacles_of(photo, judgements, ids, turns), without([s.box for s in people], look)
    return checked(photo, lambda avoided: _best_crops(photo, people, avoided, turns), obstacles, look)


def _of_scene(
    photo: Photo, judgements: Sequence[Judgement], agreed: Sequence[Finding], turns: int, look: LookAgain
) -> tuple[Crop, ...]:
    """The wide part of an upright photo, if it has one without anybody who must not be shown."""
    heads = [head for finding in agreed if (head := whole_head(finding))]
    whole = [*heads, *(j.finding.box for j in judgements if j.finding.check == "back" and j.finding.box)]
    obstacles = obstacles_of(photo, judgements, [finding.id for finding in agreed], turns)
    found = without([finding.box for finding in agreed if finding.box], look)
    return checked(photo, lambda avoided: wide_crop(photo, avoided, whole, turns), obstacles, found)


def _is_wide(crop: Crop, turns: int) -> bool:
    """Is the crop wider than high once the photo is set right?"""
    return (crop.box.width > crop.box.height) == (turns % 2 == 0)


def _agreed(judgement: Judgement) -> bool:
    """Is this somebody who may be shown, rather than somebody who cannot be recognised?"""
    consent = any(ruling.reason == "consent" for ruling in judgement.rulings)
    return judgement.finding.check == "face" and judgement.decision == Decision.KEEP and consent


def _best_crops(photo: Photo, subjects: Sequence[Subject], obstacles: Sequence[Box], turns: int) -> tuple[Crop, ...]:
    groups = list(groups_of(subjects, obstacles, photo.size))
    found = [crop for name in ASPECTS for crop in _of_aspect(photo, groups, name, turns)]
    return tuple(_chosen(sorted(found, key=lambda crop: (-crop.score, crop.aspect == "free")), subjects))


def _of_aspect(photo: Photo, groups: Sequence[Group], name: str, turns: int) -> list[Crop]:
    """The best crop of each group with one aspect, as large as posts should be, or the best of smaller ones."""
    for sides in (LONG_SIDES[:1], LONG_SIDES[1:]):
        crops = [_best_of(photo, group, name, sides, turns) for group in groups]
        if found := [crop for crop in crops if crop]:
            return found
    return []


def _best_of(photo: Photo, group: Group, name: str, sides: Sequence[int], turns: int) -> Crop | None:
    """The best crop of one group that has one of these long sides at least; None if none is worth showing."""
    aspect = ASPECTS[name]
    inside = 1 / aspect if aspect and turns % 2 else aspect
    best: Crop | None = None
    for least in sides:
        if best and best.score >= group.worth * math.sqrt(least / LONG_SIDE):
            break  # no smaller one can be better
        rectangle = best_rectangle(group.hull, group.free, inside, least)
        worth = _worth(group, rectangle, least) if rectangle else 0.0
        if rectangle and worth >= LEAST_WORTH:
            crop = _crop(photo, group, rectangle, worth, name, turns)
            best = crop if best is None or crop.score > best.score else best
    return best


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
