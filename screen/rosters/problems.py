"""Everything that a reader of rosters can have to say, in one table; translated through the catalogues.

A key is a code, or a code and a word behind a colon where one code has several sentences.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from screen.errors import RowProblem
from screen.translation import Words
from screen.translation import marked as _

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        "empty": _("The file is empty. Export the roster again."),
        "empty:workbook": _("The workbook is empty. Export the roster again."),
        "too-large": _("The file is too large for a roster."),
        "too-large:rows": _("The file has too many rows for a roster."),
        "unreadable:no-table": _("This is no table. Save the roster as CSV (UTF-8) or as .xlsx."),
        "unreadable:damaged": _("The text of the file is damaged. Save the roster as CSV (UTF-8) or as .xlsx."),
        "unreadable:locked": _(
            "This is an old or a locked workbook. Save it as .xlsx without a password, or as CSV (UTF-8)."
        ),
        "unreadable:workbook": _("The workbook cannot be read. Save it again as .xlsx, or as CSV (UTF-8)."),
        "unreadable:row": _(
            "The table cannot be read from here on. Look for a quotation mark that is not closed, here or above."
        ),
        "formula": _("A formula here has no saved result. Write the value itself, or open and save the workbook."),
        "encoding": _("The file is not in UTF-8; it was read as {encoding}. Look whether accents in names are right."),
        "other-sheets": _("Only the sheet {title} was read; not read: {others}."),
        "missing-column": _("There is no column person_id. Add one with a different id for each person."),
        "duplicate-column": _("The columns {first} and {second} are both read as {name}. Remove one of them."),
        "misspelt-column": _(
            "The column {header} is not known. If it is {meant}, write it so; else give it another name."
        ),
        "own-purpose": _("The column {header} is read as a purpose of its own, {key}."),
        "own-purpose:meant": _(
            "The column {header} is read as a purpose of its own, {key}. If it is {meant}, write it so."
        ),
        "unknown-column": _("The column {header} is not known and was not read."),
        "unknown-column:meant": _("The column {header} is not known and was not read. If it is {meant}, write it so."),
        "no-names": _("There is no column first or last, so names in photos, files and captions cannot be found."),
        "no-purposes": _("There is no column for a purpose ({purposes}), so nobody may be shown anywhere."),
        "extra-cells": _(
            "The row has {cells} cells, the header {width}, so they do not fit. "
            "Put cells that hold a separator into quotation marks."
        ),
        "short-row": _("The row has {cells} cells, the header {width}. The missing ones were read as empty."),
        "missing-id": _("The row has no person_id. Give each person a different one."),
        "duplicate-id": _("{id} stands in row {row} already. Give each person one row and a different id."),
        "unknown-word": _("{text} is neither yes nor no. Write yes, no, or leave the cell empty (which means no)."),
        "unknown-word:choice": _("{text} is not known. Write one of these: {choice}."),
        "unclear-code": _("Any text here protects the person, also {text}. Leave the cell empty or write a code."),
        "bad-date": _("{text} is no date. Write it as 2026-08-31."),
        "bad-date:day-first": _("{text} is no date, while the others are day first. Write it as 2026-08-31."),
        "bad-date:month-first": _("{text} is no date, while the others are month first. Write it as 2026-08-31."),
        "ambiguous-date": _(
            "{text}: nothing shows which number is the day. Write dates as 2026-08-31, or put "
            'dates = "day-first" or "month-first" below [roster] in the policy.'
        ),
        "dates-reversed": _("valid_to lies before valid_from. Exchange the two dates."),
        "same-name": _("The rows {rows} hold the same name: photos with that name will need a look."),
        "personal": _("personal is never granted for pupils, whatever the roster says."),
        "objection": _("The basis is objection, so the yes in this row does not count."),
        "expired": _("The answers ran out on {day}. Ask again."),
    }
)


def problem(row: int, column: str | None, key: str, /, **values: object) -> RowProblem:
    """A problem of a row and a column, by its key in SENTENCES."""
    shown = tuple((name, str(value)) for name, value in values.items())
    message = SENTENCES[key].format(**dict(shown)) if shown else SENTENCES[key]
    return RowProblem(row, column, message, key.partition(":")[0], key, shown)


def problem_words(found: RowProblem, words: Words) -> str:
    """A problem in a language; a problem of somebody else's making as it is."""
    sentence = SENTENCES.get(found.key)
    return words.text(sentence, **dict(found.values)) if sentence else found.message


def shown(text: str) -> str:
    """A cell as it may stand in a sentence: quoted, and not too long."""
    return repr(text if len(text) <= 30 else f"{text[:29]}…")
