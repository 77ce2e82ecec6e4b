"""Ways to hold writing while it is read: as it lies, on its side, on its head, mirrored; and which way reads best.

Ways are tried in turn, the likely ones first: what reads well needs no other, and what a photo shows of its surer lines
spares the rest of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from screen.geometry import Quad
from screen.layout import Place
from screen.ocr.quads import lengths, mirrored, turned
from screen.ocr.reading import Reading
from screen.ocr.regions import Region

#: Below this score a line is read again turned by half and mirrored.
DOUBTFUL = 0.93
#: The same for a line that runs as the sure lines near it do.
MISREAD = 0.8
#: From this score on a line of four letters and more was certainly held the right way.
SURE = 0.95
#: What running like the sure lines near it is worth, and how near these must be, in heights.
AGREEMENT, NEAR = 0.15, 20.0
#: Shorter writing often reads as something when turned or mirrored: "A-" as "-A", "85 %" as "% 58".
TELLING = 4
#: How many times longer, or higher, than the other edge a region is held along that edge only.
LONG, HIGH = 2.5, 1.5
#: Quarter turns of a region that is higher than long: its writing runs up or down.
SIDES = (3, 1)
#: Steep regions that are read both ways at first; the others first in the way in which these read better.
PROBES_STEEP = 2
#: How many times wider than they look letters seen at a slant are read: as they are, and as from the front.
UPRIGHT = (1.0, 1.4)
#: What the score of a doubtful line is lessened by where it is read once more by corners that follow it: the best of
#: several readings is surer than it is right, and what was not surely read is covered in a list of pupils.
LESS_SURE = 0.04
#: Doubtful regions that are read mirrored at first; the others only if one of these reads well so.
PROBES = 3
#: Sure lines from which one probe is enough.
SETTLED = 2
#: Score from which mirrored writing reads well, if it reads better by so much than any other way.
WELL, BETTER = 0.85, 0.1


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to hold a region while reading it.

    Attributes:
        region: its number.
        quad: corners of what is read, clockwise from the top left of the writing.
        mirrored: they run counter-clockwise.
        wider: how many times wider than it is.
        slanted: the corners follow the writing, instead of the rectangle round it.
    """

    region: int
    quad: Quad
    mirrored: bool = False
    wider: float = 1.0
    slanted: bool = False


Tried = Sequence[tuple[Attempt, Reading]]


def first_ways(quads: Sequence[Quad]) -> list[Attempt]:
    """Each region as it lies; of those far higher than long only the few that tell most, on their side both ways."""
    flat = [index for index, quad in enumerate(quads) if not _is_high(quad, LONG)]
    steep = sorted((index for index in range(len(quads)) if index not in flat), key=lambda i: -_promise(quads[i]))
    sides = [Attempt(index, turned(quads[index], turns)) for index in steep[:PROBES_STEEP] for turns in SIDES]
    return [*(Attempt(index, quads[index]) for index in flat), *sides]


def on_side(quads: Sequence[Quad], tries: Tried, turns: int) -> list[Attempt]:
    """The regions higher than long that did not read well yet, turned by so many quarters, if that was not tried."""
    best, tried = best_of(tries, {}), {(attempt.region, attempt.quad) for attempt, _ in tries}
    ways = [Attempt(index, turned(quad, turns)) for index, quad in enumerate(quads) if _is_high(quad, HIGH)]
    return [
        way
        for way in ways
        if (way.region, way.quad) not in tried and (way.region not in best or best[way.region][1].score < DOUBTFUL)
    ]


def likely_sides(quads: Sequence[Quad], tries: Tried) -> tuple[int, ...]:
    """The quarter turns in which steep regions may read, those first in which the ones tried already read better."""
    scores = dict.fromkeys(SIDES, 0.0)
    for attempt, reading in tries:
        for turns in SIDES:
            if attempt.quad == turned(quads[attempt.region], turns):
                scores[turns] += reading.score
    return tuple(sorted(SIDES, key=lambda turns: -scores[turns]))


def on_head(quads: Sequence[Quad], tries: Tried) -> list[Attempt]:
    """The doubtful regions turned by half, if that was not tried."""
    return [
        Attempt(attempt.region, turned(attempt.quad, 2))
        for attempt, _ in _doubtful(tries)
        if attempt.quad == quads[attempt.region]
    ]


