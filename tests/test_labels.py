"""The short word of a decision says what is to be done."""

from __future__ import annotations

import pytest

from screen.geometry import Box
from screen.labels import finding_label, photo_label, purpose_label
from screen.records import (
    Decision,
    FaceDetails,
    Finding,
    Judgement,
    MetadataDetails,
    NameDetails,
    OrientationDetails,
    Plan,
    Ruling,
    Verdict,
)

TURNED = Finding("orientation", 0.98, None, OrientationDetails(1, ("scene",)))
PLACE = Finding("metadata", 1.0, None, MetadataDetails("gps", "exif"))
NAMED = Finding("filename", 1.0, None, NameDetails("name"))
FACE = Finding("face", 0.9, Box(1, 1, 5, 5), FaceDetails("face"))
FOREIGN = Finding("plate", 0.9, None)
COVER, TURN, CLEAN = "Cover first", "Turn first", "Clean first"


def verdict_of(*findings: Finding, decision: Decision = Decision.REDACT) -> Verdict:
    judgements = tuple(Judgement(finding, (Ruling("website", decision, "policy"),)) for finding in findings)
    return Verdict("a.jpg", "00", (10, 10), judgements, Plan(), ("website", "display"))


@pytest.mark.parametrize(
    ("findings", "label"),
    [
        ((TURNED,), TURN),
        ((PLACE,), CLEAN),
        ((NAMED,), CLEAN),
        ((TURNED, PLACE), CLEAN),
        ((FACE,), COVER),
        ((TURNED, FACE), COVER),
        ((PLACE, FACE), COVER),
        ((FOREIGN,), COVER),
        ((FOREIGN, TURNED), COVER),
    ],
)
def test_a_safe_copy_that_hides_nothing_is_not_called_covered(findings: tuple[Finding, ...], label: str) -> None:
    verdict = verdict_of(*findings)
    assert photo_label(verdict) == label
    assert purpose_label(verdict, "website") == label
    assert purpose_label(verdict, "display") == "Ready"


def test_other_decisions_keep_their_word() -> None:
    for decision, word in ((Decision.REVIEW, "Look first"), (Decision.REFUSE, "Not for publication")):
        assert photo_label(verdict_of(TURNED, decision=decision)) == word
        assert finding_label(TURNED, decision) == word


def test_a_finding_is_told_by_what_is_done_about_it() -> None:
    labels = [finding_label(finding, Decision.REDACT) for finding in (TURNED, PLACE, FACE, FOREIGN)]
    assert labels == [TURN, CLEAN, COVER, COVER]


def test_what_is_kept_does_not_count() -> None:
    kept = Judgement(FACE, (Ruling("website", Decision.KEEP, "policy"),))
    turned = Judgement(TURNED, (Ruling("website", Decision.REDACT, "policy"),))
    verdict = Verdict("a.jpg", "00", (10, 10), (kept, turned), Plan(turns=1), ("website",))
    assert photo_label(verdict) == TURN
