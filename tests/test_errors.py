"""Errors and help: sentences that are literals, in the reader’s language; errors travel between processes."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest
from catalogue import ERRORS, ROOT

from screen.cli.app import run
from screen.errors import MissingDependencyError, PhotoError, Phrase, RosterError, RowProblem, ScreenError, UsageError
from screen.translation import words
from screen.words import error_words


def _raised(path: Path) -> Iterator[tuple[int, ast.expr]]:
    """(line, the sentence) of every error that a module makes."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ERRORS:
            place = 1 if ERRORS[node.func.id] == (2,) else 0
            if len(node.args) > place:
                yield node.lineno, node.args[place]


def test_sentences_of_errors_are_literals_so_that_catalogues_find_them() -> None:
    files = sorted((ROOT / "screen").rglob("*.py"))
    made = [(path, line, sentence) for path in files for line, sentence in _raised(path)]
    others = [f"{path.name}:{line}" for path, line, sentence in made if isinstance(sentence, ast.JoinedStr)]
    assert len(made) > 100
    assert not others


@pytest.mark.parametrize(
    "error",
    [
        UsageError("{path}: there is no such file. Check the name and the folder.", path=Path("a.jpg")),
        PhotoError("broken", "{name}: the picture is broken.", name="a.jpg"),
        RosterError("{name}: {first}", (RowProblem(2, "first", "Empty."),), name="r.csv", first="Empty."),
        ScreenError("With {braces} and no values."),
    ],
)
def test_errors_travel_between_processes(error: ScreenError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301  our own bytes
    assert type(again) is type(error)
    assert (again.message, again.template, again.values) == (error.message, error.template, error.values)
    assert getattr(again, "problems", ()) == getattr(error, "problems", ())
    assert getattr(again, "error", "") == getattr(error, "error", "")


def test_an_error_is_said_in_french_with_its_values() -> None:
    error = MissingDependencyError(
        "The model {name!r} is not on this machine ({path}). {mending}",
        name="centerface",
        path=Path("m.onnx"),
        mending=Phrase("Connect to the network and run: photoscreen models pull"),
    )
    said = error_words(error, words("fr"))
    assert said.startswith("Le modèle 'centerface' n’est pas sur cette machine (m.onnx). Connectez-vous")
    assert error_words(error, words("en")) == error.message


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["check", "none.jpg", "--lang", "fr"], "none.jpg : ce fichier n’existe pas."),
        (["scan", "none", "--lang=fr"], "none : ce dossier n’existe pas."),
        (["check", "none.jpg", "--lang", "en"], "none.jpg: there is no such file."),
    ],
)
def test_the_command_line_says_errors_in_the_language_asked_for(
    command: list[str],
    expected: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(command) == 2
    assert expected in capsys.readouterr().err


def test_help_is_said_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["scan", "--help", "--lang", "fr"]) == 0
    assert "Examiner un dossier de photos" in capsys.readouterr().out
    assert run(["scan", "--help", "--lang", "en"]) == 0
    assert "Screen a folder of photos" in capsys.readouterr().out
