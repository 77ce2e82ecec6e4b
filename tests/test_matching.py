"""Writing compared with the roster."""

from __future__ import annotations

import pytest

from screen.checks.text import TextCheck, TextSettings
from screen.matching import match_text
from screen.ocr import Line
from screen.records import Finding, TextDetails
from screen.roster import EMPTY, Person, Roster
from tests.writing import line, photo_with, said

ROSTER = Roster(
    (
        Person("P1", first="Léa", last="Martin", class_name="Lynx", student_number="E-2025-8873"),
        Person("P2", first="Rose", last="Bell", class_name="6e B", student_number="77031"),
        Person("P3", first="Penny", last="Black", class_name="6e B", student_number="1409-8576"),
        Person("P4", first="Max", last="Power-Lane", student_number="20211013"),
        Person("P5", first="Grace", last="Okafor"),
        Person("P6", first="Mark", last="Whitfield"),
        Person("P7", first="Art", last="Penrose"),
    )
)


def match(*lines: Line, roster: Roster = ROSTER) -> tuple[Finding, ...]:
    photo = photo_with(*lines)
    return match_text(tuple(TextCheck(TextSettings()).inspect(photo)), roster, photo.size)


def whom(findings: tuple[Finding, ...]) -> set[str]:
    return {person for finding in findings for evidence in finding.evidence for person in evidence.person_ids}


@pytest.mark.parametrize(
    "text", ["Léa Martin", "MARTIN Léa", "L. Martin", "Lea Mart1n", "LÉA", "Rose", "1. Rose 17/20", "BELL Rose"]
)
def test_names_become_findings(text: str) -> None:
    found = match(line(text))
    assert [category for category, _ in said(found, "name")] == ["name"]
    assert whom(found) in ({"P1"}, {"P2"})


@pytest.mark.parametrize(
    "text",
    [
        "Boulangerie Rose",
        "Grace and courage",
        "Mark my words",
        "Penny Lane",
        "Marks & Sons",
        "Art",
        "Art room",
        "Grace's Café",
    ],
)
def test_names_that_are_words_need_context(text: str) -> None:
    assert said(match(line(text))) == []


def test_a_word_after_a_label_is_a_name() -> None:
    assert ("name", "Art") in said(match(line("Name: Art")))


def test_only_the_name_is_hidden_not_the_board() -> None:
    found = match(line("Bravo Léa Martin pour ton travail"))
    (name,) = [finding for finding in found if finding.evidence]
    assert name.box is not None
    assert (name.box.left, name.box.right) == (160, 260)
    assert said(found, "other") == [("other", "Bravo Léa Martin pour ton travail")]


def test_a_badge_of_two_lines_is_one_name() -> None:
    found = match(line("ROSE", height=40), line("BELL", top=145, height=40))
    assert said(found) == [("name", "ROSE"), ("name", "BELL")]
    assert whom(found) == {"P2"}


def test_a_name_split_over_boxes_is_found() -> None:
    assert whom(match(line("Penny"), line("Black", left=160))) == {"P3"}


@pytest.mark.parametrize(
    "text", ["E-2025-8873", "E 2025 8873", "E-2O25-8B73", "E-2025-8878", "77031", "1409-8576", "20211013"]
)
def test_student_numbers_of_the_roster_are_found_with_misread_digits(text: str) -> None:
    found = match(line(text))
    assert [category for category, _ in said(found)] == ["student-id"]
    assert whom(found)


def test_a_short_number_inside_a_longer_one_is_not_it() -> None:
    assert not whom(match(line("ref 9770312")))


def test_class_codes_of_the_roster_are_found_but_not_rooms() -> None:
    assert said(match(line("Lynx"))) == [("class", "Lynx")]
    assert said(match(line("6E-B"))) == [("class", "6E-B")]
    assert said(match(line("Room 6E"))) == []


def test_rules_spell_nothing_of_what_is_written() -> None:
    (lynx,), (name,) = match(line("Lynx")), match(line("Léa Martin"))
    assert isinstance(lynx.details, TextDetails)
    assert isinstance(name.details, TextDetails)
    assert (lynx.details.category, lynx.details.rule, name.details.rule) == ("class", "roster", "roster:badge")


def test_a_finding_that_a_pattern_made_is_not_doubled() -> None:
    found = match(line("1409-8576"))
    assert len(found) == 1
    assert found[0].evidence[0].by == "student-id"


def test_a_lone_letter_beside_a_name_is_a_mark() -> None:
    assert ("grade", "C") in said(match(line("Léa Martin"), line("C", left=400)))
    assert said(match(line("C"))) == []


def test_without_a_roster_findings_come_back_as_they_are() -> None:
    photo = photo_with(line("Léa Martin 17/20"))
    findings = tuple(TextCheck(TextSettings()).inspect(photo))
    assert match_text(findings, EMPTY, photo.size) == findings


def test_a_row_of_a_list_may_be_misread_more() -> None:
    row = line("Amclia OConar", top=180)
    people = Roster((*ROSTER.people, Person("P8", first="Amelia", last="O'Connor")))
    assert not whom(match(row, roster=people)) & {"P8"}
    rows = (line("Léa Martin", top=120), line("Rose Bell", top=150), row)
    assert "P8" in whom(match(*rows, roster=people))


def test_two_words_of_two_names_are_no_name() -> None:
    baker = Roster((Person("P9", first="Rose", last="Boulanger"),))
    assert whom(match(line("Rose Boulanger"), roster=baker)) == {"P9"}
    assert not whom(match(line("Boulangerie Rose"), roster=baker))


def test_a_subject_and_its_mark_are_no_name() -> None:
    people = Roster((Person("P9", first="François", last="Côté"),))
    assert not whom(match(line("Français"), line("C", top=122), roster=people))
    assert whom(match(line("François"), line("C", top=122), roster=people)) == {"P9"}


def test_evidence_names_rows_and_hides_its_text_from_repr() -> None:
    (name,) = [finding for finding in match(line("Léa Martin")) if finding.evidence]
    assert name.evidence[0].by == "badge"
    assert "Martin" not in repr(name.evidence)


def test_a_doubtful_word_beside_a_name_is_the_rest_of_it() -> None:
    assert ("name", "GFVOF Okafor") in said(match(line("GFVOF Okafor", score=0.8)), "name")
    assert said(match(line("House Okafor", score=0.97)), "name") == [("name", "Okafor")]


def test_an_initial_beside_a_name_is_covered_with_it() -> None:
    """N. Okafor is nobody of the roster: an initial that was misread stands beside the name all the same."""
    assert ("name", "N. Okafor") in said(match(line("N. Okafor")), "name")
    assert said(match(line("7 Okafor")), "name") == [("name", "Okafor")]
