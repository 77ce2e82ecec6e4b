"""Who a finding's evidence points to: sorted by how much each kind of evidence may decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screen.records import Evidence
from screen.roster import Person, Roster

#: A person looked and said who it is.
CONFIRMED = "review-page"
#: The name stands beside the picture, for everybody to see.
BESIDE = frozenset({"badge", "caption", "filename"})
#: A name or number that says who it may be.
NAMES = BESIDE | {"metadata", "student-id"}
PRINT = "print"


@dataclass(frozen=True, slots=True)
class RecognitionSettings:
    """When a face print counts.

    Attributes:
        enabled: are face prints made and compared at all?
        threshold: the largest distance at which two prints may be one person (dlib ResNet: 0.40 matched 68 % of true
            and none of 262 false adult pairs).
        margin: a second person closer than this to the first is a doubt.
        months: after so many months a print has expired; children's faces change.
    """

    enabled: bool = False
    threshold: float = 0.40
    margin: float = 0.06
    months: int = 12


@dataclass(frozen=True, slots=True)
class Pointers:
    """The people that the evidence of one finding points to.

    Attributes:
        confirmed: named by a person who looked.
        named: for each name or number, the people it fits.
        prints: the best match of the face print, and a second one within the margin.
        beside: people whose name stands beside the picture.
    """

    confirmed: tuple[Person, ...] = ()
    named: tuple[tuple[Person, ...], ...] = ()
    prints: tuple[Person, ...] = ()
    beside: tuple[Person, ...] = ()

    @property
    def everybody(self) -> tuple[Person, ...]:
        """Everybody that any evidence points to, doubtful evidence included, without repeats."""
        groups = (self.confirmed, *self.named, self.prints, self.beside)
        return tuple({person.person_id: person for group in groups for person in group}.values())

    @property
    def agreed_by_name(self) -> tuple[Person, ...]:
        """The people that all names fit; everybody they fit where they contradict each other."""
        shared = set.intersection(*({p.person_id for p in fits} for fits in self.named)) if self.named else set()
        people = {person.person_id: person for fits in self.named for person in fits}
        return tuple(person for key, person in people.items() if key in shared or not shared)


def pointers(evidence: Iterable[Evidence], roster: Roster, settings: RecognitionSettings) -> Pointers:
    """The evidence of one finding, sorted; people whom the roster does not hold point to nobody."""
    evidence = tuple(evidence)
    named = tuple(roster.persons(item.person_ids) for item in evidence if item.by in NAMES)
    return Pointers(
        _people(evidence, {CONFIRMED}, roster),
        tuple(fits for fits in named if fits),
        _recognised([item for item in evidence if item.by == PRINT], roster, settings),
        _people(evidence, BESIDE, roster),
    )


def _people(evidence: Iterable[Evidence], kinds: Iterable[str], roster: Roster) -> tuple[Person, ...]:
    return roster.persons(person_id for item in evidence if item.by in kinds for person_id in item.person_ids)


def _recognised(prints: Iterable[Evidence], roster: Roster, settings: RecognitionSettings) -> tuple[Person, ...]:
    """The best match that counts, and whoever is within the margin of it; both permissions are needed to count."""
    distances: dict[str, float] = {}
    for item in prints:
        pairs = [(person_id, item.distance) for person_id in item.person_ids]
        for person_id, distance in (*pairs, item.runner_up or ("", None)):
            if distance is not None:
                distances[person_id] = min(distance, distances.get(person_id, distance))
    allowed = [(gap, p) for p in roster.persons(distances) if p.prints_allowed for gap in (distances[p.person_id],)]
    if not allowed:
        return ()
    allowed.sort(key=lambda pair: pair[0])
    best = allowed[0][0]
    if round(best - settings.threshold, 9) > 0:
        return ()
    first, *others = allowed
    near = (person for gap, person in others if round(gap - best - settings.margin, 9) < 0)
    return (first[1], *near)
