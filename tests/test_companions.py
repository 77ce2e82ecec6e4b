"""Unread writing beside private writing."""

from __future__ import annotations

import pytest

from screen.companions import mark_unread
from screen.geometry import Box, Quad, corners
from screen.records import Finding, TextDetails
from tests.test_judge import decided, rule


def row(top: int, category: str, text: str = "", score: float = 0.9, rule: str = "", left: int = 10) -> Finding:
    """A row of a list, 20 pixels high."""
    box = Box(left, top, left + 120, top + 20)
    quad: Quad = corners(box)
    return Finding("text", score, box, TextDetails(category, text, quad, (), rule))


LIST = (row(10, "name", "Léa Martin"), row(40, "name", "Max Power-Lane"))


def kinds(*findings: Finding) -> list[tuple[str, str]]:
    return [(f.details.category, f.details.rule) for f in mark_unread(findings) if isinstance(f.details, TextDetails)]


def test_an_unread_row_of_a_list_is_marked() -> None:
    assert kinds(*LIST, row(70, "unreadable", score=0.6, rule="faint"))[2] == ("unreadable", "beside")


def test_a_row_that_is_not_surely_read_is_marked() -> None:
    assert kinds(*LIST, row(70, "other", "Oldot LHaese", 0.74))[2] == ("unreadable", "beside")


@pytest.mark.parametrize("text", ["Mardi 3 juin", "Frid day", "12/09/2025", "2,50 €", "3 + 4 = 7", "Room 12"])
def test_rows_that_are_something_else_are_left_alone(text: str) -> None:
    assert kinds(*LIST, row(70, "other", text, 0.6))[2] == ("other", "")


def test_surely_read_rows_are_left_alone() -> None:
    assert kinds(*LIST, row(70, "other", "Reading stars", 0.95))[2] == ("other", "")


@pytest.mark.parametrize("kind", ["name", "grade"])
def test_a_row_between_two_of_a_column_is_one_more(kind: str) -> None:
    first, unsure, last = row(10, kind), row(40, "other", "Violdte Charticn", 0.9), row(70, kind)
    assert kinds(first, unsure, last)[1] == ("unreadable", "beside")
    assert kinds(first, row(40, "other", "Reading stars", 0.99), last)[1] == ("other", "")
    assert kinds(first, row(40, "other", "Mardi 3 juin", 0.9), last)[1] == ("other", "")
    assert kinds(first, last, row(110, "other", "Violdte Charticn", 0.9))[2] == ("other", "")
    assert kinds(first, row(40, "other", "Violdte Charticn", 0.9, left=300), last)[1] == ("other", "")


@pytest.mark.parametrize("score", [0.88, 0.99])
def test_a_column_of_lone_marks_read_as_one_word_is_marked(score: float) -> None:
    quad: Quad = ((330, 10), (330, 60), (310, 60), (310, 10))  # runs down, beside both rows
    column = Finding("text", score, Box(310, 10, 330, 60), TextDetails("other", "CVCC", quad))
    assert kinds(*LIST, column)[2] == ("unreadable", "beside")
    assert kinds(LIST[0], column)[1] == ("other", "")
    word = Finding("text", score, Box(310, 10, 330, 60), TextDetails("other", "Reading", quad))
    assert kinds(*LIST, word)[2] == ("other", "")


def test_what_stands_above_a_list_is_its_title() -> None:
    rows = (row(70, "name"), row(100, "name"))
    assert kinds(*rows, row(40, "other", "Geacer aud ouage", 0.7))[2] == ("other", "")
    assert kinds(*rows, row(40, "unreadable", rule="faint"))[2] == ("unreadable", "beside")


def test_one_private_line_makes_no_list_and_far_lines_neither() -> None:
    blot = row(70, "unreadable", score=0.6, rule="faint")
    assert kinds(LIST[1], blot)[1] == ("unreadable", "faint")
    assert kinds(*LIST, row(600, "unreadable", score=0.6, rule="faint"))[2] == ("unreadable", "faint")


def test_a_line_and_its_part_are_one() -> None:
    part = Finding("text", 0.9, Box(10, 10, 60, 30), TextDetails("name", "Léa", corners(Box(10, 10, 60, 30))))
    assert kinds(LIST[0], part, row(40, "unreadable", rule="faint"))[2] == ("unreadable", "faint")


def test_the_judge_has_a_marked_row_looked_at_whatever_its_size() -> None:
    small = Finding("text", 0.6, Box(0, 0, 90, 9), TextDetails("unreadable", rule="beside"))
    assert decided(rule(small)) == ("review", "unreadable")
    faint = Finding("text", 0.6, Box(0, 0, 90, 60), TextDetails("unreadable", rule="faint"))
    assert decided(rule(faint))[0] == "keep"


def test_a_lone_sign_of_another_script_in_a_list_is_a_misread_mark() -> None:
    assert kinds(*LIST, row(70, "other", "\u53e3", 0.95))[2] == ("unreadable", "beside")
