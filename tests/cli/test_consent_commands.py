"""photoscreen withdraw, roster check, roster enrol, roster forget, as people run them."""

from __future__ import annotations

import csv
import datetime
import json
import sqlite3
from pathlib import Path

import pytest

from screen.cli.app import run
from screen.errors import ExitCode
from screen.ledger import Ledger, Outcome, Publication

NOW = datetime.datetime(2026, 10, 7, tzinfo=datetime.UTC)
ROSTER = "person_id,first,last,website,biometric_parent_ok,biometric_child_ok\nP1,Ann,Bell,yes,yes,\nP2,Bob,Fox,no,,\n"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("PHOTOSCREEN_HOME", str(folder))
    shown = (Outcome("f1", "face", True, "keep", ("P1",)), Outcome("f2", "face", False, "redact", ("P2",)))
    with Ledger(folder) as ledger:
        ledger.record(
            Publication("c" * 64, "s" * 64, ("website",), "2026-10-01", "x", "redact", shown, name="a.jpg"), NOW
        )
    return folder


@pytest.fixture
def roster(tmp_path: Path) -> str:
    path = tmp_path / "roster.csv"
    path.write_text(ROSTER)
    return str(path)


def test_withdraw_lists_marks_and_tells(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["withdraw", "P1", "--on", "2026-10-08"]) == ExitCode.FINDINGS
    printed = capsys.readouterr().out
    assert "a.jpg" in printed
    assert "c" * 64 in printed
    with Ledger(home) as ledger:
        assert ledger.marked() == {1}
        assert ledger.withdrawals() == {"P1": datetime.date(2026, 10, 8)}


def test_withdraw_as_json_and_as_a_trial(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["withdraw", "P2", "--dry-run", "--json"]) == ExitCode.CLEAR
    assert json.loads(capsys.readouterr().out)["publications"] == []
    assert run(["withdraw", "P1", "--dry-run", "--json"]) == ExitCode.FINDINGS
    found = json.loads(capsys.readouterr().out)
    assert (found["withdrawn"], found["publications"][0]["name"]) == (False, "a.jpg")
    with Ledger(home) as ledger:
        assert ledger.withdrawals() == {}


def test_withdraw_refuses_what_it_cannot_understand(home: Path, roster: str, tmp_path: Path) -> None:
    assert run(["withdraw", "P9", "--roster", roster]) == ExitCode.USAGE
    assert run(["withdraw", "P1", "--on", "tomorrow"]) == ExitCode.USAGE
    there = tmp_path / "there.csv"
    there.write_text("x")
    assert run(["withdraw", "P1", "--dry-run", "--export", str(there)]) == ExitCode.USAGE
    assert there.read_text() == "x"


def test_withdraw_exports_the_ledger(home: Path, tmp_path: Path) -> None:
    out = tmp_path / "ledger.csv"
    assert run(["withdraw", "P1", "--export", str(out)]) == ExitCode.FINDINGS
    rows = list(csv.DictReader(out.read_text("utf-8-sig").splitlines()))
    assert [row["kind"] for row in rows] == ["publication", "withdrawal"]


def test_a_changed_ledger_stops_with_exit_code_5(home: Path, roster: str) -> None:
    with sqlite3.connect(home / "ledger.sqlite") as connection:
        connection.executescript("DROP TRIGGER entries_stay; UPDATE entries SET at = 'x';")
    connection.close()
    assert run(["withdraw", "P1"]) == ExitCode.OUTPUT
    photo = Path(roster).with_name("a.jpg")
    photo.write_bytes(b"x")
    assert run(["check", str(photo), "--roster", roster]) == ExitCode.OUTPUT


def test_roster_check_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "r.csv"
    path.write_text("person_id,website\nP1,maybe\n")
    assert run(["roster", "check", str(path), "--lang", "fr"]) == ExitCode.USAGE
    assert "ni oui ni non" in capsys.readouterr().out
    assert run(["roster", "check", str(path), "--json"]) == ExitCode.USAGE
    assert json.loads(capsys.readouterr().out)["errors"][0]["row"] == 2


def test_nobody_is_enrolled_without_both_permissions(home: Path, roster: str, tmp_path: Path) -> None:
    for person in ("P1", "P2", "P9"):
        assert run(["roster", "enrol", person, str(tmp_path / "none.jpg"), "--roster", roster]) == ExitCode.USAGE
    assert not (home / "prints.enc").exists()


def test_forgetting_somebody_who_is_not_enrolled_is_said(home: Path) -> None:
    assert run(["roster", "forget", "P1"]) == ExitCode.USAGE
