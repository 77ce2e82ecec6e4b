"""The reader of rosters: encodings, separators, headers, answers, dates; every error with row, column and advice."""

from __future__ import annotations

import csv
import datetime
import io
import pickle
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screen.errors import ExitCode, RosterError, UsageError
from screen.roster import EMPTY, Person, Roster
from screen.rosters import RosterCheck, RosterSettings, check_bytes, check_roster, read_roster, template_csv
from screen.rosters.cells import EitherWay, answer, clean, date, neutral
from screen.rosters.columns import find_header
from screen.rosters.problems import SENTENCES, problem, problem_words
from screen.rosters.template import template_guide
from screen.words import words

HEADER = "person_id,first,last,website,valid_from,valid_to"


def check(tmp_path: Path, text: str | bytes, **chosen: object) -> RosterCheck:
    path = tmp_path / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return check_roster(path, RosterSettings(**chosen))  # type: ignore[arg-type]


def codes(found: RosterCheck) -> list[tuple[int, str | None, str]]:
    return [(problem.row, problem.column, problem.code) for problem in found.errors]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman", "cp850"]
)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_names_survive_every_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    text = "person_id,first,last,website\nP1,Siobhán,Noël-Çelik,yes\nP2,Anaïs,Lefèvre,no\n".replace(",", separator)
    found = check(tmp_path, text.encode(encoding))
    assert found.roster is not None
    assert [p.full_name for p in found.roster.people] == ["Siobhán Noël-Çelik", "Anaïs Lefèvre"]
    assert [p.purposes["website"] for p in found.roster.people] == [True, False]
    legacy = encoding in {"cp1252", "mac_roman", "cp850"}
    assert any(note.code == "encoding" for note in found.warnings) == legacy


def test_excel_separator_line_is_obeyed_and_not_counted(tmp_path: Path) -> None:
    found = check(tmp_path, "sep=;\nperson_id;website\nP1;maybe\n")
    assert codes(found) == [(2, "website", "unknown-word")]


@pytest.mark.parametrize(
    "word", ["yes", "Y", "TRUE", "1", "x", "X", "✓", "✔", "✔️", "☑", "oui", "O", "VRAI", " Oui\u00a0", "Autorisé"]
)
def test_words_that_mean_yes(word: str) -> None:
    assert answer(word) is True


@pytest.mark.parametrize("word", ["no", "N", "FALSE", "0", "non", "Faux", "refusé", "Non autorisé", "✗"])
def test_words_that_mean_no(word: str) -> None:
    assert answer(word) is False


@pytest.mark.parametrize("word", ["", "  ", "\u00a0", "\u200b", "\t"])
def test_empty_is_neither(word: str) -> None:
    assert answer(word) is None


@pytest.mark.parametrize("word", ["maybe", "?", "-", "yes?", "oui sauf web", "n/a", "2", "☒"])
def test_nothing_else_is_guessed(word: str) -> None:
    with pytest.raises(ValueError, match=".*"):
        answer(word)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-08-31", "2026/08/31", "2026.8.31", "2026-08-31 00:00:00", "2026-08-31T00:00:00", "46265", "46265.0"),
        *("31 Aug 2026", "31 août 2026", "31. August 2026", "August 31, 2026", "31-aug-2026"),
    ],
)
def test_dates_that_say_themselves(text: str) -> None:
    assert date(text) == datetime.date(2026, 8, 31)


@pytest.mark.parametrize("text", ["tomorrow", "2026-02-30", "2026-13-01", "31/08/26", "1234", "99999", "12/2026"])
def test_no_dates(text: str) -> None:
    with pytest.raises(ValueError, match=".*"):
        date(text)


def test_day_and_month_are_told_apart_only_where_they_can_be() -> None:
    assert EitherWay(31, 8, 2026).order == "day-first"
    assert EitherWay(8, 31, 2026).order == "month-first"
    assert EitherWay(3, 4, 2026).order == "either"
    assert EitherWay(5, 5, 2026).order == "same"
    assert EitherWay(31, 31, 2026).order == ""


