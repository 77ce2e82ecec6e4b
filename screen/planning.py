"""make_plan: what to hide, where to cut, how to turn."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from screen.crop import suggest_crops
from screen.faces.heads import facing, up_of
from screen.geometry import Box, Quad, box_of, corners
from screen.looking_again import LookAgain
from screen.ocr.quads import lengths, part, turned
from screen.photo import Photo
from screen.policy import Policy
from screen.records import (
    CodeDetails,
    Cover,
    Decision,
    FaceDetails,
    Finding,
    Judgement,
    OrientationDetails,
    Plan,
    TextDetails,
)
from screen.scenes import is_upright

#: How far a head reaches beyond the face that was found, in widths and heights of the face: at each side, above, below.
#: Anthropometry gives a head 1.4 to 1.5 face widths with ears and hair; hair and headwear reach furthest above.
HEAD_REACH = (0.4, 0.6, 0.3)
#: How far a cover reaches above the face, where hair stands up when people look down, and below the chin, where beards
#: end; in heights of the face.
ABOVE_FACE, BELOW_CHIN = 0.65, 0.5
#: How deep a head in profile is, from the front of the face, in heights of the face, hair and cap included; and how far
#: a face must look aside (1 is a profile) for that to count.
DEPTH, PROFILE = 1.6, 0.8
#: Margin around writing, in heights of its line: readers cut descenders and accents off.
TEXT_MARGIN = 0.15
#: A box around slanted writing may be so many times as large as the writing; else several boxes tell where it is.
MOST_IN_VAIN, MOST_BOXES = 1.4, 24


def make_plan(photo: Photo, judgements: Sequence[Judgement], policy: Policy, look: LookAgain | None = None) -> Plan:
    """What to do with a photo so that it may be shown.

    Everything judged to be more than kept is covered, also what waits for a person's look or is refused: covering is
    the safe default, and a person uncovers.

    Args:
        photo: the photo that was judged.
        judgements: all its findings with their decisions.
        policy: the rules of this run; crops are suggested only if it has the checks for what they show.
        look: the second look at each crop; a face model if None.

    Raises:
        MissingDependencyError: the weights of the second look are not there.
    """
    plan = plan_covers(judgements, photo.size)
    showable = any(j.finding.check in {"hand", "back", "face"} for j in judgements) or is_upright(judgements)
    can_show = "face" in policy.checks and showable
    return replace(plan, crops=suggest_crops(photo, judgements, plan.turns, look)) if can_show else plan


def plan_covers(judgements: Sequence[Judgement], size: tuple[int, int]) -> Plan:
    """What to hide and how to turn, without crops: all of a plan that needs no pixels.

    Args:
        judgements: all findings of a photo with their decisions.
        size: upright width and height of the photo.
    """
    covers = (cover_of(j.finding, size) for j in judgements if j.decision > Decision.KEEP)
    return Plan(_turns(judgements), tuple(cover for cover in covers if cover))


def _turns(judgements: Sequence[Judgement]) -> int:
    """Clockwise quarter turns, 0 to 3, as the surest orientation finding that counts asks for."""
    asked = [
        (judgement.finding.score, judgement.finding.details.turns % 4)
        for judgement in judgements
        if judgement.decision > Decision.KEEP and isinstance(judgement.finding.details, OrientationDetails)
    ]
    return max(asked)[1] if asked else 0


def cover_of(finding: Finding, size: tuple[int, int]) -> Cover | None:
    """The region that hides a finding, whatever was decided on it; None if it is nothing that can be seen."""
    if isinstance(finding.details, FaceDetails) and finding.box is None and finding.details.place is not None:
        finding = replace(finding, box=finding.details.place)
    if finding.box is None:
        return None
    if finding.check == "face" or isinstance(finding.details, FaceDetails):
        return Cover(_covered_head(head_of(finding, size), finding, size), "ellipse", None, finding.id, finding.box)
    if isinstance(finding.details, TextDetails | CodeDetails) and finding.details.quad:
        return _quad_cover(finding, finding.details.quad, size)
    return Cover(finding.box, "box", None, finding.id)


def head_of(finding: Finding, size: tuple[int, int]) -> Box:
    """The whole head of a face finding, hair and ears included; never less than the face itself.

    Raises:
        ValueError: the finding has no box.
    """
    if finding.box is None:
        raise ValueError(f"finding {finding.id} has no box, so no head")
    head = finding.details.head if isinstance(finding.details, FaceDetails) else None
    return (head or finding.box.grown(*HEAD_REACH, size)).union(finding.box)


def _covered_head(head: Box, finding: Finding, size: tuple[int, int]) -> Box:
    """The head, longer above and below, where the ellipse in it is narrow, for hair and beards, and deep in profile.

    Detectors draw a narrow box around a face in profile, and the back of the head lies far behind it.
    """
    marks = finding.details.landmarks if isinstance(finding.details, FaceDetails) else ()
    if not marks or finding.box is None:
        return head
    face, (x, y), towards = finding.box, up_of(marks), facing(marks)
    wide, high = (face.width, face.height) if abs(y) >= abs(x) else (face.height, face.width)
    above, below = (0.5 + ABOVE_FACE) * high, (0.5 + BELOW_CHIN) * high
    reaches = [(x * above, y * above), (-x * below, -y * below)]
    if abs(towards) >= PROFILE:
        back = (DEPTH * high - wide / 2) * math.copysign(1.0, -towards)
        reaches.append((-y * back, x * back))
    # Not up to the border, unless the head is there already: a mask takes what touches it for cut off, and moves there.
    points = [
        (min(max(face.centre[0] + across, 1), size[0] - 1), min(max(face.centre[1] + down, 1), size[1] - 1))
        for across, down in reaches
    ]
    return box_of([*corners(head), *points], size) or head


def _quad_cover(finding: Finding, quad: Quad, size: tuple[int, int]) -> Cover | None:
    """A cover of the shape of the writing, with a margin; the finding's box where the corners make no shape."""
    grown = _with_margin(quad)
    box = box_of(grown, size) if grown else None
    if grown is None or box is None:
        return Cover(finding.box, "box", None, finding.id) if finding.box else None
    return Cover(box, "quad", grown, finding.id)


