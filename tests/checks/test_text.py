"""The text check on lines that were read; the engine is scripted."""

from __future__ import annotations

import pytest

from screen.checks.text import TextCheck, TextSettings
from screen.errors import UsageError
from screen.ocr import Line
from screen.records import Finding, TextDetails
from tests.writing import line, photo_with, said


def inspect(*lines: Line, chosen: TextSettings | None = None) -> list[Finding]:
    return list(TextCheck(chosen or TextSettings()).inspect(photo_with(*lines)))


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("20240183", "student-id"),
        ("A-2024-0183", "student-id"),
        ("1187-0042", "student-id"),
        ("1187-0042-7", "student-id"),
        ("N° 2O24OI83", "student-id"),
        ("INE 0123456789A", "student-id"),
        ("17/20", "grade"),
        ("14,5/20", "grade"),
        ("B+", "grade"),
        ("A-", "grade"),
        ("A*", "grade"),
        ("85 %", "grade"),
        ("GPA 3.7", "grade"),
        ("Moyenne générale 14,5", "grade"),
        ("Mention Bien", "grade"),
        ("Note : 12", "grade"),
        ("Score: 74%", "grade"),
        ("Mayenne 14,5", "grade"),
        ("CPA 3.7", "grade"),
        ("Ncte:12", "grade"),
        ("14,5/2C", "grade"),
        ("4B", "class"),
        ("CM2", "class"),
        ("Year 5", "class"),
        ("Grade 3", "class"),
        ("6e B", "class"),
        ("Class 43", "class"),
        ("Class Ge B", "class"),
        ("lea.martin@school.example", "contact"),
        ("06 39 98 12 17", "contact"),
        ("+33 1 99 00 12 42", "contact"),
        ("01632 960123", "contact"),
        ("12 rue des Lilas", "contact"),
        ("12 Oak Street", "contact"),
        ("École Jean Lumière", "school"),
        ("Mme Dupont", "name"),
        ("Name: Noor", "name"),
    ],
)
def test_private_parts_are_told_by_their_form(text: str, category: str) -> None:
    assert category in {found for found, _ in said(inspect(line(text)))}


@pytest.mark.parametrize(
    "text",
    [
        "Room 4",
        "Room 4B",
        "Salle B12",
        "Lab 3",
        "Roam 4B",
        "23",
        "12/09/2025",
        "2026-03-18",
        "2025-2026",
        "2,50 €",
        "£3.99",
        "50 % OFF",
        "-20%",
        "100 % coton",
        "3 + 4 = 7",
        "1/2 + 1/4 = 3/4",
        "12 × 8 = 96",
        "OPEN 9-17",
        "EXIT",
        "Reading is power",
        "STUDENT CARD",
        "School report",
    ],
)
def test_other_writing_is_left_alone(text: str) -> None:
    assert said(inspect(line(text))) == []


def test_the_next_word_is_left_alone() -> None:
    found = inspect(line("Maths 17/20 Hugo"))
    (grade,) = [f for f in found if isinstance(f.details, TextDetails) and f.details.category == "grade"]
    assert grade.box is not None
    assert (grade.box.left, grade.box.right) == (160, 210)


def test_every_line_carries_its_words_once() -> None:
    found = inspect(line("Hugo Petit 17/20"), line("17/20", top=300))
    carried = [f.details.text for f in found if isinstance(f.details, TextDetails) and f.details.words]
    assert carried == ["Hugo Petit 17/20", "17/20"]


def test_a_label_names_what_stands_beside_or_below_it() -> None:
    beside = inspect(line("Name:"), line("Noor Rahman", left=220))
    assert said(beside) == [("name", "Noor Rahman")]
    badge = inspect(
        line("HELLO my name is"), line("Noor", top=125), line("Rahman", top=150), line("Wet paint", top=400)
    )
    assert said(badge) == [("name", "Noor"), ("name", "Rahman")]


def test_a_role_on_a_badge_names_who_stands_below() -> None:
    assert said(inspect(line("Helper"), line("Art", top=125, height=30))) == [("name", "Art")]
    assert said(inspect(line("Visitor"), line("Parking", top=125))) == []


@pytest.mark.parametrize("text", ["t-", "17/0", "9V%", "Levd 4", "Nete 12", "Sevues 74%", "145/20", "Très bien 18/W"])
def test_misread_marks_count_on_a_sheet_with_marks(text: str) -> None:
    found = said(inspect(line(text), line("17/20", top=140), line("B+", top=170)))
    assert ("grade", text) in found


@pytest.mark.parametrize("text", ["Room 4", "Lundi 12", "March 14", "page 12", "24 : 6 = 4", "Maths", "Table 3"])
def test_other_rows_of_such_a_sheet_are_left_alone(text: str) -> None:
    found = said(inspect(line(text), line("17/20", top=140), line("B+", top=170)))
    assert [pair for pair in found if pair[1] == text] == []


