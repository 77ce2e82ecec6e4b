"""explain: what a verdict says, in sentences for people.

Only what an ordinary report may show is used: reason codes, never the private cause, never a name.
"""

from __future__ import annotations

from dataclasses import dataclass

from screen import sentences as s
from screen.errors import Phrase, RosterError, ScreenError
from screen.geometry import Box
from screen.labels import finding_label, photo_label, purpose_label
from screen.reasons import REASONS
from screen.records import (
    MASK,
    BlurDetails,
    CodeDetails,
    Decision,
    FaceDetails,
    Failure,
    Finding,
    Judgement,
    MetadataDetails,
    NameDetails,
    OrientationDetails,
    QualityDetails,
    TextDetails,
    TwinDetails,
    Verdict,
)
from screen.translation import Words, system_language, visible, words
from screen.translation import marked as _

__all__ = [
    "Explanation",
    "FindingWords",
    "Words",
    "check_name",
    "error_words",
    "explain",
    "explain_failure",
    "is_person",
    "purpose_name",
    "reason_words",
    "seen_at",
    "seen_words",
    "shown_decision",
    "system_language",
    "visible",
    "words",
]


@dataclass(frozen=True, slots=True)
class FindingWords:
    """A finding in words.

    Attributes:
        finding_id: f1, f2, ...
        check: the check, for people.
        sentence: what was seen, and why that matters.
        decision: what an ordinary report shows for it.
        label: the same as a short word.
        next_steps: what to do about it; may be empty.
        whole: is it about the photo or file as a whole, with no place to point to?
    """

    finding_id: str
    check: str
    sentence: str
    decision: Decision
    label: str
    next_steps: tuple[str, ...]
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Explanation:
    """A verdict or failure in words.

    Attributes:
        label: the decision as a short word.
        sentence: what may be done with the photo.
        next_step: what to do now.
        findings: those that need something, then those that are kept.
        purposes: purpose and decision, each in words, where decisions differ or not.
    """

    label: str
    sentence: str
    next_step: str
    findings: tuple[FindingWords, ...] = ()
    purposes: tuple[tuple[str, str], ...] = ()


def explain(verdict: Verdict, lang: str | None = None) -> Explanation:
    """A verdict in words, in a language; in that of the system if None."""
    chosen = words(lang)
    found = [_finding_words(judgement, verdict, chosen) for judgement in verdict.judgements]
    found.sort(key=lambda finding: -finding.decision)
    purposes = tuple(
        (purpose_name(purpose, chosen), chosen.text(purpose_label(verdict, purpose))) for purpose in verdict.purposes
    )
    sentence, next_step = _verdict_words(verdict)
    return Explanation(
        chosen.text(photo_label(verdict)),
        chosen.text(sentence),
        chosen.text(next_step),
        tuple(found),
        purposes,
    )


def _verdict_words(verdict: Verdict) -> tuple[str, str]:
    """What may be done with the photo and what to do now, in English; less strict where it depends on the purpose."""
    decision = verdict.decision
    mildest = min((verdict.decision_for(purpose) for purpose in verdict.purposes), default=decision)
    if decision == Decision.REFUSE and mildest < decision:
        return s.REFUSED_IN_PLACES
    sentence = s.READY_IN_PLACES if mildest == Decision.KEEP < decision else s.VERDICTS[decision]
    return sentence, s.NEXT_STEPS[decision]


def explain_failure(failure: Failure, lang: str | None = None) -> Explanation:
    """A failure in words; its own message is English and may be long, so its stable word is what is translated."""
    chosen = words(lang)
    sentence, next_step = s.FAILURES.get(failure.error, s.FAILED)
    return Explanation(chosen.text(_("Not screened")), chosen.text(sentence), chosen.text(next_step))


def error_words(error: ScreenError, words: Words) -> str:
    """The sentence of an error in the reader's language."""
    values = {name: words.text(value) if isinstance(value, Phrase) else value for name, value in error.values.items()}
    if isinstance(error, RosterError) and error.problems:
        from screen.rosters.problems import problem_words  # noqa: PLC0415

        values["first"] = problem_words(error.problems[0], words)
    return words.text(error.template, **values)


def shown_decision(judgement: Judgement, verdict: Verdict) -> Decision:
    """The decision on a finding as a report shows it.

    Where one person must not be shown at all, the report must not tell which one: everybody who is not kept in such a
    photo counts as refused, and so does everything written that is not kept, since a name may be the reason.
    """
    alike = judgement.finding.check in s.PEOPLE | s.NAMERS
    hidden = alike and judgement.decision > Decision.KEEP and refuses_somebody(verdict)
    return Decision.REFUSE if hidden else judgement.decision


def refuses_somebody(verdict: Verdict) -> bool:
    """Is the photo not to be published because of somebody seen or named in it, at whom nothing may point?"""
    rulings = (ruling for judgement in verdict.judgements for ruling in judgement.rulings)
    return any(r.decision == Decision.REFUSE and r.reason not in s.SAME_FOR_ALL for r in rulings)


def is_person(finding: Finding) -> bool:
    """Is it somebody who can be seen? What is most likely no face is nobody."""
    weak = isinstance(finding.details, FaceDetails) and finding.details.certainty == "weak"
    return finding.check in s.PEOPLE and not weak


