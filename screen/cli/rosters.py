"""photoscreen roster: validate a consent roster, write an empty one."""

from __future__ import annotations

import datetime
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screen.cli import prints
from screen.errors import ExitCode, UsageError
from screen.translation import words

if TYPE_CHECKING:
    from screen.roster import Roster
    from screen.translation import Words

app = typer.Typer(help="The consent roster: who agreed to what.", no_args_is_help=True)
app.command()(prints.enrol)
app.command()(prints.forget)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="The roster, CSV or XLSX.")],
    policy: Annotated[str, typer.Option(help="A preset or a policy file that maps columns and dates.")] = "classroom",
    lang: Annotated[str | None, typer.Option(help="en or fr; the system's language if not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object.")] = False,
) -> int:
    """Validate a roster: every doubtful row with its number and what to write instead."""
    from screen.policy import load_policy  # noqa: PLC0415
    from screen.rosters import RosterSettings, check_roster, problem_words  # noqa: PLC0415

    if not file.is_file():
        raise UsageError("{file}: there is no such roster file. Check the name and the folder.", file=file)
    rules = load_policy(policy, datetime.date.today())  # noqa: DTZ011  the day on this machine is the day people mean
    checked = check_roster(file, rules.settings("roster", RosterSettings), rules.today)
    if as_json:
        typer.echo(json.dumps(checked.as_dict(), ensure_ascii=False))
    else:
        said = words(lang)
        for problem in (*checked.errors, *checked.warnings):
            place = said.text("row {row}, column {column}") if problem.column else said.text("row {row}")
            typer.echo(f"{place.format(row=problem.row, column=problem.column)}: {problem_words(problem, said)}")
        typer.echo(said.text("{count} of {rows} rows can be used.", count=checked.accepted, rows=checked.rows))
        _tell_renewals(checked.roster, rules.today, said)
    return ExitCode.USAGE if checked.errors else ExitCode.CLEAR


@app.command()
def template(
    out: Annotated[Path | None, typer.Argument(help="The file to write; printed if not given.")] = None,
) -> None:
    """Write an empty roster with explanations."""
    from screen.rosters.template import template_csv  # noqa: PLC0415

    if out is None:
        typer.echo(template_csv(), nl=False)
        return
    write_new(out, template_csv(), "utf-8-sig")
    typer.echo(
        words().text("{out}: fill in one row for each person, then run: photoscreen roster check {out}", out=out)
    )


def _tell_renewals(roster: Roster | None, today: datetime.date, said: Words) -> None:
    """Print whose consent ran out or runs out soon, by id."""
    from screen.ledger import renewals_due  # noqa: PLC0415

    due = renewals_due(roster, today) if roster else ()
    if due:
        typer.echo(said.text("Consent that ran out or runs out within 30 days: {count}", count=len(due)))
    for person in due:
        typer.echo(said.text("  {person}: until {day}", person=person.person_id, day=person.valid_to))


def write_new(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a new file.

    Raises:
        UsageError: it is there already; OutputError: it cannot be written.
    """
    from screen.errors import OutputError  # noqa: PLC0415

    try:
        with path.open("x", encoding=encoding, newline="") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError("{path}: there is such a file already. Give another name.", path=path) from error
    except OSError as error:
        raise OutputError(
            "{path}: cannot be written ({strerror}). Choose another folder.", path=path, strerror=error.strerror
        ) from error
