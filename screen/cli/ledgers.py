"""photoscreen withdraw, and what check and blur note in the ledger."""

from __future__ import annotations

import dataclasses
import datetime
import getpass
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from screen.cli.options import day_of
from screen.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from screen.batch.copying import Copies
    from screen.ledger import Ledger, Withdrawal
    from screen.policy import Policy
    from screen.records import Failure, Verdict
    from screen.roster import Roster


def withdraw(
    person_id: Annotated[str, typer.Argument(metavar="PERSON_ID", help="The person's id in the roster.")],
    on: Annotated[str | None, typer.Option(help="Day from which it holds; today if not given.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what shows this person.")] = False,
    roster: Annotated[Path | None, typer.Option(help="Roster, to be sure that there is such a person.")] = None,
    export: Annotated[Path | None, typer.Option(help="Also write the whole ledger as CSV to this new file.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Take back a person's consent: list what was published of this person and where, and mark it withdrawn."""
    day = day_of(on, "--on")
    _refuse_unknown(person_id, roster)
    with _ledger() as ledger:
        done = _withdrawn(ledger, person_id, day, dry_run=dry_run)
        if export is not None:
            _export(ledger, export)
    if as_json:
        typer.echo(json.dumps(_as_dict(done, dry_run=dry_run), ensure_ascii=False))
    else:
        for line in _lines(done, dry_run=dry_run):
            typer.echo(line)
    return ExitCode.FINDINGS if done.affected else ExitCode.CLEAR


def with_withdrawals(roster: Roster, today: datetime.date) -> Roster:
    """The roster with everybody's consent taken back who withdrew it by ``photoscreen withdraw``.

    Raises:
        OutputError: the ledger is broken, so nobody knows who withdrew.
    """
    if not roster.people:
        return roster
    with _ledger() as ledger:
        return ledger.applied(roster, today)


def note_copies(results: Iterable[Copies | Failure], policy: Policy, roster: Roster) -> None:
    """Note safe copies in the ledger, each once.

    Raises:
        OutputError: the ledger cannot be written, so the copies must not go out.
    """
    from screen.records import Failure  # noqa: PLC0415

    done = [result for result in results if not isinstance(result, Failure)]
    made = [(r.verdict, copy.proof.digest, Path(copy.path).name) for r in done for copy in r.written]
    _note(made, policy, roster)


def note_cleared(verdict: Verdict, policy: Policy, roster: Roster) -> None:
    """Note a photo that may go out as it is, where it shows somebody whom evidence points to.

    Raises:
        OutputError: the ledger cannot be written.
    """
    from screen.records import Decision  # noqa: PLC0415

    shows = any(judgement.finding.evidence for judgement in verdict.judgements)
    if shows and verdict.decision == Decision.KEEP:
        _note([(verdict, verdict.digest, "")], policy, roster)


def _note(made: list[tuple[Verdict, str, str]], policy: Policy, roster: Roster) -> None:
    from screen.ledger import publication_of  # noqa: PLC0415
    from screen.weights import catalogue  # noqa: PLC0415

    if not made:
        return
    models = tuple((name, weights.sha256) for name, weights in catalogue().items())
    now = datetime.datetime.now(datetime.UTC)
    with _ledger() as ledger:
        known = ledger.copies()
        for verdict, digest, name in made:
            noted = publication_of(verdict, digest, policy, roster, operator=_operator(), models=models)
            noted = dataclasses.replace(noted, name=name if _says_nothing(name, roster) else "")
            if (digest, noted.purposes) not in known:
                ledger.record(noted, now)


def _says_nothing(name: str, roster: Roster) -> bool:
    """Is there nothing of people in the name of a copy? Then it helps to find the copy again."""
    from screen.typed.names import source_findings  # noqa: PLC0415
    from screen.typed.words import SPECIAL_WORDS, in_name  # noqa: PLC0415

    return not in_name(name, SPECIAL_WORDS) and not source_findings(name, roster)


def _ledger() -> Ledger:
    from screen.batch.store import home  # noqa: PLC0415
    from screen.ledger import Ledger  # noqa: PLC0415

    return Ledger(home())


def _operator() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _withdrawn(ledger: Ledger, person_id: str, day: datetime.date, *, dry_run: bool) -> Withdrawal:
    from screen.ledger import Withdrawal  # noqa: PLC0415

    if dry_run:
        return Withdrawal(person_id, day, ledger.affected_by(person_id))
    return ledger.withdraw(person_id, day, _operator(), datetime.datetime.now(datetime.UTC))


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


def _lines(done: Withdrawal, *, dry_run: bool) -> Iterable[str]:
    for item in done.affected:
        noted = item.publication
        name = noted.name or "(name not kept)"
        yield f"entry {item.number}: {name}, {noted.day}, {', '.join(noted.purposes)}, SHA-256 {noted.copy}"
    count = len(done.affected)
    if dry_run:
        yield f"{count} published photos show {done.person_id}. Nothing was changed."
        return
    yield f"Consent of {done.person_id} is withdrawn from {done.day.isoformat()} on; later screenings count it as no."
    if count:
        yield f"{count} published photos show this person, marked withdrawn. Take them down where they were published."
    else:
        yield "No published photo that the ledger knows shows this person."