def test_a_date_column_follows_what_another_column_of_the_file_shows(tmp_path: Path) -> None:
    found = check(tmp_path, f"{HEADER}\nP1,A,B,yes,01/09/2025,31/08/2026\n")
    assert found.roster is not None
    assert found.roster.people[0].valid_from == datetime.date(2025, 9, 1)


def test_columns_that_contradict_each_other_leave_an_unclear_one_unread(tmp_path: Path) -> None:
    text = "person_id,website,valid_from,valid_to,left_on\nP1,yes,03/04/2026,31/12/2026,08/31/2027\n"
    assert codes(check(tmp_path, text)) == [(2, "valid_from", "ambiguous-date")]


def test_a_policy_may_say_which_number_is_the_day(tmp_path: Path) -> None:
    text = f"{HEADER}\nP1,A,B,yes,03/04/2026,05/06/2026\n"
    assert [code for _, _, code in codes(check(tmp_path, text))] == ["ambiguous-date", "ambiguous-date"]
    for order, day in (("day-first", datetime.date(2026, 4, 3)), ("month-first", datetime.date(2026, 3, 4))):
        found = check(tmp_path, text, dates=order)
        assert found.roster is not None
        assert found.roster.people[0].valid_from == day
    assert codes(check(tmp_path, f"{HEADER}\nP1,A,B,yes,31/04/2026,\n", dates="day-first")) == [
        (2, "valid_from", "bad-date")
    ]


def test_equal_numbers_need_no_order(tmp_path: Path) -> None:
    found = check(tmp_path, f"{HEADER}\nP1,A,B,yes,05/05/2026,06/06/2026\n")
    assert found.roster is not None


def test_french_headers_are_known(tmp_path: Path) -> None:
    text = (
        "Identifiant;Prénom;Nom;Classe;N° élève;Site web;Réseaux sociaux;Affichage;Valable du;Valable jusqu’au;"
        "Parent 1;Parent 2;Avis de l’enfant;Code de protection\n"
        "E1;Zoé;Petit;CM2;20260001;oui;non;x;01/09/2026;31/08/2027;oui;;oui;\n"
    )
    found = check(tmp_path, text)
    assert found.roster is not None, found.errors
    person = found.roster.people[0]
    assert (person.full_name, person.class_name, person.student_number) == ("Zoé Petit", "CM2", "20260001")
    assert person.purposes == {"display": True, "website": True, "social": False}
    assert (person.parent_a, person.parent_b, person.child_view, person.protected) == (True, None, True, False)
    assert person.valid_to == datetime.date(2027, 8, 31)


def test_a_policy_may_map_columns(tmp_path: Path) -> None:
    found = check(tmp_path, "Clef,Photos OK?\nP1,oui\n", columns={"Clef": "person_id", "Photos OK?": "website"})
    assert found.roster is not None
    assert found.roster.people[0].purposes == {"website": True}


def test_a_title_above_the_header_is_passed_over_and_rows_count_as_in_a_spreadsheet(tmp_path: Path) -> None:
    found = check(tmp_path, "Consents 2026\n\nperson_id,website\nP1,yes\n\nP2,perhaps\n")
    assert codes(found) == [(6, "website", "unknown-word")]
    assert found.as_dict() == {
        "accepted": 1,
        "rows": 2,
        "errors": [{"row": 6, "column": "website", "message": found.errors[0].message}],
        "warnings": [{"row": n.row, "column": n.column, "message": n.message} for n in found.warnings],
    }


