"""docs/websites.md: a photo that may not be published does not get into the repository of a website."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from screen.cli.app import run
from screen.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent
GPS = 0x8825


def photo(path, gps):
    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(np.random.default_rng(len(path.name)).integers(60, 200, (120, 160, 3), np.uint8))
    exif = image.getexif()
    if gps:
        exif.get_ifd(GPS).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0)})
    image.save(path, exif=exif if gps else b"")


@pytest.fixture
def light(tmp_path, monkeypatch):
    monkeypatch.setenv("PHOTOSCREEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PHOTOSCREEN_MODELS", str(tmp_path / "no-models"))
    path = tmp_path / "light.toml"
    path.write_text('[policy]\nchecks = ["metadata", "caption"]\n')
    return path


@pytest.mark.skipif(os.name != "posix" or not shutil.which("git"), reason="the script is for a POSIX shell with git")
def test_the_hook_of_the_page_stops_a_commit(tmp_path, light):
    [script] = re.findall(r"```sh\n(.*?)```", (ROOT / "docs" / "websites.md").read_text(), re.S)
    site, tools = tmp_path / "site", tmp_path / "tools"
    for folder in (site, tools):
        folder.mkdir()
    program = tools / "photoscreen"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m screen "$@"\n')
    program.chmod(0o755)
    env = os.environ | {
        "PATH": f"{tools}{os.pathsep}{os.environ['PATH']}",
        "PHOTOSCREEN_OPTIONS": f"--policy {light} --lang en",
        "PYTHONPATH": str(ROOT),
        **{f"GIT_{who}_{what}": "x@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }

    def git(*words):
        return subprocess.run(["git", *words], cwd=site, env=env, capture_output=True, text=True, check=False)

    git("init", "-q")
    hook = site / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(script)
    hook.chmod(0o755)
    (site / "index.html").write_text("<p>no photo yet</p>")
    git("add", ".")
    assert git("commit", "-qm", "no photo").returncode == 0
    photo(site / "pictures" / "a trip.JPG", gps=True)
    git("add", ".")
    stopped = git("commit", "-qm", "with a position")
    assert stopped.returncode != 0
    assert "a trip.JPG" in stopped.stdout + stopped.stderr
    photo(site / "pictures" / "a trip.JPG", gps=False)
    git("add", ".")
    done = git("commit", "-qm", "without")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hook_for_pre_commit_runs_check(tmp_path, light, monkeypatch, capsys):
    text = (ROOT / ".pre-commit-hooks.yaml").read_text()
    fields = dict(re.findall(r"^[- ] (\w+): (.+?)(?:  #.*)?$", text, re.M))
    assert (fields["id"], fields["language"], fields["types"]) == ("photoscreen", "python", "[image]")
    program, *words = shlex.split(fields["entry"])
    assert program == "photoscreen"
    monkeypatch.chdir(tmp_path)
    for gps, code in ((True, ExitCode.FINDINGS), (False, ExitCode.CLEAR)):
        photo(tmp_path / "a.jpg", gps)
        assert run([*words, "--policy", str(light), "a.jpg"]) == code
    assert "a.jpg" in capsys.readouterr().out
