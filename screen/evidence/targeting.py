"""Is a face what the photo is of, or is it only there? A number for each face.

Belgian guidance tells targeted pictures of a person from incidental ones; FERPA asks whether a photo focuses on one
student. Neither gives a formula: the parts and their weights are those of this program, written down in
docs/consent.md.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from screen.records import FaceDetails, Finding

#: A face as wide as an eighth of the long side is a portrait or a small group.
PORTRAIT = 0.125
SIZE, CENTRE, FOCUS, ALONE = 0.45, 0.2, 0.2, 0.15


def with_targets(findings: Sequence[Finding], size: tuple[int, int]) -> tuple[Finding, ...]:
    """The findings, each face with how much it is the aim of the photo, 0 to 1.

    Args:
        findings: of all checks.
        size: width and height of the photo in pixels.
    """
    faces = [f.details for f in findings if isinstance(f.details, FaceDetails) and f.box is not None]
    sharpest = max((details.sharpness or 0.0 for details in faces), default=0.0)
    return tuple(_with_target(finding, size, sharpest, len(faces)) for finding in findings)


def _with_target(finding: Finding, size: tuple[int, int], sharpest: float, count: int) -> Finding:
    details, box = finding.details, finding.box
    if not isinstance(details, FaceDetails) or box is None:
        return finding
    half = math.hypot(*size) / 2
    middle = math.hypot(box.centre[0] - size[0] / 2, box.centre[1] - size[1] / 2)
    parts = (
        (SIZE, min(1.0, box.width / (PORTRAIT * max(size)))),
        (CENTRE, 1 - middle / half),
        # Where nothing was measured the face counts as sharp: rather targeted than incidental.
        (FOCUS, details.sharpness / sharpest if details.sharpness is not None and sharpest else 1.0),
        (ALONE, 1 / max(1, count)),
    )
    targeted = sum(weight * min(1.0, max(0.0, part)) for weight, part in parts)
    return replace(finding, details=replace(details, targeted=round(targeted, 4)))
