"""May this face be shown? One ruling for a face, or for the back of a head, and one purpose."""

from __future__ import annotations

from collections.abc import Iterable

from screen.evidence.pointers import Pointers
from screen.records import Decision, FaceDetails, Finding, Ruling
from screen.roster import Person
from screen.rosters.permission import PERSONAL, Standing
from screen.rulings.rules import Rules


def rule_face(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """What is to be done about a face for one purpose; the first rule that has an answer decides."""
    who = rules.pointers(finding)
    details = finding.details if isinstance(finding.details, FaceDetails) else FaceDetails()
    if not who.everybody and (candidate := _candidate(details, purpose, rules)):
        return candidate
    ruling = refusal(who, purpose)
    if ruling is None and details.kind == "covered":
        ruling = Ruling(purpose, Decision.KEEP, "no-face", "no-face")
    if ruling is None and not who.everybody:
        ruling = _unknown(details, purpose, rules)
    if ruling is None and details.kind == "depicted" and not who.confirmed:
        ruling = Ruling(purpose, Decision.REVIEW, "depicted", "depicted")
    return ruling or _known(who, purpose, rules)


def _candidate(details: FaceDetails, purpose: str, rules: Rules) -> Ruling | None:
    """What is to be done about a candidate below the line; None for a face."""
    if details.certainty == "unclear" or (details.certainty == "weak" and not rules.judge.keep_weak):
        return Ruling(purpose, Decision.REVIEW, "may-be-a-face", "may-be-a-face")
    return Ruling(purpose, Decision.KEEP, "weak", "weak") if details.certainty == "weak" else None


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
    if rules.judge.incidental and rules.occasion == "open-event" and _is_incidental(details, rules.judge.targeted):
        return Ruling(purpose, Decision.REVIEW, "incidental", "incidental")
    return Ruling(purpose, Decision.REDACT, "no-consent", "unknown-face")


def _is_incidental(details: FaceDetails, targeted: float) -> bool:
    """In the background, not clear, and not what the photo is of."""
    behind = details.prominence == "background" and details.identifiability != "clear"
    return behind and (details.targeted is None or details.targeted < targeted)


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
