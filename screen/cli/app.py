"""The program: its commands, and how errors become a sentence and an exit code."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import sys
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from screen.cli import copies, doctor, ledgers, models, policies, review, rosters, screening
from screen.cli.helps import in_language
from screen.errors import ExitCode, ScreenError

if TYPE_CHECKING:
    from screen.translation import Words

app = typer.Typer(
    name="photoscreen",
    help="A privacy screen for school photos: what is in them, what may be shown, and safe copies. "
    "Everything stays on this machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(screening.check)
app.command()(screening.scan)
app.command()(copies.blur)
app.command()(copies.crop)
app.command()(review.review)
app.command()(ledgers.withdraw)
app.add_typer(rosters.app, name="roster")
app.add_typer(policies.app, name="policy")
app.add_typer(models.app, name="models")
app.command()(doctor.doctor)


def _version(wanted: bool) -> None:
    if wanted:
        from screen import __version__  # noqa: PLC0415

        typer.echo(f"photoscreen {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of the program itself."""


def main(words: list[str] | None = None) -> NoReturn:
    """Run a command line and end the process with the exit code of docs/exit-codes.md."""
    logging.basicConfig(level=os.environ.get("PHOTOSCREEN_LOG", "CRITICAL"), format="%(name)s: %(message)s")
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code = run(words)
    with contextlib.suppress(BrokenPipeError, OSError):
        sys.stdout.flush()
    sys.exit(code)


def run(words: list[str] | None = None) -> int:
    """Run a command line; its exit code. Prints the sentence of an error on stderr."""
    try:
        command = in_language(typer.main.get_command(app), _words(words))
        answer = command.main(words, prog_name="photoscreen", standalone_mode=False)
    except Exception as error:  # noqa: BLE001  the last net: people get a sentence, programs an exit code
        message, code = _sentence(error, _words(words))
        typer.echo(f"photoscreen: {message}", err=True)
        return code
    if answer == ExitCode.INTERRUPTED:
        stopped = _words(words).text("Stopped. Run the same command again to go on.")
        typer.echo(f"photoscreen: {stopped}", err=True)
    return int(answer) if isinstance(answer, int) else ExitCode.CLEAR


def _words(words: list[str] | None) -> Words:
    """Sentences in the language that the command line asks for, also where it is wrong otherwise."""
    from screen.translation import LANGUAGES, system_language  # noqa: PLC0415
    from screen.translation import words as words_of  # noqa: PLC0415

    given = " ".join(sys.argv[1:] if words is None else words)
    asked = re.search(rf"(?:^|\s)--lang[ =]({'|'.join(LANGUAGES)})(?:\s|$)", given)
    return words_of(asked[1] if asked else system_language())


def _sentence(error: Exception, said: Words) -> tuple[str, ExitCode]:
    if isinstance(error, ScreenError):
        from screen.words import error_words  # noqa: PLC0415

        return error_words(error, said), ExitCode(error.exit_code)
    if isinstance(error, typer.TyperException):
        return said.text("{problem} See: photoscreen --help", problem=error.format_message()), ExitCode.USAGE
    if isinstance(error, BrokenPipeError):
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123  nobody reads on
        return said.text("Nobody reads the results any more, so not all were printed."), ExitCode.OUTPUT
    logging.getLogger(__name__).debug("fault", exc_info=error)
    fault = said.text(
        "A fault of photoscreen itself ({kind}). Nothing was cleared. Set PHOTOSCREEN_LOG=DEBUG, run again to see "
        "more, and please report it.",
        kind=type(error).__name__,
    )
    return fault, ExitCode.FAULT
