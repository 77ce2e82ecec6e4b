"""The filename check: numbers, dates, contacts and telling words in the name of a file and of its folders.

Names of people are looked for by ``screen.consent``, which knows the roster.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.photo import Photo
from screen.private_words import SPECIAL_WORDS, in_name
from screen.records import Finding, NameDetails
from screen.sources import name_parts


@dataclass(frozen=True, slots=True)
class FilenameSettings:
    """Settings of the filename check.

    Attributes:
        special: words that tell of a special population, English and French; ``*`` stands for any ending.
    """

    special: tuple[str, ...] = SPECIAL_WORDS


class FilenameCheck:
    """Find what is private in the name of the file and of its folders."""

    id: ClassVar[str] = "filename"
    title: ClassVar[str] = "File name"
    settings: ClassVar[type[FilenameSettings]] = FilenameSettings

    def __init__(self, chosen: FilenameSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding for each private thing in the names."""
        for where, name in name_parts(photo.source):
            for kind, text in in_name(name, self.chosen.special):
                yield Finding(self.id, 1.0, None, NameDetails(kind, text, where))
