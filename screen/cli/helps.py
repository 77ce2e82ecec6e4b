"""What --help says, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from screen.translation import Words


def in_language(command: Any, words: Words) -> Any:
    """The command of Typer with every help sentence of its options and subcommands said in this language."""
    if words.lang != "en":
        for owner in _owners(command):
            owner.help = words.text(owner.help)
            if getattr(owner, "short_help", None):
                owner.short_help = words.text(owner.short_help)
    return command


def help_sentences(command: Any) -> Iterator[str]:
    """Every help sentence of a command of Typer, its options and subcommands; for the catalogues."""
    yield from dict.fromkeys(owner.help for owner in _owners(command))


def _owners(command: Any) -> Iterator[Any]:
    """The command, its parameters and its subcommands: all that have a help sentence."""
    yield from (owner for owner in (command, *command.params) if getattr(owner, "help", None))
    for one in getattr(command, "commands", {}).values():
        yield from _owners(one)
