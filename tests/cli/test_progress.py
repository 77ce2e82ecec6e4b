"""How far a run is, and what it says at its end."""

import io
import re
import sys

import pytest
from test_exit_codes import save

from screen.cli.app import run
from screen.cli.options import Common, read_setting
from screen.cli.progress import Tally, progress
from screen.errors import ExitCode
from screen.records import Failure, Verdict
from screen.report.commands import safe_copy_command
from screen.translation import words

KEPT = Verdict("a.jpg", "00", (4, 3), (), None, ("website",))
FAILED = Failure("b.jpg", "broken", "b.jpg: broken.")


class Clock:
    now = 50.0

    def __call__(self):
        return self.now


def test_speed_time_left_and_counts():
    clock = Clock()
    tally = Tally(words("en"), 10, clock)
    for result in (KEPT, KEPT, KEPT, FAILED):
        clock.now += 5
        tally.add(result)
    assert tally.line("Screening").startswith("Screening: 4 of 10; 0.2 photos/s, 30 seconds left; Not screened: 1, ")
    assert tally.outcomes().endswith(": 3")
    assert (round(tally.speed, 3), round(tally.left)) == (0.2, 30)
    french = Tally(words("fr"), 10, clock)
    clock.now += 5
    french.add(KEPT)
    assert "reste" in french.pace()


@pytest.fixture
def setting():
    def make(**said):
        return read_setting(Common(lang="en", **said))

    return make


def test_lines_where_there_is_no_terminal(setting, monkeypatch):
    err = io.StringIO()
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr("screen.cli.progress.EVERY", 0.0)
    with progress(setting(), "Screening", 2) as advance:
        advance(KEPT)
        advance(FAILED)
    first, second = err.getvalue().splitlines()
    assert first.startswith("Screening: 1 of 2; ")
    assert "left" in first
    assert second.startswith("Screening: 2 of 2; ")
    assert "left" not in second


def test_a_bar_on_a_terminal_and_nothing_when_quiet(setting, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    for said, shown in (({}, True), ({"quiet": True}, False), ({"json": True}, False)):
        err = Terminal()
        monkeypatch.setattr(sys, "stderr", err)
        with progress(setting(**said), "Screening", 1) as advance:
            advance(KEPT)
        assert ("Screening" in err.getvalue()) == shown, said


def test_the_next_command_repeats_the_options_that_decide():
    options = ("--roster", "my roster.csv", "--for", "press")
    command = safe_copy_command("class 4", options)
    assert command == "photoscreen blur --out safe-copies --roster 'my roster.csv' --for press 'class 4'"


def test_a_scan_ends_with_counts_reasons_and_the_next_command(tmp_path, light, capsys):
    for name in ("a.jpg", "b.jpg"):
        save(tmp_path / "class" / name, gps=True)
    save(tmp_path / "class" / "c.jpg")
    roster = tmp_path / "roster.csv"
    roster.write_text("person_id,first,last,display\nP1,Ann,Lee,yes\n")
    words_given = ["--policy", light, "--for", "display", "--roster", str(roster), "--lang", "en"]
    assert run(["scan", str(tmp_path / "class"), *words_given]) == ExitCode.FINDINGS
    said = capsys.readouterr().out
    assert re.search(r"2 × Hidden data: ", said)
    [command] = [line.strip() for line in said.splitlines() if "photoscreen blur" in line]
    for part in (f"--policy {light}", "--for display", f"--roster {roster}"):
        assert part in command
    capsys.readouterr()
    assert run(["check", str(tmp_path / "class" / "a.jpg"), *words_given]) == ExitCode.FINDINGS
    assert f"--roster {roster}" in capsys.readouterr().out
