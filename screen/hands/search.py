"""Hands of every size: palms on tiles, landmarks around each palm, each hand once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np

from screen.faces import detect_faces
from screen.hands import DetectedHand
from screen.hands.bodies import hands_of_bodies, small_heads
from screen.hands.landmarks import LANDMARKS, RawHand, read_hand, square_of_hand, square_of_palm
from screen.hands.palms import find_palms, overlaps
from screen.hands.tiles import Tile, tiles_of
from screen.inference import Floats
from screen.people import person_mask
from screen.photo import Photo, View
from screen.records import Landmark

#: Palms below are not looked at again.
LEAST_PALM = 0.2
#: Hands below are none. On the development set (docs/measurements.md) the surest thing on photos without people has
#: 0.70, the least sure hand of 40 pixels and more 0.82.
LEAST_SCORE = 0.75
#: The same, where the hands of somebody whose face was found are to be expected: there this mean counts as LEAST_SCORE.
LEAST_NEAR_BODY = 0.5
#: Palms that are looked at again, best first: a bound on time.
MOST_PALMS = 16
#: Two hands that share more than this (intersection over union) are one.
SAME_HAND = 0.35
#: A side is told when the network is that sure.
SURE_SIDE = 0.8
#: The box reaches beyond the landmarks, which run inside the fingers: by this share of its long side.
AROUND_POINTS = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class _Palm:
    """A palm: a row of find_palms in pixels of the tile's view, and its edges in pixels of the photo."""

    tile: Tile
    row: Floats
    edges: Floats


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A hand in pixels of a view, its edges in pixels of the photo, and its score."""

    raw: RawHand
    view: View
    edges: Floats
    score: float


T = TypeVar("T", _Palm, _Seen)


def find_hands(photo: Photo) -> tuple[DetectedHand, ...]:
    """All hands of a photo, best first.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    faces = [face.box for face in detect_faces(photo) if face.is_face]
    palms = [palm for tile in tiles_of(photo, person_mask(photo), faces) for palm in _palms(tile)]
    palms.sort(key=_palm_score)
    # A palm may be read better in one kind of tile than in the other.
    kinds = [_each_once([palm for palm in palms if palm.tile.body is body]) for body in (False, True)]
    palms = sorted((palm for kind in kinds for palm in kind), key=_palm_score)
    seen = [hand for palm in palms[:MOST_PALMS] if (hand := _hand(palm))]
    seen.sort(key=lambda hand: -hand.score)
    read = [found for hand in _each_once(seen) if (found := _in_photo(hand))]
    return (*read, *_further(read, hands_of_bodies(photo, small_heads(photo))))


def _further(read: list[DetectedHand], more: Iterable[DetectedHand]) -> Iterator[DetectedHand]:
    """Those of the further hands that are not among those read, nor among each other."""
    known = [hand.box for hand in read]
    for hand in more:
        if not any(hand.box.shared_area(box) > SAME_HAND * min(hand.box.area, box.area) for box in known):
            known.append(hand.box)
            yield hand


def _palm_score(palm: _Palm) -> float:
    """For sorting, best first."""
    return -float(palm.row[4])


def _palms(tile: Tile) -> list[_Palm]:
    rows = find_palms(tile.pixels, LEAST_PALM)
    rows[:, [0, 2, *range(5, 19, 2)]] += tile.left
    rows[:, [1, 3, *range(6, 20, 2)]] += tile.top
    return [_Palm(tile, row, _to_photo(tile.view, row[:4])) for row in rows]


def _to_photo(view: View, edges: Floats) -> Floats:
    """Left, top, right, bottom in pixels of the photo, not rounded."""
    left, top, right, bottom = map(float, edges)
    return np.array([*view.point_to_photo(left, top), *view.point_to_photo(right, bottom)], np.float32)


def _hand(palm: _Palm) -> _Seen | None:
    """The hand of a palm, read twice: around the palm, and again around the points that were found.

    Its score is a geometric mean of what both readings and the palm detector say, which counts half: palms that are cut
    off or clenched are hard to detect, but all three must agree.
    """
    view, least = palm.tile.view, LEAST_NEAR_BODY if palm.tile.body else LEAST_SCORE
    first = read_hand(view.pixels, square_of_palm(palm.row))
    so_far = float(palm.row[4]) ** 0.5 * first.presence
    if so_far < least**2.5:
        return None
    again = read_hand(view.pixels, square_of_hand(first.points))
    mean = (so_far * again.presence) ** 0.4
    if mean < least:
        return None
    score = 1 - (1 - mean) * (1 - LEAST_SCORE) / (1 - least)
    return _Seen(again, view, _to_photo(view, _edges(again.points)), score)


def _edges(points: Floats) -> Floats:
    low, high = points.min(axis=0), points.max(axis=0)
    more = AROUND_POINTS * float((high - low).max())
    return np.array([low[0] - more, low[1] - more, high[0] + more, high[1] + more], np.float32)


def _each_once(found: list[T]) -> list[T]:
    kept: list[T] = []
    for one in found:
        if not kept or overlaps(one.edges, np.stack([other.edges for other in kept])).max() <= SAME_HAND:
            kept.append(one)
    return kept


def _in_photo(hand: _Seen) -> DetectedHand | None:
    left, top, right, bottom = map(float, _edges(hand.raw.points))
    box = hand.view.to_photo(left, top, right, bottom)
    if box is None:
        return None
    right_hand = hand.raw.right
    side = "right" if right_hand >= SURE_SIDE else "left" if right_hand <= 1 - SURE_SIDE else "unknown"
    points = (hand.view.point_to_photo(float(x), float(y)) for x, y in hand.raw.points)
    return DetectedHand(box, hand.score, side, tuple(map(Landmark, LANDMARKS, points)))
