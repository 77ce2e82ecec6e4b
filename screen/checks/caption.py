"""The caption check: numbers, marks, contacts, tags and telling words in the text that will stand beside the photo.

Names of people are looked for by ``screen.consent``, which knows the roster.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.photo import Photo
from screen.records import Finding, NameDetails
from screen.typed.words import SPECIAL_WORDS, in_caption


@dataclass(frozen=True, slots=True)
class CaptionSettings:
    """Settings of the caption check.

    Attributes:
        text: the caption; empty for none.
        special: words that tell of a special population, English and French; ``*`` stands for any ending.
    """

    text: str = ""
    special: tuple[str, ...] = SPECIAL_WORDS


class CaptionCheck:
    """Find what is private in the caption that people give."""

    id: ClassVar[str] = "caption"
    title: ClassVar[str] = "Caption"
    settings: ClassVar[type[CaptionSettings]] = CaptionSettings

    def __init__(self, chosen: CaptionSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding for each private thing in the caption."""
        for kind, text in in_caption(self.chosen.text, self.chosen.special):
            yield Finding(self.id, 1.0, None, NameDetails(kind, text, "caption"))
