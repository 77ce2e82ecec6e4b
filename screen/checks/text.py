"""The text check: lines that can be read, and what in them gives a pupil away by its form alone.

It knows no roster: each line is a finding of the category other that carries its words, for screen.matching to
compare with the roster, and each part that a pattern names is a finding of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from screen.classify import Classifier
from screen.companions import BESIDE, FAINT
from screen.folding import fold, skeleton
from screen.geometry import box_of
from screen.ocr import Line, read_photo
from screen.ocr.quads import lengths
from screen.patterns import Span
from screen.photo import Photo
from screen.records import Finding, TextDetails
from screen.textspans import line_text, text_finding, words_of

#: What is higher than this share of the photo's shorter side, and cannot be read, is seldom writing: it must be surer.
GIANT, SURE_OF_GIANT = 0.1, 0.9
#: Share of round signs from which a longer line is no words.
MOSTLY = 0.8


@dataclass(frozen=True, slots=True)
class TextSettings:
    """Settings of the text check; docs/text.md explains each.

    Attributes:
        engine: the OCR engine's name.
        unreadable_height: writing that cannot be read is a finding from this height on, in pixels.
        unreadable_score: how sure the engine must be that it is writing; else it counts beside private lines only.
        patterns: regular expressions of the school by category and name.
        checks: check digits by name of a pattern: mod11, mod97 or luhn.
        allow: texts that may be seen: motto, name of the school.
        packs: keyword packs that are searched for: medical, special-needs, behaviour, seating.
    """

    engine: str = "rapidocr"
    unreadable_height: float = 8.0
    unreadable_score: float = 0.75
    patterns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    checks: Mapping[str, str] = field(default_factory=dict)
    allow: tuple[str, ...] = ()
    packs: tuple[str, ...] = ("medical", "special-needs", "behaviour", "seating")


class TextCheck:
    """Find writing, and student numbers, marks, classes, contacts and labelled names in it."""

    id: ClassVar[str] = "text"
    title: ClassVar[str] = "Readable text"
    settings: ClassVar[type[TextSettings]] = TextSettings

    def __init__(self, chosen: TextSettings) -> None:
        self.chosen = chosen
        self.classifier = Classifier(chosen.patterns, chosen.checks, chosen.allow, chosen.packs)

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding for each line, and one for each private part of it."""
        lines = read_photo(photo, self.chosen.engine)
        read = [line for line in lines if line.words and not is_scribble(line.text)]
        for line, spans in zip(read, self.classifier.spans([line.words for line in read]), strict=True):
            yield from _findings(line, spans, photo.size)
        yield from self._unreadable([line for line in lines if line not in read], photo.size)

    def _unreadable(self, lines: Sequence[Line], size: tuple[int, int]) -> Iterator[Finding]:
        for line in lines:
            high = min(lengths(line.quad))
            least = self.chosen.unreadable_score
            if high > GIANT * min(size):
                least = max(least, SURE_OF_GIANT)
            rule = "" if line.score >= least else FAINT
            box = box_of(line.quad, size)
            if box and high >= self.chosen.unreadable_height:
                yield Finding(self.id, line.score, box, TextDetails("unreadable", quad=line.quad, rule=rule))


def is_scribble(text: str) -> bool:
    """Was writing seen that no letters could be told in? Readers then repeat one round sign: "0000 000", "ooo nono"."""
    signs = [sign for sign in skeleton(fold(text)) if sign.isalnum()]
    round_ones = signs.count("o")
    return (
        (len(signs) >= 4 and round_ones == len(signs))
        or (len(signs) >= 6 and round_ones >= MOSTLY * len(signs))
        or (len(signs) >= 6 and set(signs) <= {"o", "n", "m", "d"})
    )


def _findings(line: Line, spans: Sequence[Span], size: tuple[int, int]) -> Iterator[Finding]:
    """One finding for the line, of the category of its only part if that is all of it, and one for each other part."""
    text = line_text(line.words)
    whole = next((span for span in spans if span.end - span.start >= len(text.strip(" .:"))), None)
    box = box_of(line.quad, size)
    if box:
        category, rule = (whole.category, whole.rule) if whole else ("other", "")
        yield Finding("text", line.score, box, TextDetails(category, text, line.quad, line.words, rule))
    for span in spans:
        words = words_of(line.words, span.start, span.end)
        part = text_finding(words, size, span.category, span.rule) if span is not whole and words else None
        if part:
            yield part
    yield from _unread_words(line, spans, size)


def _unread_words(line: Line, spans: Sequence[Span], size: tuple[int, int]) -> Iterator[Finding]:
    """The words of a line with a private part in which no letters could be told, as part of it: "oooo ooo 18/20"."""
    at, rest = 0, []
    for word in line.words:
        if not any(span.start < at + len(word.text) and at < span.end for span in spans):
            rest.append(word)
        at += len(word.text) + 1
    found = (
        text_finding(rest, size, "unreadable", BESIDE)
        if spans and is_scribble(" ".join(w.text for w in rest))
        else None
    )
    if found:
        yield found
