"""May this writing be shown: in the picture, in the name of the file, in the caption, hidden in the file?"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from screen.companions import BESIDE, FAINT
from screen.records import Decision, Finding, MetadataDetails, NameDetails, Ruling, TextDetails
from screen.rosters.permission import Standing, may_be_named
from screen.rulings.rules import Rules

Rule = Callable[[Finding, str, Rules], Ruling]
#: Categories of text that are not private: other is plain text, school is the name of the school itself.
HARMLESS_TEXT = frozenset({"other", "school"})
#: Lines with words of a keyword pack carry this before its name as their rule.
PACK = "pack:"
SPECIAL_PACKS = frozenset({"special-needs", "medical"})
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


def _refused_if_protected(rule: Rule) -> Rule:
    """The rule, refusing where a name or number points to somebody protected.

    The reason stays that of any other name, so that reasons do not tell which of several names is the protected one.
    """

    @functools.wraps(rule)
    def ruled(finding: Finding, purpose: str, rules: Rules) -> Ruling:
        ruling = rule(finding, purpose, rules)
        if not any(person.protected for person in rules.pointers(finding).everybody):
            return ruling
        reason = ruling.reason if ruling.decision > Decision.KEEP else _NAME_REASONS.get(finding.check, "name")
        return replace(ruling, decision=Decision.REFUSE, reason=reason, cause=Standing.PROTECTED)

    return ruled


_NAME_REASONS = MappingProxyType(
    {"metadata": "names-in-metadata", "filename": "name-in-filename", "caption": "name-in-caption"}
)


@_refused_if_protected
def rule_text(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """Writing in the picture: private parts are to be covered, what could not be read needs a look."""
    details = finding.details if isinstance(finding.details, TextDetails) else TextDetails("unreadable")
    if details.category == "unreadable":
        return _unreadable(finding, purpose, rules)
    if details.rule.startswith(PACK):
        reason = "special-population" if details.rule.removeprefix(PACK) in SPECIAL_PACKS else "private-text"
        return Ruling(purpose, Decision.REVIEW, reason, reason)
    if details.category in HARMLESS_TEXT or details.category in TEXT_CATEGORIES - set(rules.judge.text):
        return Ruling(purpose, Decision.KEEP)
    if details.category == "name" and _naming_allowed(finding, details.text, purpose, rules):
        return Ruling(purpose, Decision.KEEP, "naming-allowed", "naming-allowed")
    reason = details.category if details.category in TEXT_CATEGORIES else "private-text"
    return Ruling(purpose, Decision.REDACT, reason, reason)


def _unreadable(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """Writing that the engine could not read needs a look where it is large enough, or stands in a list of pupils."""
    least, rule = rules.judge.unreadable_height, getattr(finding.details, "rule", "")
    large = finding.box is None or min(finding.box.width, finding.box.height) >= least
    if least and (rule == BESIDE or (large and rule != FAINT)):
        return Ruling(purpose, Decision.REVIEW, "unreadable", "unreadable")
    return Ruling(purpose, Decision.KEEP)


@_refused_if_protected
def rule_metadata(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """What is hidden in the file always goes: a safe copy holds none of it."""
    kind = finding.details.kind if isinstance(finding.details, MetadataDetails) else "other"
    reason = METADATA_REASONS.get(kind, "hidden-data")
    return Ruling(purpose, Decision.REDACT, reason, reason)


@_refused_if_protected
def rule_filename(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """Words in the names of the file and its folders: a safe copy gets a name that says nothing."""
    folder = isinstance(finding.details, NameDetails) and finding.details.where == "folder"
    counted = rules.judge.folder if folder else rules.judge.filename
    return _rule_words(finding, purpose, rules, Wording(counted, _FILENAME_REASONS, Decision.REDACT))


@_refused_if_protected
def rule_caption(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """Words in the caption: people wrote it and have to write it anew, since no safe copy mends it."""
    return _rule_words(finding, purpose, rules, Wording(rules.judge.caption, _CAPTION_REASONS, Decision.REVIEW))


@dataclass(frozen=True, slots=True)
class Wording:
    """Which kinds of words count, the reason for each, and what is to be done about them."""

    counted: tuple[str, ...]
    reasons: Mapping[str, str]
    decision: Decision


def _rule_words(finding: Finding, purpose: str, rules: Rules, wording: Wording) -> Ruling:
    details = finding.details if isinstance(finding.details, NameDetails) else NameDetails("name")
    if details.kind in wording.reasons and details.kind not in wording.counted:
        return Ruling(purpose, Decision.KEEP)
    if details.kind == "name" and _naming_allowed(finding, details.text, purpose, rules):
        return Ruling(purpose, Decision.KEEP, "naming-allowed", "naming-allowed")
    reason = wording.reasons.get(details.kind, wording.reasons["contact"])
    return Ruling(purpose, wording.decision, reason, reason)


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