def test_a_record_with_a_line_break_is_one_row(tmp_path: Path) -> None:
    found = check(tmp_path, 'person_id,last,website\nP1,"Two\nlines",yes\nP2,B,perhaps\n')
    assert codes(found) == [(3, "website", "unknown-word")]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("person_id,website\nP1,yes\nP1,no\n", (3, "person_id", "duplicate-id")),
        ("person_id,website\n,yes\n", (2, "person_id", "missing-id")),
        ("first,website\nA,yes\n", (1, "person_id", "missing-column")),
        ("person_id,website,Site web\nP1,yes,no\n", (1, "website", "duplicate-column")),
        ("person_id,last,website\nP1,Smith, Jr,yes\n", (2, None, "extra-cells")),
        ("person_id,valid_from,valid_to\nP1,2026-09-01,2026-08-31\n", (2, "valid_to", "dates-reversed")),
        ("person_id,type\nP1,alien\n", (2, "type", "unknown-word")),
        ("person_id,basis\nP1,because\n", (2, "basis", "unknown-word")),
        ("person_id,child_view\nP1,perhaps\n", (2, "child_view", "unknown-word")),
        ("person_id,protection_code\nP1,no\n", (2, "protection_code", "unclear-code")),
        ("person_id,protection_cod\nP1,X\n", (1, "protection_cod", "misspelt-column")),
        ("person_id,vaild_to\nP1,2026-01-01\n", (1, "vaild_to", "misspelt-column")),
        ('person_id,website\nP1,"yes\n', (2, None, "unreadable")),
        ("", (1, None, "empty")),
        (" \r\n ", (1, None, "empty")),
    ],
)
def test_every_error_has_its_row_its_column_and_advice(
    tmp_path: Path, text: str, wanted: tuple[int, str | None, str]
) -> None:
    found = check(tmp_path, text)
    assert wanted in codes(found)
    assert found.roster is None
    assert all(len(problem.message) > 20 for problem in found.errors)


