"""One test for each row of the contract's exit codes, run as people run the program."""

import json
import sys

import numpy as np
import pytest
from PIL import Image

from screen.cli.app import run
from screen.errors import ExitCode, ProofError

GPS = 0x8825


def save(path, gps=False):
    pixels = np.random.default_rng(3).integers(60, 200, (120, 160, 3), np.uint8)
    image = Image.fromarray(pixels)
    exif = image.getexif()
    if gps:
        exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, "JPEG", exif=exif if gps else b"")
    return str(path)


def printed(capsys):
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_0_every_photo_may_be_published_as_it_is(tmp_path, light, capsys):
    photo = save(tmp_path / "garden.jpg")
    assert run(["check", photo, "--policy", light, "--json"]) == ExitCode.CLEAR
    [verdict] = printed(capsys)
    assert verdict["decision"] == "keep"
    assert verdict["schema"] == "photoscreen/verdict/1"
    assert verdict["source"] == photo


def test_1_something_needs_to_be_done(tmp_path, light, capsys):
    photo = save(tmp_path / "garden.jpg", gps=True)
    assert run(["check", photo, "--policy", light, "--json"]) == ExitCode.FINDINGS
    [verdict] = printed(capsys)
    assert verdict["decision"] == "redact"
    assert "gps" in [reason for finding in verdict["findings"] for reason in finding["reasons"]]


@pytest.mark.parametrize(
    "words",
    [
        ["check", "nothing.jpg"],
        ["scan", "nowhere"],
        ["scan", "empty"],
        ["scan", "PHOTO"],
        ["check", "folder"],
        ["check", "PHOTO", "--nonsense"],
        ["check", "PHOTO", "--for", "webiste"],
        ["check", "PHOTO", "--occasion", "party"],
        ["check", "PHOTO", "--today", "tomorrow"],
        ["check", "PHOTO", "--policy", "nothing.toml"],
        ["check", "PHOTO", "--policy", "bad.toml"],
        ["check", "PHOTO", "--policy", "unknown-setting.toml"],
        ["check", "PHOTO", "--roster", "nothing.csv"],
        ["check", "PHOTO", "--roster", "bad.csv"],
        ["check", "PHOTO", "--who", "f1"],
        ["check", "PHOTO", "--lang", "xx"],
        ["blur", "PHOTO"],
        ["blur", "PHOTO", "--out", "copies", "--style", "fog"],
        ["nonsense"],
    ],
)
def test_2_wrong_usage_and_nothing_is_written(tmp_path, words, capsys):
    photo = save(tmp_path / "folder" / "garden.jpg")
    (tmp_path / "empty").mkdir()
    (tmp_path / "bad.toml").write_text("[policy\n")
    (tmp_path / "unknown-setting.toml").write_text("[metadata]\nnonsense = 1\n")
    (tmp_path / "bad.csv").write_text("person_id,first,last,website\nP1,Ann,Lee,maybe\n")
    before = sorted(tmp_path.rglob("*"))
    assert run([photo if word == "PHOTO" else word for word in words]) == ExitCode.USAGE
    assert sorted(tmp_path.rglob("*")) == before
    said = capsys.readouterr()
    assert said.err.startswith("photoscreen: ")
    assert "Traceback" not in said.err
    assert not said.out


def test_3_a_photo_that_cannot_be_screened_wins_and_is_named(tmp_path, light, capsys):  # T35
    save(tmp_path / "class" / "garden.jpg", gps=True)
    (tmp_path / "class" / "broken.jpg").write_bytes(b"this is no picture")
    assert run(["scan", str(tmp_path / "class"), "--policy", light, "--json"]) == ExitCode.NOT_SCREENED
    lines = {line["source"]: line for line in printed(capsys)}
    assert lines["broken.jpg"]["schema"] == "photoscreen/failure/1"
    assert lines["broken.jpg"]["error"] == "not-a-photo"
    assert lines["garden.jpg"]["decision"] == "redact"
    report = tmp_path / "class-screened"
    assert {path.name for path in report.iterdir()} >= {"report.html", "summary.csv", "verdicts.jsonl"}
    assert "broken.jpg" in (report / "report.html").read_text()
    assert len((report / "verdicts.jsonl").read_text().splitlines()) == 2


