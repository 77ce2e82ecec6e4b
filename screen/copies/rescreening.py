"""prove_screened: looks at a safe copy with the same checks, and tells what still has to be hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np

from screen.copies.claims import Claim, StepError, inside_of
from screen.copies.masks import mask_of
from screen.copies.styles import CELLS
from screen.geometry import Box
from screen.photo import Photo, View
from screen.records import Cover, Decision, Finding, TextDetails, Verdict
from screen.redact import is_flat

#: Checks whose findings do not depend on what is hidden, so that screening again leaves them out.
LEFT_OUT = frozenset({"hand", "back", "blur", "orientation", "caption", "quality"})
#: Share of a finding that must be hidden for it to count as being under a cover: models' boxes reach beyond a head.
UNDER = 0.9
#: Overlap (IoU) with a head that is hidden, or with its face, from which a face of the copy is that head's cover: the
#: detector draws another box around what it takes for a face. A face beside it overlaps less.
SAME_HEAD, SAME_FACE = 0.5, 0.4
#: Share of a face of the copy that must be hidden for it to count as seen because of the covers: detectors take the rim
#: of a blurred head for a face. Where the covers keep nothing, less is enough.
PARTLY, UNDER_NOTHING = 0.4, 0.75
#: How much stronger a cover becomes under which something was found: nothing is kept of what it hides.
STRONGER = CELLS + 1.0


def prove_screened(copy: Photo, claim: Claim, unsure: bool = True) -> None:
    """Screening the copy again finds nothing that has to be hidden, beyond what is hidden or was decided to stay."""
    checks = tuple(check for check in claim.policy.checks if check not in LEFT_OUT)
    verdict = claim.screen(copy, replace(claim.policy, checks=checks, named=()), claim.roster)
    bare = [j.finding for j in verdict.judgements if j.decision > Decision.KEEP and j.finding.box is None]
    if any(finding.check == "metadata" for finding in bare):
        raise StepError("The copy holds hidden data.")
    if claim.options.names != "keep" and any(finding.check == "filename" for finding in bare):
        raise StepError("The file name of the copy says something private.")
    if new := tuple(_new_covers(copy, verdict, claim, unsure)):
        raise StepError("Screening the copy again found something that has to be hidden.", _merged(claim, new))


def _new_covers(copy: Photo, again: Verdict, claim: Claim, unsure: bool) -> Iterator[Cover]:
    """Covers, in pixels of the photo, for what the second screening found and nobody decided to show.

    With unsure, faces on hidden heads count however unsure they are.
    """
    view = View(copy.pixels, claim.part, claim.photo.size, claim.verdict.plan.turns % 4)
    planned = {cover.finding_id: cover for cover in again.plan.covers}
    for judgement in again.judgements:
        finding = judgement.finding
        box = view.to_photo(*finding.box.as_tuple()) if finding.box else None
        if (
            finding.box is None
            or box is None
            or (judgement.decision == Decision.KEEP and not (unsure and _haunts(finding, box, claim)))
        ):
            continue
        if not _is_known(finding, box, judgement.decision, claim) and not _is_flat_there(box, claim):
            yield _to_photo(planned.get(finding.id) or _cover_of(finding, finding.box), view, box)


def _haunts(finding: Finding, box: Box, claim: Claim) -> bool:
    """Is it a face, however unsure, on a head that is hidden? Then other detectors may be surer of it."""
    covers = tuple(cover for cover in claim.verdict.plan.covers if cover.shape == "ellipse")
    return finding.check == "face" and (
        _is_head_of(box, covers) or _hidden_share(box, covers, claim.photo.size) >= UNDER_NOTHING
    )


def _cover_of(finding: Finding, box: Box) -> Cover:
    """A cover for what the copy's own plan leaves uncovered."""
    return Cover(box, "ellipse", None, "", box) if finding.check == "face" else Cover(box)


def _to_photo(cover: Cover, view: View, box: Box) -> Cover:
    """A cover of the copy in pixels of the photo."""
    quad = tuple(view.point_to_photo(*point) for point in cover.quad) if cover.quad else None
    inside = view.to_photo(*cover.inside.as_tuple()) if cover.inside else None
    whole = view.to_photo(*cover.box.as_tuple()) or box
    return Cover(whole, cover.shape, (quad[0], quad[1], quad[2], quad[3]) if quad else None, "", inside)


def _is_known(finding: Finding, box: Box, decision: Decision, claim: Claim) -> bool:
    """Was this seen in the photo, too, and left to be seen? A face by its place, all else also by its decision.

    Writing that nobody can read in the copy says nothing: the photo itself was asked whether there is any, and engines
    see such writing in the noise of an encoding.
    """
    if isinstance(finding.details, TextDetails) and finding.details.category == "unreadable":
        return True
    covered = {cover.finding_id for cover in claim.verdict.plan.covers}
    return any(
        judgement.finding.check == finding.check
        and judgement.finding.id not in covered
        and judgement.finding.box is not None
        and judgement.finding.box.iou(box) > 0.3
        and (finding.check == "face" or judgement.decision >= decision)
        for judgement in claim.verdict.judgements
    )


def _is_flat_there(box: Box, claim: Claim) -> bool:
    """Is the box hidden by covers that keep nothing? Then a detector sees things that are not there."""
    flat = tuple(cover for cover in claim.verdict.plan.covers if is_flat(cover, claim.options))
    return _is_head_of(box, flat) or _hidden_share(box, flat, claim.photo.size) >= UNDER_NOTHING


def _is_head_of(box: Box, covers: Iterable[Cover]) -> bool:
    """Is the box as large as a head that one of the covers hides, or as its face?"""
    heads = [cover for cover in covers if cover.shape == "ellipse"]
    faces = [cover.inside for cover in heads if cover.inside]
    return any(box.iou(head.box) >= SAME_HEAD for head in heads) or any(box.iou(face) >= SAME_FACE for face in faces)


def _merged(claim: Claim, new: tuple[Cover, ...]) -> tuple[Cover, ...]:
    """Old and new covers.

    Where something was found under a cover, nothing is kept there any more. Where a face was found that the covers hide
    in part, they keep nothing either, and the rest of that face is hidden without a head around it: covers must not
    grow from blur to blur. Everything else is new.
    """
    old, added = list(claim.verdict.plan.covers), []
    for cover in new:
        what = cover.inside or cover.box
        over = [index for index, other in enumerate(old) if other.box.shared_area(what) > 0.2 * what.area]
        share = _hidden_share(what, [old[index] for index in over], claim.photo.size)
        under = share >= UNDER or _is_head_of(what, [old[index] for index in over])
        partly = cover.shape == "ellipse" and share >= PARTLY
        for index in over if under or partly else ():
            old[index] = replace(old[index], strength=STRONGER)
        if not under:
            added.append(Cover(what, "ellipse", strength=STRONGER) if partly else cover)
    return (*old, *added)


def _hidden_share(box: Box, covers: Iterable[Cover], size: tuple[int, int]) -> float:
    """The share of a box, in pixels of the photo, that is wholly hidden by the covers together."""
    hidden = np.zeros((box.height, box.width), bool)
    for mask in (mask_of(cover, size) for cover in covers):
        if shared := mask.box.intersection(box):
            hidden[inside_of(shared, box)] |= mask.alpha[inside_of(shared, mask.box)] == 255
    return float(hidden.mean())
