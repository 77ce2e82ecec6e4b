"""Where the extra recognition is installed: a hidden face must be no nearer to its source than one that is gone.

A print says little by itself. Of a small or blurred source it lies near that of any head, so that even a cover which
keeps nothing comes within 0.35 of it. So the impostor level is that of each face: what covers that keep nothing are
away from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from screen.copies.claims import Claim, StepError, inside_of
from screen.copies.quieting import STRONGER
from screen.geometry import Box, turned_box
from screen.photo import Photo, Pixels
from screen.recognition.printing import PrintModel, Vector, distance
from screen.records import Cover
from screen.redact import CopyOptions, hidden, is_flat

#: Narrower faces, in pixels, are not compared: there, prints of a plain blur are no better than guesses either.
LEAST_WIDTH = 20
#: From this distance on, prints are those of two people (the threshold of dlib's author for this network).
STRANGERS = 0.6
#: How much nearer than a face that is gone a hidden one may be. Of 116 hidden faces of the development photos one
#: blurred face is nearer; of those that a script or another program blurs, 12 are.
NEARER = 0.05
#: The same where the cover keeps nothing: prints of two such covers differ by up to 0.2; a face that is seen is 0.7
#: nearer.
NEARER_OF_NOTHING = 0.25
#: What is seen of the photo around a head, as a share of its sides.
AROUND = 0.5


def prove_unlike(copy: Photo, claim: Claim) -> None:
    """No hidden face can be matched with its source by face prints. The prints are forgotten at once."""
    covers = claim.verdict.plan.covers
    alike = [claim.prints is not None and _is_alike(copy, cover, claim, claim.prints) for cover in covers]
    if any(alike):
        pairs = zip(covers, alike, strict=True)
        stronger = tuple(replace(cover, strength=STRONGER) if again else cover for cover, again in pairs)
        raise StepError("A hidden face can still be matched with the photo.", stronger)


def _is_alike(copy: Photo, cover: Cover, claim: Claim, model: PrintModel) -> bool:
    face, part = cover.inside, claim.part
    if cover.shape != "ellipse" or face is None or face.width < LEAST_WIDTH or not part.contains(face):
        return False
    area = cover.box.grown(AROUND, AROUND, AROUND, claim.photo.size).intersection(part)
    if area is None:
        return False
    turns = claim.verdict.plan.turns % 4
    shown = np.rot90(copy.pixels, turns)[inside_of(area, part)]
    source = claim.photo.pixels[area.as_slices()]
    place = turned_box(_moved(face, area), (area.width, area.height), turns)

    def print_of(pixels: Pixels) -> Vector:
        upright = np.ascontiguousarray(np.rot90(pixels, -turns))
        return model.prints(Photo("region", "", upright), (place,))[0]

    original = print_of(source)
    gap = distance(original, print_of(shown))
    if gap >= STRANGERS:
        return False
    here = replace(cover, box=_clipped(cover.box, area), inside=_moved(face, area))
    gone = min(distance(original, print_of(pixels)) for pixels in _gone(source, here))
    return gap < gone - (NEARER_OF_NOTHING if is_flat(cover, claim.options) else NEARER)


def _gone(source: Pixels, cover: Cover) -> Iterator[Pixels]:
    """The region with covers that keep nothing of the face."""
    for style in ("fill", "emoji"):
        yield hidden(source, (replace(cover, strength=1.0),), CopyOptions(style), np.random.default_rng(0))


def _moved(box: Box, area: Box) -> Box:
    return Box(box.left - area.left, box.top - area.top, box.right - area.left, box.bottom - area.top)


def _clipped(box: Box, area: Box) -> Box:
    shared = box.intersection(area)
    return _moved(shared, area) if shared else Box(0, 0, area.width, area.height)
