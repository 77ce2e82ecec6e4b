"""What the page is told of a photo: plain values in its language; never more than it asks for."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from screen.geometry import Quad
from screen.labels import finding_label, photo_label, purpose_label
from screen.planning import cover_of
from screen.records import Cover, Decision, Judgement, Verdict
from screen.roster import Roster
from screen.rulings.deciding import QUESTIONS, STANDINGS, may_be_uncovered, why_not_published
from screen.web.actions import NAMEABLE
from screen.web.entries import Entry
from screen.web.pictures import shown_box, shown_size, turned_point
from screen.whys import crop_words
from screen.words import (
    Words,
    check_name,
    explain,
    explain_failure,
    is_person,
    purpose_name,
    reason_words,
    refuses_somebody,
    seen_at,
    seen_words,
    shown_decision,
    visible,
    words,
)

Plain = dict[str, Any]


def item_of(entry: Entry, lang: str) -> Plain:
    """A photo as a line of the list."""
    said = words(lang)
    verdict = entry.verdict
    codes = dict.fromkeys(code for j in verdict.judgements for code in j.reasons) if verdict else ()
    return {
        "id": entry.id,
        "name": visible(entry.source),
        "state": entry.state,
        "decision": str(verdict.decision) if verdict else None,
        "label": said.text(photo_label(verdict)) if verdict else "",
        "reviewed": entry.reviewed,
        "saved": entry.is_saved,
        "thumb": f"/api/photos/{entry.id}/thumb?v={entry.version}" if verdict else None,
        "version": entry.version,
        "message": _failed(entry, lang),
        "reasons": [{"code": code, "text": reason_words(code, said)[0]} for code in codes],
        "alike": entry.alike or None,
    }


def photo_of(entry: Entry, lang: str, roster: Roster) -> Plain:
    """A photo as it is looked at; as a line of the list while it is not screened."""
    item = item_of(entry, lang)
    verdict = entry.verdict
    if verdict is None:
        return item
    said, explained, choices = words(lang), explain(verdict, lang), entry.choices
    answers = dict(choices.answers)
    why_not = why_not_published(verdict, answers)
    return item | {
        "shown": list(shown_size(verdict)),
        "picture": f"/api/photos/{entry.id}/picture?v={entry.version}",
        "sentence": explained.sentence,
        "next_step": explained.next_step,
        "purposes": [_purpose(purpose, verdict, said) for purpose in verdict.purposes],
        "findings": [_finding(j, entry, verdict, said, roster) for j in verdict.judgements],
        "drawn": [{"id": d.id, "box": list(shown_box(d.box, verdict).as_tuple())} for d in choices.drawn],
        "crops": _crops(entry, verdict, said),
        "turns": choices.turns,
        "answers": answers,
        "open_questions": [question.id for question in QUESTIONS if question.id not in answers],
        "can_undo": bool(entry.history.before),
        "can_approve": not why_not,
        "why_not": said.text(why_not) if why_not else None,
        "copy": copy_of(entry),
    }


def copy_of(entry: Entry) -> Plain | None:
    """The safe copy of a photo, if it shows what would be shown now."""
    if entry.saved is None or not entry.is_saved:
        return None
    copy = entry.saved.copy
    return {
        "name": visible(Path(copy.path).name),
        "url": f"/api/photos/{entry.id}/copy",
        "steps": list(copy.proof.steps),
        "notes": list(copy.notes),
    }


def questions_of(said: Words) -> list[Plain]:
    """The questions that only people can answer."""
    return [
        {"id": q.id, "text": said.text(q.text), "statement": said.text(q.statement), "good": q.good} for q in QUESTIONS
    ]


def people_of(roster: Roster, asked: str, most: int = 20) -> list[Plain]:
    """People of the roster whose name or class fits what was typed, those whose name begins so first."""
    from screen.folding import fold  # noqa: PLC0415

    wanted = fold(asked).split()
    found = []
    for person in roster.people:
        known = f"{person.full_name} {person.known_as} {person.class_name}"
        parts = fold(known).split()
        if all(any(part.startswith(word) for part in parts) for word in wanted):
            found.append((person.full_name.casefold(), person))
    found.sort(key=lambda pair: pair[0])
    return [
        {"id": person.person_id, "label": visible(person.full_name), "class": visible(person.class_name)}
        for _name, person in found[:most]
    ]


def against_words(causes: Iterable[tuple[str, str]], label: str, said: Words) -> str:
    """Why somebody who was named is not shown, in words: (purpose, cause) each."""
    grouped: dict[str, list[str]] = {}
    for purpose, cause in causes:
        grouped.setdefault(cause, []).append(purpose_name(purpose, said))
    fallback = STANDINGS["purpose-no"]
    return " ".join(
        said.text(STANDINGS.get(cause, fallback), person=label, purpose=said.listed(tuple(dict.fromkeys(places))))
        for cause, places in grouped.items()
    )


def _failed(entry: Entry, lang: str) -> str | None:
    if entry.failure is None:
        return None
    explained = explain_failure(entry.failure, lang)
    return f"{explained.sentence} {explained.next_step}"


def _purpose(purpose: str, verdict: Verdict, said: Words) -> Plain:
    decision = verdict.decision_for(purpose)
    label, text = purpose_name(purpose, said), said.text(purpose_label(verdict, purpose))
    return {"id": purpose, "label": label, "decision": str(decision), "text": text}


def _finding(judgement: Judgement, entry: Entry, verdict: Verdict, said: Words, roster: Roster) -> Plain:
    finding, choices = judgement.finding, entry.choices
    cover = next((c for c in verdict.plan.covers if c.finding_id == finding.id), None)
    outline = cover or cover_of(finding, verdict.size)
    decision = shown_decision(judgement, verdict)
    hushed = is_person(finding) and refuses_somebody(verdict)
    if hushed:
        decision = Decision.REFUSE
    named = dict(choices.named).get(finding.id)
    return {
        "id": finding.id,
        "check": finding.check,
        "kind": check_name(finding.check, said),
        "box": list(shown_box(outline.box, verdict).as_tuple()) if outline else None,
        "quad": _quad(outline.quad, verdict) if outline and outline.quad else None,
        "shape": outline.shape if outline else "box",
        "decision": str(decision),
        "label": said.text(finding_label(finding, decision)),
        "covered": cover is not None,
        "title": seen_words(judgement, verdict, said),
        "reasons": [] if hushed else _reasons(judgement, said),
        "person": _person(named, roster) if named else None,
        "nameable": roster.given and finding.check in NAMEABLE and seen_at(finding) is not None,
        "uncoverable": cover is not None and not hushed and may_be_uncovered(judgement),
        "override": dict(choices.kept).get(finding.id),
    }


def _reasons(judgement: Judgement, said: Words) -> list[Plain]:
    found = ((code, *reason_words(code, said)) for code in judgement.reasons)
    return [{"code": code, "text": text, "next": step} for code, text, step in found]


def _person(person_id: str, roster: Roster) -> Plain:
    person = roster.person(person_id)
    return {"id": person_id, "label": visible(person.full_name) if person else person_id}


def _crops(entry: Entry, verdict: Verdict, said: Words) -> list[Plain]:
    return [
        {
            "index": index,
            "box": list(shown_box(crop.box, verdict).as_tuple()),
            "aspect": crop.aspect,
            "shows": list(crop.shows),
            "why": crop_words(crop, said),
            "preview": f"/api/photos/{entry.id}/crops/{index}?v={entry.version}",
            "chosen": entry.choices.crop == crop.box,
        }
        for index, crop in enumerate(verdict.plan.crops)
    ]


def _quad(quad: Quad, verdict: Verdict) -> list[list[float]]:
    """Corners in pixels of the photo as it is shown."""
    return [[round(value, 1) for value in turned_point(point, verdict.size, verdict.plan.turns)] for point in quad]


def cover_asked(entry: Entry, verdict: Verdict, name: str) -> Cover | None:
    """The region of a finding (f1) or of a drawn cover (c1); None if there is none."""
    drawn = next((d for d in entry.choices.drawn if d.id == name), None)
    if drawn:
        return Cover(drawn.box)
    planned = next((c for c in verdict.plan.covers if c.finding_id == name), None)
    found = next((j.finding for j in verdict.judgements if j.finding.id == name), None)
    return planned or (cover_of(found, verdict.size) if found else None)