def seen_at(finding: Finding) -> Box | None:
    """Where a finding is seen, also one without a box of its own: a candidate for a face."""
    place = finding.details.place if isinstance(finding.details, FaceDetails) else None
    return finding.box or place


def purpose_name(purpose: str, chosen: Words) -> str:
    """A purpose in words; one that a roster added goes by its own name."""
    return chosen.text(s.PURPOSES[purpose]) if purpose in s.PURPOSES else visible(purpose)


def check_name(check: str, chosen: Words) -> str:
    """A check in words; one of a plugin goes by its own id."""
    return chosen.text(s.CHECKS[check]) if check in s.CHECKS else visible(check)


def reason_words(code: str, chosen: Words) -> tuple[str, str]:
    """The sentence and the next step of a reason code; the code itself where nobody wrote them."""
    reason = REASONS.get(code)
    if reason is None:
        return visible(code), ""
    return chosen.text(reason.sentence), chosen.text(reason.next_step) if reason.next_step else ""


def _finding_words(judgement: Judgement, verdict: Verdict, chosen: Words) -> FindingWords:
    finding = judgement.finding
    decision = shown_decision(judgement, verdict)
    said = [reason_words(code, chosen) for code in judgement.reasons or _tips(judgement)]
    sentence = _told(
        finding.check,
        _what(finding, decision, chosen),
        tuple(dict.fromkeys(reason for reason, _step in said)),
    )
    if credit := credit_of(finding):
        sentence = f"{sentence} {chosen.text(s.CREDIT, credit=visible(credit))}"
    helps = verdict.decision < Decision.REFUSE or (decision == Decision.REFUSE and not refuses_somebody(verdict))
    if is_person(finding) and refuses_somebody(verdict):
        # Everybody alike, those with consent too: nothing may point at the one who must not be seen.
        decision, sentence = Decision.REFUSE, chosen.text(s.NOT_EVERYBODY)
    steps = tuple(dict.fromkeys(step for _reason, step in said if step and helps))
    name = check_name(finding.check, chosen)
    label = chosen.text(finding_label(finding, decision))
    return FindingWords(finding.id, name, sentence, decision, label, steps, seen_at(finding) is None)


def _tips(judgement: Judgement) -> tuple[str, ...]:
    """Reason codes of what speaks against posting a photo, but stops nobody: a small one, a screenshot."""
    tip = isinstance(judgement.finding.details, QualityDetails)
    return tuple(dict.fromkeys(ruling.reason for ruling in judgement.rulings if tip and ruling.reason))


def credit_of(finding: Finding) -> str:
    """Who made the photo and how to name them, as the file says it; empty where it does not, or where it is masked."""
    credit = finding.details.credit if isinstance(finding.details, MetadataDetails) else ""
    return "" if MASK in credit else credit


def seen_words(judgement: Judgement, verdict: Verdict, chosen: Words) -> str:
    """What was seen, in one short sentence, without what it means; of people in a refused photo, the same of all."""
    finding = judgement.finding
    if is_person(finding) and refuses_somebody(verdict):
        return chosen.text(s.NOT_EVERYBODY)
    return _what(finding, shown_decision(judgement, verdict), chosen)


def _told(check: str, what: str, reasons: tuple[str, ...]) -> str:
    """What was seen and why that matters, without saying one thing twice."""
    if not reasons or check in s.SEEN_IS_ENOUGH:
        return what
    return " ".join(reasons if check in s.REASON_IS_ENOUGH else (what, *reasons))


def _what(finding: Finding, decision: Decision, chosen: Words) -> str:
    """The sentence on what was seen."""
    details, check = finding.details, finding.check
    sentence = _seen(finding) or s.SEEN.get(check, s.SOMETHING)
    if isinstance(details, BlurDetails) and decision == Decision.KEEP and not details.cause:
        sentence = s.SHARP
    place = (
        s.PLACES.get(details.where, s.PLACES["filename"]) if isinstance(details, NameDetails) else s.PLACES["filename"]
    )
    twin = visible(details.twin) if isinstance(details, TwinDetails) else ""
    return chosen.text(sentence, check=visible(check), where=chosen.text(place), twin=twin)


def _seen(finding: Finding) -> str:
    """The English sentence of a check's own record; empty if it says no more than its check."""
    details = finding.details
    match details:
        case FaceDetails():
            face = s.UNSURE_FACES.get(details.certainty) or s.FACES.get(details.identifiability, "")
            return s.DEPICTED if details.kind == "depicted" else face
        case TextDetails():
            return s.TEXTS.get(details.category, "")
        case OrientationDetails():
            unknown = details.turns % 4 == 0 and finding.score < s.LEAST_UPRIGHT
            return s.TURN_UNKNOWN if unknown else s.TURNS[details.turns % 4]
        case BlurDetails() | TwinDetails():
            return s.TWIN if isinstance(details, TwinDetails) else s.BLURS.get(details.cause, "")
        case CodeDetails() | MetadataDetails() | NameDetails() | QualityDetails():
            return s.BY_KIND[type(details)].get(details.kind, s.KIND_UNKNOWN[type(details)])
    return ""
