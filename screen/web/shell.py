"""The page itself: its files by name, and the shell, which holds nothing of any photo."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from screen import __version__
from screen.translation import LANGUAGES

HERE = Path(__file__).parent
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def listed_files() -> dict[str, tuple[bytes, str]]:
    """The files of the page by name: nothing else is served, whatever is asked for."""
    found = (path for path in (HERE / "static").iterdir() if path.suffix in TYPES)
    return {path.name: (path.read_bytes(), TYPES[path.suffix]) for path in found}


def renderer() -> Callable[[str], str]:
    """Renders the shell in a language."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    from screen.translation import words  # noqa: PLC0415
    from screen.web.strings import page_strings  # noqa: PLC0415

    loader = FileSystemLoader(HERE / "templates")
    jinja = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)

    @functools.cache
    def render(lang: str) -> str:
        said = words(lang)
        shell = jinja.get_template("page.html.j2")
        return shell.render(
            lang=lang, languages=LANGUAGES, _=said.text, strings=page_strings(said), version=__version__
        )

    return render
