"""How much a face is the aim of the photo."""

from __future__ import annotations

from screen.evidence.targeting import with_targets
from screen.geometry import Box
from screen.records import FaceDetails, Finding

SIZE = (1600, 1200)


def targets(*faces: tuple[Box, float | None]) -> list[float]:
    findings = [Finding("face", 0.9, box, FaceDetails(sharpness=sharp)) for box, sharp in faces]
    return [f.details.targeted for f in with_targets(findings, SIZE)]  # type: ignore[union-attr,misc]


def around(x: int, y: int, width: int) -> Box:
    return Box(x - width // 2, y - width // 2, x + width // 2, y + width // 2)


def test_a_portrait_is_targeted_and_a_small_blurred_face_in_a_corner_is_not() -> None:
    (portrait,) = targets((around(800, 600, 400), 0.9))
    assert portrait > 0.95
    crowd = targets(*[(around(800, 600, 40), 0.9)] * 9, (around(60, 60, 20), 0.1))
    assert crowd[-1] < 0.2


def test_size_middle_focus_and_being_alone_each_count() -> None:
    base = targets((around(400, 400, 80), 0.5), (around(1000, 800, 80), 0.9))[0]
    assert targets((around(400, 400, 120), 0.5), (around(1000, 800, 80), 0.9))[0] > base
    assert targets((around(700, 600, 80), 0.5), (around(1000, 800, 80), 0.9))[0] > base
    assert targets((around(400, 400, 80), 0.8), (around(1000, 800, 80), 0.9))[0] > base
    assert targets((around(400, 400, 80), 0.5))[0] > base


def test_what_was_not_measured_counts_as_sharp() -> None:
    box, other = around(400, 400, 80), (around(1000, 800, 80), 0.9)
    assert targets((box, None), other)[0] >= targets((box, 0.9), other)[0]


def test_other_findings_stay_as_they_are() -> None:
    text = Finding("text", 0.9, Box(0, 0, 5, 5))
    assert with_targets([text], SIZE) == (text,)
