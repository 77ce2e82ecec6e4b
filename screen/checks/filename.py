"""The filename check: numbers, dates, contacts and telling words in the name of a file and of its folders.

Names of people are looked for by ``screen.consent``, which knows the roster.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.errors import UsageError
from screen.photo import Photo
from screen.records import Finding, NameDetails
from screen.typed.sources import name_parts
from screen.typed.words import SPECIAL_WORDS, in_name


@dataclass(frozen=True, slots=True)
class FilenameSettings:
    """Settings of the filename check.

    Attributes:
        special: words that tell of a special population, English and French; ``*`` stands for any ending.
        numbers: regular expressions of the school's own student numbers; digits alone are no finding without one,
            unless the roster holds the number.
    """

    special: tuple[str, ...] = SPECIAL_WORDS
    numbers: tuple[str, ...] = ()


class FilenameCheck:
    """Find what is private in the name of the file and of its folders."""

    id: ClassVar[str] = "filename"
    title: ClassVar[str] = "File name"
    settings: ClassVar[type[FilenameSettings]] = FilenameSettings

    def __init__(self, chosen: FilenameSettings) -> None:
        """Keep the settings.

        Raises:
            UsageError: one of the numbers is no regular expression.
        """
        self.chosen = chosen
        for pattern in chosen.numbers:
            try:
                re.compile(pattern)
            except re.error as error:
                raise UsageError(
                    "[filename] numbers: {pattern!r} is no regular expression: {error}.", pattern=pattern, error=error
                ) from error

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding for each private thing in the names."""
        for where, name in name_parts(photo.source):
            for kind, text in in_name(name, self.chosen.special, self.chosen.numbers):
                yield Finding(self.id, 1.0, None, NameDetails(kind, text, where))