def test_a_roster_with_an_error_is_not_used_at_all(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("person_id,website\nP1,yes\nP2,maybe\n")
    with pytest.raises(RosterError, match="row 3, website") as caught:
        read_roster(path)
    assert caught.value.exit_code is ExitCode.USAGE
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems  # noqa: S301


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")


def test_any_text_protects(tmp_path: Path) -> None:
    found = check(tmp_path, "person_id,protection_code\nP1,X\nP2,\nP3,see file 7\n")
    assert found.roster is not None
    assert [p.protected for p in found.roster.people] == [True, False, True]


def test_a_misspelt_purpose_is_never_read_as_the_purpose(tmp_path: Path) -> None:
    found = check(tmp_path, "person_id,webiste\nP1,yes\n")
    assert found.roster is not None
    assert "website" not in found.roster.people[0].purposes
    assert any("webiste" in note.message and "website" in note.message for note in found.warnings)


def test_columns_of_free_text_are_no_purposes(tmp_path: Path) -> None:
    found = check(tmp_path, "person_id,website,remarks\nP1,yes,likes cats\nP2,no,\n")
    assert found.roster is not None
    assert found.roster.purposes == ("website",)
    assert any("remarks" in note.message for note in found.warnings)


def test_what_is_worth_a_look_is_warned_about(tmp_path: Path) -> None:
    text = (
        "person_id,first,last,personal,basis,valid_to\n"
        "P1,Ann,Bell,yes,objection,2026-01-01\nP2,Ann,Bell,no,consent,\nP3,Joe,Fox,no\n"
    )
    path = tmp_path / "r.csv"
    path.write_text(text)
    found = check_roster(path, today=datetime.date(2026, 2, 1))
    assert {note.code for note in found.warnings} >= {"personal", "objection", "expired", "same-name", "short-row"}


def test_no_report_of_a_roster_names_anybody(tmp_path: Path) -> None:
    found = check(tmp_path, "person_id,first,last,website\nP1,Zebulon,Quick,perhaps\nP1,Zebulon,Quick,yes\n")
    assert "Zebulon" not in str(found.as_dict())
    assert "Zebulon" not in repr(Person("P1", first="Zebulon", protection_code="SECRET"))
    assert "SECRET" not in repr(Person("P1", first="Zebulon", protection_code="SECRET"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1"])
def test_formulas_get_a_quote_in_front(text: str) -> None:
    assert neutral(text) == f"'{text}"


def test_harmless_cells_stay() -> None:
    assert neutral("Anne-Sophie") == "Anne-Sophie"
    assert clean("  Anne\u00a0 Sophie\u200b ") == "Anne Sophie"


def test_a_picture_that_calls_itself_csv_is_unreadable(tmp_path: Path) -> None:
    assert codes(check(tmp_path, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)) == [(1, None, "unreadable")]
    assert codes(check(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 512)) == [(1, None, "unreadable")]
    assert codes(check(tmp_path, b"PK\x03\x04 no workbook")) == [(1, None, "unreadable")]


def _workbook(rows: list[list[object]], second: list[list[object]] | None = None) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    for row in rows:
        book.active.append(row)
    for row in second or []:
        (book["Notes"] if "Notes" in book.sheetnames else book.create_sheet("Notes")).append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_workbooks_keep_dates_numbers_and_ticks(tmp_path: Path) -> None:
    data = _workbook(
        [
            ["person_id", "student_number", "website", "valid_to", "left_on"],
            # Workbooks know no time zones.
            [17, 20261234, True, datetime.date(2027, 8, 31), datetime.datetime(2027, 1, 2)],  # noqa: DTZ001
            [18.0, "007", "✓", "31/08/2027", None],
        ],
        [["not", "read"]],
    )
    found = check(tmp_path, data)
    assert found.roster is not None, found.errors
    first, second = found.roster.people
    assert (first.person_id, first.student_number, first.purposes["website"]) == ("17", "20261234", True)
    assert (first.valid_to, first.left_on) == (datetime.date(2027, 8, 31), datetime.date(2027, 1, 2))
    assert (second.person_id, second.student_number, second.valid_to) == ("18", "007", datetime.date(2027, 8, 31))
    assert any("Notes" in note.message for note in found.warnings)


def test_a_formula_without_a_saved_result_is_an_error(tmp_path: Path) -> None:
    data = _workbook([["person_id", "protection_code"], ["P1", '=IF(1=1,"X","")']])
    assert codes(check(tmp_path, data)) == [(2, None, "formula")]


def test_an_error_in_a_workbook_is_never_an_empty_cell(tmp_path: Path) -> None:
    """An empty protection code would show a protected child."""
    data = _workbook([["person_id", "website", "protection_code"], ["P1", "#N/A", ""], ["P2", "yes", "#REF!"]])
    found = check(tmp_path, data)
    assert (2, "website", "unknown-word") in codes(found)
    broken = _workbook([["person_id", "protection_code"], ["P2", "#REF!"]])
    roster = check(tmp_path, broken).roster
    assert roster is None or roster.people[0].protected


def test_5000_rows_are_read_alike_from_csv_and_workbook(tmp_path: Path) -> None:
    names = [name for name, _, _ in template_guide()]
    example = [example for _, _, example in template_guide()]
    rows = [[f"P{number}", *example[1:]] for number in range(5000)]
    path = tmp_path / "big.csv"
    path.write_text("\n".join(",".join(row) for row in [names, *rows]))
    book = check(tmp_path, _workbook([list[object](names), *(list[object](row) for row in rows)])).roster
    assert book is not None
    assert len(book) == 5000
    assert book.people == read_roster(path).people


def test_the_template_is_a_roster_without_people(tmp_path: Path) -> None:
    found = check(tmp_path, template_csv())
    assert found.errors == ()
    assert found.roster is not None
    assert len(found.roster) == 0
    header = find_header(
        [(i, tuple(line.split(","))) for i, line in enumerate(template_csv().splitlines())], RosterSettings()
    )
    assert {name for name, _, _ in template_guide()} == set(header.at)


def test_the_template_filled_in_with_its_own_examples_is_accepted(tmp_path: Path) -> None:
    row = ",".join(example for _, _, example in template_guide())
    found = check(tmp_path, template_csv() + row + "\r\n")
    assert found.roster is not None, found.errors
    assert found.roster.people[0].purposes["display"] is True


def test_the_digest_is_that_of_what_the_roster_says(tmp_path: Path) -> None:
    one = check(tmp_path, "person_id,website\nP1,yes\n").roster
    same = check(tmp_path, "website;person_id\noui;P1\n".encode("utf-16")).roster
    other = check(tmp_path, "person_id,website\nP1,no\n").roster
    assert {type(one), type(same), type(other)} == {Roster}
    assert one.digest == same.digest != other.digest  # type: ignore[union-attr]


def test_rosters_travel_and_look_people_up() -> None:
    roster = Roster((Person("P1", purposes={"website": True}), Person("P2"))).with_withdrawn(["P2"])
    again = pickle.loads(pickle.dumps(roster))  # noqa: S301
    assert again == roster
    assert again.person("P1") == roster.people[0]
    assert again.person("P9") is None
    assert again.persons(["P2", "P9", "P2"]) == (roster.people[1],)
    assert again.withdrawn == {"P2"}
    assert len(EMPTY) == 0
    assert not EMPTY.given


@pytest.mark.parametrize("key", sorted(SENTENCES))
def test_every_problem_is_said_in_french_with_the_same_values(key: str) -> None:
    sentence = SENTENCES[key]
    places = set(re.findall(r"\{(\w+)\}", sentence))
    found = problem(3, "website", key, **{name: f"<{name}>" for name in places})
    french = problem_words(found, words("fr"))
    assert french != found.message == problem_words(found, words("en"))
    assert all(f"<{name}>" in french for name in places)
    assert found.code == key.partition(":")[0]


def test_damaged_utf8_is_not_read_as_something_else(tmp_path: Path) -> None:
    data = "person_id,first\nP1,Léa\nP2,Zoé\n".encode() + b"P3,Ren\xe9\n"
    assert codes(check(tmp_path, data)) == [(1, None, "unreadable")]


def test_old_line_ends_and_american_times(tmp_path: Path) -> None:
    found = check(tmp_path, "person_id,website,valid_to\rP1,yes,8/31/2026 12:00:00 AM\rP2,no,\r")
    assert found.roster is not None, found.errors
    assert found.roster.people[0].valid_to == datetime.date(2026, 8, 31)
    assert len(found.roster) == 2


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "surrogatepass")))
)
def test_no_bytes_break_the_reader(data: bytes) -> None:
    for start in (b"", b"person_id,website,valid_to,protection_code\n", b"PK\x03\x04", b"\xff\xfe", b"sep=;\n"):
        found = check_bytes(start + data, RosterSettings())
        assert (found.roster is None) == bool(found.errors)
        assert found.accepted <= found.rows


