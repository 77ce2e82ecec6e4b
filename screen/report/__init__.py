"""Reports: one file per form, behind one protocol."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from screen.hookspecs import hookimpl
from screen.report.about import Renderer, Report, RunAbout, report_of
from screen.report.writing import VerdictLines, write_report

__all__ = ["Renderer", "Report", "RunAbout", "VerdictLines", "photoscreen_renderers", "report_of", "write_report"]

#: Name to module and class.
_CLASSES = {
    "html": ("to_html", "HtmlRenderer"),
    "csv": ("to_csv", "CsvRenderer"),
    "text": ("to_text", "TextRenderer"),
}


def _load(module: str, name: str) -> Renderer:
    loaded: Any = getattr(importlib.import_module(f"screen.report.{module}"), name)
    made: Renderer = loaded()
    return made


@hookimpl
def photoscreen_renderers() -> Mapping[str, Callable[[], Renderer]]:
    """The built-in reports by name."""
    return {name: partial(_load, *where) for name, where in _CLASSES.items()}
