"""Invented verdicts that the tests of reports share."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from screen.geometry import Box
from screen.records import (
    Cover,
    Crop,
    Decision,
    Details,
    Evidence,
    FaceDetails,
    Failure,
    Finding,
    Judgement,
    MetadataDetails,
    Plan,
    Ruling,
    TextDetails,
    Verdict,
)
from screen.report import RunAbout

STARTED = datetime.datetime(2026, 10, 7, 9, 0, tzinfo=datetime.UTC)
ABOUT = RunAbout(
    "classroom",
    ("website", "display"),
    "classroom",
    24,
    "0.1.0",
    STARTED,
    STARTED + datetime.timedelta(minutes=2),
    ("CenterFace",),
    "class photos",
)
#: Things that must never be in a report: what was read, whom it points to, why somebody must not be seen.
SECRETS = ("Zoélie", "20241234", "P17", "protected", "adoption", "payload-of-a-code")


def judged(
    check: str,
    decision: Decision = Decision.REDACT,
    reason: str = "",
    box: Box | None = None,
    details: Details | None = None,
    number: int = 1,
) -> Judgement:
    """A finding judged alike for both purposes, with a private cause and evidence."""
    evidence = (Evidence("badge", ("P17",), "Zoélie Martin"),)
    rulings = tuple(Ruling(purpose, decision, reason, "protected: adoption") for purpose in ABOUT.purposes)
    return Judgement(Finding(check, 0.98765, box, details, evidence, f"f{number}"), rulings)


def verdict(
    source: str, judgements: Sequence[Judgement], turns: int = 0, size: tuple[int, int] = (320, 240)
) -> Verdict:
    """A verdict whose plan covers all that is not kept."""
    covers = tuple(
        Cover(judgement.finding.box, "box", None, judgement.finding.id)
        for judgement in judgements
        if judgement.finding.box and judgement.decision > Decision.KEEP
    )
    crops = (Crop(Box(0, 0, 160, 90), "16:9", ("hand",), 0.81234, "W."),)
    return Verdict(source, "ab" * 32, size, tuple(judgements), Plan(turns, covers, crops), ABOUT.purposes)


FACE = judged(
    "face", Decision.REDACT, "no-consent", Box(20, 30, 60, 80), FaceDetails(width=40, head=Box(10, 20, 70, 90))
)
NUMBER = judged("text", Decision.REDACT, "student-id", Box(200, 10, 280, 30), TextDetails("student-id", "20241234"), 2)
NAME = judged("text", Decision.REDACT, "name", Box(200, 40, 280, 60), TextDetails("name", "Zoélie Martin"), 3)
GPS = judged("metadata", Decision.REDACT, "gps", None, MetadataDetails("gps", "exif", values=("Zoélie",)), 4)
HAND = judged("hand", Decision.KEEP, "", Box(100, 100, 140, 150), None, 5)
BUSY = verdict("class/busy.jpg", (FACE, NUMBER, NAME, GPS, HAND))
CLEAR = verdict("class/clear.jpg", (HAND,))
BROKEN = Failure("class/broken.jpg", "truncated", "class/broken.jpg: the picture is truncated.")
