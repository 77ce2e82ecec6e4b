"""What was published, for which purpose, under which consent; and withdrawals of consent."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TextIO

from screen.ledger.chain import Chain, Entry, LedgerError
from screen.ledger.publications import Outcome, Override, Publication, publication_of
from screen.roster import Person, Roster
from screen.rosters.cells import neutral

__all__ = [
    "Affected",
    "Entry",
    "Ledger",
    "LedgerError",
    "Outcome",
    "Override",
    "Publication",
    "Withdrawal",
    "publication_of",
    "renewals_due",
]

FILE_NAME = "ledger.sqlite"
PUBLICATION, WITHDRAWAL = "publication", "withdrawal"
_COLUMNS = (
    *("number", "at", "kind", "day", "operator", "purposes", "decision", "copy", "source", "people_shown"),
    *(
        "people_covered",
        "withdrawn_person",
        "affected_entries",
        "overrides",
        "answers",
        "roster",
        "policy",
        "models",
        "hash",
    ),
)


@dataclass(frozen=True, slots=True)
class Affected:
    """A publication that shows somebody: its number in the ledger, and what was noted of it."""

    number: int
    publication: Publication


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A withdrawal: the person, the day from which it holds, and the publications that show the person."""

    person_id: str
    day: datetime.date
    affected: tuple[Affected, ...]


class Ledger:
    """The ledger in one folder. Use it as a context manager.

    Args:
        folder: $PHOTOSCREEN_HOME, or the platform's user data folder.
    """

    def __init__(self, folder: Path) -> None:
        self.chain = Chain(folder / FILE_NAME)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.chain.close()

    def record(self, publication: Publication, at: datetime.datetime) -> Entry:
        """Note a safe copy, or a photo cleared as it is.

        Raises:
            LedgerError: it cannot be written, so the copy must not go out.
        """
        return self.chain.append(PUBLICATION, publication.as_body(), _utc(at))

    def withdraw(self, person_id: str, day: datetime.date, operator: str, at: datetime.datetime) -> Withdrawal:
        """Note that a person took back consent, and mark every publication that shows that person.

        Raises:
            LedgerError: the ledger is broken or cannot be written.
        """
        affected = self.affected_by(person_id)
        body = {
            "person": person_id,
            "day": day.isoformat(),
            "operator": operator,
            "affected": [item.number for item in affected],
        }
        self.chain.append(WITHDRAWAL, body, _utc(at))
        return Withdrawal(person_id, day, affected)

    def affected_by(self, person_id: str) -> tuple[Affected, ...]:
        """Every publication that shows a person.

        Raises:
            LedgerError: the ledger is broken.
        """
        found = ((entry.number, Publication.from_body(entry.body)) for entry in self._of(PUBLICATION))
        return tuple(Affected(number, published) for number, published in found if published.shows(person_id))

    def copies(self) -> frozenset[tuple[str, tuple[str, ...]]]:
        """(SHA-256, purposes) of every file that was noted.

        Raises:
            LedgerError: the ledger is broken.
        """
        return frozenset((e.body["copy"], tuple(e.body["purposes"])) for e in self._of(PUBLICATION))

    def marked(self) -> frozenset[int]:
        """Numbers of the publications that show somebody who took back consent since.

        Raises:
            LedgerError: the ledger is broken.
        """
        return frozenset(number for entry in self._of(WITHDRAWAL) for number in entry.body["affected"])

    def withdrawals(self) -> dict[str, datetime.date]:
        """The last day of withdrawal of each person who took back consent.

        Raises:
            LedgerError: the ledger is broken.
        """
        days = ((e.body["person"], datetime.date.fromisoformat(e.body["day"])) for e in self._of(WITHDRAWAL))
        last: dict[str, datetime.date] = {}
        for person, day in days:
            last[person] = max(day, last.get(person, day))
        return last

    def applied(self, roster: Roster, today: datetime.date) -> Roster:
        """The roster with all withdrawals that hold today.

        A row that was recorded after the withdrawal (``recorded_on``) is a new consent, and counts again.

        Raises:
            LedgerError: the ledger is broken, so nobody knows who took back consent.
        """
        days = {person: day for person, day in self.withdrawals().items() if day <= today}
        return roster.with_withdrawn(person for person, day in days.items() if not _renewed(roster.person(person), day))

    def verify(self) -> int:
        """How many entries there are, each one checked.

        Raises:
            LedgerError: an entry was changed, left out or cut off.
        """
        return len(self.chain.entries())

    def export_csv(self, out: TextIO) -> int:
        """Write all entries as CSV, for the person who answers for safeguarding; how many there were.

        Raises:
            LedgerError: the ledger is broken.
        """
        rows = csv.writer(out, lineterminator="\r\n")
        rows.writerow(_COLUMNS)
        count = 0
        for entry in self.chain.entries():
            rows.writerow([neutral(cell) for cell in _row(entry)])
            count += 1
        return count

    def _of(self, kind: str) -> Iterator[Entry]:
        return (entry for entry in self.chain.entries() if entry.kind == kind)


def renewals_due(roster: Roster, today: datetime.date, days: int = 30) -> tuple[Person, ...]:
    """The people who still belong to the school and whose answers ran out, or run out within so many days."""
    until = today + datetime.timedelta(days)
    staying = (person for person in roster.people if person.left_on is None or person.left_on > today)
    due = [person for person in staying if person.valid_to is not None and person.valid_to <= until]
    return tuple(sorted(due, key=lambda person: (person.valid_to or today, person.person_id)))


def _renewed(person: Person | None, day: datetime.date) -> bool:
    return person is not None and person.recorded_on is not None and person.recorded_on > day


def _utc(at: datetime.datetime) -> str:
    if at.tzinfo is None:
        raise ValueError("the time of an entry needs a time zone")
    return at.astimezone(datetime.UTC).isoformat(timespec="seconds")


def _row(entry: Entry) -> list[str]:
    if entry.kind == WITHDRAWAL:
        body = entry.body
        values = {"day": body["day"], "operator": body["operator"], "withdrawn_person": body["person"]}
        values["affected_entries"] = _joined(map(str, body["affected"]))
    else:
        values = _published(Publication.from_body(entry.body))
    values |= {"number": str(entry.number), "at": entry.at, "kind": entry.kind, "hash": entry.hash}
    return [values.get(column, "") for column in _COLUMNS]


def _published(publication: Publication) -> dict[str, str]:
    shown = {person for outcome in publication.outcomes if outcome.shown for person in outcome.people}
    covered = {person for outcome in publication.outcomes for person in outcome.people} - shown
    return {
        "day": publication.day,
        "operator": publication.operator,
        "purposes": _joined(publication.purposes),
        "decision": publication.decision,
        "copy": publication.copy,
        "source": publication.source,
        "people_shown": _joined(sorted(shown)),
        "people_covered": _joined(sorted(covered)),
        "overrides": _joined(f"{item.finding} {item.action}: {item.reason}" for item in publication.overrides),
        "answers": _joined(f"{question}: {answer}" for question, answer in publication.answers),
        "roster": publication.consent,
        "policy": publication.policy,
        "models": _joined(f"{name} {version}" for name, version in publication.models),
    }


def _joined(parts: Iterable[str]) -> str:
    return "; ".join(parts)
