"""A rule: a named pattern with a category, and what must hold beside it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text: places of its first character and just behind its last, its category and the rule."""

    start: int
    end: int
    category: str
    rule: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern.

    Attributes:
        name: what findings carry.
        category: of records.TextDetails; empty for a rule that keeps later rules away (a price is no mark).
        pattern: the part that is meant is the group called "it", or the whole match where there is none.
        holds: what else must be true of the match; None if nothing.
    """

    name: str
    category: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str]], bool] | None = None

    def spans(self, text: str) -> Iterator[Span]:
        """The parts of the text that this rule names."""
        group: str | int = "it" if "it" in self.pattern.groupindex else 0
        for match in self.pattern.finditer(text):
            if match.group(group) and (self.holds is None or self.holds(match)):
                yield Span(match.start(group), match.end(group), self.category, self.name)


def rule(name: str, category: str, pattern: str, holds: Callable[[re.Match[str]], bool] | None = None) -> Rule:
    """A rule from the text of its pattern; case does not count, blanks and comments in the pattern neither."""
    return Rule(name, category, re.compile(pattern, re.IGNORECASE | re.VERBOSE), holds)


def exact_rule(name: str, category: str, pattern: str, holds: Callable[[re.Match[str]], bool] | None = None) -> Rule:
    """The same, where case counts."""
    return Rule(name, category, re.compile(pattern, re.VERBOSE), holds)
