"""What no crop may touch: heads that may be known, private text, and whoever is protected, each with a margin."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence

from screen.faces.presence import face_presence
from screen.geometry import Box
from screen.people import person_mask
from screen.people.heads import find_heads
from screen.photo import Photo
from screen.records import Decision, FaceDetails, Finding, Judgement

#: Margin around what must not be shown, in shares of its width and height: nothing of it at the very edge. Heads have a
#: margin of their own already.
MARGIN, HEAD_MARGIN = 0.06, 0.02
#: The soft edge of a head's cover, as share of its shorter side, and its limit in pixels: a crop should not show it.
SOFT_EDGE, MOST_EDGE = 0.05, 24
#: The body below a head, in head widths and heights: at each side, above, below. A standing adult is 7.5 heads high
#: (Loomis, Figure Drawing, 1943); nobody who is protected is shown, not even from behind.
BODY = (1.2, 0.2, 6.8)
#: Score from which a weak candidate for a face is not shown, although it is too unsure to be hidden in the photo.
LEAST_FACE = 0.05
#: Score from which a hand is sure enough that a weak face in the same place is this hand; below, the face mesh is asked
#: too, and must be less sure of a face than that.
SURE_HAND, MOST_PRESENCE = 0.9, 0.2
#: Share of a candidate for a face that lies on the head, hand or back of a head whose it is.
ON_IT = 0.6
#: Boxes that together hold the ellipse of a head that is near to something worth showing.
STEPS = 12


def obstacles_of(
    photo: Photo,
    judgements: Sequence[Judgement],
    allowed: Sequence[str] = (),
    turns: int = 0,
    near: Sequence[Box] = (),
) -> tuple[Box, ...]:
    """What no crop may touch, margins included.

    Heads of all faces, whatever was decided on them, and heads in the outlines of people that were not told to be
    backs; all that is judged to be more than kept; the whole body of whoever is refused.

    Args:
        photo: the photo.
        judgements: all its findings with their decisions.
        allowed: ids of findings that may be shown although they are faces.
        turns: clockwise quarter turns that set the photo right; they tell where a body is below its head.
        near: where there is something worth showing: heads there are followed as closely as a safe copy covers them.
    """
    people = [j.finding.box for j in judgements if j.finding.box and _settled(j.finding)]
    outlined = [head.box for head in find_heads(photo, person_mask(photo))]
    doubtful = [head for head in outlined if not any(_same(head, box) for box in people)]
    found = [
        part
        for judgement in judgements
        if not _second_answer(photo, judgement, judgements)
        for box in _forbidden(judgement, photo.size, allowed, turns)
        for part in _parts(judgement, box.grown(*_margin(judgement, box), photo.size), photo.size, near)
    ]
    return (*found, *(head.grown(*3 * (MARGIN,), photo.size) for head in doubtful))


def _parts(judgement: Judgement, box: Box, size: tuple[int, int], near: Sequence[Box]) -> Iterator[Box]:
    """An obstacle as it is, or boxes that follow the round cover of a head near to something worth showing."""
    face = _place(judgement.finding) if isinstance(judgement.finding.details, FaceDetails) else None
    if face is None or judgement.decision == Decision.REFUSE or not any(box.intersection(other) for other in near):
        yield box
    else:
        yield from rounded(box, size)
        yield face.grown(*3 * (HEAD_MARGIN,), size)


def rounded(head: Box, size: tuple[int, int]) -> tuple[Box, ...]:
    """Boxes that together hold the ellipse in a head's box; the box itself where it is cut by the border of the photo.

    What a safe copy hides of a head is that ellipse. Between two angles of it the widest point is at the first one and
    the highest at the second.
    """
    if min(head.left, head.top, size[0] - head.right, size[1] - head.bottom) <= 0:
        return (head,)
    (x, y), (a, b) = head.centre, (head.width / 2, head.height / 2)
    angles = [step * math.pi / 2 / STEPS for step in range(STEPS + 1)]
    halves = [(a * math.cos(first), b * math.sin(second)) for first, second in itertools.pairwise(angles)]
    boxes = (Box.around(x - across, y - down, x + across, y + down, size) for across, down in halves)
    return tuple(box for box in boxes if box)


def _margin(judgement: Judgement, box: Box) -> tuple[float, float, float]:
    """At each side, above and below, in widths and heights of the box."""
    if not isinstance(judgement.finding.details, FaceDetails):
        return MARGIN, MARGIN, MARGIN
    if judgement.decision == Decision.KEEP or judgement.finding.box is None:
        return HEAD_MARGIN, HEAD_MARGIN, HEAD_MARGIN
    soft = min(MOST_EDGE, SOFT_EDGE * min(box.width, box.height))
    down = max(HEAD_MARGIN, soft / box.height)
    return max(HEAD_MARGIN, soft / box.width), down, down


def _forbidden(judgement: Judgement, size: tuple[int, int], allowed: Sequence[str], turns: int) -> list[Box]:
    finding = judgement.finding
    if _place(finding) is None or finding.id in allowed:
        return []
    if judgement.decision == Decision.KEEP and not _may_be_face(finding):
        return []
    head = whole_head(finding)
    if head is None:
        return []
    if judgement.decision == Decision.REFUSE and finding.check in {"face", "back", "hand"}:
        return [head.grown(*(BODY if turns % 4 == 0 else (max(BODY),) * 3), size)]
    return [head]


def _place(finding: Finding) -> Box | None:
    """Where a finding is: its box, or the place of a face below the line, which has none; None for the whole photo."""
    below = finding.details.place if isinstance(finding.details, FaceDetails) else None
    return finding.box or below


def whole_head(finding: Finding) -> Box | None:
    """The head of a face, or the box of another finding; None if it has none."""
    head, place = finding.details.head if isinstance(finding.details, FaceDetails) else None, _place(finding)
    return head.union(place) if head and place else place


def _second_answer(photo: Photo, judgement: Judgement, judgements: Sequence[Judgement]) -> bool:
    """Is this a weak face on the head of a sure one, the same person seen a second time, on a hand, or on a back?

    Backs of heads were looked at more closely than a face below the line at which somebody should look, so one that
    lies there is hair; but not next to a sure face, where it may be somebody who is half hidden.
    """
    finding, box = judgement.finding, _place(judgement.finding)
    if box is None or not isinstance(finding.details, FaceDetails) or _settled(finding):
        return False
    if judgement.decision == Decision.REFUSE or (judgement.decision > Decision.KEEP and finding.box is not None):
        return False
    others = (j.finding for j in judgements if _settled(j.finding))
    on_it = [other for other in others if (place := whole_head(other)) and box.shared_area(place) >= ON_IT * box.area]
    if judgement.decision > Decision.KEEP:
        return any(other.check == "back" for other in on_it)
    if any(other.check != "hand" or other.score >= SURE_HAND for other in on_it):
        return True
    return bool(on_it) and face_presence(photo, box) < MOST_PRESENCE


def _may_be_face(finding: Finding) -> bool:
    """Is it a face, or something that may be one by which somebody can be recognised?"""
    details = finding.details
    if not isinstance(details, FaceDetails):
        return False
    return details.certainty != "weak" or (finding.score >= LEAST_FACE and details.identifiability != "none")


def _settled(finding: Finding) -> bool:
    """Does this finding say what a head in an outline is? A weak face does not: it may be a profile, or nothing."""
    if isinstance(finding.details, FaceDetails):
        return finding.details.certainty not in {"weak", "unclear"}
    return finding.check in {"back", "hand"}


def _same(head: Box, box: Box) -> bool:
    """Is this the same head, or a hand held up that looks like one?"""
    return head.shared_area(box) >= 0.3 * min(head.area, box.area)
