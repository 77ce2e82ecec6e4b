"""May this face be shown? One ruling for a face, or for the back of a head, and one purpose."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from screen.evidence import Pointers, RecognitionSettings, pointers
from screen.permission import PERSONAL, Standing, standing
from screen.records import Decision, FaceDetails, Finding, Ruling
from screen.roster import Person, Roster


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
        filename: kinds of private things in a file name that count.
        caption: kinds of private things in a caption that count.
        poor: kinds of poor quality that need a look; the others are tips.
    """

    incidental: bool = True
    keep_unidentifiable: bool = True
    keep_weak: bool = True
    blurred: float = 0.5
    unreadable_height: int = 24
    text: tuple[str, ...] = ("student-id", "name", "grade", "class", "contact")
    filename: tuple[str, ...] = ("name", "student-id", "date", "class", "grade", "contact", "tag", "special-population")
    caption: tuple[str, ...] = ("name", "student-id", "date", "class", "grade", "contact", "tag", "special-population")
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


def rule_face(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """What is to be done about a face for one purpose; the first rule that has an answer decides."""
    who = rules.pointers(finding)
    details = finding.details if isinstance(finding.details, FaceDetails) else FaceDetails()
    if rules.judge.keep_weak and details.certainty == "weak" and not who.everybody:
        return Ruling(purpose, Decision.KEEP, "weak", "weak")
    ruling = refusal(who, purpose)
    if ruling is None and details.kind == "covered":
        ruling = Ruling(purpose, Decision.KEEP, "no-face", "no-face")
    if ruling is None and not who.everybody:
        ruling = _unknown(details, purpose, rules)
    if ruling is None and details.kind == "depicted" and not who.confirmed:
        ruling = Ruling(purpose, Decision.REVIEW, "depicted", "depicted")
    return ruling or _known(who, purpose, rules)


def rule_back(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """What is to be done about the back of a head or a hand: kept, unless it may be that of somebody protected."""
    ruling = refusal(rules.pointers(finding), purpose)
    return ruling or Ruling(purpose, Decision.KEEP, "no-face", "no-face")


def refusal(who: Pointers, purpose: str) -> Ruling | None:
    """Protection overrides all; and a pupil never appears on somebody's own account."""
    if any(person.protected for person in who.everybody):
        return Ruling(purpose, Decision.REFUSE, "no-consent", Standing.PROTECTED)
    if purpose == PERSONAL and not _surely_adult(who):
        return Ruling(purpose, Decision.REFUSE, "personal-account", "personal")
    return None


def _surely_adult(who: Pointers) -> bool:
    return bool(who.confirmed) and not any(person.is_pupil for person in who.everybody)


def _unknown(details: FaceDetails, purpose: str, rules: Rules) -> Ruling:
    """Nothing tells who it is: default deny, except where there is nobody to be recognised."""
    if details.kind == "depicted":
        return Ruling(purpose, Decision.REVIEW, "depicted", "depicted")
    if rules.judge.keep_unidentifiable and details.identifiability == "none":
        return Ruling(purpose, Decision.KEEP, "not-identifiable", "not-identifiable")
    background = details.prominence == "background" and details.identifiability != "clear"
    if rules.judge.incidental and rules.occasion == "open-event" and background:
        return Ruling(purpose, Decision.REVIEW, "incidental", "incidental")
    return Ruling(purpose, Decision.REDACT, "no-consent", "unknown-face")


def _known(who: Pointers, purpose: str, rules: Rules) -> Ruling:
    if who.confirmed:
        return _confirmed(who, purpose, rules)
    by_name = who.agreed_by_name
    if len(by_name) > 1 or (by_name and _contradict(by_name, who.prints)):
        return Ruling(purpose, Decision.REVIEW, "ambiguous", "ambiguous-name")
    return _named(by_name[0], who, purpose, rules) if by_name else _recognised(who.prints, purpose, rules)


def _confirmed(who: Pointers, purpose: str, rules: Rules) -> Ruling:
    """A person said who it is: wins over doubts of names and prints."""
    if len(who.confirmed) > 1:
        return Ruling(purpose, Decision.REVIEW, "ambiguous", "ambiguous-name")
    person = who.confirmed[0]
    denied = _denied(person, purpose, rules) or _named_beside(person, who, purpose)
    return denied or Ruling(purpose, Decision.KEEP, "consent", Standing.GRANTED)


def _named(person: Person, who: Pointers, purpose: str, rules: Rules) -> Ruling:
    denied = _denied(person, purpose, rules) or _named_beside(person, who, purpose)
    return denied or Ruling(purpose, Decision.REVIEW, "weak-evidence", "weak-evidence")


def _recognised(prints: tuple[Person, ...], purpose: str, rules: Rules) -> Ruling:
    """A match never clears a photo alone; two that may both be meant count as their answers agree."""
    allowed = {rules.standing(person, purpose) is Standing.GRANTED for person in prints}
    if len(allowed) > 1:
        return Ruling(purpose, Decision.REVIEW, "ambiguous", "ambiguous-print")
    denied = _denied(prints[0], purpose, rules)
    return denied or Ruling(purpose, Decision.REVIEW, "recognition-only", "recognition-only")


def _denied(person: Person, purpose: str, rules: Rules) -> Ruling | None:
    state = rules.standing(person, purpose)
    return None if state is Standing.GRANTED else Ruling(purpose, Decision.REDACT, "no-consent", state)


def _named_beside(person: Person, who: Pointers, purpose: str) -> Ruling | None:
    """The name stands beside the picture, and that was not agreed to (NSPCC)."""
    if person.naming is True or person not in who.beside:
        return None
    return Ruling(purpose, Decision.REDACT, "named-in-picture", "named-in-picture")


def _contradict(by_name: Iterable[Person], prints: tuple[Person, ...]) -> bool:
    return bool(prints) and not {p.person_id for p in by_name} & {p.person_id for p in prints}
