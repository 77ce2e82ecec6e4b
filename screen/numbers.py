"""Student numbers and class codes of a roster in any text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from screen.folding import as_digits, fold, tokens
from screen.names import NameMatch, Strength
from screen.patterns import kept_off
from screen.roster import Roster

#: Shorter numbers are found exactly only, and never inside a longer run of digits.
LONG_ENOUGH = 6


def numbers_in(text: str, roster: Roster) -> tuple[NameMatch, ...]:
    """Student numbers in a text; separators do not count, nor letters that look like digits, nor one wrong digit."""
    plain, places = _plain(text)
    found: dict[tuple[int, int], list[str]] = defaultdict(list)
    for person in roster.people:
        number, _ = _plain(person.student_number)
        if len(number) >= 4:
            for start in _starts(plain, number, places, text):
                found[places[start], places[start + len(number) - 1] + 1].append(person.person_id)
    exact = [NameMatch(tuple(ids), *span, Strength.FULL) for span, ids in found.items()]
    return tuple(exact) or tuple(_misread(text, roster))


def _plain(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, look-alikes made digits, and the place of each."""
    kept = [(character, place) for place, character in enumerate(text) if character.isalnum()]
    return as_digits("".join(character for character, _ in kept)).upper(), [place for _, place in kept]


def _starts(plain: str, number: str, places: list[int], text: str) -> Iterator[int]:
    """Places in plain where the number stands by itself: no further digit touches it in the text."""
    start = plain.find(number)
    while start >= 0:
        first, last = places[start], places[start + len(number) - 1]
        before, after = text[first - 1 : first], text[last + 1 : last + 2]
        if not before.isdigit() and not after.isdigit():
            yield start
        start = plain.find(number, start + 1)


def _misread(text: str, roster: Roster) -> Iterator[NameMatch]:
    """Numbers with one wrong, missing or doubled digit; two from ten signs on."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    numbers = [(_plain(person.student_number)[0], person.person_id) for person in roster.people]
    for match in re.finditer(r"[A-Za-z0-9|!](?:[\s.\-–—/]?[A-Za-z0-9|!])*", text):
        for start, end in _windows(match.group()):
            plain, _ = _plain(match.group()[start:end])
            if sum(c.isdigit() for c in plain) < LONG_ENOUGH - 1:
                continue
            ids = [
                person
                for number, person in numbers
                if len(number) >= LONG_ENOUGH and OSA.distance(plain, number, score_cutoff=2) <= 1 + (len(number) >= 10)
            ]
            if ids:
                yield NameMatch(tuple(ids), match.start() + start, match.start() + end, Strength.FULL, exact=False)
                return


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The text as a whole, then its parts between blanks, longest first."""
    parts = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)][:8]
    for count in range(len(parts), 0, -1):
        for first in range(len(parts) - count + 1):
            yield parts[first][0], parts[first + count - 1][1]


def class_codes_in(text: str, roster: Roster) -> tuple[NameMatch, ...]:
    """Class codes of the roster in a text, with the ids of all who are in that class; rooms are left alone."""
    classes: dict[str, list[str]] = defaultdict(list)
    for person in roster.people:
        code = _code(person.class_name)
        if len(code) >= 2:
            classes[code].append(person.person_id)
    words, off = tokens(text), kept_off(text)
    found = []
    for first in range(len(words)):
        for last in range(first, min(len(words), first + 3)):
            start, end = words[first].start, words[last].end
            ids = classes.get(_code(text[start:end]))
            if ids and all(end <= span.start or start >= span.end for span in off):
                found.append(NameMatch(tuple(ids), start, end, Strength.FULL))
    return tuple(found)


def _code(text: str) -> str:
    """A class as one word: "6e B" and "6e-b" are "6eb"; a letter read for the figure of CE1 or CM2 is that figure."""
    code = re.sub(r"[\W_]", "", fold(text))
    return re.sub(r"^(c[em])([ilz|])$", lambda match: match[1] + ("2" if match[2] == "z" else "1"), code)
