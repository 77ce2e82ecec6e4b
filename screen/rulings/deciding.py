"""What a person may decide against a verdict, and which questions only people can answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from screen.records import Decision, Judgement, Verdict
from screen.rosters.permission import Standing
from screen.translation import marked as _

#: An override without a reason of so many characters is none: the ledger has to tell why.
LEAST_REASON = 3
#: The roster answers for somebody whom evidence points to, and no reason of the moment stands against that.
ROSTER_SAYS_NO = frozenset(str(state) for state in Standing if state is not Standing.GRANTED)
#: What the roster says, for the person at the page, who may see it; {person} is whom it is about, {purpose} where.
STANDINGS: Mapping[str, str] = MappingProxyType(
    {
        Standing.PROTECTED: _("{person} must never be shown. This photo is not to be published."),
        Standing.WITHDRAWN: _("The consent for {person} was withdrawn."),
        Standing.OBJECTION: _("{person}: there is an objection to being shown."),
        Standing.LEFT: _("{person} no longer belongs to the school."),
        Standing.EXPIRED: _("The consent for {person} has run out."),
        Standing.NOT_YET: _("The consent for {person} does not hold yet."),
        Standing.PARENTS_DISAGREE: _("The parents of {person} do not agree with each other."),
        Standing.PARENTS_REFUSE: _("A parent of {person} said no."),
        Standing.CHILD_REFUSES: _("{person} does not want to be shown."),
        Standing.EMPTY: _("{person}: nobody has answered yet for {purpose}."),
        Standing.DENIED: _("{person}: the answer for {purpose} is no."),
        "personal": _("{person} is a pupil, and pupils are never shown on staff's own accounts."),
        "named-in-picture": _("{person} may be shown, but not beside the name: take the name away first."),
    }
)


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person can answer of a photo.

    Attributes:
        id: stable word, for the ledger.
        text: the question, in English.
        statement: the good case as a sentence, in English.
        good: the answer that goes with it: yes or no.
        otherwise: why the photo is not to be published with the other answer; empty where that is only noted.
    """

    id: str
    text: str
    statement: str
    good: str
    otherwise: str = ""


#: Montgomery County Public Schools, best practices for social media: nothing embarrassing, dress, context.
QUESTIONS = (
    Question(
        "embarrassing",
        _("Is anybody doing something embarrassing or unflattering?"),
        _("Nobody does anything embarrassing or unflattering."),
        "no",
        _("You said that the photo shows somebody in an embarrassing or unflattering way. Do not publish it."),
    ),
    Question(
        "clothing",
        _("Is the clothing fit for the place where the photo will be seen?"),
        _("The clothing is fit for the place where the photo will be seen."),
        "yes",
        _("You said that the clothing is not fit for the place. Do not publish this photo."),
    ),
    Question("context", _("Does the caption give the context?"), _("The caption gives the context."), "yes"),
)


def bad_answer(answers: Mapping[str, str]) -> str:
    """Why a photo with these answers is not to be published, in English; empty if nothing speaks against it."""
    said = (q.otherwise for q in QUESTIONS if q.otherwise and answers.get(q.id, q.good) != q.good)
    return next(said, "")


def may_be_uncovered(judgement: Judgement) -> bool:
    """May a person show this without saying who it is? Never somebody at whom evidence points and the roster says no.

    Everything that the verdict keeps may be seen anyway. A name or number of somebody protected, and whoever is not to
    be shown at all, stays covered whatever reason is given.
    """
    causes = {ruling.cause for ruling in judgement.rulings if ruling.decision > Decision.KEEP}
    return judgement.decision < Decision.REFUSE and not causes & ROSTER_SAYS_NO


def what_stands_against(judgement: Judgement) -> Iterator[tuple[str, str]]:
    """(purpose, cause) wherever somebody who was named is not shown all the same."""
    return ((r.purpose, r.cause) for r in judgement.rulings if r.decision > Decision.KEEP)


def why_not_published(verdict: Verdict, answers: Mapping[str, str]) -> str:
    """Why nobody may approve this photo, in English; empty if somebody may.

    Args:
        verdict: its plan as the person chose.
        answers: of the person, by question.
    """
    if verdict.decision == Decision.REFUSE:
        places = any(verdict.decision_for(purpose) < Decision.REFUSE for purpose in verdict.purposes)
        return REFUSED_SOMEWHERE if places else REFUSED
    return bad_answer(answers)


REFUSED = _("This photo is not to be published.")
REFUSED_SOMEWHERE = _("This photo is not to be published in some of the chosen places. Choose fewer, or another photo.")
