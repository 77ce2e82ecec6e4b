"""Which subjects can be shown together, with how much of their surroundings, and in which free space."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from screen.geometry import Box
from screen.rectangles import Ints, free_rectangles
from screen.subjects import Subject


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Subjects that are shown together, and the largest rectangles around them that are free of obstacles."""

    subjects: tuple[Subject, ...]
    hull: Box
    free: Ints
    worth: float


def groups_of(subjects: Sequence[Subject], obstacles: Sequence[Box], size: tuple[int, int]) -> Iterator[Group]:
    """Every set of subjects that can be shown together, none of the others cut, with the free space around it.

    Args:
        subjects: what is worth showing.
        obstacles: what must stay outside.
        size: width and height of the photo.
    """
    hulls: set[Box] = set()
    near = {subject: [box for box in obstacles if box.intersection(subject.around)] for subject in subjects}
    for count in range(1, len(subjects) + 1):
        for some in itertools.combinations(subjects, count):
            for hull in _hulls(some, near, obstacles):
                if hull in hulls:
                    continue
                hulls.add(hull)
                inside = tuple(subject for subject in subjects if hull.contains(subject.box))
                others = [subject.close for subject in subjects if subject not in inside]
                free = free_rectangles(hull, _as_array([*obstacles, *others]), size)
                if len(free):
                    yield Group(inside, hull, free, 1 - float(np.prod([1 - 0.8 * s.worth for s in inside])))


def _hulls(some: Sequence[Subject], near: Mapping[Subject, list[Box]], obstacles: Sequence[Box]) -> Iterator[Box]:
    """Boxes around these subjects that meet no obstacle: with what belongs to them as far as can be, and close.

    Another subject is in them wholly or not at all.

    Args:
        some: what is to be shown together.
        near: every subject with the obstacles that lie in what belongs to it.
        obstacles: all of them.
    """
    others = [subject.close for subject in near if subject not in some]
    close = [subject.close for subject in some]
    for parts in ([_room(s, [*near[s], *others]) for s in some], close, [s.box for s in some]):
        hull = functools.reduce(Box.union, parts)
        cut = any(hull.intersection(other) and not hull.contains(other) for other in others)
        if not cut and not any(hull.intersection(obstacle) for obstacle in obstacles):
            yield hull
            if parts is close:
                return


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
