"""Names of a roster in any text."""

from __future__ import annotations

import pytest

from screen.names import NameMatch, Strength, names_in
from screen.roster import EMPTY, Person, Roster

ROSTER = Roster(
    (
        Person("P1", first="Léa", last="Martin"),
        Person("P2", first="Rose", last="Bell"),
        Person("P3", first="Mathéo", last="van den Berghe"),
        Person("P4", first="Amelia", last="O'Connor"),
        Person("P5", first="Jean-Baptiste", last="Moreau-Fontenay"),
        Person("P6", first="Will", last="Carter", known_as="Billiam"),
        Person("P7", first="Zara", last="Smithson"),
        Person("P8", first="Zachary", last="Smithson"),
    )
)


def only(text: str) -> NameMatch:
    found = names_in(text, ROSTER)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Léa Martin", "P1"),
        ("LÉA MARTIN", "P1"),
        ("lea martin", "P1"),
        ("MARTIN Léa", "P1"),
        ("Martin, Léa", "P1"),
        ("L. Martin", "P1"),
        ("Léa M.", "P1"),
        ("IMG_lea_martin_2.jpg", "P1"),
        ("MATHEO VAN DEN BERGHE", "P3"),
        ("Mathéo Berghe", "P3"),
        ("Amelia O’Connor", "P4"),
        ("amelia oconnor", "P4"),
        ("Jean Baptiste Moreau Fontenay", "P5"),
        ("Jean-Baptiste Fontenay", "P5"),
        ("Jean Moreau", "P5"),
        ("Billiam Carter", "P6"),
        ("William Carter", "P6"),
        ("Will Carter", "P6"),
    ],
)
def test_a_whole_name_is_found_however_it_is_written(text: str, person: str) -> None:
    match = only(text)
    assert match.person_ids == (person,)
    assert match.strength is Strength.FULL


@pytest.mark.parametrize(
    "text",
    [
        "Lea Mart1n",
        "Le a Martin",
        "1ea Martin",
        "Amella 0'Connor",
        "Arnelia OConnor",
        "Matheo van den Berqhe",
        "A, O'Connar",
    ],
)
def test_misread_characters_do_not_hide_a_name(text: str) -> None:
    assert only(text).strength is Strength.FULL


def test_a_first_name_alone_says_less_than_a_whole_name() -> None:
    assert only("Amelia was here").strength is Strength.PART


def test_a_name_that_is_a_word_says_least() -> None:
    assert only("Boulangerie Rose").strength is Strength.WORD
    assert only("Will you join us?").strength is Strength.WORD


def test_siblings_share_a_last_name() -> None:
    assert set(only("Smithson").person_ids) == {"P7", "P8"}
    assert only("Z. Smithson").person_ids == ("P7", "P8")
    assert only("Zara Smithson").person_ids == ("P7",)


def test_the_place_is_that_of_the_name_alone() -> None:
    text = "Prix : Léa Martin 17/20"
    match = only(text)
    assert text[match.start : match.end] == "Léa Martin"


def test_other_people_and_words_are_left_alone() -> None:
    for text in (
        "Hugo Bernard",
        "Lecture silencieuse",
        "Martian landscapes",
        "A common view",
        "Marchand de vin",
        "Reading is power",
        "17/20",
        "",
        "12",
    ):
        assert names_in(text, ROSTER) == (), text


def test_short_names_are_not_guessed() -> None:
    assert names_in("Lee", ROSTER) == ()
    assert names_in("Lia", ROSTER) == ()


def test_nobody_is_found_without_a_roster() -> None:
    assert names_in("Léa Martin", EMPTY) == ()
