"""photoscreen scan --watch, and two runs at once, as people run the program."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from test_exit_codes import save

from screen.cli.app import run
from screen.errors import ExitCode

PROGRAM = [sys.executable, "-m", "screen"]


def lines(report):
    path = report / "verdicts.jsonl"
    found = [json.loads(line) for line in path.read_text().splitlines()] if path.is_file() else []
    return {line["source"]: line.get("decision", line.get("error")) for line in found}


def until(wanted, process, seconds=90):
    """Wait for something to be so, as long as the program runs."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        if wanted():
            return
        time.sleep(0.1)
    raise AssertionError(process.communicate(timeout=5) if process.poll() is not None else "not within the time")


@pytest.mark.skipif(os.name != "posix", reason="Ctrl-C is sent as a signal")
def test_what_is_dropped_into_a_watched_folder_is_screened_and_copied(tmp_path, light):
    folder, report, copies = (tmp_path / name for name in ("drop", "drop-screened", "drop-safe"))
    save(folder / "a.jpg", gps=True)
    process = subprocess.Popen(
        [*PROGRAM, "scan", str(folder), "--watch", "--policy", light, "--workers", "1", "--lang", "en"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until(lambda: lines(report) == {"a.jpg": "redact"} and (copies / "a.jpg").is_file(), process)
        before = (copies / "a.jpg").stat().st_mtime_ns
        data = Path(save(tmp_path / "b.jpg", gps=True)).read_bytes()
        (folder / "trip").mkdir()
        with (folder / "trip" / "b.jpg").open("wb") as file:  # as a slow drive writes
            for start in range(0, len(data), len(data) // 4 + 1):
                file.write(data[start : start + len(data) // 4 + 1])
                file.flush()
                time.sleep(0.4)
        until(lambda: "trip/b.jpg" in lines(report) and (copies / "trip" / "b.jpg").is_file(), process)
        assert lines(report) == {"a.jpg": "redact", "trip/b.jpg": "redact"}
        (folder / "a.jpg").unlink()
        until(lambda: lines(report) == {"trip/b.jpg": "redact"}, process)
        with Image.open(copies / "trip" / "b.jpg") as image:
            assert not image.getexif()
        assert (copies / "a.jpg").stat().st_mtime_ns == before  # neither made again nor taken away
    finally:
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=180)
    assert process.returncode == ExitCode.INTERRUPTED
    assert "Traceback" not in err
    assert out.count("a.jpg") >= 2
    assert {path.name for path in report.iterdir()} >= {"report.html", "verdicts.jsonl", "summary.csv"}
    assert sorted(path.name for path in copies.rglob("*.jpg")) == ["a.jpg", "b.jpg"]


def test_outputs_of_a_watch_need_folders_of_their_own(tmp_path, light, capsys):
    save(tmp_path / "drop" / "a.jpg")
    words = ["scan", str(tmp_path / "drop"), "--policy", light]
    assert run([*words, "--watch", "--out", str(tmp_path / "drop")]) == ExitCode.USAGE
    assert run([*words, "--watch", "--report", str(tmp_path)]) == ExitCode.USAGE
    assert run([*words, "--out", str(tmp_path / "safe")]) == ExitCode.USAGE
    assert run(["scan", str(tmp_path / "nowhere"), "--watch"]) == ExitCode.USAGE
    assert "photoscreen: " in capsys.readouterr().err
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"drop"}


def test_two_runs_at_once_on_one_folder_say_the_same_and_leave_whole_files(tmp_path, light):
    folder = tmp_path / "class"
    for number in range(40):
        pixels = np.random.default_rng(number).integers(0, 255, (60, 80, 3), np.uint8)
        folder.mkdir(exist_ok=True)
        Image.fromarray(pixels).save(folder / f"{number:02d}.jpg")
    words = [*PROGRAM, "scan", str(folder), "--policy", light, "--json", "--quiet", "--workers", "1"]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [ExitCode.CLEAR, ExitCode.CLEAR], said
    one, other = (sorted(out.splitlines()) for out, _ in said)
    assert one == other
    assert len(one) == 40
    report = tmp_path / "class-screened"
    assert sorted((report / "verdicts.jsonl").read_text().splitlines()) == one
    assert not [path for path in report.iterdir() if path.name.endswith(".part")]
