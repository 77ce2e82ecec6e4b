"""What rulings depend on beside the finding itself."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from types import MappingProxyType

from screen.errors import UsageError
from screen.evidence.pointers import Pointers, RecognitionSettings, pointers
from screen.policy import Policy
from screen.records import Finding
from screen.roster import Person, Roster
from screen.rosters.permission import Standing, standing

#: What may be found in names of files and folders, and in captions (records.NameDetails).
NAME_KINDS = frozenset({"name", "student-id", "date", "class", "grade", "contact", "tag", "special-population"})


@dataclass(frozen=True, slots=True)
class JudgeSettings:
    """What counts, and from when; the table [judge] of a policy.

    Attributes:
        incidental: at an open event, may a person decide on people in the background who cannot be told apart?
        targeted: from this number on a face is the aim of the photo, and never incidental (Belgium, FERPA).
        keep_unidentifiable: are faces kept that nobody can recognise (EN 62676-4)?
        keep_weak: are candidates kept that are probably no faces?
        unreadable_height: writing that could not be read needs a look from this height on, in pixels; 0 for never.
        text: categories of text to be covered.
        filename: kinds of private things in a file name that count; others are kept with a note.
        folder: the same in the names of its folders.
        caption: kinds of private things in a caption that count.
        poor: kinds of poor quality that need a look; the others are tips.
    """

    incidental: bool = True
    targeted: float = 0.35
    keep_unidentifiable: bool = True
    keep_weak: bool = True
    unreadable_height: int = 24
    text: tuple[str, ...] = ("student-id", "name", "grade", "class", "contact")
    filename: tuple[str, ...] = ("name", "student-id", "class", "grade", "contact", "tag", "special-population")
    folder: tuple[str, ...] = ("name", "student-id", "contact", "special-population")
    caption: tuple[str, ...] = ("name", "student-id", "grade", "contact", "tag", "special-population")
    poor: tuple[str, ...] = ("dark", "burnt-out")


@dataclass(frozen=True, slots=True)
class Rules:
    """All that a ruling depends on beside the finding.

    Attributes:
        day: on which consent is asked.
        occasion: classroom or open-event.
        roster: who agreed to what.
        judge: the table [judge].
        recognition: the table [recognition].
        blurred: from this score on a photo is too blurred; threshold of the table [blur].
    """

    day: datetime.date
    occasion: str
    roster: Roster
    judge: JudgeSettings
    recognition: RecognitionSettings
    blurred: float = 0.5

    @classmethod
    def of(cls, policy: Policy, roster: Roster) -> Rules:
        """The rules of a policy for a roster.

        Raises:
            UsageError: a setting is unknown, has the wrong type, or names a kind that nothing has.
        """
        judge = policy.settings("judge", JudgeSettings)
        _refuse_unknown_kinds(policy.name, judge)
        recognition = policy.settings("recognition", RecognitionSettings)
        return cls(policy.today, policy.occasion, roster, judge, recognition, _blur_threshold(policy))

    def pointers(self, finding: Finding) -> Pointers:
        """Who the evidence of a finding points to."""
        return pointers(finding.evidence, self.roster, self.recognition)

    def standing(self, person: Person, purpose: str) -> Standing:
        """What the roster says of a person."""
        return standing(person, purpose, self.day, self.roster)


#: Kinds of poor quality.
POOR = frozenset({"dark", "burnt-out", "small", "small-for-print", "portrait", "mirrored", "screenshot"})
#: What each list of [judge] may hold. A misspelt kind would silently switch a rule off.
KINDS = MappingProxyType(
    {
        "text": frozenset({"student-id", "name", "grade", "class", "contact"}),
        "filename": NAME_KINDS,
        "folder": NAME_KINDS,
        "caption": NAME_KINDS,
        "poor": POOR,
    }
)


def _refuse_unknown_kinds(name: str, judge: JudgeSettings) -> None:
    for setting, known in KINDS.items():
        if unknown := set(getattr(judge, setting)) - known:
            words = ", ".join(sorted(map(str, unknown)))
            raise UsageError(
                "Policy {name}: [judge] {setting} does not know {words}. Known: {known}.",
                name=name,
                setting=setting,
                words=words,
                known=", ".join(sorted(known)),
            )


def _blur_threshold(policy: Policy) -> float:
    """The threshold of the blur check; its table is checked by the check itself."""
    value = policy.tables.get("blur", {}).get("threshold", 0.5)
    return float(value) if isinstance(value, int | float) else 0.5