def test_a_label_far_away_names_nothing() -> None:
    assert said(inspect(line("Name:"), line("Wet Paint", left=900, top=800))) == []


def test_a_lone_letter_is_a_mark_only_on_a_sheet_with_marks() -> None:
    assert said(inspect(line("C"))) == []
    assert ("grade", "C") in said(inspect(line("C"), line("17/20", top=140)))
    assert ("grade", "C") in said(inspect(line("Maths"), line("C", left=300)))


def test_writing_that_cannot_be_read_is_told() -> None:
    blot = Line("", ((10, 10), (200, 10), (200, 50), (10, 50)), 0.9)
    assert said(inspect(blot)) == [("unreadable", "")]
    small = Line("", ((10, 10), (40, 10), (40, 16), (10, 16)), 0.9)
    assert inspect(small) == []


def test_writing_of_which_it_is_unsure_whether_it_is_writing_is_faint() -> None:
    (found,) = inspect(Line("", ((10, 10), (200, 10), (200, 50), (10, 50)), 0.55))
    assert isinstance(found.details, TextDetails)
    assert (found.details.category, found.details.rule) == ("unreadable", "faint")


def test_giant_writing_that_cannot_be_read_must_be_surely_writing() -> None:
    """Pictures on a road sign are taken for letters, too; a board of writing is not that high."""
    quads = [line("12345678", height=high).quad for high in (100, 200)]
    found = [inspect(Line("", quad, score))[0].details for quad in quads for score in (0.85, 0.95)]
    assert [one.rule for one in found if isinstance(one, TextDetails)] == ["", "", "faint", ""]


def test_words_in_which_no_letters_can_be_told_belong_to_the_mark_beside_them() -> None:
    found = said(inspect(line("0000 0000 18/20")))
    assert ("grade", "18/20") in found
    assert ("unreadable", "0000 0000") in found


@pytest.mark.parametrize("text", ["14,5120", "8V0", "STO", "17I20"])
def test_the_stroke_of_a_fraction_may_be_misread_on_a_sheet_with_marks(text: str) -> None:
    found = said(inspect(line(text), line("17/20", top=140), line("B+", top=170)))
    assert ("grade", text) in found
    assert said(inspect(line(text), line("Wet paint", top=140))) == []


@pytest.mark.parametrize("text", ["Trs bien 18/20", "Tres bien18/20", "Très bien 18/20"])
def test_a_praise_is_part_of_its_mark(text: str) -> None:
    assert said(inspect(line(text))) == [("grade", text)]


@pytest.mark.parametrize("text", ["Lab3", "Room12", "Salle204"])
def test_a_room_without_its_blank_is_no_mark(text: str) -> None:
    assert ("grade", text) not in said(inspect(line(text), line("17/20", top=140), line("B+", top=170)))


@pytest.mark.parametrize("text", ["0000000 0000000", "oooo", "0000 no nono", "0OU0 .0000-00000", "000a000000 0000"])
def test_writing_of_which_only_circles_are_seen_is_unreadable(text: str) -> None:
    assert [category for category, _ in said(inspect(line(text)))] == ["unreadable"]


def test_a_school_adds_its_own_pattern_with_a_check_digit() -> None:
    chosen = TextSettings(patterns={"student-id": {"oakfield": r"OAK \d{4}"}}, checks={"oakfield": "mod11"})
    assert said(inspect(line("OAK 1236"), chosen=chosen)) == [("student-id", "OAK 1236")]
    assert said(inspect(line("OAK 4444"), chosen=chosen)) == []
    assert said(inspect(line("OAK 1236"))) == []


def test_allowed_texts_are_left_alone() -> None:
    chosen = TextSettings(allow=("Oakfield Primary School",))
    assert said(inspect(line("OAKFIELD PRIMARY SCHOOL"), chosen=chosen)) == []
    assert said(inspect(line("Oakfield Primary School"))) == [("school", "Oakfield Primary School")]


def test_charts_of_special_kinds_are_named() -> None:
    rules = [f.details.rule for f in inspect(line("Allergies in our class")) if isinstance(f.details, TextDetails)]
    assert "pack:medical" in rules


@pytest.mark.parametrize(
    "chosen",
    [
        TextSettings(patterns={"student-id": {"broken": "("}}),
        TextSettings(patterns={"secret": {"x": "y"}}),
        TextSettings(checks={"nobody": "mod11"}),
        TextSettings(packs=("gossip",)),
    ],
)
def test_wrong_settings_are_refused_with_a_sentence(chosen: TextSettings) -> None:
    with pytest.raises(UsageError, match=r"\[text"):
        TextCheck(chosen)
