"""Verdicts as JSON, one object a line, exactly as docs/verdict.md says."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from screen.geometry import Box
from screen.planning import boxes_of
from screen.records import MASK, Details, Failure, Finding, Judgement, Plan, Verdict
from screen.words import shown_decision

VERDICT_SCHEMA = "photoscreen/verdict/1"
FAILURE_SCHEMA = "photoscreen/failure/1"
#: Characters of a student number that stay: often the year, which helps people to find it in the photo.
SHOWN_DIGITS = 4


def verdict_line(result: Verdict | Failure, show_text: bool = False, show_people: bool = False) -> str:
    """One line of JSON without its line end, in ASCII: any terminal, code page and file system name goes through."""
    plain = failure_json(result) if isinstance(result, Failure) else verdict_json(result, show_text, show_people)
    return json.dumps(plain, allow_nan=False)


def failure_json(failure: Failure) -> dict[str, Any]:
    """A failure as plain values."""
    return {
        "schema": FAILURE_SCHEMA,
        "source": failure.source,
        "error": failure.error,
        "message": failure.message,
    }


def verdict_json(verdict: Verdict, show_text: bool = False, show_people: bool = False) -> dict[str, Any]:
    """A verdict as plain values.

    Args:
        verdict: the result for one photo.
        show_text: give the text that was read instead of its mask.
        show_people: also list the ids of the people on the roster to whom the evidence points. Never names.
    """
    return {
        "schema": VERDICT_SCHEMA,
        "source": verdict.source,
        "digest": verdict.digest,
        "size": list(verdict.size),
        "decision": str(verdict.decision),
        "purposes": {purpose: str(verdict.decision_for(purpose)) for purpose in verdict.purposes},
        "findings": [_finding(judgement, verdict, show_text, show_people) for judgement in verdict.judgements],
        "plan": _plan(verdict.plan, verdict.size),
    }


def details_json(details: Details | None, show_text: bool = False) -> dict[str, Any]:
    """The fields of a check's record that may be shown; those marked PRIVATE are left out, those marked READ masked."""
    if details is None:
        return {}
    shown: dict[str, Any] = {}
    for field in dataclasses.fields(details):
        if field.metadata.get("private"):
            continue
        value = getattr(details, field.name)
        if field.metadata.get("read") and not show_text:
            shown[field.name] = _masked(value, _kind(details))
        elif _is_plain(value):
            shown[field.name] = _plain(value)
    return shown


def masked(text: str, kind: str) -> str:
    """The mask of a text that was read; of a student number, up to four leading digits stay, never more than half.

    Args:
        text: what was read, or its mask, which stays as it is.
        kind: its category. Anything but student-id is masked wholly.
    """
    if not text:
        return ""
    again = text.removesuffix(MASK) if text.endswith(MASK) else None
    start = text[: min(SHOWN_DIGITS, len(text) // 2)] if again is None else again[:SHOWN_DIGITS]
    return start + MASK if kind == "student-id" and start.isascii() and start.isdigit() else MASK


def _masked(value: Any, kind: str) -> Any:
    if isinstance(value, str):
        return masked(value, kind)
    return [_masked(item, kind) for item in value] if isinstance(value, tuple | list) else MASK


def _kind(details: Details) -> str:
    return str(getattr(details, "category", getattr(details, "kind", "")))


def _is_plain(value: Any) -> bool:
    """May the value go into JSON? Records within records may not: their fields may be private."""
    if isinstance(value, tuple | list):
        return all(_is_plain(item) for item in value)
    return value is None or isinstance(value, str | int | float | Box)


def _plain(value: Any) -> Any:
    if isinstance(value, Box):
        return list(value.as_tuple())
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, float):
        return _rounded(value)
    return value


def _rounded(value: float) -> float | None:
    """Three digits; None for what is no number, which JSON cannot hold."""
    return round(float(value), 3) if value == value and abs(value) != float("inf") else None  # noqa: PLR0124  NaN


def _finding(judgement: Judgement, verdict: Verdict, show_text: bool, show_people: bool) -> dict[str, Any]:
    finding = judgement.finding
    plain: dict[str, Any] = {
        "id": finding.id,
        "check": finding.check,
        "box": list(finding.box.as_tuple()) if finding.box else None,
        "score": _rounded(finding.score),
        "decision": str(shown_decision(judgement, verdict)),
        "reasons": list(judgement.reasons),
        "details": details_json(finding.details, show_text),
    }
    return {**plain, "people": _people(finding)} if show_people else plain


def _people(finding: Finding) -> list[str]:
    return list(dict.fromkeys(person for evidence in finding.evidence for person in evidence.person_ids))


def _plan(plan: Plan, size: tuple[int, int]) -> dict[str, Any]:
    return {
        "turns": plan.turns % 4,
        "redact": [list(box.as_tuple()) for cover in plan.covers for box in boxes_of(cover, size)],
        "crops": [
            {
                "box": list(crop.box.as_tuple()),
                "aspect": crop.aspect,
                "shows": list(crop.shows),
                "score": _rounded(crop.score),
                "why": crop.why,
            }
            for crop in plan.crops
        ],
    }
