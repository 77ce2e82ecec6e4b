"""prove_screened: looks at a safe copy with the same checks, and tells what still has to be hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from screen.copies.claims import Claim, StepError
from screen.copies.quieting import SAME_HEAD, STRONGER, hidden_better, hidden_share
from screen.geometry import Box
from screen.photo import Photo, View
from screen.records import Cover, Decision, Finding, TextDetails, Verdict
from screen.redact import is_flat

#: Checks whose findings do not depend on what is hidden, so that screening again leaves them out.
LEFT_OUT = frozenset({"hand", "back", "blur", "orientation", "caption", "quality"})
#: Share of a finding that must be hidden for it to count as being under a cover: models' boxes reach beyond a head.
UNDER = 0.9
#: Overlap (IoU) with the face of a head that is hidden from which a face of the copy is that head's cover, as is one
#: that overlaps the head (SAME_HEAD): the detector draws another box around what it takes for a face.
SAME_FACE = 0.4
#: Share of a face of the copy that must be hidden for it to count as seen because of the covers: detectors take the rim
#: of a blurred head for a face. For writing under covers that keep nothing.
PARTLY, UNDER_NOTHING = 0.4, 0.75


def prove_screened(copy: Photo, claim: Claim, step: int = 1) -> None:
    """Screening the copy again finds nothing that has to be hidden, beyond what is hidden or was decided to stay.

    Args:
        copy: the written copy, opened again.
        claim: what it should be.
        step: 1 in the first round of the proof, 2 in the second, ...
    """
    checks = tuple(check for check in claim.policy.checks if check not in LEFT_OUT)
    verdict = claim.screen(copy, replace(claim.policy, checks=checks, named=()), claim.roster)
    bare = [j.finding for j in verdict.judgements if j.decision > Decision.KEEP and j.finding.box is None]
    if any(finding.check == "metadata" for finding in bare):
        raise StepError("The copy holds hidden data.")
    if claim.options.names != "keep" and any(finding.check == "filename" for finding in bare):
        raise StepError("The file name of the copy says something private.")
    if new := tuple(_found(copy, verdict, claim)):
        covers = _mended(claim, new, step)
        raise StepError("Screening the copy again found something that has to be hidden.", covers)


def _found(copy: Photo, again: Verdict, claim: Claim) -> Iterator[tuple[str, Box, Cover]]:
    """What the second screening found and nobody decided to show: check, box and cover, in pixels of the photo."""
    view = View(copy.pixels, claim.part, claim.photo.size, claim.verdict.plan.turns % 4)
    planned = {cover.finding_id: cover for cover in again.plan.covers}
    for judgement in again.judgements:
        finding = judgement.finding
        box = view.to_photo(*finding.box.as_tuple()) if finding.box else None
        if finding.box is None or box is None or judgement.decision == Decision.KEEP:
            continue
        if not _is_known(finding, box, judgement.decision, claim) and not _is_nothing(finding, box, claim):
            yield finding.check, box, _to_photo(planned.get(finding.id) or _cover_of(finding, finding.box), view, box)


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


def _is_nothing(finding: Finding, box: Box, claim: Claim) -> bool:
    """Is it writing or a code where the covers keep nothing? Then an engine reads what is not there."""
    flat = [cover for cover in claim.verdict.plan.covers if is_flat(cover, claim.options)]
    return finding.check != "face" and hidden_share(box, flat, claim.photo.size) >= UNDER_NOTHING


def _is_head_of(box: Box, covers: Iterable[Cover]) -> bool:
    """Is the box as large as a head that one of the covers hides, or as its face?"""
    heads = [cover for cover in covers if cover.shape == "ellipse"]
    faces = [cover.inside for cover in heads if cover.inside]
    return any(box.iou(head.box) >= SAME_HEAD for head in heads) or any(box.iou(face) >= SAME_FACE for face in faces)


def _mended(claim: Claim, new: Iterable[tuple[str, Box, Cover]], step: int) -> tuple[Cover, ...]:
    """Old and new covers.

    A face on a hidden head is what the covers look like: they are changed, and no head is hidden around it, since
    covers must not grow from blur to blur. Of other things under a cover nothing is kept any more. All else is new.
    """
    covers, size = claim.verdict.plan.covers, claim.photo.size
    for check, box, cover in new:
        over = [other for other in covers if other.box.shared_area(box) > 0.2 * box.area]
        share = hidden_share(box, over, size)
        if check == "face" and (share >= PARTLY or _is_head_of(box, over)):
            covers = hidden_better(covers, [box], size, step)
        elif share >= UNDER:
            covers = tuple(replace(other, strength=STRONGER) if other in over else other for other in covers)
        else:
            covers = (*covers, cover)
    return covers
