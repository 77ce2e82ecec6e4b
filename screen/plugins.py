"""Built-ins and entry points, looked up by name."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Callable, Mapping
from typing import Any

import pluggy

from screen import hookspecs
from screen.errors import MissingDependencyError, UsageError

#: Packages that register built-ins, by name only, so that nothing here points back up.
BUILT_INS = ("screen.checks", "screen.faces", "screen.ocr", "screen.report")


@functools.cache
def manager() -> pluggy.PluginManager:
    """The plugin manager of this process, with built-ins and installed plugins.

    Raises:
        MissingDependencyError: an installed plugin cannot be loaded; going on without it would screen less than asked.
    """
    found = pluggy.PluginManager(hookspecs.GROUP)
    found.add_hookspecs(hookspecs)
    for name in BUILT_INS:
        found.register(importlib.import_module(name))
    try:
        found.load_setuptools_entrypoints(hookspecs.GROUP)
    except Exception as error:
        raise MissingDependencyError(
            "A plugin of photoscreen cannot be loaded ({error}). Mend it or uninstall it.", error=error
        ) from error
    found.check_pending()
    return found


def names(hook: str) -> dict[str, Callable[[], Any]]:
    """Everything that one hook offers, by name; where two plugins offer one name, the later one (a plugin) wins."""
    offered: dict[str, Callable[[], Any]] = {}
    # Hooks are called last registered first; built-ins are registered first, so plugins override them.
    answers: list[Mapping[str, Callable[[], Any]]] = getattr(manager().hook, hook)()
    for answer in reversed(answers):
        offered |= answer
    return offered


def pick(hook: str, name: str, what: str) -> Any:
    """What the factory of that name returns.

    Args:
        hook: the hook's name, photoscreen_checks for example.
        name: what the policy asks for.
        what: the kind of thing in words, for the message.

    Raises:
        UsageError: nobody offers that name.
    """
    offered = names(hook)
    if name not in offered:
        raise UsageError(
            "There is no {what} named {name!r}. Known: {listed}.",
            what=what,
            name=name,
            listed=", ".join(sorted(offered)),
        )
    return offered[name]()
