"""The command line: the only part that prints or sets an exit code."""

from screen.cli.app import app, main

__all__ = ["app", "main"]
