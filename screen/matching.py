"""Writing compared with the roster: names, student numbers and class codes become findings of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from screen.classify import SHEET
from screen.companions import mark_unread
from screen.folding import fold, tokens
from screen.layout import Place, near, neighbour
from screen.names import NameMatch, Strength, names_in
from screen.numbers import class_codes_in, numbers_in
from screen.patterns import kept_off, spans_in
from screen.patterns_labels import LABELS, MONTHS, SUBJECTS
from screen.records import Evidence, Finding, TextDetails
from screen.roster import Roster
from screen.textspans import line_text, text_finding, words_of

#: How far the second line of a badge may stand below the first, and beside it, in heights of the first.
NEXT_BELOW, NEXT_BESIDE = 1.2, 2.0
#: A word beside a first or last name is the other one if it was read with less certainty, and is as long as this.
UNSURE, SHORTEST = 0.9, 3


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as the text check found it: its finding, details, text and place."""

    finding: Finding
    details: TextDetails
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class _Hit:
    """Something of the roster in a line: its place in the text, category, and whom it fits as what evidence."""

    line: _Line
    start: int
    end: int
    category: str
    evidence: Evidence


def match_text(findings: Sequence[Finding], roster: Roster, size: tuple[int, int]) -> tuple[Finding, ...]:
    """All findings, with those that the roster explains given evidence and others of its own added behind them.

    Args:
        findings: of all checks; only lines of text, which carry their words, are compared.
        roster: the people of the school; with none, only unread lines beside private ones are marked.
        size: width and height of the photo, for the boxes of new findings.
    """
    if not roster.people:
        return mark_unread(findings)
    lines = [line for finding in findings if (line := _line(finding))]
    hits = [*_numbers(lines, roster), *_names(lines, roster), *_classes(lines, roster)]
    result = list(findings)
    for hit in hits:
        _take_in(result, hit, size)
    named = [hit.line.place for hit in hits if hit.category == "name"]
    return mark_unread([_mark(finding, named) for finding in result])


def _line(finding: Finding) -> _Line | None:
    details = finding.details
    if finding.check != "text" or not isinstance(details, TextDetails) or not details.words:
        return None
    return _Line(finding, details, line_text(details.words), Place(details.quad or details.words[0].quad))


def _hit(line: _Line, match: NameMatch, category: str, by: str) -> _Hit:
    return _Hit(
        line, match.start, match.end, category, Evidence(by, match.person_ids, line.text[match.start : match.end])
    )


def _numbers(lines: Sequence[_Line], roster: Roster) -> Iterator[_Hit]:
    for line in lines:
        for match in numbers_in(line.text, roster):
            yield _hit(line, match, "student-id", "student-id")


def _classes(lines: Sequence[_Line], roster: Roster) -> Iterator[_Hit]:
    for line in lines:
        for match in class_codes_in(line.text, roster):
            yield _hit(line, match, "class", "class")


def _names(lines: Sequence[_Line], roster: Roster) -> Iterator[_Hit]:
    hits = [hit for index in range(len(lines)) for hit in _names_at(index, lines, roster)]
    yield from hits
    named = {id(hit.line): hit.line.place for hit in hits}
    for line in lines:
        listed = id(line) not in named and sum(_on_one_sheet(line.place, place) for place in named.values()) >= 2
        match = _nearly_a_name(line.text, roster) if listed else None
        if match:
            yield _hit(line, match, "name", "badge")
            yield from _rest_of_name(line, match)


def _names_at(index: int, lines: Sequence[_Line], roster: Roster) -> Iterator[_Hit]:
    line = lines[index]
    found = names_in(line.text, roster)
    for match in found:
        sure = match.strength is Strength.FULL or (match.strength is Strength.PART and match.exact)
        if sure or _only_a_name(line.text, found):
            yield _hit(line, match, "name", "badge")
            yield from _rest_of_name(line, match)
    other = neighbour(index, [one.place for one in lines], NEXT_BESIDE, NEXT_BELOW)
    if other is not None:
        yield from _over_two(line, lines[other], roster)


def _rest_of_name(line: _Line, match: NameMatch) -> Iterator[_Hit]:
    """The other word of a line of two of which one is a name: an initial, or not surely read: Loïe M., FRANGOB Côté."""
    words = tokens(line.text)
    rest = [word for word in words if word.end <= match.start or word.start >= match.end]
    if match.strength is not Strength.PART or len(words) != 2 or len(rest) != 1 or not rest[0].text.isalpha():
        return
    (read,) = words_of(line.details.words, rest[0].start, rest[0].end)[:1] or (None,)
    other = len(rest[0].text) >= SHORTEST and fold(rest[0].text) not in SUBJECTS | MONTHS
    if len(rest[0].text) == 1 or (read and read.score < UNSURE and other):
        yield _Hit(line, 0, len(line.text), "name", Evidence("badge", match.person_ids, line.text))


