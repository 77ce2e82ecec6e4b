"""Nothing leaves the machine (T69): screening works, and gives the same, where no socket can be opened."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.models
ROOT = Path(__file__).resolve().parent.parent
PHOTOS = ROOT / "sample_images"

#: Started by every Python of the run, workers too: any socket but those between processes of this machine is an error.
BLOCKED = """
import socket
real = socket.socket.__init__
def refused(self, family=-1, *args, **kwargs):
    if family != getattr(socket, "AF_UNIX", None):
        open({log!r}, "a").write(f"a socket of family {{family}}\\n")
        raise RuntimeError("no network while screening")
    real(self, family, *args, **kwargs)
socket.socket.__init__ = refused
def lookup(*args, **kwargs):
    open({log!r}, "a").write(f"a look-up of {{args[:1]}}\\n")
    raise RuntimeError("no network while screening")
socket.getaddrinfo = socket.create_connection = lookup
"""


def scan(tmp_path, env, *before):
    report = tmp_path / "report"
    words = [*before, sys.executable, "-m", "screen", "scan", str(PHOTOS), "--report", str(report), "--json", "--fresh"]
    env = {**os.environ, "PHOTOSCREEN_HOME": str(tmp_path / "home"), **env}
    done = subprocess.run(words, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    return {line["source"]: line for line in map(json.loads, done.stdout.splitlines())}


def test_screening_opens_no_socket(tmp_path):
    log = tmp_path / "sockets.txt"
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(BLOCKED.format(log=str(log)))
    verdicts = scan(tmp_path, {"PYTHONPATH": str(tmp_path / "site")})
    assert len(verdicts) >= 8
    assert not log.exists(), log.read_text()


def test_the_block_itself_works(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(BLOCKED.format(log=str(tmp_path / "log")))
    code = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')"
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert (tmp_path / "log").exists()


def _can_unshare():
    found = shutil.which("unshare")
    return found and subprocess.run([found, "-rn", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _can_unshare(), reason="this system cannot run a program without network (unshare -rn)")
def test_screening_gives_the_same_without_any_network(tmp_path):
    """C and C++ libraries are cut off as well."""
    (tmp_path / "with").mkdir()
    (tmp_path / "without").mkdir()
    assert scan(tmp_path / "with", {}) == scan(tmp_path / "without", {}, "unshare", "-rn")
