"""Runs after runs: what was done is not done again, and our own outputs are no sources."""

import json
from pathlib import Path

import pytest
from test_exit_codes import printed, save

from screen.cli.app import run
from screen.errors import ExitCode


@pytest.fixture
def folder(tmp_path):
    for name in ("a.jpg", "b.jpg", "trip/a.jpg"):
        save(tmp_path / "class" / name, gps=name != "b.jpg")
    return tmp_path / "class"


class Runner:
    """Runs in this process and counts the photos that were looked at."""

    def __init__(self):
        self.looked = []

    def run(self, work, tasks):
        for task in tasks:
            self.looked.append(task.source)
            yield task, work(task)


@pytest.fixture
def runner(monkeypatch):
    counting = Runner()
    monkeypatch.setattr("screen.batch.runner_for", lambda *_: counting)
    return counting


def test_a_second_scan_looks_at_changed_photos_only(folder, light, capsys, runner):
    words = ["scan", str(folder), "--policy", light, "--json"]
    assert run(words) == ExitCode.FINDINGS
    first = printed(capsys)
    assert len(runner.looked) == len(first) == 3
    assert run(words) == ExitCode.FINDINGS
    assert printed(capsys) == first
    assert len(runner.looked) == 3
    save(folder / "b.jpg", gps=True)
    assert run(words) == ExitCode.FINDINGS
    changed = {line["source"]: line["decision"] for line in printed(capsys)}
    assert changed == {"a.jpg": "redact", "b.jpg": "redact", "trip/a.jpg": "redact"}
    assert runner.looked[3:] == ["b.jpg"]


def test_other_rules_are_judged_without_a_look_and_other_checks_or_fresh_look_again(folder, light, runner, capsys):
    words = ["scan", str(folder), "--json"]
    assert run([*words, "--policy", light]) == ExitCode.FINDINGS
    others = Path(light).with_name("others.toml")
    others.write_text(Path(light).read_text() + '\n[metadata]\nignore = ["gps"]\n')
    for more, looked in (
        (["--policy", light, "--for", "display"], 0),
        (["--policy", light, "--today", "2026-01-31"], 0),
        (["--policy", light, "--show-text"], 0),
        (["--policy", light, "--caption", "Year 4"], 0),
        (["--policy", light, "--fresh"], 3),
        (["--policy", str(others)], 3),
        (["--policy", str(others), "--for", "display"], 0),
    ):
        runner.looked.clear()
        run([*words, *more])
        assert len(runner.looked) == looked, more
    last = printed(capsys)[-3:]
    assert [list(line["purposes"]) for line in last] == [["display"]] * 3


def test_finished_copies_are_left_alone_and_lost_ones_made_again(folder, light, tmp_path):
    words = ["blur", str(folder), "--out", str(tmp_path / "safe"), "--policy", light, "--quiet"]
    assert run(words) == ExitCode.CLEAR
    copies = {path: path.stat().st_mtime_ns for path in (tmp_path / "safe").rglob("*.jpg")}
    assert len(copies) == 3
    lost = next(iter(copies))
    lost.unlink()
    assert run(words) == ExitCode.CLEAR
    again = {path: path.stat().st_mtime_ns for path in (tmp_path / "safe").rglob("*.jpg")}
    assert again.keys() == copies.keys()
    assert {path for path in copies if again[path] != copies[path]} == {lost}


def test_a_copy_of_other_rules_is_replaced_but_a_file_of_others_is_not(folder, light, tmp_path, capsys):
    words = ["blur", str(folder / "a.jpg"), "--out", str(tmp_path / "safe"), "--policy", light, "--quiet"]
    assert run(words) == ExitCode.CLEAR
    [copy] = (tmp_path / "safe").rglob("*.jpg")
    before = copy.stat().st_mtime_ns
    assert run([*words, "--for", "display"]) == ExitCode.CLEAR
    assert copy.stat().st_mtime_ns != before
    copy.write_bytes(b"somebody's own file")
    assert run(words) == ExitCode.OUTPUT
    assert copy.read_bytes() == b"somebody's own file"
    assert "--overwrite" in capsys.readouterr().err
    assert run([*words, "--overwrite"]) == ExitCode.CLEAR
    assert copy.read_bytes() != b"somebody's own file"


