"""Hands of every size: palms on tiles of several sizes, landmarks around each palm, each hand once.

The palm detector sees 192 pixels, so a hand that is a small part of the photo is only seen on a tile. Tiles are shares
of the long side, so that the same hands are found whatever the camera; the smallest ones are looked at only where the
mask of people says that somebody is there, and where the photo has pixels for them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from screen.geometry import Box
from screen.hands import DetectedHand
from screen.hands.landmarks import LANDMARKS, RawHand, read_hand, square_of_hand, square_of_palm
from screen.hands.palms import find_palms, overlaps
from screen.inference import Floats
from screen.people import PersonMask, person_mask
from screen.people.selfie import starts
from screen.photo import Photo, View
from screen.records import Landmark

#: Edges of the tiles as shares of the photo's long side; the last ones only where people are.
SHARES = (1.0, 0.5, 0.25)
#: Tiles of the smallest size that are looked at, those with most people first.
MOST_SMALL_TILES = 10
#: Least share of people in a small tile.
SOMEBODY = 0.05
#: The least edge of a tile in pixels of the photo: what is enlarged more shows no more.
LEAST_TILE = 96
#: The long side of the view in which tiles are cut: the smallest ones are then seen about pixel by pixel.
LONG_SIDE = 1280
#: Palms below are not looked at again; hands below are none. On the development set (see docs/measurements.md) these
#: keep every hand of 40 pixels and more, and no false one on photos without people.
LEAST_PALM = 0.3
LEAST_PRESENCE = 0.7
#: Palms that are looked at again, best first: a bound on time.
MOST_PALMS = 16
#: Two hands that share more than this (intersection over union) are one.
SAME_HAND = 0.35
#: A side is told when the network is that sure.
SURE_SIDE = 0.8
#: The box reaches beyond the landmarks, which run inside the fingers: by this share of its long side.
AROUND_POINTS = 0.08


@dataclass(frozen=True, slots=True, eq=False)
class _Seen:
    """A hand in pixels of the view, with its edges and score."""

    raw: RawHand
    edges: Floats
    score: float


def find_hands(photo: Photo) -> tuple[DetectedHand, ...]:
    """All hands of a photo, best first.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    view = photo.view(max_side=LONG_SIDE)
    palms = _palms(view, person_mask(photo))
    seen = [hand for palm in palms if (hand := _hand(view, palm))]
    return tuple(found for hand in _each_once(seen) if (found := _in_photo(hand, view)))


def _palms(view: View, people: PersonMask) -> Floats:
    """Palms of all tiles in pixels of the view, each once, best first: rows as of find_palms."""
    rows = []
    for left, top, edge in tiles(view, people):
        found = find_palms(view.pixels[top : top + edge, left : left + edge], LEAST_PALM)
        found[:, [0, 2, *range(5, 19, 2)]] += left
        found[:, [1, 3, *range(6, 20, 2)]] += top
        rows.append(found)
    palms = np.concatenate(rows)
    palms = palms[np.argsort(-palms[:, 4], kind="stable")]
    kept: list[Floats] = []
    for palm in palms:
        if not kept or overlaps(palm, np.stack(kept)).max() <= SAME_HAND:
            kept.append(palm)
    return np.stack(kept[:MOST_PALMS]) if kept else palms[:0]


def tiles(view: View, people: PersonMask) -> Iterator[tuple[int, int, int]]:
    """Left, top and edge of each tile to look at, in pixels of the view."""
    height, width = view.pixels.shape[:2]
    long_side = max(height, width)
    for share in SHARES:
        edge = round(long_side * share)
        if share < 1 and edge / view.scale < LEAST_TILE:
            return
        places = [(x, y, edge) for y, x in itertools.product(starts(height, edge, 0.3), starts(width, edge, 0.3))]
        yield from places if share > SHARES[-1] else _with_people(places, view, people)


def _with_people(places: list[tuple[int, int, int]], view: View, people: PersonMask) -> list[tuple[int, int, int]]:
    """The tiles that show most of people."""
    shares = []
    for left, top, edge in places:
        box = view.to_photo(left, top, left + edge, top + edge)
        shares.append(people.share(box) if box else 0.0)
    order = sorted(range(len(places)), key=lambda index: -shares[index])
    return [places[index] for index in order[:MOST_SMALL_TILES] if shares[index] >= SOMEBODY]


def _hand(view: View, palm: Floats) -> _Seen | None:
    """The hand of a palm, read twice: around the palm, and again around the points that were found."""
    first = read_hand(view.pixels, square_of_palm(palm))
    if first.presence < LEAST_PRESENCE:
        return None
    again = read_hand(view.pixels, square_of_hand(first.points))
    presence = min(first.presence, again.presence)
    return _Seen(again, _edges(again.points), presence) if presence >= LEAST_PRESENCE else None


def _edges(points: Floats) -> Floats:
    low, high = points.min(axis=0), points.max(axis=0)
    more = AROUND_POINTS * float((high - low).max())
    return np.array([low[0] - more, low[1] - more, high[0] + more, high[1] + more], np.float32)


def _each_once(seen: list[_Seen]) -> list[_Seen]:
    kept: list[_Seen] = []
    for hand in sorted(seen, key=lambda hand: -hand.score):
        if not kept or overlaps(hand.edges, np.stack([other.edges for other in kept])).max() <= SAME_HAND:
            kept.append(hand)
    return kept


def _in_photo(hand: _Seen, view: View) -> DetectedHand | None:
    left, top, right, bottom = map(float, hand.edges)
    box: Box | None = view.to_photo(left, top, right, bottom)
    if box is None:
        return None
    right_hand = hand.raw.right
    side = "right" if right_hand >= SURE_SIDE else "left" if right_hand <= 1 - SURE_SIDE else "unknown"
    points = (view.point_to_photo(float(x), float(y)) for x, y in hand.raw.points)
    return DetectedHand(box, hand.score, side, tuple(map(Landmark, LANDMARKS, points)))
