"""Names of the people of a roster in any text: lines of writing, captions, metadata, file names."""

from __future__ import annotations

import enum
import functools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from screen.folding import Token, skeleton, tokens
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


def names_in(text: str, roster: Roster, generous: bool = False) -> tuple[NameMatch, ...]:
    """The names in a text, in order, none overlapping another; the stronger and longer one wins.

    Case, accents, hyphens, apostrophes, order of the names and characters that look alike do not count.

    Args:
        text: any text.
        roster: the people looked for.
        generous: allow more errors, for a line that is all but sure to be a name, as in a list of pupils.
    """
    found = sorted(
        _index(_Same(roster)).matches(tokens(text), generous), key=lambda m: (-m.strength, m.start - m.end, not m.exact)
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
    lengths: tuple[int, ...] = ()


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
        whole = sorted((form for form in self.ids if not form.initials), key=lambda form: form.strength)
        self.whole = {form.text: form for form in whole}
        self.initialed = {form.text: form for form in self.ids if form.initials == 1}
        self.proper = {text: form for text, form in self.whole.items() if form.strength > Strength.WORD}

    def matches(self, words: tuple[Token, ...], generous: bool) -> Iterator[NameMatch]:
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + LONGEST) + 1):
                yield from self._of(words[start:end], generous)

    def _of(self, window: tuple[Token, ...], generous: bool) -> Iterator[NameMatch]:
        parts = [skeleton(word.text) for word in window]
        joined, initials = skeleton("".join(word.text for word in window)), sum(len(part) == 1 for part in parts)
        found = self.by_text.get((joined, initials), []) or (self.by_text.get((joined, 0), []) if initials else [])
        forms, exact = list(found), True
        if not forms and len(window) <= 4 and _may_be_misread(window):
            forms, exact = self._near(joined, parts, generous), False
        elif not forms and 2 <= len(window) <= 4 and initials:
            forms, exact = self._near_initialed(joined, parts), False
        for form in forms:
            yield NameMatch(tuple(self.ids[form]), window[0].start, window[-1].end, form.strength, exact)

    def _near(self, joined: str, parts: list[str], generous: bool) -> list[_Form]:
        """The form that the text differs from by few characters, if any."""
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        most = errors_allowed(len(joined), generous)
        if not most:
            return []
        forms = self.whole if generous else self.proper
        best = process.extractOne(joined, forms.keys(), scorer=OSA.distance, score_cutoff=most)
        if not best or best[1] > errors_allowed(len(best[0]), generous):
            return []
        form = forms[best[0]]
        return [form] if _parts_agree(parts, form, generous) else []

    def _near_initialed(self, joined: str, parts: list[str]) -> list[_Form]:
        """The form with an initial whose other name differs by few characters: "A, O'Connar" is A. O'Connor."""
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        most = errors_allowed(len(joined) - 1)
        first, last = len(parts[0]) == 1, len(parts[-1]) == 1
        if not most or first == last:
            return []
        best = process.extractOne(joined, self.initialed.keys(), scorer=OSA.distance, score_cutoff=most)
        end = 0 if first else -1
        return [self.initialed[best[0]]] if best and best[0][end] == joined[end] else []


def _parts_agree(parts: list[str], form: _Form, generous: bool) -> bool:
    """No part alone has more errors than it may: "Boulangerie Rose" is not Rose Boulanger."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    if len(parts) != len(form.lengths):
        return True
    at, agree = 0, True
    for part, length in zip(parts, form.lengths, strict=True):
        agree &= OSA.distance(part, form.text[at : at + length]) <= max(1, length // (3 if generous else 6))
        at += length
    return agree


def _may_be_misread(window: tuple[Token, ...]) -> bool:
    """May this be a name with an error? Not if it begins or ends with a lone character or a number."""
    return not any(len(word.text) == 1 or word.text.isdigit() for word in (window[0], window[-1]))


def errors_allowed(length: int, generous: bool = False) -> int:
    """Characters that may be wrong, missing or too many in a name of so many: 1 from five, 2 from nine, 3 from 14.

    Below five characters one edit turns most names into other names or words. Generous: 1 from four, then 1 in four.
    """
    return length // 4 if generous else (length >= 5) + (length >= 9) + (length >= 14)


def _forms(person: Person) -> Iterator[_Form]:
    firsts, lasts = list(_first_names(person)), list(_last_names(person))
    for first in firsts:
        for last in lasts:
            for pair in ((first, last), (last, first)):
                yield _form(pair, Strength.FULL)
            for pair in ((first[0], last), (last, first[0]), (first, last[0]), (last[0], first)):
                yield _form(pair, Strength.FULL)
    for initials in _double_initials(person):
        for last in lasts:
            yield from (_form(pair, Strength.FULL) for pair in ((initials, last), (last, initials)))
    for one in (*firsts, *lasts):
        if len(one) >= 3:
            word = one in NAME_WORDS or (len(one) == 3 and one not in firsts)  # "pre" of Du Pré
            yield _form((one,), Strength.WORD if word else Strength.PART)


def _form(parts: tuple[str, ...], strength: Strength) -> _Form:
    lengths = tuple(len(skeleton(part)) for part in parts)
    return _Form(skeleton("".join(parts)), sum(len(part) == 1 for part in parts), strength, lengths)


def _first_names(person: Person) -> Iterator[str]:
    """First names as folded words without spaces: all of them together, the first one alone, and what they go by."""
    for name in (person.first, person.known_as):
        words = [word.text for word in tokens(name)]
        if words:
            yield "".join(words)
            if len(words[0]) >= 3:
                yield words[0]


def _double_initials(person: Person) -> Iterator[str]:
    """Both initials of a double first name: JB of Jean-Baptiste."""
    words = [word.text for word in tokens(person.first)]
    if len(words) == 2:
        yield "".join(word[0] for word in words)


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
