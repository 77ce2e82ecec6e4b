"""photoscreen withdraw."""

from __future__ import annotations

import datetime
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from screen.cli.options import day_of
from screen.errors import ExitCode, UsageError
from screen.translation import Words
from screen.translation import words as words_of

if TYPE_CHECKING:
    from screen.ledger import Ledger, Withdrawal


def withdraw(
    person_id: Annotated[str, typer.Argument(metavar="PERSON_ID", help="The person's id in the roster.")],
    on: Annotated[str | None, typer.Option(help="Day from which it holds; today if not given.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what shows this person.")] = False,
    roster: Annotated[Path | None, typer.Option(help="Roster, to be sure that there is such a person.")] = None,
    export: Annotated[Path | None, typer.Option(help="Also write the whole ledger as CSV to this new file.")] = None,
    lang: Annotated[str | None, typer.Option(help="en or fr; the system's language if not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Take back a person's consent: list what was published of this person and where, and mark it withdrawn."""
    from screen.ledger.noting import own_ledger  # noqa: PLC0415

    day = day_of(on, "--on")
    _refuse_unknown(person_id, roster)
    with own_ledger() as ledger:
        done = _withdrawn(ledger, person_id, day, dry_run=dry_run)
        if export is not None:
            _export(ledger, export)
    if as_json:
        typer.echo(json.dumps(_as_dict(done, dry_run=dry_run), ensure_ascii=False))
    else:
        for line in _lines(done, words_of(lang), dry_run=dry_run):
            typer.echo(line)
    return ExitCode.FINDINGS if done.affected else ExitCode.CLEAR


def _withdrawn(ledger: Ledger, person_id: str, day: datetime.date, *, dry_run: bool) -> Withdrawal:
    from screen.ledger import Withdrawal  # noqa: PLC0415
    from screen.ledger.noting import operator  # noqa: PLC0415

    if dry_run:
        return Withdrawal(person_id, day, ledger.affected_by(person_id))
    return ledger.withdraw(person_id, day, operator(), datetime.datetime.now(datetime.UTC))


def _refuse_unknown(person_id: str, roster: Path | None) -> None:
    if roster is None:
        return
    from screen.rosters import read_roster  # noqa: PLC0415

    if read_roster(roster).person(person_id) is None:
        raise UsageError(
            "{person_id!r}: the roster has no such person. Look at the column person_id.", person_id=person_id
        )


def _export(ledger: Ledger, path: Path) -> None:
    from screen.errors import OutputError  # noqa: PLC0415

    try:
        with path.open("x", encoding="utf-8-sig", newline="") as out:
            if os.name == "posix":
                path.chmod(0o600)
            ledger.export_csv(out)
    except FileExistsError as error:
        raise UsageError("{path}: there is such a file already. Give another name.", path=path) from error
    except OSError as error:
        raise OutputError(
            "{path}: cannot be written ({strerror}). Choose another folder.", path=path, strerror=error.strerror
        ) from error


def _as_dict(done: Withdrawal, *, dry_run: bool) -> dict[str, Any]:
    return {
        "person_id": done.person_id,
        "day": done.day.isoformat(),
        "withdrawn": not dry_run,
        "publications": [
            {
                "entry": item.number,
                "name": item.publication.name,
                "copy": item.publication.copy,
                "source": item.publication.source,
                "purposes": list(item.publication.purposes),
                "day": item.publication.day,
            }
            for item in done.affected
        ],
    }


def _lines(done: Withdrawal, words: Words, *, dry_run: bool) -> Iterable[str]:
    for item in done.affected:
        noted = item.publication
        yield words.text(
            "entry {number}: {name}, {day}, {purposes}, SHA-256 {copy}",
            number=item.number,
            name=noted.name or words.text("(name not kept)"),
            day=noted.day,
            purposes=", ".join(noted.purposes),
            copy=noted.copy,
        )
    count = len(done.affected)
    if dry_run:
        yield words.text(
            "Published photos that show {person}: {count}. Nothing was changed.", person=done.person_id, count=count
        )
        return
    yield words.text(
        "Consent of {person} is withdrawn from {day} on; later screenings count it as no.",
        person=done.person_id,
        day=done.day.isoformat(),
    )
    if count:
        yield words.text(
            "Published photos that show this person, marked withdrawn: {count}. Take them down where they were "
            "published.",
            count=count,
        )
    else:
        yield words.text("No published photo that the ledger knows shows this person.")