def boxes_of(cover: Cover, size: tuple[int, int]) -> tuple[Box, ...]:
    """Boxes that hold all that a cover hides and little else: several, along it, for a slanted line."""
    if cover.shape != "quad" or cover.quad is None:
        return (cover.box,)
    long, high = lengths(cover.quad)
    if cover.box.area <= MOST_IN_VAIN * long * high:
        return (cover.box,)
    level = cover.quad if long >= high else turned(cover.quad, 1)
    count = min(MOST_BOXES, max(1, round(max(long, high) / max(1.0, min(long, high)))))
    pieces = (part(level, number / count, (number + 1) / count) for number in range(count))
    return tuple(box for piece in pieces if (box := box_of(piece, size))) or (cover.box,)


def _with_margin(quad: Quad) -> Quad | None:
    """The four corners moved outwards by TEXT_MARGIN line heights (2 px at least); None if it has no area."""
    import numpy as np  # noqa: PLC0415

    points = np.asarray(quad, float)
    along, down = (
        (points[1] - points[0] + points[2] - points[3]) / 2,
        (points[3] - points[0] + points[2] - points[1]) / 2,
    )
    width, height = float(np.hypot(*along)), float(np.hypot(*down))
    if width < 1e-6 or height < 1e-6:
        return None
    margin = max(2.0, TEXT_MARGIN * min(width, height))
    along, down = along * margin / width, down * margin / height
    moved = points + np.stack([-along - down, along - down, along + down, -along + down])
    first, second, third, fourth = ((float(x), float(y)) for x, y in moved)
    return first, second, third, fourth
