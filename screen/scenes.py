"""The wide part of an upright photo: what networks show best, where nothing else has given one.

Not hands or backs are looked for, but the widest part with most to see that holds nothing that must not be shown, and
that cuts nobody who may be. Its edges are tried where they can matter: at obstacles, at heads, and step by step.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import numpy as np

from screen.geometry import Box
from screen.people import person_mask
from screen.photo import Photo
from screen.records import Crop, Judgement, QualityDetails
from screen.rectangles import Floats
from screen.whys import LONG_SIDE, why_of

#: Wide aspects that are tried, those that keep most of an upright photo first.
WIDE = {"4:3": 4 / 3, "16:9": 16 / 9}
#: The part of the photo's width that it must have at least.
LEAST_WIDTH = 0.7
#: It is no picture of bodies without heads: so much of it may be people if somebody in the photo is not shown. And
#: pixels that its long side must have.
MOST_PEOPLE, LEAST_SIDE = 0.08, 600
#: Places that are tried between both ends, beside those that obstacles and heads give.
PLACES = 12
#: Obstacles above which nothing is tried: a crowd leaves no wide part, and time is bounded.
MOST_OBSTACLES = 24
#: Long side in pixels of the view in which edges of things are measured.
SEEN = 320


def is_upright(judgements: Sequence[Judgement]) -> bool:
    """Does the photo stand upright where wide ones are advised, as the quality check says?"""
    details = (judgement.finding.details for judgement in judgements)
    return any(isinstance(detail, QualityDetails) and detail.kind == "portrait" for detail in details)


def wide_crop(photo: Photo, obstacles: Sequence[Box], whole: Sequence[Box], turns: int) -> tuple[Crop, ...]:
    """The best wide part of an upright photo; none if there is none worth showing.

    Args:
        photo: the photo.
        obstacles: what must stay outside.
        whole: heads of people who may be shown: they are in it wholly or not at all.
        turns: clockwise quarter turns that set the photo right.
    """
    if len(obstacles) > MOST_OBSTACLES:
        return ()
    sums, best = _sums(photo), None
    people = person_mask(photo) if obstacles else None
    for (name, aspect), free in itertools.product(WIDE.items(), _free(obstacles, photo.size)):
        for box in _frames(free, 1 / aspect if turns % 2 else aspect, whole, photo.size, turns):
            if any(head.intersection(box) and not box.contains(head) for head in whole):
                continue
            if max(box.width, box.height) < LEAST_SIDE or (people and people.share(box) > MOST_PEOPLE):
                continue
            score = _share(sums, box, photo.size)
            if best is None or score > best.score + 1e-6:
                best = Crop(box, name, ("scene",), round(score, 3), " ".join(why_of(("scene",), box)))
    return (best,) if best else ()


def _free(obstacles: Sequence[Box], size: tuple[int, int]) -> Iterator[Box]:
    """Every largest rectangle without an obstacle, and some smaller ones."""
    tops = sorted({0, *(box.bottom for box in obstacles if box.bottom < size[1])})
    bottoms = sorted({size[1], *(box.top for box in obstacles if box.top > 0)})
    for top, bottom in itertools.product(tops, bottoms):
        inside = sorted((b.left, b.right) for b in obstacles if b.top < bottom and b.bottom > top)
        start = 0
        for left, right in [*inside, (size[0], size[0])] if bottom > top else ():
            if left > start:
                yield Box(start, top, left, bottom)
            start = max(start, right)


def _frames(free: Box, aspect: float, whole: Sequence[Box], size: tuple[int, int], turns: int) -> Iterator[Box]:
    """The largest frames of an aspect in a free rectangle, at the places where they may be best."""
    width = min(free.width, int(free.height * aspect))
    height = min(free.height, round(width / aspect))
    across, upright_width = (height, size[1]) if turns % 2 else (width, size[0])
    if width < 1 or height < 1 or across < LEAST_WIDTH * upright_width:
        return
    heads = [head for head in whole if free.contains(head)]
    lefts = _places(free.left, free.right - width, [*(h.left for h in heads), *(h.right - width for h in heads)])
    tops = _places(free.top, free.bottom - height, [*(h.top for h in heads), *(h.bottom - height for h in heads)])
    yield from (Box(x, y, x + width, y + height) for x, y in itertools.product(lefts, tops))


def _places(first: int, last: int, more: Sequence[int]) -> list[int]:
    even = np.linspace(first, last, PLACES).round().astype(int).tolist()
    return sorted({*even, *(place for place in more if first <= place <= last)})


def _sums(photo: Photo) -> Floats:
    """(rows + 1, columns + 1) sums of the strength of edges above and left of each place."""
    import cv2  # noqa: PLC0415

    view = photo.view(max_side=1280)
    scale = min(1.0, SEEN / max(view.pixels.shape[:2]))
    grey = cv2.cvtColor(np.ascontiguousarray(view.pixels), cv2.COLOR_RGB2GRAY)
    strength = cv2.magnitude(cv2.Scharr(grey, cv2.CV_32F, 1, 0), cv2.Scharr(grey, cv2.CV_32F, 0, 1))
    small = cv2.resize(strength, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.integral(np.minimum(small, 400.0), sdepth=cv2.CV_64F), np.float64)


def _share(sums: Floats, box: Box, size: tuple[int, int]) -> float:
    """How much of what is to be seen in the photo lies in the box, 0 to 1; less if the box is smaller than posts."""
    rows, columns = sums.shape[0] - 1, sums.shape[1] - 1
    left, right = (round(edge * columns / size[0]) for edge in (box.left, box.right))
    top, bottom = (round(edge * rows / size[1]) for edge in (box.top, box.bottom))
    inside = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
    return float(inside / max(1e-9, sums[-1, -1]) * min(1.0, max(box.width, box.height) / LONG_SIDE) ** 0.5)