cell = st.sampled_from(
    ["yes", "no", "", "x", "?", "2026-08-31", "31/08/2026", "08/31/2026", "01/02/2026", "46265", "é", '"']
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cell, min_size=5, max_size=6), max_size=5), st.sampled_from([",", ";", "\t"]))
def test_whatever_stands_in_the_cells_a_used_roster_says_only_what_they_say(
    rows: list[list[str]], separator: str
) -> None:
    """No cell but a plain yes ever becomes a yes, and a protection code is never lost."""
    table = io.StringIO()
    writer = csv.writer(table, delimiter=separator)
    writer.writerow(["person_id", "website", "child_view", "valid_to", "protection_code"])
    writer.writerows([[f"P{number}", *row] for number, row in enumerate(rows)])
    found = check_bytes(table.getvalue().encode(), RosterSettings())
    for person, row in zip(found.roster.people if found.roster else (), rows, strict=found.roster is not None):
        assert (person.purposes["website"] is True) == (row[0] in {"yes", "x"})
        assert (person.child_view is False) == (row[1] == "no")
        assert person.protected == bool(row[3])


def test_a_row_with_an_error_is_not_counted_as_usable(tmp_path: Path) -> None:
    found = check(tmp_path, b"person_id,website,valid_to\nP1,yes,2027-08-31\nP2,yes,31/31/2027\nP3,maybe,\n")
    assert (found.rows, found.accepted, found.roster) == (3, 1, None)
