"""photoscreen roster enrol and forget: face prints, an extra that is off."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screen.errors import MissingDependencyError, UsageError
from screen.translation import words

if TYPE_CHECKING:
    from screen.policy import Policy
    from screen.recognition.vault import Vault
    from screen.roster import Roster

Person = Annotated[str, typer.Argument(metavar="PERSON_ID", help="The person's id in the roster.")]


def enrol(
    person_id: Person,
    photo: Annotated[Path, typer.Argument(help="A photo of this person alone.")],
    roster: Annotated[Path, typer.Option(help="The roster; it has to hold both permissions for face prints.")],
) -> None:
    """Keep an encrypted face print of a person who agreed, and whose parent did (an extra, off by default)."""
    from screen.cli.models import make_ready  # noqa: PLC0415
    from screen.inference import refuse_if_broken  # noqa: PLC0415
    from screen.photo import open_photo  # noqa: PLC0415
    from screen.policy import load_policy  # noqa: PLC0415
    from screen.recognition.enrolling import enrolled, refuse_without_permission  # noqa: PLC0415
    from screen.recognition.printing import print_model  # noqa: PLC0415
    from screen.rosters import read_roster  # noqa: PLC0415
    from screen.screening import checks_for, find  # noqa: PLC0415

    today = datetime.date.today()  # noqa: DTZ011  the day on this machine is the day people mean
    known = _with_withdrawals(read_roster(roster), today)
    refuse_without_permission(known, person_id, today)
    model = print_model()
    make_ready(True)
    refuse_if_broken()
    policy = load_policy("classroom", today)
    seen = open_photo(photo)
    faces = find(seen, [check for check in checks_for(policy) if check.id == "face"])
    _vault().add(enrolled(seen, faces, person_id, known, today, model))
    typer.echo(
        words().text(
            "{person}: one face print is kept, encrypted. Erase it with: photoscreen roster forget {person}",
            person=person_id,
        )
    )


def forget(person_id: Person) -> None:
    """Erase all face prints of a person, and the key under which they could be read."""
    count = _vault().forget([person_id])
    if not count:
        raise UsageError("{person_id!r}: there is no face print of this person.", person_id=person_id)
    typer.echo(
        words().text(
            "{person}: face prints erased: {count}. The others are locked with a new key.",
            person=person_id,
            count=count,
        )
    )


def with_recognition(roster: Roster, policy: Policy) -> Roster:
    """The roster with face prints, where the policy turns recognition on; without the extra it says so and goes on.

    Raises:
        OutputError: the prints cannot be opened.
    """
    from screen.evidence.pointers import RecognitionSettings  # noqa: PLC0415
    from screen.recognition.printing import INSTALL, installed  # noqa: PLC0415

    if not policy.settings("recognition", RecognitionSettings).enabled or not roster.people:
        return roster
    if not installed():
        said = words().text(
            "Face recognition is on but not installed, so nobody is recognised. To use it: {install}", install=INSTALL
        )
        typer.echo(said, err=True)
        return roster
    try:
        return roster.with_prints(_vault().prints())
    except MissingDependencyError as error:
        from screen.words import error_words  # noqa: PLC0415

        typer.echo(error_words(error, words()), err=True)
        return roster


def _with_withdrawals(roster: Roster, today: datetime.date) -> Roster:
    from screen.ledger.noting import with_withdrawals  # noqa: PLC0415

    return with_withdrawals(roster, today)


def _vault() -> Vault:
    from screen.batch.store import home  # noqa: PLC0415
    from screen.recognition.vault import Vault  # noqa: PLC0415

    return Vault(home())
