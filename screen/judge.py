"""judge(): policy and consent turn findings into decisions, purpose by purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from screen.errors import UsageError
from screen.evidence import RecognitionSettings
from screen.face_rules import JudgeSettings, Rules, refusal, rule_back, rule_face
from screen.permission import may_be_named
from screen.policy import Policy
from screen.records import (
    Decision,
    Finding,
    Judgement,
    MetadataDetails,
    NameDetails,
    OrientationDetails,
    QualityDetails,
    Ruling,
    TextDetails,
)
from screen.roster import Roster

Rule = Callable[[Finding, str, Rules], Ruling]

#: Categories of text that are not private: other is plain text, school is the name of the school itself.
HARMLESS_TEXT = frozenset({"other", "school"})
TEXT_CATEGORIES = frozenset({"student-id", "name", "grade", "class", "contact"})
METADATA_REASONS = MappingProxyType(
    {
        "gps": "gps",
        "name": "names-in-metadata",
        "region": "names-in-metadata",
        "credit": "names-in-metadata",
        "thumbnail": "hidden-picture",
        "several-pictures": "hidden-picture",
        "trailer": "hidden-picture",
    }
)


def judge(findings: tuple[Finding, ...], policy: Policy, roster: Roster) -> tuple[Judgement, ...]:
    """Each finding with its ruling for each purpose of the policy, in the order of the findings.

    Raises:
        UsageError: the policy asks for no purpose, so nothing could be decided.
    """
    if not policy.purposes:
        raise UsageError("No purpose is given. Say where the photo is to be published, for example --for website.")
    rules = rules_of(policy, roster)
    return tuple(
        Judgement(finding, tuple(_rule(finding, purpose, rules) for purpose in policy.purposes)) for finding in findings
    )


def rules_of(policy: Policy, roster: Roster) -> Rules:
    """What a ruling depends on, from a policy and a roster.

    Raises:
        UsageError: a setting of [judge] or [recognition] is unknown or has the wrong type.
    """
    return Rules(
        policy.today,
        policy.occasion,
        roster,
        policy.settings("judge", JudgeSettings),
        policy.settings("recognition", RecognitionSettings),
    )


def _rule(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """The ruling of the check's own rule; what no rule is known for needs a look."""
    return _RULES.get(finding.check, _rule_plugin)(finding, purpose, rules)


def _rule_plugin(_finding: Finding, purpose: str, _rules: Rules) -> Ruling:
    return Ruling(purpose, Decision.REVIEW, "plugin", "plugin")


