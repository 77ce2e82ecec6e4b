"""The short word for a decision, beside a photo, a place of publication or a finding.

What only needs a safe copy need not be covered: a photo that lies on its side is turned, one with hidden data cleaned.
"""

from __future__ import annotations

from collections.abc import Iterable

from screen.records import Decision, Finding, MetadataDetails, NameDetails, OrientationDetails, Verdict
from screen.sentences import CLEAN_FIRST, DECISIONS, TURN_FIRST


def photo_label(verdict: Verdict) -> str:
    """The word for a verdict, in English."""
    wanting = (judgement.finding for judgement in verdict.judgements if judgement.decision == Decision.REDACT)
    return _label(verdict.decision, wanting)


def purpose_label(verdict: Verdict, purpose: str) -> str:
    """The word for a verdict for one purpose, in English."""
    wanting = (
        judgement.finding
        for judgement in verdict.judgements
        for ruling in judgement.rulings
        if ruling.purpose == purpose and ruling.decision == Decision.REDACT
    )
    return _label(verdict.decision_for(purpose), wanting)


def finding_label(finding: Finding, decision: Decision) -> str:
    """The word for what is decided on a finding, in English."""
    return _label(decision, (finding,))


def _label(decision: Decision, findings: Iterable[Finding]) -> str:
    """The word for a decision; for a safe copy it says the most that is to be done about these findings."""
    findings = tuple(findings)
    if decision != Decision.REDACT or not findings or not all(map(_has_no_cover, findings)):
        return DECISIONS[decision]
    turned = all(isinstance(finding.details, OrientationDetails) for finding in findings)
    return TURN_FIRST if turned else CLEAN_FIRST


def _has_no_cover(finding: Finding) -> bool:
    """Is it about the file, or about how the photo lies, so that nothing in the picture is hidden for it?"""
    return finding.box is None and isinstance(finding.details, OrientationDetails | MetadataDetails | NameDetails)
