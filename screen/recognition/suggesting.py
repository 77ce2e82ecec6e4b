"""Who a face may be: the nearest print, the runner-up, and one person at most once a photo."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from screen.evidence.pointers import PRINT
from screen.recognition.printing import Vector, distance
from screen.records import Evidence
from screen.roster import FacePrint, Roster


def usable_prints(roster: Roster, today: datetime.date, months: int) -> tuple[FacePrint, ...]:
    """The prints that count today: made of people with both permissions, who are not protected, and not too long ago.

    Children's faces change: the best systems find 98.3 % after 6 months and 94.9 % after 36 (Bahmani & Schuckers 2022).
    """
    oldest = _months_before(today, months)
    return tuple(item for item in roster.prints if item.made_on > oldest and _allowed(roster, item.person_id, today))


def suggestions(faces: Mapping[int, Vector], known: Sequence[FacePrint], threshold: float) -> dict[int, Evidence]:
    """Evidence for each face that somebody's print comes near enough to.

    Args:
        faces: the print of each face by its index.
        known: prints that may be compared.
        threshold: the largest distance that counts.
    """
    ranked = {index: _ranked(vector, known) for index, vector in faces.items()}
    taken: set[str] = set()
    found: dict[int, Evidence] = {}
    for index in sorted(ranked, key=lambda i: ranked[i][0][1] if ranked[i] else 9.0):
        pairs = ranked[index]
        if not pairs or pairs[0][1] > threshold or pairs[0][0] in taken:
            continue
        taken.add(pairs[0][0])
        second = pairs[1] if len(pairs) > 1 else None
        found[index] = Evidence(PRINT, (pairs[0][0],), "", pairs[0][1], second)
    return found


def _ranked(vector: Vector, known: Sequence[FacePrint]) -> list[tuple[str, float]]:
    """Each person with the distance of the nearest print, the nearest first."""
    nearest: dict[str, float] = {}
    for item in known:
        gap = distance(vector, item.vector)
        nearest[item.person_id] = min(gap, nearest.get(item.person_id, gap))
    return sorted(nearest.items(), key=lambda pair: pair[1])


def _allowed(roster: Roster, person_id: str, today: datetime.date) -> bool:
    person = roster.person(person_id)
    if person is None or not person.prints_allowed or person.protected or person_id in roster.withdrawn:
        return False
    return person.left_on is None or person.left_on > today


def _months_before(day: datetime.date, months: int) -> datetime.date:
    """The day so many months before; the last of the month where that month is shorter."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    for last in range(day.day, 27, -1):
        try:
            return datetime.date(year, month + 1, last)
        except ValueError:
            continue
    return datetime.date(year, month + 1, min(day.day, 28))