def _rule_text(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    details = finding.details if isinstance(finding.details, TextDetails) else TextDetails("unreadable")
    if forbidden := _protected(finding, purpose, rules):
        return forbidden
    if details.category == "unreadable":
        return _unreadable(finding, purpose, rules)
    if details.category in HARMLESS_TEXT or details.category in TEXT_CATEGORIES - set(rules.judge.text):
        return Ruling(purpose, Decision.KEEP)
    if details.category == "name" and _naming_allowed(finding, details.text, purpose, rules):
        return Ruling(purpose, Decision.KEEP, "naming-allowed", "naming-allowed")
    reason = details.category if details.category in TEXT_CATEGORIES else "private-text"
    return Ruling(purpose, Decision.REDACT, reason, reason)


def _unreadable(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """Writing that the engine could not read needs a look where it is large enough for people to read."""
    least = rules.judge.unreadable_height
    large = finding.box is None or min(finding.box.width, finding.box.height) >= least
    if least and large:
        return Ruling(purpose, Decision.REVIEW, "unreadable", "unreadable")
    return Ruling(purpose, Decision.KEEP)


def _rule_code(_finding: Finding, purpose: str, _rules: Rules) -> Ruling:
    return Ruling(purpose, Decision.REDACT, "code", "code")


def _rule_blur(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    if finding.score >= rules.judge.blurred:
        return Ruling(purpose, Decision.REVIEW, "blurred", "blurred")
    return Ruling(purpose, Decision.KEEP)


def _rule_orientation(finding: Finding, purpose: str, _rules: Rules) -> Ruling:
    turns = finding.details.turns % 4 if isinstance(finding.details, OrientationDetails) else 0
    reason = ("", "sideways", "upside-down", "sideways")[turns]
    return Ruling(purpose, Decision.REDACT if turns else Decision.KEEP, reason, reason)


def _rule_metadata(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    if forbidden := _protected(finding, purpose, rules):
        return forbidden
    kind = finding.details.kind if isinstance(finding.details, MetadataDetails) else "other"
    reason = METADATA_REASONS.get(kind, "hidden-data")
    return Ruling(purpose, Decision.REDACT, reason, reason)


def _rule_filename(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    return _rule_words(finding, purpose, rules, rules.judge.filename, _FILENAME_REASONS, Decision.REDACT)


def _rule_caption(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """A caption is written by people, so no safe copy mends it: it needs a look."""
    return _rule_words(finding, purpose, rules, rules.judge.caption, _CAPTION_REASONS, Decision.REVIEW)


def _rule_words(
    finding: Finding,
    purpose: str,
    rules: Rules,
    counted: tuple[str, ...],
    reasons: Mapping[str, str],
    decision: Decision,
) -> Ruling:
    if forbidden := _protected(finding, purpose, rules):
        return forbidden
    details = finding.details if isinstance(finding.details, NameDetails) else NameDetails("name")
    if details.kind in reasons and details.kind not in counted:
        return Ruling(purpose, Decision.KEEP)
    if details.kind == "name" and _naming_allowed(finding, details.text, purpose, rules):
        return Ruling(purpose, Decision.KEEP, "naming-allowed", "naming-allowed")
    reason = reasons.get(details.kind, reasons["contact"])
    return Ruling(purpose, decision, reason, reason)


_FILENAME_REASONS = MappingProxyType(
    {
        "name": "name-in-filename",
        "student-id": "private-filename",
        "date": "private-filename",
        "class": "private-filename",
        "grade": "private-filename",
        "contact": "private-filename",
        "tag": "private-filename",
        "special-population": "special-population",
    }
)
_CAPTION_REASONS = MappingProxyType(
    {
        "name": "name-in-caption",
        "student-id": "private-caption",
        "date": "private-caption",
        "class": "private-caption",
        "grade": "private-caption",
        "contact": "private-caption",
        "tag": "tag",
        "special-population": "special-population",
    }
)


def _rule_quality(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    kind = finding.details.kind if isinstance(finding.details, QualityDetails) else "poor-quality"
    if kind == "several-frames":
        return Ruling(purpose, Decision.REDACT, "several-pictures", "several-pictures")
    if kind == "fewer-people":
        return Ruling(purpose, Decision.REVIEW, "fewer-people-found", "fewer-people-found")
    reason = kind if kind in {"dark", "burnt-out", "small", "portrait"} else "poor-quality"
    return Ruling(purpose, Decision.REVIEW if kind in rules.judge.poor else Decision.KEEP, reason, reason)


def _protected(finding: Finding, purpose: str, rules: Rules) -> Ruling | None:
    """The refusal where a name or number points to somebody protected; shown with the reason of any other refusal."""
    who = rules.pointers(finding)
    return refusal(who, purpose) if any(person.protected for person in who.everybody) else None


def _naming_allowed(finding: Finding, text: str, purpose: str, rules: Rules) -> bool:
    """Is each name there that of one person who agreed to be named, and nothing else written there?"""
    people = [rules.roster.persons(item.person_ids) for item in finding.evidence]
    if not people or any(len(fits) != 1 for fits in people):
        return False
    if not all(may_be_named(fits[0], purpose, rules.day, rules.roster) for fits in people):
        return False
    known = {word for item in finding.evidence for word in _words(item.text)}
    return set(_words(text)) <= known


def _words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text.casefold()).split()


_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "face": rule_face,
        "hand": rule_back,
        "back": rule_back,
        "text": _rule_text,
        "code": _rule_code,
        "blur": _rule_blur,
        "orientation": _rule_orientation,
        "metadata": _rule_metadata,
        "filename": _rule_filename,
        "caption": _rule_caption,
        "quality": _rule_quality,
    }
)
