"""What would make a photo publishable: cover these, use that crop, ask for this consent, say who that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screen.records import Decision, Finding, Judgement, Ruling, Verdict
from screen.rosters.permission import Standing

#: Causes that a question may change. Nobody is asked again who said no, withdrew or objected.
UNASKED = frozenset({Standing.EMPTY, Standing.EXPIRED})
#: Causes that end when a person says who it is.
DOUBTS = frozenset({"weak-evidence", "recognition-only", "ambiguous-name", "ambiguous-print", "depicted"})


@dataclass(frozen=True, slots=True)
class Remedy:
    """One way towards publication.

    Attributes:
        kind: cover (these findings), crop (use this one), ask (this person for consent) or say (who these are).
        purposes: for which it would help.
        findings: ids of findings to cover or to name.
        crop: number of the crop, counted from 1; 0 for none.
        person_id: whom to ask; empty for nobody.
    """

    kind: str
    purposes: tuple[str, ...]
    findings: tuple[str, ...] = ()
    crop: int = 0
    person_id: str = ""


def remedies(verdict: Verdict) -> tuple[Remedy, ...]:
    """What would make the photo publishable, for each purpose; the same help for several purposes is said once.

    A photo that is refused for a purpose has no remedy there: covering would not help, and a list of what would help
    the others in it would tell who must not be seen.
    """
    found: dict[tuple[str, tuple[str, ...], int, str], list[str]] = {}
    for purpose in verdict.purposes:
        if Decision.KEEP < verdict.decision_for(purpose) < Decision.REFUSE:
            for remedy in _for_purpose(verdict, purpose):
                key = remedy.kind, remedy.findings, remedy.crop, remedy.person_id
                found.setdefault(key, []).append(purpose)
    return tuple(Remedy(kind, tuple(to), ids, crop, person) for (kind, ids, crop, person), to in found.items())


def _for_purpose(verdict: Verdict, purpose: str) -> Iterator[Remedy]:
    ruled = [(j, ruling) for j in verdict.judgements for ruling in j.rulings if ruling.purpose == purpose]
    hidden = [j for j, ruling in ruled if ruling.decision > Decision.KEEP and j.finding.box is not None]
    if hidden:
        yield Remedy("cover", (purpose,), tuple(j.finding.id for j in hidden))
        if crop := _first_clear_crop(verdict, hidden):
            yield Remedy("crop", (purpose,), crop=crop)
    if doubtful := tuple(j.finding.id for j, ruling in ruled if j.finding.check == "face" and ruling.cause in DOUBTS):
        yield Remedy("say", (purpose,), doubtful)
    for person in dict.fromkeys(person for j, ruling in ruled for person in _unasked(j.finding, ruling)):
        yield Remedy("ask", (purpose,), person_id=person)


def _first_clear_crop(verdict: Verdict, hidden: list[Judgement]) -> int:
    """The number of the first crop that shows nothing that is to be hidden; 0 if there is none."""
    boxes = [j.finding.box for j in hidden if j.finding.box is not None]
    for number, crop in enumerate(verdict.plan.crops, 1):
        if not any(crop.box.intersection(box) for box in boxes):
            return number
    return 0


def _unasked(finding: Finding, ruling: Ruling) -> tuple[str, ...]:
    """The one person of a face whose consent was never given for the purpose, or ran out."""
    if finding.check != "face" or ruling.cause not in UNASKED:
        return ()
    confirmed = {i for item in finding.evidence if item.by == "review-page" for i in item.person_ids}
    pointed = confirmed or {i for item in finding.evidence for i in item.person_ids}
    return tuple(pointed) if len(pointed) == 1 else ()