def _on_one_sheet(first: Place, second: Place) -> bool:
    return first.like(second) and near(first, second, *SHEET)


def _nearly_a_name(text: str, roster: Roster) -> NameMatch | None:
    """The name that a row of a list of pupils shows with more errors than are allowed elsewhere."""
    matches = names_in(text, roster, generous=True)
    if len(matches) != 1 or not _only_a_name(text, matches):
        return None
    return matches[0]


def _over_two(first: _Line, second: _Line, roster: Roster) -> Iterator[_Hit]:
    """A name that begins in one line and ends in the next: a badge of two lines, a name split by its reader."""
    joined, cut = f"{first.text} {second.text}", len(first.text)
    if fold(first.text.strip(" .:")) in SUBJECTS:
        return  # "Français" and a mark below it, C, is not François C.
    for match in names_in(joined, roster):
        sure = match.strength is Strength.FULL or (match.strength is Strength.PART and match.exact)
        if sure and match.start < cut < match.end:
            evidence = Evidence("badge", match.person_ids, joined[match.start : match.end])
            yield _Hit(first, match.start, cut, "name", evidence)
            yield _Hit(second, 0, match.end - cut - 1, "name", evidence)


def _only_a_name(text: str, matches: Sequence[NameMatch]) -> bool:
    """Does a line hold nothing but a name that is a word too, or may be misread: a badge, a row of a list?

    "Rose", "1. Rose 17/20" and "Name: Rose" do; "Boulangerie Rose", "Will you join us?" and "Penny Lane", the names of
    two different people, do not. Subjects and months are taken for what they are.
    """
    people = [set(match.person_ids) for match in matches]
    if not people or not set.intersection(*people):
        return False
    labelled = any(
        found and found["it"] for label in LABELS if label.category == "name" and (found := label.pattern.match(text))
    )
    spoken_for = [(m.start, m.end) for m in matches] + [(s.start, s.end) for s in (*spans_in(text), *kept_off(text))]
    if not labelled:
        rest = [w for w in tokens(text) if not any(a <= w.start and w.end <= b for a, b in spoken_for)]
        if any(not word.text.isdigit() and len(word.text) > 1 for word in rest):
            return False
    return labelled or fold(text.strip(" .:")) not in SUBJECTS | MONTHS


def _take_in(findings: list[Finding], hit: _Hit, size: tuple[int, int]) -> None:
    """Give the evidence to the finding that already stands for this part, else add one for it."""
    words = words_of(hit.line.details.words, hit.start, hit.end)
    # "roster:class" would spell out a part of "Class 3C", so what the category says already is not said again.
    rule = "roster" if hit.evidence.by == hit.category else f"roster:{hit.evidence.by}"
    made = text_finding(words, size, hit.category, rule, (hit.evidence,)) if words else None
    if made is None or made.box is None:
        return
    for index, other in enumerate(findings):
        if _same_part(other, made):
            findings[index] = _united(other, made)
            return
    if hit.start <= 0 and hit.end >= len(hit.line.text.strip()) and hit.line.details.category == "other":
        index = findings.index(hit.line.finding)
        details = replace(hit.line.details, category=hit.category, rule=made.details.rule)  # type: ignore[union-attr]
        findings[index] = replace(hit.line.finding, details=details, evidence=(hit.evidence,))
        return
    findings.append(made)


def _same_part(first: Finding, second: Finding) -> bool:
    """Do both stand for the same part: one category, and most of the smaller one in the other?"""
    if not isinstance(first.details, TextDetails) or not isinstance(second.details, TextDetails):
        return False
    if first.box is None or second.box is None or first.details.category != second.details.category:
        return False
    return first.box.shared_area(second.box) >= 0.8 * min(first.box.area, second.box.area)


def _united(known: Finding, made: Finding) -> Finding:
    """The known finding with the evidence of the other, and its place and text if that is larger."""
    evidence = tuple({(one.by, one.person_ids): one for one in (*known.evidence, *made.evidence)}.values())
    if (
        known.box is None
        or made.box is None
        or known.box.area >= made.box.area
        or not isinstance(made.details, TextDetails)
    ):
        return replace(known, evidence=evidence)
    words = known.details.words if isinstance(known.details, TextDetails) else ()
    return replace(made, details=replace(made.details, words=words), evidence=evidence)


def _mark(finding: Finding, named: Sequence[Place]) -> Finding:
    """A lone letter in a list of pupils or on a pupil's paper is a mark."""
    details = finding.details
    if not isinstance(details, TextDetails) or not details.rule.startswith("weak:") or not details.quad:
        return finding
    place = Place(details.quad)
    if not any(near(place, other, *SHEET) for other in named):
        return finding
    return replace(finding, details=replace(details, category="grade", rule=details.rule.removeprefix("weak:")))
