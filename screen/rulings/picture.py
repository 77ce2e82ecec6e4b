"""Is the picture itself fit to be shown: sharp, upright, light enough, one picture only?"""

from __future__ import annotations

from screen.records import Decision, Finding, OrientationDetails, QualityDetails, Ruling
from screen.rulings.rules import POOR, Rules

#: Purposes that are printed, at a size at which few pixels show.
PRINTED = frozenset({"prospectus", "press"})


def rule_code(_finding: Finding, purpose: str, _rules: Rules) -> Ruling:
    """A code in the picture leads somewhere, and nobody sees where: it is to be covered."""
    return Ruling(purpose, Decision.REDACT, "code", "code")


def rule_blur(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """A photo too blurred to see what happens needs a look."""
    if finding.score >= rules.blurred:
        return Ruling(purpose, Decision.REVIEW, "blurred", "blurred")
    return Ruling(purpose, Decision.KEEP)


def rule_orientation(finding: Finding, purpose: str, _rules: Rules) -> Ruling:
    """A photo that lies on its side is turned in the safe copy."""
    turns = finding.details.turns % 4 if isinstance(finding.details, OrientationDetails) else 0
    reason = ("", "sideways", "upside-down", "sideways")[turns]
    return Ruling(purpose, Decision.REDACT if turns else Decision.KEEP, reason, reason)


def rule_quality(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """Poor light needs a look; size and shape are tips; of several pictures in a file only one is published.

    What is large enough for a screen may still be too small for print, so that one depends on the purpose.
    """
    kind = finding.details.kind if isinstance(finding.details, QualityDetails) else "poor-quality"
    if kind == "several-frames":
        return Ruling(purpose, Decision.REDACT, "several-pictures", "several-pictures")
    if kind == "fewer-people":
        return Ruling(purpose, Decision.REVIEW, "fewer-people-found", "fewer-people-found")
    if kind == "small-for-print" and purpose not in PRINTED:
        return Ruling(purpose, Decision.KEEP)
    reason = kind if kind in POOR else "poor-quality"
    return Ruling(purpose, Decision.REVIEW if kind in rules.judge.poor else Decision.KEEP, reason, reason)
