"""What the lines of a photo give away: patterns line by line, then labels and lone marks by what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from screen.errors import UsageError
from screen.folding import fold
from screen.layout import Place, gap_beside, near, neighbour
from screen.ocr.quads import around
from screen.patterns import RULES, WEAK, Rule, Span, spans_in
from screen.patterns_labels import LABELS, PACKS, SUBJECTS, TITLED, Label
from screen.patterns_numbers import CHECKS, check_holds
from screen.records import Word
from screen.textspans import line_text

#: Categories of records.TextDetails that a school may add patterns to.
CATEGORIES = ("student-id", "name", "grade", "class", "contact", "school", "other")
#: How far a value may stand beside its label and below it, in heights of the line.
VALUE_BESIDE, VALUE_BELOW = 12.0, 1.5
#: How far around a mark, number or name a lone letter is a mark, in heights along and across the line.
SHEET = (20.0, 5.0)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was read, with its place and what was found in it."""

    text: str
    place: Place
    spans: tuple[Span, ...] = ()


class Classifier:
    """Names the private parts of lines.

    Args:
        patterns: a school's own regular expressions by category and name.
        checks: check digits by name of such a pattern.
        allow: texts that may be seen.
        packs: names of keyword packs.

    Raises:
        UsageError: a category, pattern, check or pack is not as docs/text.md says.
    """

    def __init__(
        self,
        patterns: Mapping[str, Mapping[str, str]],
        checks: Mapping[str, str],
        allow: Sequence[str] = (),
        packs: Sequence[str] = (),
    ) -> None:
        self.rules = (*_allowed(allow), *own_rules(patterns, checks), *RULES, _TITLE)
        unknown = [pack for pack in packs if pack not in PACKS]
        if unknown:
            raise UsageError(
                "[text] packs: {pack!r} is not known. Known: {listed}.", pack=unknown[0], listed=", ".join(PACKS)
            )
        self.packs = tuple(packs)

    def spans(self, lines: Sequence[Sequence[Word]]) -> list[tuple[Span, ...]]:
        """For each line, the parts of line_text(line) that give something away; weak ones have the category other."""
        read = [_read(words, self.rules) for words in lines]
        read = _phones_over_two(_labelled(read))
        read = _lone_marks(read)
        return [(*line.spans, *self._packed(line)) for line in read]

    def _packed(self, line: ReadLine) -> Iterator[Span]:
        for pack in self.packs:
            match = PACKS[pack].search(line.text)
            if match and not any(span.rule.startswith("pack:") for span in line.spans):
                yield Span(0, len(line.text), "other", f"pack:{pack}")
                return


#: A part of a phone number, and how far beside and below it the rest may stand, in heights.
_DIGITS = re.compile(r"[+\d][\d\s.\-()]{1,}")
PHONE_BESIDE, PHONE_BELOW = 3.0, 1.0
PHONES = tuple(one for one in RULES if one.name.startswith("phone-") and one.name != "phone-us")
_TITLE = Rule("title", "name", TITLED)


def own_rules(patterns: Mapping[str, Mapping[str, str]], checks: Mapping[str, str]) -> Iterator[Rule]:
    """A school's own rules.

    Raises:
        UsageError: a category or check is unknown, or a pattern is no regular expression.
    """
    names = {name for group in patterns.values() if isinstance(group, Mapping) for name in group}
    for name, scheme in checks.items():
        if name not in names or scheme not in CHECKS:
            raise UsageError(
                "[text.checks] {name} = {scheme!r}: name a pattern, and one of {listed}.",
                name=name,
                scheme=scheme,
                listed=", ".join(CHECKS),
            )
    for category, group in patterns.items():
        if category not in CATEGORIES or not isinstance(group, Mapping):
            raise UsageError(
                "[text.patterns]: {category!r} is no category. Known: {listed}.",
                category=category,
                listed=", ".join(CATEGORIES),
            )
        for name, pattern in group.items():
            yield _own_rule(category, name, pattern, checks.get(name))


def _own_rule(category: str, name: str, pattern: str, scheme: str | None) -> Rule:
    try:
        compiled = re.compile(pattern, re.IGNORECASE)
    except (re.error, TypeError) as error:
        raise UsageError(
            "[text.patterns.{category}] {name}: this is no regular expression: {error}.",
            category=category,
            name=name,
            error=error,
        ) from error
    return Rule(name, category, compiled, (lambda match: check_holds(scheme, match.group())) if scheme else None)


