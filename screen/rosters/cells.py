"""What a cell says: yes or no, a date, a word. Nothing is guessed; what is not clear is an error with advice."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass


def _words(text: str) -> frozenset[str]:
    return frozenset(part.strip() for part in text.split(","))


YES = _words(
    "yes, y, true, 1, x, ✓, ✔, ☑, ✅, oui, o, vrai, agreed, agree, granted, accord, accepte, autorise, autorisee"
)
NO = _words(
    "no, n, false, 0, non, faux, ✗, ✘, ☐, ❌, refused, refuse, refuses, refusee, denied, non autorise, non autorisee"
)
#: Words of the column type, in English and French.
TYPE_WORDS = {
    **dict.fromkeys(_words("pupil, pupils, student, child, eleve, enfant, etudiant, etudiante"), "pupil"),
    **dict.fromkeys(_words("staff, teacher, employee, personnel, enseignant, enseignante, professeur"), "staff"),
    **dict.fromkeys(
        _words("visitor, guest, volunteer, parent, visiteur, visiteuse, invite, invitee, benevole"), "visitor"
    ),
}
#: Words of the column basis, in English and French.
BASIS_WORDS = {
    **dict.fromkeys(_words("consent, consentement, autorisation"), "consent"),
    **dict.fromkeys(
        _words("public-task, public task, mission de service public, mission d'interet public"), "public-task"
    ),
    **dict.fromkeys(
        _words("legitimate-interest, legitimate interest, legitimate interests, interet legitime"),
        "legitimate-interest",
    ),
    **dict.fromkeys(_words("objection, opposition"), "objection"),
}
#: What people write in a column of codes where they mean that there is none.
NO_CODE = _words("no, n, non, none, aucun, aucune, 0, -, –, —, false, faux, n/a, na, s/o, so, ras, nil")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janvier janv",
            "feb february fevrier fevr fev",
            "mar march mars",
            "apr april avril avr",
            "may mai",
            "jun june juin",
            "jul july juillet juil",
            "aug august aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        1,
    )
    for name in names.split()
}
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[Tt ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?[Zz]?)?")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?)?")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er)?[ .-]+([a-z]+)[ .,-]+(\d{4})")
_WORDED_FIRST = re.compile(r"([a-z]+)[ .-]+(\d{1,2})(?:st|nd|rd|th)?,?[ .-]+(\d{4})")
#: The full-width forms are taken for the plain ones by some spreadsheets.
_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
#: Day 0 of Excel's calendar, its leap day of 1900 included.
_EXCEL_DAY_0 = datetime.date(1899, 12, 30)


def clean(text: str) -> str:
    """The text without blanks of any kind around it and without characters that cannot be seen, in NFC."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf")
    return " ".join(text.split())


def plain(text: str) -> str:
    """The text in small letters without accents, for comparing words."""
    parts = unicodedata.normalize("NFKD", clean(text).casefold())
    if not parts.isascii():
        parts = "".join(c for c in parts if unicodedata.category(c) != "Mn")
    return parts.replace("’", "'")


def answer(text: str) -> bool | None:
    """True for yes, False for no, None for an empty cell.

    Raises:
        ValueError: another word.
    """
    word = clean(text).casefold()
    if not word:
        return None
    if word in YES or plain(word) in YES:
        return True
    if word in NO or plain(word) in NO:
        return False
    raise ValueError(text)


@dataclass(frozen=True, slots=True)
class EitherWay:
    """A date of which only the order of day and month is open: 03/04/2026."""

    first: int
    second: int
    year: int

    @property
    def order(self) -> str:
        """day-first or month-first where only one of them is a date; either where both are; empty where none is."""
        day_first, month_first = self.day_first, self.month_first
        if day_first and month_first:
            return "either" if day_first != month_first else "same"
        return "day-first" if day_first else "month-first" if month_first else ""

    @property
    def day_first(self) -> datetime.date | None:
        """Read as day, month, year."""
        return _date(self.year, self.second, self.first)

    @property
    def month_first(self) -> datetime.date | None:
        """Read as month, day, year."""
        return _date(self.year, self.first, self.second)


def date(text: str) -> datetime.date | EitherWay | None:
    """A date, or one of which the order of day and month is open; None for an empty cell.

    Raises:
        ValueError: no date.
    """
    word = plain(text)
    if not word:
        return None
    if match := _NUMBERS.fullmatch(word):
        first, second, year = (int(number) for number in match.groups())
        return EitherWay(first, second, year)
    found = _clear_date(word)
    if found is None or not 1900 < found.year < 2200:
        raise ValueError(text)
    return found


def _clear_date(word: str) -> datetime.date | None:
    if match := _ISO.fullmatch(word):
        year, month, day = (int(number) for number in match.groups())
        return _date(year, month, day)
    if match := _SERIAL.fullmatch(word):
        serial = int(match[1])
        return _EXCEL_DAY_0 + datetime.timedelta(serial) if 20_000 <= serial <= 80_000 else None
    if match := _WORDED.fullmatch(word):
        return _date(int(match[3]), _MONTHS.get(match[2], 0), int(match[1]))
    if match := _WORDED_FIRST.fullmatch(word):
        return _date(int(match[3]), _MONTHS.get(match[1], 0), int(match[2]))
    return None


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def neutral(text: str) -> str:
    """The text as it may stand in a CSV that is opened in a spreadsheet: a quote before what would be a formula.

    OWASP, CSV injection: cells that begin with = + - @, tab or carriage return are run by spreadsheets.
    """
    return f"'{text}" if text.lstrip(" \u00a0")[:1] in _FORMULA else text
