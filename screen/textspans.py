"""Parts of a line: from places in its text to words and corners, and to findings."""

from __future__ import annotations

from collections.abc import Sequence

from screen.geometry import Quad, box_of
from screen.ocr.quads import around, part
from screen.records import Evidence, Finding, TextDetails, Word


def line_text(words: Sequence[Word]) -> str:
    """The text of a line, its words with one blank between them; places in it are what the rest speaks of."""
    return " ".join(word.text for word in words)


def words_of(words: Sequence[Word], start: int, end: int) -> tuple[Word, ...]:
    """The words of line_text() from start to end; a word that is partly meant is cut by characters.

    Characters of a word are taken to be equally wide, so a cut inside a word gives half a character more.
    """
    found, at = [], 0
    for word in words:
        first, last = max(start, at), min(end, at + len(word.text))
        if first < last:
            count = len(word.text)
            if not any(sign.isalnum() for sign in word.text[last - at :]):
                last = at + count  # a full stop belongs to the word before it
            begin = 0.0 if first == at else max(0.0, (first - at - 0.5) / count)
            stop = 1.0 if last == at + count else min(1.0, (last - at + 0.5) / count)
            quad = word.quad if (begin, stop) == (0.0, 1.0) else part(word.quad, begin, stop)
            found.append(Word(word.text[first - at : last - at], quad, word.score))
        at += len(word.text) + 1
    return tuple(found)


def text_finding(
    words: Sequence[Word], size: tuple[int, int], category: str, rule: str, evidence: tuple[Evidence, ...] = ()
) -> Finding | None:
    """A text finding for these words, which it does not carry; None where they lie outside of the photo."""
    quad: Quad = around([word.quad for word in words])
    box = box_of(quad, size)
    if box is None:
        return None
    score = sum(word.score for word in words) / len(words)
    details = TextDetails(category, line_text(words), quad, (), rule)
    return Finding("text", min(1.0, max(0.0, score)), box, details, evidence)
