"""The JSON of the contract, and what never stands in it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_verdicts import BROKEN, BUSY, SECRETS, judged, verdict

from screen.geometry import Box
from screen.records import PRIVATE, READ, Decision, Details, FaceDetails, Ruling
from screen.report.to_json import details_json, masked, verdict_json, verdict_line


def test_verdict_is_as_the_contract_says() -> None:
    plain = verdict_json(BUSY)
    findings = plain.pop("findings")
    assert plain == {
        "schema": "photoscreen/verdict/1",
        "source": "class/busy.jpg",
        "digest": "ab" * 32,
        "size": [320, 240],
        "decision": "redact",
        "purposes": {"website": "redact", "display": "redact"},
        "plan": {
            "turns": 0,
            "redact": [[20, 30, 60, 80], [200, 10, 280, 30], [200, 40, 280, 60]],
            "crops": [{"box": [0, 0, 160, 90], "aspect": "16:9", "shows": ["hand"], "score": 0.812, "why": "W."}],
        },
    }
    assert findings[1] == {
        "id": "f2",
        "check": "text",
        "box": [200, 10, 280, 30],
        "score": 0.988,
        "decision": "redact",
        "reasons": ["student-id"],
        "details": {"category": "student-id", "text": "2024••••", "rule": ""},
    }
    assert findings[0]["details"].items() >= {"identifiability": "clear", "pose": "frontal", "width": 40}.items()
    assert findings[4]["decision"] == "keep"
    assert findings[4]["details"] == {}
    assert findings[3]["box"] is None


def test_failure_line() -> None:
    assert json.loads(verdict_line(BROKEN)) == {
        "schema": "photoscreen/failure/1",
        "source": "class/broken.jpg",
        "error": "truncated",
        "message": "class/broken.jpg: the picture is truncated.",
    }


def test_nothing_private_by_default() -> None:
    line = verdict_line(BUSY)
    decoded = json.dumps(json.loads(line), ensure_ascii=False)
    assert not [secret for secret in SECRETS if secret in line or secret in decoded]


def test_text_and_people_only_when_asked_for() -> None:
    shown = verdict_json(BUSY, show_text=True, show_people=True)
    assert [f["details"].get("text") for f in shown["findings"]][1:3] == ["20241234", "Zoélie Martin"]
    assert shown["findings"][0]["people"] == ["P17"]
    assert "people" not in verdict_json(BUSY, show_text=True)["findings"][0]
    assert "protected" not in json.dumps(shown)
    assert "Zoélie" not in json.dumps(verdict_json(BUSY, show_people=True), ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "kind", "mask"),
    [
        ("20241234", "student-id", "2024••••"),
        ("12345", "student-id", "12••••"),
        ("7", "student-id", "••••"),
        ("Lea Martin", "student-id", "••••"),
        ("Lea Martin", "name", "••••"),
        ("1999", "name", "••••"),
        ("０１２３４５６７", "student-id", "••••"),
        ("", "name", ""),
    ],
)
def test_masks(text: str, kind: str, mask: str) -> None:
    assert masked(text, kind) == mask


@given(st.text(), st.sampled_from(["student-id", "name", "other"]))
def test_masks_show_at_most_four_digits_and_stay_as_they_are(text: str, kind: str) -> None:
    mask = masked(text, kind)
    shown = mask.removesuffix("••••")
    assert not shown or (kind == "student-id" and text.startswith(shown) and shown.isdigit() and len(shown) <= 4)
    assert masked(mask, kind) == mask


@dataclass(frozen=True, slots=True)
class Inner:
    secret: str = field(default="Zoélie", metadata=PRIVATE)


@dataclass(frozen=True, slots=True)
class PluginDetails(Details):
    plate: str = field(default="AB-123-CD", metadata=READ)
    plates: tuple[str, ...] = field(default=("AB-123-CD", ""), metadata=READ)
    number: object = field(default=7, metadata=READ)
    owner: str = field(default="Zoélie", metadata=PRIVATE)
    colour: str = "blue"
    ratio: float = 0.123456
    nothing: float = float("nan")
    inner: Inner = Inner()
    inners: tuple[Inner, ...] = (Inner(),)
    area: Box = field(default=Box(1, 2, 3, 4))


def test_plugin_details_are_masked_by_their_marks_and_records_within_are_left_out() -> None:
    assert details_json(PluginDetails()) == {
        "plate": "••••",
        "plates": ["••••", ""],
        "number": "••••",
        "colour": "blue",
        "ratio": 0.123,
        "nothing": None,
        "area": [1, 2, 3, 4],
    }


def test_line_is_ascii_even_for_names_that_are_no_text() -> None:
    line = verdict_line(verdict("klasse/\udce9t\u202e\u2028é.jpg", ()))
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line)["source"] == "klasse/\udce9t\u202e\u2028é.jpg"


def test_one_refused_person_is_not_told_apart() -> None:
    refused = judged("face", Decision.REFUSE, "no-consent", Box(0, 0, 9, 9), FaceDetails(), 1)
    covered = judged("face", Decision.REDACT, "no-consent", Box(20, 0, 29, 9), FaceDetails(), 2)
    findings = verdict_json(verdict("a.jpg", (refused, covered)))["findings"]
    assert [f["decision"] for f in findings] == ["refuse", "refuse"]
    assert {tuple(f["reasons"]) for f in findings} == {("no-consent",)}
    alone = verdict_json(verdict("b.jpg", (covered,)))["findings"]
    assert alone[0]["decision"] == "redact"


def test_purposes_are_judged_one_by_one() -> None:
    judgement = judged("face", Decision.REDACT, "no-consent", Box(0, 0, 9, 9))
    rulings = (Ruling("website", Decision.REFUSE, "no-consent"), Ruling("display", Decision.KEEP))
    mixed = verdict("a.jpg", (type(judgement)(judgement.finding, rulings),))
    plain = verdict_json(mixed)
    assert plain["purposes"] == {"website": "refuse", "display": "keep"}
    assert plain["decision"] == "refuse"
