"""Names and numbers of a roster as bytes, and whether a file holds one of them; quick for rosters of thousands."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from screen.copies.naming import LEAST_WORD, roster_words
from screen.roster import Roster

#: Words of fewer bytes come up by chance in coded pictures; they are searched in all other parts.
LEAST_BYTES = 6
#: How words are written into files: EXIF and XMP, Windows' fields, old comments.
CODES = ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
#: Bytes that are looked at in one go, and the bytes by which places worth a closer look are told.
CHUNK, FIRST = 2**20, 3


def needles_of(roster: Roster) -> frozenset[bytes]:
    """Every name and number of the roster as files may hold it: accents or none, small letters, capitals or both."""
    written = (text for person in roster.people for text in (person.first, person.last, person.known_as))
    raw = {word for text in written for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", text) if len(word) >= LEAST_WORD}
    return _coded(frozenset(raw | roster_words(roster)))


@functools.lru_cache(maxsize=2)
def _coded(words: frozenset[str]) -> frozenset[bytes]:
    forms = {form for word in words for form in (word, word.lower(), word.upper(), word.title())}
    return frozenset(form.encode(code, "ignore") for form in forms for code in CODES) - {b""}


def holds_word(text: bytes, needles: Iterable[bytes]) -> bool:
    """Is one of the needles in a short part of a file, in small letters or capitals?"""
    lowered = text.lower()
    return any(needle.lower() in lowered for needle in needles)


def holds_long_word(data: bytes, needles: frozenset[bytes]) -> bool:
    """Is one of the needles of LEAST_BYTES and more in the coded picture?"""
    table, words = _index(needles)
    values = np.frombuffer(data, np.uint8)
    for start in range(0, len(data), CHUNK):
        part = values[start : start + CHUNK + FIRST - 1].astype(np.uint32)
        firsts = (part[:-2] << 16) | (part[1:-1] << 8) | part[2:]
        for place in np.flatnonzero(table[firsts]):
            at = start + int(place)
            if any(data.startswith(word, at) for word in words[data[at : at + FIRST]]):
                return True
    return False


@functools.lru_cache(maxsize=1)
def _index(needles: frozenset[bytes]) -> tuple[npt.NDArray[np.bool_], Mapping[bytes, list[bytes]]]:
    """Which first three bytes the long needles have, of all there are, and the needles by them."""
    words: dict[bytes, list[bytes]] = defaultdict(list)
    for needle in needles:
        if len(needle) >= LEAST_BYTES:
            words[needle[:FIRST]].append(needle)
    table = np.zeros(2 ** (8 * FIRST), bool)
    table[[int.from_bytes(first, "big") for first in words]] = True
    return table, words
