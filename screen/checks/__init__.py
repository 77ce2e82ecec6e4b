"""The built-in checks: one file per check, loaded when a policy picks it."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from screen.hookspecs import Check, hookimpl

#: Check id to module and class.
_CLASSES = {
    "face": ("faces", "FaceCheck"),
    "hand": ("hands", "HandCheck"),
    "back": ("backs", "BackCheck"),
    "text": ("text", "TextCheck"),
    "code": ("codes", "CodeCheck"),
    "blur": ("blur", "BlurCheck"),
    "orientation": ("orientation", "OrientationCheck"),
    "metadata": ("metadata", "MetadataCheck"),
    "filename": ("filename", "FilenameCheck"),
    "caption": ("caption", "CaptionCheck"),
    "quality": ("quality", "QualityCheck"),
}


def _load(module: str, name: str) -> type[Check]:
    loaded: Any = getattr(importlib.import_module(f"screen.checks.{module}"), name)
    checked: type[Check] = loaded
    return checked


@hookimpl
def photoscreen_checks() -> Mapping[str, Callable[[], type[Check]]]:
    """The built-in checks by id."""
    return {check: partial(_load, *where) for check, where in _CLASSES.items()}
