"""photoscreen: a privacy screen for school photos."""

from screen.errors import ExitCode, ScreenError
from screen.geometry import Box
from screen.hookspecs import hookimpl

__version__ = "0.1.0"
__all__ = ["Box", "ExitCode", "ScreenError", "hookimpl"]
