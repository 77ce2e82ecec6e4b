"""Rows of text to people; every doubtful cell becomes a problem with its row, its column and what to write instead."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from screen.errors import RowProblem
from screen.policy import PURPOSES
from screen.roster import ANSWERS, DATES, Person
from screen.rosters.cells import BASIS_WORDS, NO_CODE, TYPE_WORDS, EitherWay, answer, clean, date, plain
from screen.rosters.columns import Columns
from screen.rosters.problems import problem, shown

T = TypeVar("T")
Date = datetime.date | EitherWay | None
_TEXTS = {name: name for name in ("family_id", "first", "last", "known_as", "student_number", "recorded_by")} | {
    "class": "class_name",
    "form_version": "form_version",
}


@dataclass(slots=True)
class Reading:
    """What was read so far: people, with what is wrong and what is worth knowing."""

    columns: Columns
    purposes: Mapping[str, int]
    order: str
    orders: Mapping[str, str] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    errors: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def error(self, row: int, column: str | None, key: str, /, **values: object) -> None:
        """Note what is wrong."""
        self.errors.append(problem(row, column, key, **values))


def read_rows(rows: Iterable[tuple[int, tuple[str, ...]]], reading: Reading) -> None:
    """Add the person of each row to the reading, or what is wrong with the row."""
    rows = list(rows)
    dates = {name: _date_column(name, rows, reading) for name in DATES if name in reading.columns.at}
    for number, cells in rows:
        if any(clean(cell) for cell in cells):
            _read_row(number, cells, {name: found.get(number) for name, found in dates.items()}, reading)


def _read_row(number: int, cells: tuple[str, ...], dates: Mapping[str, Any], reading: Reading) -> None:
    before = len(reading.errors)
    _check_width(number, cells, reading)
    row = _Row(number, cells, reading)
    person_id = row.text("person_id")
    _check_id(person_id, number, reading)
    start, end = dates.get("valid_from"), dates.get("valid_to")
    if start and end and start > end:
        reading.error(number, "valid_to", "dates-reversed")
    values: dict[str, Any] = {field_name: row.text(column) for column, field_name in _TEXTS.items()}
    values |= {name: row.answer(name) for name in ANSWERS}
    values |= dates
    values["type"] = row.word("type", TYPE_WORDS, "pupil", "pupil, staff, visitor")
    bases = "consent, public-task, legitimate-interest, objection"
    values["basis"] = row.word("basis", BASIS_WORDS, "consent", bases)
    values["protection_code"] = row.code()
    values["purposes"] = {name: row.answer(name, index) for name, index in reading.purposes.items()}
    if len(reading.errors) == before:
        reading.people.append(Person(person_id, row=number, **values))


def _check_width(number: int, cells: tuple[str, ...], reading: Reading) -> None:
    width = reading.columns.width
    if any(clean(cell) for cell in cells[width:]):
        reading.error(number, None, "extra-cells", cells=len(cells), width=width)
    elif len(cells) < width:
        reading.warnings.append(problem(number, None, "short-row", cells=len(cells), width=width))


def _check_id(person_id: str, number: int, reading: Reading) -> None:
    if not person_id:
        reading.error(number, "person_id", "missing-id")
    elif person_id in reading.seen:
        first = reading.seen[person_id]
        reading.error(number, "person_id", "duplicate-id", id=shown(person_id), row=first)
    else:
        reading.seen[person_id] = number


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    cells: tuple[str, ...]
    reading: Reading

    def text(self, column: str) -> str:
        """The cell of a column, cleaned; empty where the column or the cell is missing."""
        return self._at(self.reading.columns.at.get(column))

    def _at(self, index: int | None) -> str:
        return clean(self.cells[index]) if index is not None and index < len(self.cells) else ""

    def answer(self, column: str, index: int | None = None) -> bool | None:
        """Yes, no or empty; another word is an error."""
        text = self._at(index) if index is not None else self.text(column)
        try:
            return answer(text)
        except ValueError:
            self.reading.error(self.number, column, "unknown-word", text=shown(text))
            return None

    def word(self, column: str, words: Mapping[str, str], default: str, choice: str) -> str:
        """One of a few words; the default for an empty cell; another word is an error."""
        text = self.text(column)
        known = words.get(plain(text))
        if text and known is None:
            self.reading.error(self.number, column, "unknown-word:choice", text=shown(text), choice=choice)
        return known or default

    def code(self) -> str:
        """The protection code; a word such as "no" is an error, since nobody should guess what it means here."""
        text = self.text("protection_code")
        if plain(text) in NO_CODE and text:
            self.reading.error(self.number, "protection_code", "unclear-code", text=shown(text))
        return text


def _date_column(
    name: str, rows: Iterable[tuple[int, tuple[str, ...]]], reading: Reading
) -> dict[int, datetime.date | None]:
    """The dates of one column by row; day and month told apart as the file shows, never guessed."""
    found = _dates_by_row(name, rows, reading)
    order = reading.orders.get(name, reading.order)
    return {number: _settled(value, order, number, name, reading) for number, value in found.items()}


def _dates_by_row(name: str, rows: Iterable[tuple[int, tuple[str, ...]]], reading: Reading) -> dict[int, Date]:
    index, found = reading.columns.at[name], dict[int, Date]()
    for number, cells in rows:
        text = cells[index] if index < len(cells) else ""
        try:
            found[number] = date(text) if text else None
        except ValueError:
            reading.error(number, name, "bad-date", text=shown(clean(text)))
    return found


def _settled(value: Date, order: str, number: int, name: str, reading: Reading) -> datetime.date | None:
    if not isinstance(value, EitherWay):
        return value
    text = f"{value.first:02}/{value.second:02}/{value.year}"
    if value.order == "same":
        return value.day_first
    if not value.order or value.order not in {"either", order or value.order}:
        key = f"bad-date:{order}" if order and value.order else "bad-date"
        reading.error(number, name, key, text=text)
        return None
    if not order:
        reading.error(number, name, "ambiguous-date", text=text)
        return None
    return value.day_first if order == "day-first" else value.month_first


def day_month_orders(
    rows: Iterable[tuple[int, tuple[str, ...]]], columns: Columns, chosen: str
) -> tuple[str, dict[str, str]]:
    """The order of day and month of the whole file, and of each column that shows one itself.

    A column follows the larger part of its own dates that show an order, so that the others are the errors; a column
    that shows none follows the file where all its columns agree.
    """
    if chosen:
        return chosen, {}
    orders: dict[str, str] = {}
    for name in DATES:
        if name in columns.at:
            shown = [_order(cells, columns.at[name]) for _, cells in rows]
            day, month = shown.count("day-first"), shown.count("month-first")
            if day or month:
                orders[name] = "day-first" if day > month else "month-first" if month > day else ""
    agreed = set(orders.values())
    return (agreed.pop() if len(agreed) == 1 else ""), orders


def _order(cells: tuple[str, ...], index: int) -> str:
    try:
        value = date(cells[index]) if index < len(cells) else None
    except ValueError:
        return ""
    return value.order if isinstance(value, EitherWay) else ""


def own_purposes(
    rows: Iterable[tuple[int, tuple[str, ...]]],
    columns: Columns,
    nearest: Callable[[str], str],
    guarding: frozenset[str],
) -> tuple[dict[str, int], list[RowProblem], list[RowProblem]]:
    """Purposes by column, own ones included, with errors and warnings about columns that nobody knows."""
    purposes = {name: columns.at[name] for name in PURPOSES if name in columns.at}
    errors, warnings, rows = [], [], list(rows)
    for index, header, key in columns.unknown:
        meant = nearest(key)
        if meant in guarding and meant not in columns.at:
            errors.append(problem(columns.header_row, header, "misspelt-column", header=repr(header), meant=meant))
            continue
        key_of_note = "unknown-column"
        if _all_answers(rows, index):
            purposes[key], key_of_note = index, "own-purpose"
        values = {"header": repr(header), "key": key}
        if meant and meant not in columns.at:
            key_of_note, values = f"{key_of_note}:meant", values | {"meant": meant}
        warnings.append(problem(columns.header_row, header, key_of_note, **values))
    return purposes, errors, warnings


def _all_answers(rows: Iterable[tuple[int, tuple[str, ...]]], index: int) -> bool:
    """Does the column hold yes or no, and nothing else?"""
    texts = {cells[index] for _, cells in rows if index < len(cells)}
    try:
        return {answer(text) for text in texts} - {None} != set()
    except ValueError:
        return False