@pytest.mark.parametrize("command", [["check", "garden.jpg"], ["scan", "."], ["blur", ".", "--out", "safe"]])
def test_4_a_missing_system_library_is_said_once_with_what_to_install(command, tmp_path, light, capsys, monkeypatch):
    for name in ("garden.jpg", "b.jpg", "c.jpg"):
        save(tmp_path / name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "cv2", None)  # importing it fails, as on a server without libGL
    assert run([*command, "--policy", light]) == ExitCode.MISSING
    said = capsys.readouterr().err
    assert said.count("sudo apt install libgl1") == 1
    assert not (tmp_path / "safe" / "garden.jpg").exists()


def test_4_a_missing_model_names_the_command_that_brings_it(tmp_path, capsys):
    photo = save(tmp_path / "garden.jpg")
    assert run(["check", photo]) == ExitCode.MISSING
    assert "photoscreen models pull" in capsys.readouterr().err


def test_5_an_output_that_cannot_be_written(tmp_path, light, capsys):
    photo = save(tmp_path / "garden.jpg")
    (tmp_path / "file").write_text("in the way")
    assert run(["blur", photo, "--out", str(tmp_path / "file" / "copies"), "--policy", light]) == ExitCode.OUTPUT
    assert "Choose another folder" in capsys.readouterr().err


def test_5_a_proof_that_fails_leaves_no_copy(tmp_path, light, monkeypatch, capsys):
    photo = save(tmp_path / "garden.jpg", gps=True)

    def failing(*_args, **_more):
        raise ProofError("garden.jpg: no safe copy was kept.")

    monkeypatch.setattr("screen.batch.copying.write_safe_copy", failing)
    assert run(["blur", photo, "--out", str(tmp_path / "copies"), "--policy", light]) == ExitCode.OUTPUT
    assert "no safe copy was kept" in capsys.readouterr().err
    assert list((tmp_path / "copies").rglob("*.jpg")) == []


def test_70_a_fault_of_ours_is_a_sentence(tmp_path, light, monkeypatch, capsys):
    monkeypatch.setattr("screen.cli.screening.teller", lambda *_a, **_k: 1 / 0)
    assert run(["check", save(tmp_path / "garden.jpg"), "--policy", light]) == ExitCode.FAULT
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said
    assert "Traceback" not in said


def test_130_interrupted(tmp_path, light, monkeypatch, capsys):
    def interrupted(*_args, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr("screen.cli.screening.screened", interrupted)
    assert run(["check", save(tmp_path / "garden.jpg"), "--policy", light]) == ExitCode.INTERRUPTED
    assert "again" in capsys.readouterr().err


def test_blur_writes_a_copy_without_the_position(tmp_path, light):
    photo = save(tmp_path / "class" / "garden.jpg", gps=True)
    before = (tmp_path / "class" / "garden.jpg").read_bytes()
    assert (
        run(["blur", str(tmp_path / "class"), "--out", str(tmp_path / "copies"), "--policy", light]) == ExitCode.CLEAR
    )
    [copy] = (tmp_path / "copies").rglob("*.jpg")
    with Image.open(copy) as image:
        assert not image.getexif()
    assert (tmp_path / "class" / "garden.jpg").read_bytes() == before
    assert photo


def test_who_made_the_photo_is_shown_when_asked_so_that_the_post_can_give_credit(tmp_path, light, capsys):
    exif = Image.Exif()
    exif.update({0x013B: "Jane Smith", 0x8298: "Example School"})
    Image.new("RGB", (60, 40)).save(tmp_path / "a.jpg", exif=exif.tobytes())
    words = [str(tmp_path / "a.jpg"), "--policy", light]
    for more, shown in (([], False), (["--show-text"], True)):
        run(["check", *words, *more])
        said = " ".join(capsys.readouterr().out.split())
        assert ("Jane Smith" in said) is shown
        run(["blur", *words, "--out", str(tmp_path / "out"), *more])
        said = capsys.readouterr().out
        assert ("Jane Smith; Example School" in said) is shown
        assert "credit" in said
    assert b"Jane" not in (tmp_path / "out" / "a.jpg").read_bytes()
