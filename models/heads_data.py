"""What the network for heads is trained on: candidates of the face model in photos out of unpacked packages.

heads_photos.txt names the photos, below + those with people whose heads are plain to see, below - those that were
seen to show nobody. In the former, what CenterFace surely sees at two scales at least is a head; in the latter,
everything that it gives some score is something else: the very things that are taken for faces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from orientation_data import photo

from screen.faces.centerface import CenterFace

Array = np.ndarray
Edges = tuple[float, float, float, float]
LIST = Path(__file__).with_name("heads_photos.txt")
#: Long side that photos are reduced to, and long sides of the passes.
LONG, PASSES = 2200, (2000, 1280, 960, 700, 480, 300, 160)
#: Score of what is no head, and of what is one, in two passes at least the lower of these two.
WEAK, STRONG, AGREED = 0.05, 0.65, 0.5
#: Candidates are one if they share more than this; smaller ones (long side, pixels) are left out.
SAME, SMALLEST = 0.4, 8.0
#: What is kept around a candidate, in its long side, and the most pixels of that.
KEPT, MOST = 5, 320
#: Candidates of one photo without people that are kept: the best, and others by chance.
BEST, OTHERS = 20, 20


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """A candidate with what is around it.

    Attributes:
        name: of the photo.
        pixels: (edge, edge, 3) uint8 RGB, KEPT times its long side, black where the photo ends.
        long: the long side of the candidate in these pixels; it lies in the middle.
        inside: left, top, right, bottom of the photo in these pixels.
        score: the best that the face model gave it.
        is_head: somebody's head, or something else.
    """

    name: str
    pixels: Array
    long: float
    inside: tuple[int, int, int, int]
    score: float
    is_head: bool


@dataclass(slots=True)
class Candidate:
    """A box and its scores, best first, one a pass."""

    box: Edges
    scores: list[float]

    @property
    def is_sure(self) -> bool:
        """Did two passes surely see it?"""
        return self.scores[0] >= STRONG and sum(score >= AGREED for score in self.scores) >= 2


def listed() -> tuple[list[str], list[str]]:
    """Photos with people, and photos that show nobody: package/path/of/photo."""
    names: dict[str, list[str]] = {"+": [], "-": []}
    chosen = names["+"]
    for line in LIST.read_text(encoding="utf-8").splitlines():
        if line in names:
            chosen = names[line]
        elif line and not line.startswith("#"):
            chosen.append(line)
    return names["+"], names["-"]


def examples(folder: Path) -> Iterator[Example]:
    """All examples of the listed photos.

    Args:
        folder: that of the unpacked packages, each in a folder of its own name.
    """
    network = CenterFace()
    people, nobody = listed()
    for number, name in enumerate((*people, *nobody)):
        pixels = photo(folder, name).view(max_side=LONG).pixels
        if number < len(people):
            heads = [found for found in candidates(network, pixels) if found.is_sure]
            yield from (cut(name, pixels, found, is_head=True) for found in heads)
            continue
        rng = np.random.default_rng(number)
        for turns in (0, int(rng.integers(1, 4))):
            turned = np.ascontiguousarray(np.rot90(pixels, -turns))
            for found in _some(candidates(network, turned), rng):
                yield cut(name, turned, found, is_head=False)


def candidates(network: CenterFace, pixels: Array) -> list[Candidate]:
    """What the face model sees in several passes, each once, best first."""
    height, width = pixels.shape[:2]
    longest = max(height, width)
    seen: list[tuple[float, Edges]] = []
    for side in PASSES:
        if side > max(480, 1.3 * longest):
            continue
        scale = side / longest
        size = max(8, round(width * scale)), max(8, round(height * scale))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        for raw in network.detect(np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8), WEAK):
            left, top, right, bottom = (edge / scale for edge in raw.edges)
            if max(right - left, bottom - top) >= SMALLEST:
                seen.append((raw.score, (left, top, right, bottom)))
    found: list[Candidate] = []
    for score, box in sorted(seen, key=lambda given: -given[0]):
        same = next((other for other in found if shared(box, other.box) > SAME), None)
        if same:
            same.scores.append(score)
        else:
            found.append(Candidate(box, [score]))
    return found


def shared(one: Edges, other: Edges) -> float:
    """Intersection over union."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    both = max(0.0, wide) * max(0.0, high)
    areas = ((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return both / (sum(areas) - both)


def cut(name: str, pixels: Array, found: Candidate, is_head: bool) -> Example:
    """The surroundings of a candidate."""
    (left, top, right, bottom), (height, width) = found.box, pixels.shape[:2]
    longest = max(right - left, bottom - top)
    x, y, half = (left + right) / 2, (top + bottom) / 2, KEPT * longest / 2
    start, end = (
        (max(0, round(x - half)), max(0, round(y - half))),
        (
            min(width, round(x + half)),
            min(height, round(y + half)),
        ),
    )
    scale = min(1.0, MOST / (2 * half))
    edge = max(10, round(2 * half * scale))
    place = [max(0, round((at - middle + half) * scale)) for at, middle in zip(start, (x, y), strict=True)]
    size = [
        min(edge - at, max(1, round((last - first) * scale))) for at, first, last in zip(place, start, end, strict=True)
    ]
    kept = np.zeros((edge, edge, 3), np.uint8)
    part = np.ascontiguousarray(pixels[start[1] : end[1], start[0] : end[0]])
    inside = place[0], place[1], place[0] + size[0], place[1] + size[1]
    kept[inside[1] : inside[3], inside[0] : inside[2]] = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return Example(name, kept, longest * scale, inside, found.scores[0], is_head)


def _some(found: list[Candidate], rng: np.random.Generator) -> list[Candidate]:
    rest = found[BEST:]
    if len(rest) <= OTHERS:
        return found
    return [*found[:BEST], *(rest[int(k)] for k in rng.choice(len(rest), OTHERS, replace=False))]