def mirrored_ways(tries: Tried) -> tuple[list[Attempt], list[Attempt]]:
    """The doubtful regions mirrored, in both directions: the few that tell most, and the rest."""
    doubtful = sorted(_doubtful(tries), key=lambda pair: -_promise(pair[0].quad))
    settled = [one for one in sure_of(best_of(tries, {})).values() if not one.mirrored]
    probes = 1 if len(settled) >= SETTLED else PROBES
    ways = [
        [Attempt(attempt.region, mirrored(quad), mirrored=True) for quad in (attempt.quad, turned(attempt.quad, 2))]
        for attempt, _ in doubtful
    ]
    return [way for both in ways[:probes] for way in both], [way for both in ways[probes:] for way in both]


def slanted_ways(regions: Sequence[Region], tries: Tried) -> list[Attempt]:
    """The regions seen at a slant that did not read well, held as they read best, but by corners that follow them."""
    ways = []
    for attempt, reading in best_of(tries, {}).values():
        region = regions[attempt.region]
        if region.slanted and not attempt.mirrored and reading.score < DOUBTFUL:
            turns = next(turns for turns in range(4) if attempt.quad == turned(region.quad, turns))
            quad = turned(region.slanted, turns)
            ways += [replace(attempt, quad=quad, wider=wider, slanted=True) for wider in UPRIGHT]
    return ways


def any_mirrored(probes: Tried, tries: Tried) -> bool:
    """Does one of the probes read well, and better than all else that was tried of its region?"""
    best = best_of(tries, {})
    return any(
        reading.score >= max(WELL, best[attempt.region][1].score + BETTER)
        and sum(c.isalnum() for c in reading.text) >= 2
        for attempt, reading in probes
    )


def best_of(
    tries: Iterable[tuple[Attempt, Reading]], sure: Mapping[int, Attempt]
) -> dict[int, tuple[Attempt, Reading]]:
    """The try of each region that reads best, and runs as the sure lines near it do."""
    best: dict[int, tuple[float, Attempt, Reading]] = {}
    for attempt, reading in tries:
        worth, short = _worth(reading), sum(c.isalnum() for c in reading.text) < TELLING
        if worth and (short or reading.score < DOUBTFUL):
            worth += (1.0 if short else AGREEMENT) * _agreement(attempt, sure)
        if short and attempt.mirrored:
            worth -= AGREEMENT
        if attempt.region not in best or worth > best[attempt.region][0]:
            best[attempt.region] = worth, attempt, reading
    return {region: (attempt, reading) for region, (_, attempt, reading) in best.items()}


def sure_of(best: Mapping[int, tuple[Attempt, Reading]]) -> dict[int, Attempt]:
    """Lines of which nobody doubts how to hold them: long enough, and read with certainty."""
    return {
        region: attempt
        for region, (attempt, reading) in best.items()
        if reading.score >= SURE and sum(c.isalnum() for c in reading.text) >= TELLING
    }


def _doubtful(tries: Tried) -> list[tuple[Attempt, Reading]]:
    """The best try of each region that may be held the wrong way; less easily if the sure lines near it run so."""
    best = best_of(tries, {})
    sure = sure_of(best)
    return [
        (attempt, reading)
        for attempt, reading in best.values()
        if reading.score < (MISREAD if _agreement(attempt, sure) > 0.5 else DOUBTFUL)
    ]


def _agreement(attempt: Attempt, sure: Mapping[int, Attempt]) -> float:
    """The share of the three nearest sure lines that run in the same direction; lines of one sheet do."""
    place = Place(attempt.quad)
    others = [(math.dist(place.centre, Place(o.quad).centre), o) for key, o in sure.items() if key != attempt.region]
    near = [
        other
        for away, other in sorted(others, key=lambda pair: pair[0])[:3]
        if away < NEAR * place.height + place.length
    ]
    if not near:
        return 0.0
    x, y = place.direction
    same = [
        other.mirrored == attempt.mirrored and x * direction[0] + y * direction[1] > 0.7
        for other in near
        for direction in [Place(other.quad).direction]
    ]
    return sum(same) / len(same)


def _worth(reading: Reading) -> float:
    """How well a reading explains its crop: sure characters, and a little for more of them."""
    return reading.score * min(len(reading.text), 4) ** 0.25 if reading.text.strip() else 0.0


def _is_high(quad: Quad, times: float) -> bool:
    long, high = lengths(quad)
    return high >= times * long


def _promise(quad: Quad) -> float:
    """How much a region would tell if it were read: long ones hold more signs, and higher ones are seen better."""
    high, long = sorted(lengths(quad))
    return min(long / max(high, 1.0), 8.0) * math.sqrt(high)
