"""Copies that are made again, of several pages, and on a disk that is full."""

import hashlib
import os
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from screen.cli.app import run
from screen.errors import ExitCode
from screen.ledger import LedgerError
from screen.ledger.noting import own_ledger
from screen.photo import open_photo
from screen.redact import encoded


def test_a_copy_that_equals_its_photo_byte_for_byte_is_made_again(tmp_path, light, capsys):
    """A bare PNG stays as it is; its copy is ours, not the photo, so --overwrite may replace it."""
    (tmp_path / "in").mkdir()
    data = encoded(np.random.default_rng(4).integers(90, 160, (40, 50, 3), np.uint8), "PNG")
    (tmp_path / "in" / "a.png").write_bytes(data)
    words = ["blur", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--policy", light, "--overwrite"]
    for _ in range(2):
        assert run(words) == ExitCode.CLEAR
        assert (tmp_path / "out" / "a.png").read_bytes() == data
    assert run([*words[:3], str(tmp_path / "in"), *words[4:]]) == ExitCode.OUTPUT
    assert (tmp_path / "in" / "a.png").read_bytes() == data


def animation(path, count=3):
    """Moments of different colours; the second one in a file of two pages is what a person must look at."""
    path.parent.mkdir(parents=True, exist_ok=True)
    images = [Image.fromarray(np.full((40, 60, 3), 60 + 50 * number % 180, np.uint8)) for number in range(count)]
    images[0].save(path, save_all=True, append_images=images[1:])


@pytest.mark.parametrize("name", ["a.gif", "a.tif", "a.webp", "a.png"])
def test_every_page_is_copied_when_the_policy_says_so_and_that_is_said(tmp_path, capsys, name):
    """T20: each is screened, covered and proven like a photo; else the first one only, said aloud too."""
    animation(tmp_path / "in" / name)
    words = ["blur", str(tmp_path / "in"), "--out", str(tmp_path / "out")]
    for frames, count in (("first", 1), ("all", 3)):
        rules = tmp_path / f"{frames}.toml"
        rules.write_text(f'[policy]\nchecks = ["metadata"]\n[copies]\nframes = "{frames}"\n')
        for _ in range(2):  # the second time they are finished already
            assert run([*words, "--policy", str(rules)]) == ExitCode.CLEAR
            said = capsys.readouterr().out
            assert ("first one only" in said) is (frames == "first")
            assert ("copy of its own" in said) is (frames == "all")
        copies = sorted((tmp_path / "out").iterdir())
        assert len(copies) == count
    pictures = [open_photo(path) for path in copies]
    assert sorted(float(picture.pixels.mean()) for picture in pictures) == pytest.approx([60, 110, 160], abs=4)
    assert {picture.frames for picture in pictures} == {1}
    assert sum("page-" in path.name for path in copies) == 2


def test_more_pages_than_can_be_screened_are_refused(tmp_path, capsys):
    animation(tmp_path / "in" / "a.gif", 30)
    rules = tmp_path / "all.toml"
    rules.write_text('[policy]\nchecks = ["metadata"]\n[copies]\nframes = "all"\n')
    assert (
        run(["blur", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--policy", str(rules)]) == ExitCode.OUTPUT
    )
    assert "30" in capsys.readouterr().err
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are POSIX")
def test_a_disk_that_takes_no_more_leaves_no_half_copy(tmp_path, light):
    """T36, for real: files of more than 100 kB cannot be written; the one that fits is."""
    (tmp_path / "in").mkdir()
    for name, side in (("large.png", 200), ("small.png", 40)):
        pixels = np.random.default_rng(1).integers(0, 256, (side, side, 3), np.uint8)
        (tmp_path / "in" / name).write_bytes(encoded(pixels, "PNG"))
    script = (
        "import resource, sys\nfrom screen.cli.app import run\n"
        f"words = ['blur', r'{tmp_path / 'in'}', '--out', r'{tmp_path / 'out'}', '--policy', r'{light}']\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "sys.exit(run(words))"
    )
    done = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == ExitCode.OUTPUT, done.stderr
    assert "large.png" in done.stderr
    assert [path.name for path in (tmp_path / "out").rglob("*")] == ["small.png"]


def test_a_copy_that_was_written_but_not_noted_is_noted_by_the_next_run(tmp_path, light, monkeypatch, capsys):
    """The disk of the ledger was full, or the run was killed in between: withdrawals must find this copy too."""
    animation(tmp_path / "in" / "a.gif", 1)
    run(["scan", str(tmp_path / "in"), "--report", str(tmp_path / "report"), "--policy", light, "--quiet"])
    words = ["blur", str(tmp_path / "in"), "--out", str(tmp_path / "out"), "--policy", light, "--quiet"]

    def full(chain, *given):
        raise LedgerError("{path}: the disk is full.", path="ledger.sqlite")

    with monkeypatch.context() as patched:
        patched.setattr("screen.ledger.chain.Chain.append", full)
        assert run(words) == ExitCode.OUTPUT
        assert "disk is full" in capsys.readouterr().err
    [copy] = (path for path in (tmp_path / "out").rglob("*") if path.is_file())
    before = copy.stat().st_mtime_ns
    assert own_ledger().copies() == frozenset()
    for _ in range(2):
        assert run(words) == ExitCode.CLEAR
        [(digest, _)] = own_ledger().copies()
        assert digest == hashlib.sha256(copy.read_bytes()).hexdigest()
    assert copy.stat().st_mtime_ns == before, "it is not made again"
