"""Who agreed to what: the people of a school and their answers, as one frozen record.

Reading files is the work of ``screen.rosters``; what an answer means on a day is the work of ``screen.consent``.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from screen.records import PRIVATE

#: Columns of a roster that are dates.
DATES = ("valid_from", "valid_to", "left_on", "withdrawn_on", "recorded_on")
#: Columns of a roster that are answers: yes, no or empty, beside one column for each purpose.
ANSWERS = ("naming", "parent_a", "parent_b", "child_view", "biometric_parent_ok", "biometric_child_ok")
#: Columns of a roster that are words.
WORDS = (
    "person_id",
    "family_id",
    "first",
    "last",
    "known_as",
    "class",
    "student_number",
    "type",
    "basis",
    "protection_code",
    "recorded_by",
    "form_version",
)


@dataclass(frozen=True, slots=True)
class Person:
    """One row of a roster.

    An answer is True for yes, False for no and None where the cell is empty: empty is not yes.

    Attributes:
        person_id: the school's own key; the only thing about a person that may leave the roster.
        family_id: siblings share it.
        first: first names.
        last: last name, particles included.
        known_as: the name that is used at school, if another.
        class_name: the class, say 4B.
        student_number: as written on cards; text, since leading zeros count.
        type: pupil, staff or visitor.
        basis: consent, public-task, legitimate-interest or objection.
        purposes: the answer for each purpose that has a column.
        naming: may the name stand beside the picture?
        valid_from: first day on which the answers hold; None for no limit.
        valid_to: last day on which they hold, that day included; None for no limit.
        parent_a: the answer of one parent.
        parent_b: the answer of the other.
        child_view: what the child itself says.
        protection_code: any text here means that the person must never be shown; private.
        biometric_parent_ok: may a face print be kept, says a parent?
        biometric_child_ok: and the child?
        left_on: the first day on which the person no longer belongs to the school.
        withdrawn_on: the first day from which a withdrawal holds.
        recorded_by: who wrote the row.
        recorded_on: when.
        form_version: of the consent form that was signed.
        row: number of the row in its file, the header being 1; 0 where there was no file.
    """

    person_id: str
    family_id: str = ""
    first: str = field(default="", repr=False)
    last: str = field(default="", repr=False)
    known_as: str = field(default="", repr=False)
    class_name: str = ""
    student_number: str = field(default="", repr=False)
    type: str = "pupil"
    basis: str = "consent"
    purposes: Mapping[str, bool | None] = field(default_factory=dict, hash=False)
    naming: bool | None = None
    valid_from: datetime.date | None = None
    valid_to: datetime.date | None = None
    parent_a: bool | None = None
    parent_b: bool | None = None
    child_view: bool | None = None
    protection_code: str = field(default="", repr=False, metadata=PRIVATE)
    biometric_parent_ok: bool | None = None
    biometric_child_ok: bool | None = None
    left_on: datetime.date | None = None
    withdrawn_on: datetime.date | None = None
    recorded_by: str = field(default="", repr=False)
    recorded_on: datetime.date | None = None
    form_version: str = ""
    row: int = field(default=0, compare=False)

    @property
    def full_name(self) -> str:
        """First and last name, for people who may see it; never for logs or reports."""
        return f"{self.first} {self.last}".strip()

    @property
    def is_pupil(self) -> bool:
        """Is this a pupil? Anybody who is not said to be staff or a visitor is one."""
        return self.type not in {"staff", "visitor"}

    @property
    def protected(self) -> bool:
        """Must this person never be shown?"""
        return bool(self.protection_code)

    @property
    def prints_allowed(self) -> bool:
        """May a face print be kept: do a parent and the child both say yes?"""
        return self.biometric_parent_ok is True and self.biometric_child_ok is True


@dataclass(frozen=True, slots=True)
class FacePrint:
    """A face print of a person who agreed to it: 128 numbers, private, and the day on which it was made."""

    person_id: str
    vector: tuple[float, ...] = field(repr=False, metadata=PRIVATE)
    made_on: datetime.date


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of a school, in the order of the file.

    Attributes:
        people: one for each row.
        purposes: every purpose that has a column, own ones included.
        digest: SHA-256 of what the roster says, hex; empty for a roster that was not read from a file.
        withdrawn: person ids that took back their consent, as the ledger says.
        given: was there a roster at all?
        prints: face prints, where recognition is on; private.
    """

    people: tuple[Person, ...] = ()
    purposes: tuple[str, ...] = ()
    digest: str = ""
    withdrawn: frozenset[str] = frozenset()
    given: bool = True
    prints: tuple[FacePrint, ...] = field(default=(), repr=False, metadata=PRIVATE)
    _index: dict[str, Person] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._index.update({person.person_id: person for person in self.people})

    def person(self, person_id: str) -> Person | None:
        """The person of that id, or None."""
        return self._index.get(person_id)

    def persons(self, person_ids: Iterable[str]) -> tuple[Person, ...]:
        """The people of these ids, without repeats; ids that the roster does not hold are left out."""
        found = (self._index.get(person_id) for person_id in dict.fromkeys(person_ids))
        return tuple(person for person in found if person)

    def with_withdrawn(self, person_ids: Iterable[str]) -> Roster:
        """The roster with these people's consent taken back, in addition to those it knows of."""
        return replace(self, withdrawn=self.withdrawn | frozenset(person_ids))

    def with_prints(self, prints: Iterable[FacePrint]) -> Roster:
        """The roster with face prints; its digest changes with them, since verdicts do."""
        kept = tuple(prints)
        if not kept:
            return self
        content = repr([(item.person_id, item.vector, item.made_on) for item in kept])
        digest = hashlib.sha256(f"{self.digest} {content}".encode()).hexdigest()
        return replace(self, prints=kept, digest=digest)

    def __len__(self) -> int:
        return len(self.people)


#: What is used where no roster was given: nobody is known, so nobody is shown.
EMPTY = Roster(given=False)
