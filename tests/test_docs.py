"""The documentation names everything that there is."""

import re
from pathlib import Path

import pytest
import typer

from screen.cli.app import app
from screen.errors import ExitCode
from screen.weights import catalogue

DOCS = Path(__file__).resolve().parent.parent / "docs"
TOP = DOCS.parent


def commands():
    return typer.main.get_command(app).commands


@pytest.mark.parametrize("name", sorted(commands()))
def test_every_command_has_its_section_and_every_option_is_named(name):
    text = (DOCS / "commands.md").read_text()
    assert f"\n## {name}\n" in text
    command = commands()[name]
    for sub in getattr(command, "commands", {}):
        assert f"photoscreen {name} {sub}" in text, sub


def test_every_option_is_documented():
    text = "\n".join(path.read_text() for path in DOCS.glob("*.md"))
    for name in ("check", "scan", "blur", "crop"):
        for parameter in commands()[name].params:
            for word in getattr(parameter, "opts", []):
                if word.startswith("--") and word != "--help":
                    assert f"`{word}" in text or f" {word}" in text, f"{name} {word}"


def test_every_exit_code_is_documented():
    rows = re.findall(r"^\| (\d+) \|", (DOCS / "exit-codes.md").read_text(), re.M)
    assert [int(row) for row in rows] == [code.value for code in ExitCode]


def test_links_between_pages_lead_somewhere():
    for page in (*DOCS.glob("*.md"), TOP / "README.md"):
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text()):
            assert (page.parent / link).exists(), f"{page.name}: {link}"


def test_models_are_listed_with_a_licence_that_schools_may_use():
    for weights in catalogue().values():
        assert weights.licence in {"MIT", "Apache-2.0"}, weights.name