def test_copies_inside_the_source_folder_are_no_sources(folder, light, capsys):  # T29, T30
    words = ["blur", str(folder), "--out", str(folder / "safe"), "--policy", light, "--quiet"]
    assert run(words) == ExitCode.CLEAR
    assert run(words) == ExitCode.CLEAR
    assert len(list((folder / "safe").rglob("*.jpg"))) == 3
    assert run(["scan", str(folder), "--policy", light, "--json"]) == ExitCode.FINDINGS
    assert sorted(json.loads(line)["source"] for line in capsys.readouterr().out.splitlines()) == [
        "a.jpg",
        "b.jpg",
        "trip/a.jpg",
    ]


def test_two_sources_for_one_copy_are_refused(folder, light, tmp_path, capsys):  # T28
    words = ["blur", str(folder / "a.jpg"), str(folder / "trip" / "a.jpg"), "--out", str(tmp_path / "safe")]
    assert run([*words, "--policy", light]) == ExitCode.USAGE
    assert "one after the other" in capsys.readouterr().err
    assert not (tmp_path / "safe").exists()


def test_names_for_faces_are_for_one_photo(folder, light, tmp_path, capsys):
    (tmp_path / "roster.csv").write_text("person_id,first,last,website\nP1,Ann,Lee,yes\n")
    words = ["--policy", light, "--roster", str(tmp_path / "roster.csv"), "--who", "f1=P1"]
    assert run(["check", str(folder / "a.jpg"), str(folder / "b.jpg"), *words]) == ExitCode.USAGE
    assert "one photo" in capsys.readouterr().err


def test_withdrawn_consent_counts_as_no_from_then_on(tmp_path, capsys):
    roster = tmp_path / "roster.csv"
    roster.write_text("person_id,first,last,website\nP1,Ann,Lee,yes\n")
    assert run(["withdraw", "P1", "--roster", str(roster), "--json"]) == ExitCode.CLEAR
    assert printed(capsys)[0]["withdrawn"]
    assert run(["withdraw", "P2", "--roster", str(roster)]) == ExitCode.USAGE


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["policy", "list"], "classroom"),
        (["policy", "show", "classroom"], "source:"),
        (["roster", "template"], "person_id"),
        (["models", "list"], "centerface"),
        (["--version"], "photoscreen"),
    ],
)
def test_commands_that_only_tell(words, shown, capsys):
    assert run(words) == ExitCode.CLEAR
    assert shown in capsys.readouterr().out


@pytest.mark.parametrize(("lang", "shown"), [("en", "P1: until 2020-08-31"), ("fr", "P1 : jusqu’au 2020-08-31")])
def test_a_checked_roster_tells_whose_consent_runs_out(tmp_path, capsys, lang, shown):
    roster = tmp_path / "roster.csv"
    roster.write_text("person_id,first,last,website,valid_to\nP1,Ann,Lee,yes,2020-08-31\nP2,Bo,Lee,yes,2090-08-31\n")
    assert run(["roster", "check", str(roster), "--lang", lang]) == ExitCode.CLEAR
    said = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
    assert shown in said
    assert "P2" not in said
    assert "Ann" not in said


def test_files_to_fill_in_are_never_written_over(tmp_path, capsys):
    for words in (["roster", "template", "roster.csv"], ["policy", "init", "school.toml"]):
        assert run(words) == ExitCode.CLEAR
        assert run(words) == ExitCode.USAGE
    assert run(["roster", "check", "roster.csv", "--json"]) in {ExitCode.CLEAR, ExitCode.USAGE}
    capsys.readouterr()
    assert run(["policy", "show", "school.toml"]) == ExitCode.CLEAR


def test_models_that_are_missing_are_told(capsys):
    assert run(["models", "verify"]) == ExitCode.MISSING
    assert "photoscreen models pull" in capsys.readouterr().err
