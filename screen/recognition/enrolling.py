"""Enrolling: a print of one consenting person, from a photo with that person alone."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from screen.errors import UsageError
from screen.photo import Photo
from screen.recognition.printing import PrintModel
from screen.records import FaceDetails, Finding
from screen.roster import FacePrint, Roster


def refuse_without_permission(roster: Roster, person_id: str, day: datetime.date) -> None:
    """Nothing, where a print of this person may be kept.

    Raises:
        UsageError: the roster has no such person, or a parent or the child did not say yes, or the person is
            protected, withdrew or left.
    """
    person = roster.person(person_id)
    if person is None:
        raise UsageError(
            "{person_id!r}: the roster has no such person. Look at the column person_id.", person_id=person_id
        )
    gone = person.left_on is not None and person.left_on <= day
    if not person.prints_allowed or person.protected or person_id in roster.withdrawn or gone:
        raise UsageError(
            "{person_id!r}: no face print may be kept. Both biometric_parent_ok and biometric_child_ok have to say "
            "yes, and the person must belong to the school and not be protected or withdrawn.",
            person_id=person_id,
        )


def enrolled(
    photo: Photo, faces: Sequence[Finding], person_id: str, roster: Roster, day: datetime.date, model: PrintModel
) -> FacePrint:
    """A print of the only face in a photo.

    Args:
        photo: with this person alone.
        faces: findings of the face check in it.
        person_id: whose face it is, as a person says.
        roster: must hold both permissions.
        day: on which the print is made; it expires some months later.
        model: makes the print.

    Raises:
        UsageError: there is no permission, or not exactly one clear face.
    """
    refuse_without_permission(roster, person_id, day)
    counted = [f for f in faces if isinstance(f.details, FaceDetails) and f.box and f.details.kind == "face"]
    if len(counted) != 1:
        raise UsageError(
            "{source}: {count} faces were found. Give a photo of this person alone.",
            source=photo.source,
            count=len(counted),
        )
    details, box = counted[0].details, counted[0].box
    if box is None or not isinstance(details, FaceDetails) or details.identifiability != "clear":
        raise UsageError("{source}: the face is not clear enough. Give a sharper or larger photo.", source=photo.source)
    return FacePrint(person_id, model.prints(photo, (box,))[0], day)
