"""Names of the people of a roster in any text: lines of writing, captions, metadata, file names."""

from __future__ import annotations

import enum
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screen.folding import Token, fold, skeleton, tokens
from screen.name_words import NAME_WORDS, PARTICLES
from screen.roster import Person, Roster

#: Words that a name may be spread over, particles included.
LONGEST = 7


class Strength(enum.IntEnum):
    """How much a match says.

    WORD: one name that is an ordinary word too (Rose, Mark, Petit) and needs more to count.
    PART: a first or last name alone.
    FULL: first and last name, or one of them with the other's initial.
    """

    WORD = 1
    PART = 2
    FULL = 3


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A name in a text.

    Attributes:
        person_ids: rows of the roster that it fits; several mean that it is ambiguous.
        start: place of its first character in the text.
        end: place just behind its last character.
        strength: how much it says.
        exact: it was found letter by letter; False: with an error such as a misread character.
    """

    person_ids: tuple[str, ...]
    start: int
    end: int
    strength: Strength
    exact: bool = True


def names_in(text: str, roster: Roster) -> tuple[NameMatch, ...]:
    """The names in a text, in order, none overlapping another; the stronger and longer one wins.

    Case, accents, hyphens, apostrophes, order of the names and characters that look alike do not count.
    """
    found = sorted(
        _index(_Same(roster)).matches(tokens(text)), key=lambda m: (-m.strength, m.start - m.end, not m.exact)
    )
    kept: list[NameMatch] = []
    for match in found:
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return tuple(sorted(kept, key=lambda match: match.start))


@dataclass(frozen=True, slots=True)
class _Form:
    """A way to write a name: its tokens joined as a skeleton, and how many of them are initials."""

    text: str
    initials: int
    strength: Strength


class _NameIndex:
    """All ways to write the names of a roster."""

    def __init__(self, people: Iterable[Person]) -> None:
        self.ids: dict[_Form, list[str]] = defaultdict(list)
        for person in people:
            for form in dict.fromkeys(_forms(person)):
                self.ids[form].append(person.person_id)
        self.by_text: dict[tuple[str, int], list[_Form]] = defaultdict(list)
        for form in self.ids:
            self.by_text[form.text, form.initials].append(form)
        whole = [form for form in self.ids if not form.initials and form.strength > Strength.WORD]
        self.loose = {form.text: form for form in sorted(whole, key=lambda form: form.strength)}

    def matches(self, words: tuple[Token, ...]) -> Iterator[NameMatch]:
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + LONGEST) + 1):
                yield from self._of(words[start:end])

    def _of(self, window: tuple[Token, ...]) -> Iterator[NameMatch]:
        joined, initials = skeleton("".join(word.text for word in window)), sum(len(word.text) == 1 for word in window)
        found = self.by_text.get((joined, initials), []) or (self.by_text.get((joined, 0), []) if initials else [])
        forms, exact = list(found), True
        if not forms and len(window) <= 4 and _may_be_misread(window):
            forms, exact = self._near(joined), False
        for form in forms:
            yield NameMatch(tuple(self.ids[form]), window[0].start, window[-1].end, form.strength, exact)

    def _near(self, joined: str) -> list[_Form]:
        """The form that the text differs from by few characters, if any."""
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        most = errors_allowed(len(joined))
        if not most:
            return []
        best = process.extractOne(joined, self.loose.keys(), scorer=OSA.distance, score_cutoff=most)
        return [self.loose[best[0]]] if best and best[1] <= errors_allowed(len(best[0])) else []


def _may_be_misread(window: tuple[Token, ...]) -> bool:
    """May this be a name with an error? Not if it begins or ends with a lone character or a number."""
    return not any(len(word.text) == 1 or word.text.isdigit() for word in (window[0], window[-1]))


def errors_allowed(length: int) -> int:
    """Characters that may be wrong, missing or too many in a name of so many: 1 from five, 2 from ten, 3 from sixteen.

    Below five characters one edit turns most names into other names or words.
    """
    return (length >= 5) + (length >= 10) + (length >= 16)


def _forms(person: Person) -> Iterator[_Form]:
    firsts, lasts = list(_first_names(person)), list(_last_names(person))
    for first in firsts:
        for last in lasts:
            for pair in ((first, last), (last, first)):
                yield _form(pair, Strength.FULL)
            for pair in ((first[0], last), (last, first[0]), (first, last[0]), (last[0], first)):
                yield _form(pair, Strength.FULL)
    for one in (*firsts, *lasts):
        if len(one) >= 3:
            yield _form((one,), Strength.WORD if one in NAME_WORDS else Strength.PART)


def _form(parts: tuple[str, ...], strength: Strength) -> _Form:
    return _Form(skeleton("".join(parts)), sum(len(part) == 1 for part in parts), strength)


def _first_names(person: Person) -> Iterator[str]:
    """First names as folded words without spaces: all of them together, the first one alone, and what they go by."""
    for name in (person.first, person.known_as):
        words = [word.text for word in tokens(name)]
        if words:
            yield "".join(words)
            if len(words[0]) >= 3:
                yield words[0]


def _last_names(person: Person) -> Iterator[str]:
    """Last names: whole, without particles, and each part of a double name."""
    words = [word.text for word in tokens(person.last)]
    if not words:
        return
    yield "".join(words)
    proper = [word for word in words if word not in PARTICLES]
    if proper and len(proper) < len(words):
        yield "".join(proper)
    if len(proper) > 1:
        yield from (word for word in proper if len(word) >= 3)


class _Same:
    """A roster as a key of a cache: the same object, not an equal one, since comparing rosters takes long."""

    __slots__ = ("roster",)

    def __init__(self, roster: Roster) -> None:
        self.roster = roster

    def __hash__(self) -> int:
        return id(self.roster)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.roster is self.roster


@functools.lru_cache(maxsize=4)
def _index(same: _Same) -> _NameIndex:
    return _NameIndex(same.roster.people)


def is_word(name: str) -> bool:
    """Is this name an ordinary English or French word too?"""
    return fold(name) in NAME_WORDS
