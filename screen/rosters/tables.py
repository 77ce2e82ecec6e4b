"""Bytes to rows of text: CSV in any encoding and separator, and XLSX."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from screen.errors import RowProblem
from screen.rosters.problems import problem

#: A roster of 200,000 people has about 30 MB.
MOST_BYTES = 64 * 2**20
MOST_ROWS = 200_000
SEPARATORS = ",;\t|"
#: Encodings that spreadsheets of Western schools write when they do not write Unicode, the likeliest first.
LEGACY = ("cp1252", "mac_roman", "cp850")
_LETTERS = frozenset("àâäáãåæçéèêëíìîïñóòôöõøœúùûüýÿßÀÂÄÁÃÅÆÇÉÈÊËÍÌÎÏÑÓÒÔÖÕØŒÚÙÛÜÝŸ’\u00a0°")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)

Rows = tuple[tuple[int, tuple[str, ...]], ...]


class TableError(Exception):
    """A file that is no table; carries what a person is told."""

    def __init__(self, problem: RowProblem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text.

    Attributes:
        rows: (number as a spreadsheet counts, cells) of every row, empty ones included.
        notes: what a person should know about how the file was read.
    """

    rows: Rows
    notes: tuple[RowProblem, ...] = field(default=())


def table_from(data: bytes) -> Table:
    """The rows of a CSV or XLSX file, told apart by content.

    Raises:
        TableError: empty, unreadable or too large.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf\xfe\xff"):
        raise _error("empty")
    if len(data) > MOST_BYTES:
        raise _error("too-large")
    if data[:4] == b"PK\3\4":
        return _from_xlsx(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _error("unreadable:locked")
    return _from_csv(data)


def _error(key: str, row: int = 1) -> TableError:
    return TableError(problem(row, None, key))


def _from_csv(data: bytes) -> Table:
    text, notes = _decoded(data)
    if "\0" in text or _controls(text[:65536]):
        raise _error("unreadable:no-table")
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        separator, text = first.strip()[4], rest
    else:
        separator = _separator(text)
    return Table(tuple(_records(text, separator)), notes)


def _controls(text: str) -> bool:
    """Does the text hold control characters that no table has?"""
    return any(ord(letter) < 32 and letter not in "\t\r\n\v\f" for letter in text)


def _decoded(data: bytes) -> tuple[str, tuple[RowProblem, ...]]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name), ()
    if b"\0" in data[:200]:
        return _strictly(data, "utf-16-le" if data[1:2] == b"\0" else "utf-16-be"), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _legacy(data)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _error("unreadable:damaged") from error


def _legacy(data: bytes) -> tuple[str, tuple[RowProblem, ...]]:
    """The text in an encoding of before Unicode; a person is told which, since names hang on it.

    Raises:
        TableError: it is UTF-8 after all, with damage: read as anything else every accent in it would be wrong.
    """
    attempt = data.decode("utf-8", "replace")
    damaged = attempt.count("\ufffd")
    if sum(letter > "\x7f" for letter in attempt) - damaged > damaged:
        raise _error("unreadable:damaged")
    # What tells encodings apart are the letters beyond ASCII: the lines that hold some are enough, and quick.
    sample = b"\n".join([line for line in data.splitlines() if not line.isascii()][:400])
    encoding = max(LEGACY, key=lambda name: _western(sample, name))
    if _western(sample, encoding) < 0.9:
        encoding = _guessed(sample) or encoding
    text = _strictly(data, encoding)
    return text, (problem(1, None, "encoding", encoding=encoding),)


def _western(sample: bytes, encoding: str) -> float:
    """The part of the characters beyond ASCII that are letters of Western names, were this the encoding."""
    try:
        beyond = [letter for letter in sample.decode(encoding) if ord(letter) > 127]
    except UnicodeDecodeError:
        return -1.0
    return sum(letter in _LETTERS for letter in beyond) / max(1, len(beyond))


def _guessed(sample: bytes) -> str:
    from charset_normalizer import from_bytes  # noqa: PLC0415

    found = from_bytes(sample).best()
    return found.encoding if found else ""


def _separator(text: str) -> str:
    """The separator that cuts the first lines into most columns, the same number in each."""
    head = "\n".join(text.splitlines()[:20])
    return max(SEPARATORS, key=lambda separator: _regularity(head, separator))


def _regularity(head: str, separator: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(head), delimiter=separator) if any(row)]
    except csv.Error:
        return 0, 0
    common = max(set(widths), key=widths.count, default=0)
    return (widths.count(common) if common > 1 else 0), common


def _records(text: str, separator: str) -> Iterator[tuple[int, tuple[str, ...]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, row in enumerate(reader, 1):
            if number > MOST_ROWS:
                raise _error("too-large:rows", number)
            yield number, tuple(row)
    except csv.Error as error:
        raise _error("unreadable:row", number + 1) from error


def _from_xlsx(data: bytes) -> Table:
    import openpyxl  # noqa: PLC0415, F401  outside of the try: a missing library is no broken workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            too_large = sum(member.file_size for member in members) > 8 * MOST_BYTES
            sheets = [member for member in members if "worksheets/" in member.filename and not too_large]
            written_out = [archive.read(member) for member in sheets]
        formulas = any(b"<f" in sheet for sheet in written_out)
        plain = not formulas and not any(b't="e"' in sheet for sheet in written_out)
        filled = () if too_large else _plain_sheets(data) if plain else _sheets(data, values=True)
        written = _sheets(data, values=False) if formulas else ()
    except Exception as error:  # broken workbooks raise anything; all of it means that it was not read
        raise _error("unreadable:workbook") from error
    if too_large:
        raise _error("too-large")
    if not filled:
        raise _error("empty:workbook")
    title, rows = filled[0]
    _refuse_open_formulas(rows, dict(written).get(title, ()))
    others = ", ".join(repr(name) for name, _ in filled[1:])
    notes = (problem(1, None, "other-sheets", title=repr(title), others=others),) if others else ()
    return Table(rows, notes)


def _plain_sheets(data: bytes) -> tuple[tuple[str, Rows], ...]:
    """Title and rows of each sheet that holds something; the quick way, for workbooks without formulas and errors.

    Cells with an error would come back empty, and an empty cell may hide a protection.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found = []
    for title in book.sheet_names:
        cells = book.get_sheet_by_name(title).to_python(skip_empty_area=False)
        rows = tuple((number, tuple(map(_text, row))) for number, row in enumerate(cells[:MOST_ROWS], 1))
        found.append((str(title), rows))
    return tuple((title, rows) for title, rows in found if any(any(cells) for _, cells in rows))


def _sheets(data: bytes, *, values: bool) -> tuple[tuple[str, Rows], ...]:
    """Title and rows of each sheet that holds something; formulas as their values or as they are written."""
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(io.BytesIO(data), read_only=True, data_only=values)
    found = tuple((str(sheet.title), _rows(sheet)) for sheet in book.worksheets)
    book.close()
    return tuple((title, rows) for title, rows in found if any(any(cells) for _, cells in rows))


def _rows(sheet: Any) -> Rows:
    cells = sheet.iter_rows(values_only=True, max_row=MOST_ROWS)
    return tuple((number, tuple(map(_text, row))) for number, row in enumerate(cells, 1))


def _refuse_open_formulas(rows: Rows, written: Rows) -> None:
    """A formula whose result was never saved would read as an empty cell, and hide a protection.

    Raises:
        TableError: there is one.
    """
    for (number, cells), (_, formulas) in zip(rows, written, strict=False):
        for cell, formula in zip(cells, formulas, strict=False):
            if formula.startswith("=") and not cell:
                raise _error("formula", number)


def _text(value: object) -> str:
    """The cell as it would stand in a CSV: dates in ISO, whole numbers without a point, booleans as yes and no."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
