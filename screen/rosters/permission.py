"""May this person be shown, for this purpose, on this day? The roster's answer and nothing else."""

from __future__ import annotations

import datetime
import enum
from collections.abc import Callable

from screen.roster import Person, Roster

#: Staff's own accounts: never for pupils, whatever a roster says (MCPS, Thot Cursus).
PERSONAL = "personal"


class Standing(enum.StrEnum):
    """What the roster says of a person for one purpose on one day; the true cause of a decision, for few eyes."""

    PROTECTED = "protected"
    WITHDRAWN = "withdrawn"
    OBJECTION = "objection"
    LEFT = "left-school"
    EXPIRED = "expired"
    NOT_YET = "not-yet-valid"
    PARENTS_DISAGREE = "parents-disagree"
    PARENTS_REFUSE = "parents-refuse"
    CHILD_REFUSES = "child-refuses"
    EMPTY = "purpose-empty"
    DENIED = "purpose-no"
    GRANTED = "consent"


_Rule = Callable[[Person, str, datetime.date, Roster], bool]

#: The first rule that holds, in this order, tells the standing.
_RULES: tuple[tuple[Standing, _Rule], ...] = (
    (Standing.PROTECTED, lambda p, _purpose, _day, _roster: p.protected),
    (Standing.WITHDRAWN, lambda p, _purpose, day, roster: _withdrawn(p, day, roster)),
    (Standing.OBJECTION, lambda p, _purpose, _day, _roster: p.basis == "objection"),
    (Standing.LEFT, lambda p, _purpose, day, _roster: p.left_on is not None and day >= p.left_on),
    (Standing.EXPIRED, lambda p, _purpose, day, _roster: p.valid_to is not None and day > p.valid_to),
    (Standing.NOT_YET, lambda p, _purpose, day, _roster: p.valid_from is not None and day < p.valid_from),
    (Standing.PARENTS_DISAGREE, lambda p, _purpose, _day, _roster: {p.parent_a, p.parent_b} == {True, False}),
    (Standing.PARENTS_REFUSE, lambda p, _purpose, _day, _roster: False in {p.parent_a, p.parent_b}),
    (Standing.CHILD_REFUSES, lambda p, _purpose, _day, _roster: p.child_view is False),
    (Standing.EMPTY, lambda p, purpose, _day, _roster: p.purposes.get(purpose) is None),
    (Standing.DENIED, lambda p, purpose, _day, _roster: p.purposes.get(purpose) is not True),
)


def standing(person: Person, purpose: str, day: datetime.date, roster: Roster) -> Standing:
    """What the roster says of a person: the first of the rules that holds; GRANTED if none does.

    Days are inclusive: valid_to still holds on its day, left_on no longer does.
    """
    for state, holds in _RULES:
        if holds(person, purpose, day, roster):
            return state
    return Standing.GRANTED


def may_be_named(person: Person, purpose: str, day: datetime.date, roster: Roster) -> bool:
    """May the name stand beside the picture: consent for the purpose, and yes in the column naming?"""
    return person.naming is True and standing(person, purpose, day, roster) is Standing.GRANTED


def _withdrawn(person: Person, day: datetime.date, roster: Roster) -> bool:
    return person.person_id in roster.withdrawn or (person.withdrawn_on is not None and day >= person.withdrawn_on)
