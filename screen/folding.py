"""Text made comparable: case, accents and look-alike characters folded away, places kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

#: What NFKD does not take apart.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "’": "'", "‘": "'", "`": "'"}
)
#: Characters that text readers take for each other, each mapped to one of its group (0/O, 1/I/l, 5/S, 8/B, 2/Z, 6/G).
_LOOKALIKES = str.maketrans("01i|!5$826@", "ollllssbzga")
#: The same the other way round: letters that stand where a digit should.
_DIGITS = str.maketrans("OoQDIli|!ZzSsGbBgq", "000011111225566899")


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters and digits: folded, and where it stands in the text."""

    text: str
    start: int
    end: int


def fold(text: str) -> str:
    """Lower case without accents: "Éléonore" gives "eleonore"."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


def skeleton(folded: str) -> str:
    """Folded text with look-alikes made one: "r0se" and "rose", "rnark" and "mark" become the same."""
    return folded.translate(_LOOKALIKES).replace("rn", "m").replace("vv", "w")


def as_digits(text: str) -> str:
    """The text with letters that look like digits made digits: "2O24OI83" gives "20240183"."""
    return text.translate(_DIGITS)


def tokens(text: str) -> tuple[Token, ...]:
    """Runs of letters and digits, folded; hyphens, apostrophes, dots and case changes such as LeaMARTIN end a run."""
    return tuple(
        Token(fold(match.group()), match.start(), match.end())
        for match in re.finditer(r"[^\W_]+(?:[|!$](?=[^\W_]))*", text)
    )


#: Letters and digits that readers take for each other in handwriting and small print.
_GROUPS = ("aceoqdgu0u", "iljtrf1!|", "nmrhuvw", "sz52", "gcqy96", "b8h6", "prf", "pb", "ckx", "vyx4")
_ALIKE = frozenset((a, b) for group in _GROUPS for a in group for b in group)


def looks_like(read: str, meant: str) -> bool:
    """Is the folded text a misreading of the other: as long, and one sign in three at most is another like it?"""
    if len(read) != len(meant):
        return False
    wrong = [(a, b) for a, b in zip(read, meant, strict=True) if a != b]
    return len(wrong) <= len(meant) // 3 and all(pair in _ALIKE for pair in wrong)


def mended(text: str, keywords: Iterable[str]) -> str:
    """The text with misread keywords spelled right; no character moves."""
    signs = list(text)
    for match in re.finditer(r"[^\W_]{3,}", text):
        folded = fold(match.group())
        if len(folded) == len(match.group()):
            meant = next((word for word in keywords if looks_like(folded, word)), folded)
            if meant != folded:
                signs[match.start() : match.end()] = meant
    return "".join(signs)
