"""Where other tools fail: the tests T39 to T46 of the field, for writing, from lines that were read to what is hidden.

How these lines are read out of pictures is tested in tests/ocr (T43, T44), how they are painted over in
tests/test_redact.py (T45).
"""

from __future__ import annotations

import datetime

import pytest

from screen.checks.text import TextCheck, TextSettings
from screen.consent import identify
from screen.geometry import box_of
from screen.judge import judge
from screen.ocr import Line
from screen.planning import make_plan
from screen.policy import load_policy
from screen.records import Decision, Judgement, Plan, TextDetails
from screen.roster import Person, Roster
from tests.writing import line, photo_with

POLICY = load_policy("classroom", datetime.date(2026, 10, 7))
ROSTER = Roster(
    (
        Person("P1", first="Léa", last="Martin", class_name="Lynx", student_number="20240183"),
        Person("P2", first="Jean-Baptiste", last="Moreau"),
        Person("P3", first="Amelia", last="O'Connor"),
        Person("P4", first="Élodie", last="Le Goff"),
        Person("P5", first="Rose", last="Bell"),
        Person("P6", first="Mark", last="Whitfield"),
        Person("P7", first="Grace", last="Okafor"),
        Person("P8", first="Chloé", last="D'Haese"),
    )
)


def looked_at(*lines: Line) -> tuple[list[Judgement], Plan]:
    """What becomes of a photo with these lines, under the preset for classrooms."""
    photo = photo_with(*lines)
    found = identify(photo, tuple(TextCheck(TextSettings()).inspect(photo)), POLICY, ROSTER)
    judged = judge(found, POLICY, ROSTER)
    return list(judged), make_plan(photo, judged, POLICY)


def covered(one: Line, plan: Plan) -> float:
    """The share of a line's length that is hidden at its middle height, in hundredths."""
    box = box_of(one.quad, (1600, 1200))
    assert box
    middle = (box.top + box.bottom) / 2
    columns = {
        x
        for cover in plan.covers
        if cover.box.top <= middle < cover.box.bottom
        for x in range(max(box.left, cover.box.left), min(box.right, cover.box.right))
    }
    return len(columns) / (box.right - box.left)


def whom(judged: list[Judgement]) -> set[str]:
    return {person for one in judged for evidence in one.finding.evidence for person in evidence.person_ids}


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("LÉA MARTIN", "P1"),
        ("AMELIA O'CONNOR", "P3"),
        ("Léa", "P1"),
        ("Amelia", "P3"),
        ("Jean-Baptiste Moreau", "P2"),
        ("Jean Baptiste MOREAU", "P2"),
        ("JB Moreau", "P2"),
        ("J.-B. Moreau", "P2"),
        ("Amelia OConnor", "P3"),
        ("Chloé D’Haese", "P8"),
        ("Lea Martin", "P1"),
        ("Elodie Le Goff", "P4"),
        ("LE GOFF Élodie", "P4"),
    ],
)
def test_t39_capitals_first_names_hyphens_apostrophes_accents(text: str, person: str) -> None:
    written = line(text)
    judged, plan = looked_at(written)
    assert person in whom(judged)
    assert covered(written, plan) > 0.95


def test_t39_a_badge_of_two_lines() -> None:
    first, last = line("Élodie", height=40), line("LE GOFF", top=150, height=40)
    judged, plan = looked_at(first, last)
    assert whom(judged) == {"P4"}
    assert min(covered(first, plan), covered(last, plan)) > 0.95


def test_a_phone_number_over_two_lines_or_split_by_its_reader() -> None:
    for rest in (line("960 038", left=170), line("960 038", top=130)):
        first = line("01632")
        _, plan = looked_at(first, rest)
        assert min(covered(first, plan), covered(rest, plan)) > 0.95
    _, plan = looked_at(line("12 13"), line("14 15", top=130))
    assert plan.covers == ()


def test_t39_a_name_split_over_boxes() -> None:
    parts = line("Jean-", left=100), line("Baptiste", left=160), line("Moreau", left=252)
    judged, plan = looked_at(*parts)
    assert whom(judged) == {"P2"}
    assert all(covered(one, plan) > 0.95 for one in parts)


@pytest.mark.parametrize("text", ["Boulangerie Rose", "Mark my words", "Grace and courage", "Marks & Spencer"])
def test_t40_words_that_are_names_too_stay(text: str) -> None:
    judged, plan = looked_at(line(text))
    assert plan.covers == ()
    assert not whom(judged)


@pytest.mark.parametrize(("text", "person"), [("Rose", "P5"), ("Mark Whitfield", "P6"), ("Grace O.", "P7")])
def test_t40_names_that_are_words_too_go(text: str, person: str) -> None:
    written = line(text)
    judged, plan = looked_at(written)
    assert person in whom(judged)
    assert covered(written, plan) > 0.9


@pytest.mark.parametrize("text", ["2O24OI83", "20240l83", "2024O183", "Z0240183"])
def test_t41_misread_digits(text: str) -> None:
    written = line(text)
    judged, plan = looked_at(written)
    assert whom(judged) == {"P1"}
    assert covered(written, plan) > 0.95


@pytest.mark.parametrize("text", ["4B", "17/20", "Lynx"])
def test_t42_classes_and_marks_go(text: str) -> None:
    written = line(text)
    _, plan = looked_at(written)
    assert covered(written, plan) > 0.95


@pytest.mark.parametrize(
    "text",
    [
        "Room 4",
        "Salle B12",
        "10",
        "23",
        "12/09/2025",
        "1210912025",
        "2026-C3-18",
        "Monday 14 March",
        "3 + 4 = 7",
        "2,50 €",
    ],
)
def test_t42_rooms_jerseys_dates_and_sums_stay(text: str) -> None:
    _, plan = looked_at(line(text))
    assert plan.covers == ()


@pytest.mark.parametrize("height", [16, 40, 120])
def test_t45_the_whole_word_goes_and_the_next_stays(height: float) -> None:
    before, name, after = (
        line("Bravo", left=100, height=height),
        line("Amelia", left=100 + 3 * height, height=height),
        line("pour", left=100 + 6.5 * height, height=height),
    )
    whole = line("Bravo Amelia pour", left=100, height=height)
    _, plan = looked_at(whole)
    assert covered(name, plan) == 1
    assert covered(before, plan) < 0.12
    assert covered(after, plan) < 0.12


def test_t46_writing_that_is_seen_and_cannot_be_read_is_for_a_person() -> None:
    seen = Line("", line("17/20", height=40).quad, 0.9)
    judged, _ = looked_at(seen)
    (one,) = judged
    assert isinstance(one.finding.details, TextDetails)
    assert one.finding.details.category == "unreadable"
    assert one.decision is Decision.REVIEW


def test_t46_small_writing_in_a_list_of_names_is_for_a_person_too() -> None:
    rows = line("Léa Martin", top=120), line("Rose Bell", top=150)
    seen = Line("", line("Grace Okafor", top=180).quad, 0.6)
    judged, plan = looked_at(*rows, seen)
    last = next(one for one in judged if one.finding.box and one.finding.box.top == 180)
    assert last.decision >= Decision.REDACT
    assert covered(seen, plan) > 0.95
