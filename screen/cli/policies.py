"""photoscreen policy: the presets, their rules and the source of each rule."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Annotated

import typer

from screen.translation import words

app = typer.Typer(help="The rules: presets, and a file for your school.", no_args_is_help=True)


@app.command("list")
def list_presets() -> None:
    """Show the presets."""
    import tomllib  # noqa: PLC0415

    from screen.policy import preset_text, presets  # noqa: PLC0415

    for name in presets():
        typer.echo(f"{name:12} {tomllib.loads(preset_text(name))['policy'].get('about', '')}")


@app.command()
def show(name: Annotated[str, typer.Argument(help="A preset or a policy file.")]) -> None:
    """Show the rules of a policy and the source of each rule."""
    from screen.policy import load_policy  # noqa: PLC0415
    from screen.rulings.listing import listed_rules  # noqa: PLC0415

    policy = load_policy(name, datetime.date.today())  # noqa: DTZ011  no rule depends on it here
    typer.echo(f"{policy.name}: {policy.occasion}; for {', '.join(policy.purposes)}")
    typer.echo(f"looks for: {', '.join(policy.checks)}\n")
    for rule in listed_rules(policy):
        changed_by = f"; change it with {rule.setting}" if rule.setting else ""
        typer.echo(f"{rule.decision!s:6}  {rule.title}\n        source: {rule.source or 'photoscreen'}{changed_by}")


@app.command()
def init(file: Annotated[Path, typer.Argument(help="The policy file to write, for example school.toml.")]) -> None:
    """Write a policy file to change for your school."""
    from screen.cli.rosters import write_new  # noqa: PLC0415

    text = (
        "# Rules of our school. Say only what differs from the preset; see docs/policy.md for every setting.\n"
        '\n[policy]\nextends = "classroom"\nname = "our-school"\npurposes = ["website", "social"]\n'
    )
    write_new(file, text)
    typer.echo(words().text("{file}: change it, then use it with: photoscreen scan FOLDER --policy {file}", file=file))
