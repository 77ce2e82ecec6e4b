"""What rulings depend on beside the finding itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from screen.evidence.pointers import Pointers, RecognitionSettings, pointers
from screen.records import Finding
from screen.roster import Person, Roster
from screen.rosters.permission import Standing, standing


@dataclass(frozen=True, slots=True)
class JudgeSettings:
    """What counts, and from when; the table [judge] of a policy.

    Attributes:
        incidental: at an open event, may a person decide on people in the background who cannot be told apart?
        keep_unidentifiable: are faces kept that nobody can recognise (EN 62676-4)?
        keep_weak: are candidates kept that are probably no faces?
        blurred: from this score of the check on, a photo is too blurred.
        unreadable_height: writing that could not be read needs a look from this height on, in pixels; 0 for never.
        text: categories of text to be covered.
        filename: kinds of private things in a file name that count; others are kept with a note.
        folder: the same in the names of its folders.
        caption: kinds of private things in a caption that count.
        poor: kinds of poor quality that need a look; the others are tips.
    """

    incidental: bool = True
    keep_unidentifiable: bool = True
    keep_weak: bool = True
    blurred: float = 0.5
    unreadable_height: int = 24
    text: tuple[str, ...] = ("student-id", "name", "grade", "class", "contact")
    filename: tuple[str, ...] = ("name", "student-id", "class", "grade", "contact", "tag", "special-population")
    folder: tuple[str, ...] = ("name", "student-id", "contact", "special-population")
    caption: tuple[str, ...] = ("name", "student-id", "grade", "contact", "tag", "special-population")
    poor: tuple[str, ...] = ("dark", "burnt-out")


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a ruling depends on beside the finding: the day, the occasion, the roster and the settings."""

    day: datetime.date
    occasion: str
    roster: Roster
    judge: JudgeSettings
    recognition: RecognitionSettings

    def pointers(self, finding: Finding) -> Pointers:
        """Who the evidence of a finding points to."""
        return pointers(finding.evidence, self.roster, self.recognition)

    def standing(self, person: Person, purpose: str) -> Standing:
        """What the roster says of a person."""
        return standing(person, purpose, self.day, self.roster)