def _allowed(texts: Sequence[str]) -> Iterator[Rule]:
    for number, text in enumerate(texts, 1):
        words = r"\W*".join(re.escape(word) for word in re.findall(r"\w+", text))
        if words:
            yield Rule(f"allow:{number}", "", re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE))


def _read(words: Sequence[Word], rules: Sequence[Rule]) -> ReadLine:
    text = line_text(words)
    return ReadLine(text, Place(around([word.quad for word in words])), spans_in(text, rules))


def _labelled(lines: list[ReadLine]) -> list[ReadLine]:
    """The lines, with values named by the label that stands before, beside or above them."""
    found, places = list(lines), [line.place for line in lines]
    for index, line in enumerate(lines):
        for label in LABELS:
            match = label.pattern.match(line.text)
            if match:
                _name_value(found, places, index, label, match)
                break
    return found


def _name_value(found: list[ReadLine], places: list[Place], index: int, label: Label, match: re.Match[str]) -> None:
    if match["it"].strip(" :.-_"):
        _add(found, index, label, match.start("it"), match.end("it"))
        return
    other = neighbour(index, places, VALUE_BESIDE, VALUE_BELOW if label.below else -1.0)
    if (
        other is not None
        and _add(found, other, label, 0, len(found[other].text))
        and label.name in {"label:badge", "label:role"}
    ):
        further = neighbour(other, places, -1.0, VALUE_BELOW)  # a last name below the first name
        if further is not None:
            _add(found, further, label, 0, len(found[further].text))


def _add(found: list[ReadLine], index: int, label: Label, start: int, end: int) -> bool:
    """Name this part of a line, unless a pattern already did or it looks like something else."""
    line = found[index]
    value = line.text[start:end]
    taken = any(span.start < end and span.end > start for span in line.spans)
    if taken or not label.value.match(value) or (label.category == "name" and _no_name(value, label)):
        return False
    start += len(value) - len(value.lstrip(" :.-_"))
    found[index] = replace(line, spans=(*line.spans, Span(start, end, label.category, label.name)))
    return True


def _no_name(value: str, label: Label) -> bool:
    """More words than a name has, or another label."""
    return len(value.split()) > 5 or any(other.pattern.match(value) for other in LABELS)


def _phones_over_two(lines: list[ReadLine]) -> list[ReadLine]:
    """The lines, with phone numbers that begin in one and end in the next, beside or below it."""
    found, places = list(lines), [line.place for line in lines]
    for index, line in enumerate(lines):
        digits = not line.spans and _DIGITS.fullmatch(line.text)
        other = neighbour(index, places, PHONE_BESIDE, PHONE_BELOW) if digits else None
        if other is None or lines[other].spans or not _DIGITS.fullmatch(lines[other].text):
            continue
        both, cut = f"{line.text} {lines[other].text}", len(line.text)
        if any(span.start < cut < span.end for span in spans_in(both, PHONES)):
            for one in (index, other):
                found[one] = replace(lines[one], spans=(Span(0, len(lines[one].text), "contact", "phone-over-two"),))
    return found


def _lone_marks(lines: list[ReadLine]) -> list[ReadLine]:
    """The lines, with lone letters named marks where marks, names or numbers stand around them."""
    telling = [line for line in lines if any(span.category in {"grade", "name", "student-id"} for span in line.spans)]
    subjects = [line for line in lines if fold(line.text.strip(" :.")) in SUBJECTS]
    return [_lone_mark(line, telling, subjects) for line in lines]


def _lone_mark(line: ReadLine, telling: Sequence[ReadLine], subjects: Sequence[ReadLine]) -> ReadLine:
    """The line with what may be a mark in it: a mark if others around say so, else of the category other."""
    if any(span.category != "grade" for span in line.spans):
        return line
    weak = spans_in(line.text, WEAK)
    around = any(other is not line and near(line.place, other.place, *SHEET) for other in telling)
    if weak and (around or _beside(line, subjects)):
        return replace(line, spans=tuple(replace(span, rule=span.rule.removeprefix("weak:")) for span in weak))
    return replace(line, spans=line.spans or tuple(replace(span, category="other") for span in weak))


def _beside(line: ReadLine, subjects: Sequence[ReadLine]) -> bool:
    gaps = (gap_beside(subject.place, line.place) for subject in subjects)
    return any(gap is not None and gap <= VALUE_BESIDE for gap in gaps)
