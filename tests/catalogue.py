"""The sentences that catalogues must hold.

Run as a program, it brings screen/locale and docs/reasons.md up to date with the code.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import typer
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from jinja2.ext import babel_extract

from screen.cli.app import app
from screen.cli.helps import help_sentences
from screen.reasons import REASONS

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "screen" / "locale"
#: What a module imports that has sentences to translate; elsewhere the keywords mean other things.
SPEAKS = re.compile(rb"from screen\.(words|translation) import")
KEYWORDS = {"_": None, "marked": None, "text": None, "plural": (1, 2)}
#: Errors take their sentence as a literal, in every module.
ERRORS: dict[str, tuple[int, ...] | None] = {
    **dict.fromkeys(
        ("UsageError", "RosterError", "CheckError", "MissingDependencyError", "OutputError", "ProofError"), None
    ),
    **dict.fromkeys(("LedgerError", "StepError", "Phrase"), None),
    "PhotoError": (2,),
}


def wanted() -> Catalog:
    """Every sentence of the code, the templates and the reasons, with the file in which it stands."""
    catalogue = Catalog(project="photoscreen", charset="utf-8")
    for message, where in _messages():
        catalogue.add(message, locations=[(where, 0)])
    return catalogue


def catalogue_of(lang: str) -> Catalog:
    """The catalogue of a language as it is on disk."""
    with (LOCALE / f"{lang}.po").open("rb") as file:
        return read_po(file, locale=lang)


def _messages() -> Iterator[tuple[str | tuple[str, ...], str]]:
    for path in sorted((ROOT / "screen").rglob("*")):
        method = {".py": "python", ".j2": babel_extract}.get(path.suffix)
        if method is None:
            continue
        data = io.BytesIO(path.read_bytes())
        speaks = path.suffix != ".py" or SPEAKS.search(data.getvalue())
        keywords = {**ERRORS, **KEYWORDS} if speaks else ERRORS
        for _line, message, _comments, _context in extract(
            method, data, keywords=keywords, options={"encoding": "utf-8"}
        ):
            if message and message != ("",):
                yield message, str(path.relative_to(ROOT))
    yield from ((text, "screen/cli") for text in help_sentences(typer.main.get_command(app)))
    for reason in REASONS.values():
        yield from ((text, "screen/reasons.py") for text in (reason.sentence, reason.next_step) if text)


def update(lang: str) -> None:
    """Add new sentences to a catalogue, without guessing at their translation, and drop those that are gone."""
    path = LOCALE / f"{lang}.po"
    catalogue = catalogue_of(lang) if path.exists() else Catalog(locale=lang)
    catalogue.project, catalogue.msgid_bugs_address = "photoscreen", ""
    catalogue.header_comment, catalogue.fuzzy = (
        f"# Sentences of photoscreen in {lang}: python tests/catalogue.py",
        False,
    )
    catalogue.last_translator = catalogue.language_team = "The photoscreen authors"
    made = catalogue.creation_date
    catalogue.update(wanted(), no_fuzzy_matching=True)
    catalogue.creation_date = made  # so that a run that changes nothing leaves the file as it is
    catalogue.obsolete.clear()
    out = io.BytesIO()
    write_po(
        out, catalogue, width=120, omit_header=False, include_lineno=False, sort_output=False, ignore_obsolete=True
    )
    path.write_bytes(out.getvalue())


def reasons_page() -> str:
    """docs/reasons.md as the code has it."""
    lines = [
        "# Reasons",
        "",
        "Each finding that is more than kept has one of these codes in the JSON. Reports say the sentence and step.",
        "The rule behind each comes from the guidance in the last column. The true cause of a refusal never shows:",
        "protection, objection and a plain no all read `no-consent`.",
        "",
        "| code | what people read | what to do next | source of the rule |",
        "|---|---|---|---|",
    ]
    lines += [f"| `{r.code}` | {r.sentence} | {r.next_step or '–'} | {r.source} |" for r in REASONS.values()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    update("fr")
    (ROOT / "docs" / "reasons.md").write_text(reasons_page(), "utf-8")
