"""Replays situations and rosters that others wrote: every decision and reason, face by face and purpose by purpose.

The folder comes from $PHOTOSCREEN_CONSENT_CASES, so that other sets can be replayed too.
"""

from __future__ import annotations

import datetime
import json
import os
from pathlib import Path
from typing import Any

import pytest

from screen.judge import judge
from screen.names import names_in
from screen.policy import Policy
from screen.records import Decision, Evidence, FaceDetails, Finding
from screen.roster import ANSWERS, DATES, Person, Roster
from screen.rosters import check_roster
from screen.rosters.cells import answer, clean, neutral

#: The set's words for reasons and causes are the product's own; another set may need a mapping here.
REASONS: dict[str, str] = {}
CAUSES: dict[str, str] = {}
WORDS = {"family_id", "first", "last", "known_as", "student_number", "type", "basis", "protection_code"}


def _folder() -> Path:
    given = os.environ.get("PHOTOSCREEN_CONSENT_CASES")
    return Path(given) if given else Path(__file__).resolve().parents[2] / "shared" / "data" / "consent"


def _load(name: str) -> list[dict[str, Any]]:
    path = _folder() / name
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []


CASES, ROSTERS = _load("cases.json"), _load("rosters.json")


def person(row: dict[str, str]) -> Person:
    """A person from a row of the set; columns that are no known ones are purposes."""
    plain = {"person_id", "class", "form_version", "recorded_by", *WORDS, *ANSWERS, *DATES}
    values: dict[str, Any] = {name: row[name] for name in WORDS if row.get(name)}
    values |= {name: answer(row.get(name, "")) for name in ANSWERS}
    values |= {name: datetime.date.fromisoformat(row[name]) if row.get(name) else None for name in DATES}
    purposes = {name: answer(text) for name, text in row.items() if name not in plain}
    return Person(row["person_id"], class_name=row.get("class", ""), purposes=purposes, **values)


def evidence(item: dict[str, Any], roster: Roster) -> Evidence:
    if "text" in item:
        text = item["text"].replace("_", " ")
        ids = tuple(dict.fromkeys(i for match in names_in(text, roster) for i in match.person_ids))
        return Evidence(item["by"], ids, item["text"])
    runner = item.get("runner_up")
    second = (runner["person_id"], runner["distance"]) if runner else None
    return Evidence(item["by"], (item["person_id"],), "", item.get("distance"), second)


def finding(face: dict[str, Any], roster: Roster) -> Finding:
    found = tuple(evidence(item, roster) for item in face["evidence"])
    details = FaceDetails(identifiability=face["identifiability"], prominence=face["prominence"], kind=face["kind"])
    if face["kind"] == "back":
        return Finding("back", 1.0, None, None, found, face["id"])
    return Finding("face", 1.0, None, details, found, face["id"])


def policy(case: dict[str, Any]) -> Policy:
    today = datetime.date.fromisoformat(case["today"])
    purposes = tuple(case["purposes"])
    recognition = {"enabled": True, **case["recognition"]}
    return Policy("cases", today, case["occasion"], purposes, tables={"recognition": recognition})


@pytest.mark.skipif(not CASES, reason="there is no cases.json: set $PHOTOSCREEN_CONSENT_CASES to its folder")
@pytest.mark.parametrize("case", CASES, ids=[f"{case['id']}-{case['title']}" for case in CASES])
def test_every_case_is_decided_as_the_rules_say(case: dict[str, Any]) -> None:
    roster = Roster(tuple(map(person, case["roster"]))).with_withdrawn(case["withdrawn"])
    judged = judge(tuple(finding(face, roster) for face in case["faces"]), policy(case), roster)
    found = {j.finding.id: {r.purpose: [str(r.decision), r.reason, str(r.cause)] for r in j.rulings} for j in judged}
    wanted = {
        face: {
            purpose: [decision, REASONS.get(reason, reason), CAUSES.get(cause, cause)]
            for purpose, (decision, reason, cause) in rulings.items()
        }
        for face, rulings in case["expected"].items()
    }
    assert found == wanted
    whole = {
        p: max((Decision[v[p][0].upper()] for v in found.values()), default=Decision.KEEP) for p in case["purposes"]
    }
    assert {purpose: str(decision) for purpose, decision in whole.items()} == case["photo"]


@pytest.mark.skipif(not ROSTERS, reason="there is no rosters.json: set $PHOTOSCREEN_CONSENT_CASES to its folder")
@pytest.mark.parametrize("entry", ROSTERS, ids=[entry["file"] for entry in ROSTERS])
def test_every_roster_is_read_or_refused_as_the_set_says(entry: dict[str, Any]) -> None:
    check = check_roster(_folder() / "rosters" / entry["file"])
    expected = entry["expected"]
    outcomes = [expected, *([expected["or"]] if isinstance(expected.get("or"), dict) else [])]
    assert any(_fits(check, wanted) for wanted in outcomes), (check.errors, check.warnings)


def _fits(check: Any, wanted: dict[str, Any]) -> bool:
    if wanted["outcome"] == "error":
        found = {(problem.row, problem.column, problem.code) for problem in check.errors}
        return check.roster is None and {(e["row"], e["column"], e["why"]) for e in wanted["errors"]} <= found
    roster = check.roster
    if roster is None or len(roster) != wanted["rows"]:
        return False
    shown = {p.person_id: p.purposes.get("website") is True for p in roster.people}
    names = {p.person_id: p.full_name for p in roster.people}
    dates = [(name, {str(getattr(p, name)) for p in roster.people}) for name in DATES if name in wanted]
    cells = {text for p in roster.people for text in (p.first, p.last, p.class_name)}
    return (
        wanted.get("website", {}).items() <= shown.items()
        and wanted.get("people", {}).items() <= names.items()
        and set(wanted.get("purposes", [])) <= set(roster.purposes)
        and all(values == {wanted[name]} for name, values in dates)
        and all(any(word in note.message for note in check.warnings) for word in wanted.get("warns", []))
        and all(clean(t) in cells and neutral(t).startswith("'") for t in wanted.get("neutralise", []))
    )
