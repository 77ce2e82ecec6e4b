"""Reading rosters as schools have them: CSV in any encoding and separator, and XLSX."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screen.errors import RosterError, RowProblem, UsageError
from screen.policy import PURPOSES
from screen.roster import Person, Roster
from screen.rosters.cells import clean, plain
from screen.rosters.columns import GUARDING, Columns, RosterSettings, find_header, nearest
from screen.rosters.permission import PERSONAL
from screen.rosters.problems import problem, problem_words
from screen.rosters.rows import Reading, day_month_orders, own_purposes, read_rows
from screen.rosters.tables import Table, TableError, table_from
from screen.rosters.template import template_csv

__all__ = ["RosterCheck", "RosterSettings", "check_roster", "problem_words", "read_roster", "template_csv"]


@dataclass(frozen=True, slots=True)
class RosterCheck:
    """What a reader makes of a file.

    Attributes:
        roster: the people; None where there is an error, since a roster with an error is not used at all.
        rows: rows that hold something, the header left out.
        accepted: rows that hold no error.
        errors: what must be mended.
        warnings: what is worth a look.
    """

    roster: Roster | None
    rows: int = 0
    accepted: int = 0
    errors: tuple[RowProblem, ...] = ()
    warnings: tuple[RowProblem, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON of ``roster check --json``."""
        return {
            "accepted": self.accepted,
            "rows": self.rows,
            "errors": [_as_dict(wrong) for wrong in self.errors],
            "warnings": [_as_dict(note) for note in self.warnings],
        }


def _as_dict(found: RowProblem) -> dict[str, Any]:
    return {"row": found.row, "column": found.column, "message": found.message}


def read_roster(path: Path, settings: RosterSettings | None = None, today: datetime.date | None = None) -> Roster:
    """The roster in a file.

    Args:
        path: CSV or XLSX.
        settings: how to read it; the table [roster] of a policy.
        today: not needed for reading; with it, people whose consent has run out are warned about.

    Raises:
        RosterError: it has errors; they are in ``problems``, with row and column.
        UsageError: there is no such file, or it cannot be read.
    """
    check = check_roster(path, settings, today)
    if check.roster is None:
        count = len(check.errors)
        first = check.errors[0]
        raise RosterError(
            "{name}: the roster has errors ({count}) and was not used. First (row {row}{column}): {first} "
            "See all: photoscreen roster check {name}",
            check.errors,
            name=path.name,
            count=count,
            row=first.row,
            column=f", {first.column}" if first.column else "",
            first=first.message,
        )
    return check.roster


def check_roster(path: Path, settings: RosterSettings | None = None, today: datetime.date | None = None) -> RosterCheck:
    """What a reader makes of a file, with everything that is wrong or doubtful by row and column.

    Raises:
        UsageError: there is no such file, or it cannot be read.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            "{path}: the roster cannot be read ({strerror}). Check the name and the folder.",
            path=path,
            strerror=error.strerror,
        ) from error
    return check_bytes(data, settings or RosterSettings(), today)


def check_bytes(data: bytes, settings: RosterSettings, today: datetime.date | None = None) -> RosterCheck:
    """As check_roster, from the bytes of a file."""
    try:
        table = table_from(data)
    except TableError as error:
        return RosterCheck(None, errors=(error.problem,))
    if not any(clean(cell) for _, cells in table.rows for cell in cells):
        return RosterCheck(None, errors=(problem(1, None, "empty"),))
    columns = find_header(table.rows, settings)
    body = [(number, cells) for number, cells in table.rows if number > columns.header_row]
    count = sum(any(clean(cell) for cell in cells) for _, cells in body)
    if "person_id" not in columns.at:
        missing = problem(columns.header_row, "person_id", "missing-column")
        return RosterCheck(None, count, 0, (missing, *columns.problems), table.notes)
    return _checked(body, columns, table, count, settings, today)


def _checked(
    body: list[tuple[int, tuple[str, ...]]],
    columns: Columns,
    table: Table,
    count: int,
    settings: RosterSettings,
    today: datetime.date | None,
) -> RosterCheck:
    purposes, errors, warnings = own_purposes(body, columns, nearest, GUARDING)
    order, orders = day_month_orders(body, columns, settings.dates)
    reading = Reading(columns, purposes, order, orders, errors=[*columns.problems, *errors])
    read_rows(body, reading)
    found = sorted(reading.errors, key=lambda wrong: wrong.row)
    notes = [*table.notes, *warnings, *reading.warnings, *_doubts(reading, columns, today)]
    people = tuple(reading.people)
    roster = None if found else Roster(people, tuple(purposes), _digest(people, tuple(purposes)))
    wrong_rows = {wrong.row for wrong in found}
    accepted = sum(person.row not in wrong_rows for person in people)
    return RosterCheck(roster, count, accepted, tuple(found), tuple(notes))


def _doubts(reading: Reading, columns: Columns, today: datetime.date | None) -> list[RowProblem]:
    """What is allowed and yet worth a look."""
    notes = []
    head = columns.header_row
    if not {"first", "last", "known_as"} & columns.at.keys():
        notes.append(problem(head, None, "no-names"))
    if not reading.purposes:
        notes.append(problem(head, None, "no-purposes", purposes=", ".join(PURPOSES)))
    by_name: dict[str, list[Person]] = defaultdict(list)
    for person in reading.people:
        by_name[plain(person.full_name)].append(person)
        notes.extend(_doubts_of(person, today))
    for name, people in by_name.items():
        if name and len(people) > 1:
            rows = ", ".join(str(person.row) for person in people)
            notes.append(problem(people[1].row, "last", "same-name", rows=rows))
    return notes


def _doubts_of(person: Person, today: datetime.date | None) -> list[RowProblem]:
    notes = []
    if person.is_pupil and person.purposes.get(PERSONAL):
        notes.append(problem(person.row, PERSONAL, "personal"))
    if person.basis == "objection" and any(person.purposes.values()):
        notes.append(problem(person.row, "basis", "objection"))
    if today and person.valid_to and person.valid_to < today:
        notes.append(problem(person.row, "valid_to", "expired", day=person.valid_to.isoformat()))
    return notes


def _digest(people: tuple[Person, ...], purposes: tuple[str, ...]) -> str:
    """SHA-256 of all that the roster says, in whatever file, encoding or order of columns it stands."""
    names = [field.name for field in dataclasses.fields(Person) if field.name not in {"row", "purposes"}]
    hashed = hashlib.sha256(repr(sorted(purposes)).encode())
    for person in people:
        values = [str(getattr(person, name)) for name in names]
        hashed.update(repr((values, sorted(person.purposes.items()))).encode())
    return hashed.hexdigest()
