"""What a line of writing gives away by its form alone: numbers, marks, classes, contacts, labels.

Every rule has a name, which a finding carries, and a reason in the practice of English and French schools. Rules see
text as it was read, so those for numbers allow letters that look like digits.
"""

from __future__ import annotations

from collections.abc import Iterable

from screen import patterns_contact, patterns_marks, patterns_numbers
from screen.folding import mended
from screen.patterns_rule import Rule, Span

__all__ = ["RULES", "WEAK", "Rule", "Span", "kept_off", "spans_in"]

#: Rules whose finding holds by itself, the more telling ones first.
RULES: tuple[Rule, ...] = (
    *patterns_numbers.OFFICIAL,
    *patterns_contact.RULES,
    *patterns_numbers.RULES,
    *patterns_marks.RULES,
)
#: Words of rules that are recognised with a misread letter too, where a number or mark follows.
KEYWORDS = (
    *("moyenne", "mention", "score", "level", "niveau", "overall", "average", "note", "gpa", "total", "result"),
    *("year", "grade", "class", "classe", "bien", "tres", "room", "salle"),
)
#: Rules that only say "this may be one": it is, where the surroundings say so.
WEAK: tuple[Rule, ...] = patterns_marks.WEAK


def spans_in(text: str, rules: Iterable[Rule] = RULES) -> tuple[Span, ...]:
    """The parts of a text that rules name, in order, none overlapping another.

    Where two overlap the rule that stands first wins; a part that a rule excludes is looked at by no later rule.
    """
    taken: list[Span] = []
    text = mended(text, KEYWORDS)
    for rule in rules:
        for span in rule.spans(text):
            if all(span.end <= other.start or span.start >= other.end for other in taken):
                taken.append(span)
    return tuple(sorted((span for span in taken if span.category), key=lambda span: span.start))


def kept_off(text: str) -> tuple[Span, ...]:
    """The parts of a text that look private and are not: prices, dates, discounts, rooms."""
    return tuple(span for rule in patterns_marks.NEVER for span in rule.spans(mended(text, KEYWORDS)))
