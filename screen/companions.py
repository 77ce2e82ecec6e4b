"""Writing that could not be read, beside writing that is private: on a list of pupils the unread row is a pupil too."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from screen.folding import fold
from screen.layout import Place, gap_below, near
from screen.ocr.reading import is_western
from screen.patterns import kept_off
from screen.records import Finding, TextDetails

#: Rule of what is hidden for standing beside private writing, and of what is too doubtful to count without that.
BESIDE, FAINT = "beside", "faint"
#: A reading below this score is not trusted on a list of pupils.
TRUSTED = 0.8
#: How far private writing may be, in heights along and across the line, and how many private lines a list has.
LIST, FEWEST = (20.0, 2.5), 2
#: The height of an unread line may be this many times that of a private one, or the private one's of it.
LIKE = 2.5
#: What lone marks below each other read as in one: capitals like them, turned by a quarter, and signs.
_STACKED = re.compile(r"[A-GOUV+\-–]{2,8}")
#: Months and days of the week in English and French, by their beginnings.
_MONTH = re.compile(
    r"\b(?:jan|fev|feb|mars|march|avr|apr|may|juin|jun|juil|jul|aou|aug|sept|oct|nov|dec|lundi|mardi|mercredi|jeudi|vendredi"
    r"|samedi|dimanche)|day\b"
)
#: Gap to the next row of a column, in heights; and the score from which a reading is taken for what it says.
ROW, CERTAIN = 1.5, 0.97
PRIVATE = frozenset({"student-id", "name", "grade", "class", "contact"})


def mark_unread(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """All findings, with lines that were not read, or not surely, marked where private lines stand around them.

    A row between two names, or two marks, is marked too unless it was read with certainty: it is one more.
    A marked line has the category unreadable and the rule "beside", on which the judge has it covered whatever its
    size. Lines that are told to be something else, such as a date or a price, stay what they are.
    """
    private = [place for finding in findings if (place := _place(finding, PRIVATE))]
    rows = _rows(private)
    columns = [[place for one in findings if (place := _place(one, frozenset({kind})))] for kind in ("name", "grade")]
    return tuple(_between(_marked(finding, rows), columns) for finding in findings)


def _between(finding: Finding, columns: Sequence[Sequence[Place]]) -> Finding:
    """The finding, marked if it is a row between two names of a column or two marks of one, whatever was read there."""
    details, place = finding.details, _place(finding, frozenset({"other"}))
    if place is None or not isinstance(details, TextDetails) or details.rule or _is_else(details.text or ""):
        return finding
    if finding.score < CERTAIN and any(_next(column, place) and _next(column, place, up=True) for column in columns):
        return _beside(finding, details)
    return finding


def _beside(finding: Finding, details: TextDetails) -> Finding:
    return replace(finding, details=replace(details, category="unreadable", rule=BESIDE))


def _next(column: Sequence[Place], place: Place, up: bool = False) -> bool:
    """Does a row of the column follow within a row's height (go before it, with up)?"""
    gaps = (gap_below(other, place) if up else gap_below(place, other) for other in column)
    return any(gap is not None and gap <= ROW for gap in gaps)


def _rows(places: Sequence[Place]) -> list[Place]:
    """The places without those that lie in another one: a line and its part are one."""
    kept: list[Place] = []
    for place in sorted(places, key=lambda one: -one.length):
        if not any(near(other, place, 0.0, 0.0) and other.like(place) for other in kept):
            kept.append(place)
    return kept


def _place(finding: Finding, categories: frozenset[str]) -> Place | None:
    details = finding.details
    if isinstance(details, TextDetails) and details.quad and details.category in categories:
        return Place(details.quad)
    return None


def _marked(finding: Finding, rows: Sequence[Place]) -> Finding:
    details, place = finding.details, _place(finding, frozenset({"unreadable", "other"}))
    if place is None or not isinstance(details, TextDetails) or details.rule not in {"", FAINT}:
        return finding
    if _STACKED.fullmatch(details.text or "") and sum(_crosses(place, row) for row in rows) >= FEWEST:
        return _beside(finding, details)
    around = [row for row in rows if near(place, row, *LIST) and 1 / LIKE < row.height / place.height < LIKE]
    if (
        not _is_doubtful(finding, details)
        or len(around) < FEWEST
        or (details.category == "other" and all(_is_below(place, row) for row in around))
    ):
        return finding
    return _beside(finding, details)


def _crosses(place: Place, row: Place) -> bool:
    """Does it run across the rows of a list, beside them? Then a column of lone marks was read as one word: "CVCC"."""
    x, y = place.direction
    return abs(x * row.direction[0] + y * row.direction[1]) < 0.3 and near(row, place, *LIST)


def _is_below(place: Place, row: Place) -> bool:
    """Does the row begin below the place? What stands above a list is its title, a date or a motto."""
    _, _, top, bottom = place.spread(row)
    return top + bottom > place.height


def _is_doubtful(finding: Finding, details: TextDetails) -> bool:
    """Was it not read, or not surely? A lone sign of another script is a letter or mark that was misread."""
    if details.category == "unreadable" or (len(details.text or "") == 1 and not is_western(details.text or "")):
        return True
    return finding.score < TRUSTED and not details.rule and not _is_else(details.text or "")


def _is_else(text: str) -> bool:
    """Is it a date, a price, a room or a sum, however badly read?"""
    return bool(kept_off(text)) or any(sign in text for sign in "=×÷≈²") or bool(_MONTH.search(fold(text)))
