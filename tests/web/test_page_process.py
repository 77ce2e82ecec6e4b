"""The program as people start it (T71): address, lock, Ctrl-C, kill, sockets; no weights, checks of names only."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx2
import pytest
from page_in_process import photo_bytes

from screen.cli.app import run
from screen.errors import ExitCode

ROOT = Path(__file__).resolve().parent.parent.parent
#: Started by every Python of the run: notes every address that a socket is bound to or connects to.
NOTED = """
import socket, sys
def noted(event, args):
    if event in ("socket.bind", "socket.connect", "socket.sendto", "socket.getaddrinfo"):
        place = args[1] if event != "socket.getaddrinfo" else args[:2]
        with open({log!r}, "a") as file:
            file.write(f"{{event}} {{place!r}}\\n")
sys.addaudithook(noted)
"""
pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals of POSIX systems")


class Running:
    """A page in a process of its own."""

    def __init__(self, tmp_path, *words, site=None):
        env = {**os.environ, "PHOTOSCREEN_HOME": str(tmp_path / "home"), "PHOTOSCREEN_MODELS": str(tmp_path)}
        env |= {"PYTHONPATH": str(site)} if site else {}
        policy = tmp_path / "light.toml"
        policy.write_text('[policy]\nchecks = ["metadata", "filename", "caption"]\n')
        command = [sys.executable, "-m", "screen", "review", *words, "--policy", str(policy), "--no-browser"]
        command += ["--workers", "1", "--lang", "en"]
        self.home = tmp_path / "home"
        self.process = subprocess.Popen(
            command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.address = self.process.stdout.readline().strip()

    @contextlib.contextmanager
    def client(self):
        base, token = self.address.split("/#")
        with httpx2.Client(base_url=base, headers={"X-Photoscreen": "1"}, timeout=60, trust_env=False) as client:
            assert client.post("/api/enter", json={"token": token}).status_code == 204
            yield client

    def stop(self, how=signal.SIGINT):
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=180)
        return self.process.returncode, out, err


@pytest.fixture
def running(tmp_path):
    with contextlib.ExitStack() as stack:

        def begin(*words, site=None):
            page = Running(tmp_path, *words, site=site)
            stack.callback(lambda: page.process.poll() is None and page.process.kill())
            stack.callback(page.process.stdout.close)
            stack.callback(page.process.stderr.close)
            return page

        yield begin


def ready(client, count=1):
    end = time.monotonic() + 60
    while time.monotonic() < end:
        counts = client.get("/api/photos").json()["counts"]
        if counts["all"] == count and not counts["waiting"]:
            return client.get("/api/photos").json()["photos"]
        time.sleep(0.1)
    raise AssertionError("not screened in time")


def test_from_drop_to_copy_and_a_clean_end(running, tmp_path):
    page = running()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/#[\w-]{43}", page.address)
    with page.client() as client:
        answer = client.post("/api/photos", files=[("files", ("IMG_1.jpg", photo_bytes(), "image/jpeg"))])
        assert answer.status_code == 201
        [item] = ready(client)
        assert item["state"] == "ready"
        heard = listening_to(page)
        answers = {"embarrassing": "no", "clothing": "yes", "context": "yes"}
        body = {"version": item["version"], "do": "approve", "answers": answers}
        assert client.post("/api/photos/p1/actions", json=body).status_code == 200
        assert client.post("/api/save", json={"ids": ["p1"]}).status_code == 202
        wait_for(lambda: "saved" in dict(heard))
        assert dict(heard)["saved"]["ok"], dict(heard)["saved"]["message"]
        assert client.get("/api/photos/p1/copy").content.startswith(b"\xff\xd8\xff")
        assert list((page.home / "page").rglob("*.upload"))
    code, out, err = page.stop()
    assert (code, out, err) == (0, "", "")
    assert not (page.home / "page").exists()
    assert not (page.home / "review.json").exists()


def hear(page, heard):
    """Notes (kind, data) of each event until the stream ends."""
    with contextlib.suppress(httpx2.HTTPError), page.client() as client, client.stream("GET", "/api/events") as stream:
        heard.append(("open", stream.headers["content-type"]))
        kind = ""
        for line in stream.iter_lines():
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                heard.append((kind, json.loads(line.removeprefix("data: "))))


def listening_to(page):
    """What is heard from now on."""
    heard = []
    threading.Thread(target=hear, args=(page, heard), daemon=True).start()
    wait_for(lambda: heard)
    assert heard[0] == ("open", "text/event-stream; charset=utf-8")
    return heard


def wait_for(happened):
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def test_open_streams_do_not_keep_the_page_from_closing(running):
    page = running()
    listening_to(page)
    began = time.monotonic()
    code, _out, _err = page.stop()
    assert code == 0
    assert time.monotonic() - began < 15


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_what_a_killed_page_left_is_gone_after_the_next_start(running, how):
    page = running()
    with page.client() as client:
        client.post("/api/photos", files=[("files", ("IMG_1.jpg", photo_bytes(), "image/jpeg"))])
        ready(client)
    left = list((page.home / "page").rglob("*.upload"))
    assert left
    page.stop(how)
    assert all(path.exists() for path in left) == (how == signal.SIGKILL)
    again = running()
    assert again.address != page.address
    assert not any(path.exists() for path in left)
    again.stop()


def test_a_second_page_tells_where_the_first_one_is(running):
    page = running()
    second = running()
    assert second.address == ""
    assert second.process.wait(30) == 2
    assert page.address in second.process.stderr.read()
    page.stop()


def test_nothing_but_loopback_is_ever_used(running, tmp_path):
    log, site = tmp_path / "sockets.txt", tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(NOTED.format(log=str(log)))
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(photo_bytes())
    page = running(str(folder), site=site)
    with page.client() as client:
        ready(client)
        client.get("/api/photos/p1/picture")
    page.stop()
    lines = log.read_text().splitlines()
    port = page.address.split(":")[2].split("/")[0]
    assert any(line.startswith("socket.bind ('127.0.0.1'") for line in lines)
    inet = [line for line in lines if "('" in line and "127.0.0.1" not in line]
    assert inet == [], inet
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(port))) != 0  # closed


@pytest.mark.parametrize(
    "words", [["nowhere"], ["--out", "x"], ["--port", "70000"], ["--who", "f1=P1"], ["--host", "127.0.0.1"]]
)
def test_wrong_usage_ends_before_anything_is_opened(words, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PHOTOSCREEN_HOME", str(tmp_path / "home"))
    assert run(["review", *words]) == ExitCode.USAGE
    assert capsys.readouterr().out == ""
    assert not (tmp_path / "home" / "page").exists()


@pytest.mark.parametrize(("alone", "opened"), [(True, "http://127.0.0.1:1/#key"), (False, "http://127.0.0.1:1/")])
def test_the_key_is_no_argument_of_a_browser_where_others_could_read_it(monkeypatch, alone, opened):
    from screen.cli import review

    seen = []
    monkeypatch.setattr("webbrowser.open", seen.append)
    monkeypatch.setattr(review, "_is_alone", lambda: alone)
    review._show("http://127.0.0.1:1/#key")
    assert seen == [opened]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="processes of others are listed on Linux")
@pytest.mark.parametrize(("user", "alone"), [(0, True), (105, True), (65534, True), (4242, False)])
def test_others_are_noticed(monkeypatch, user, alone):
    from screen.cli import review

    real = Path.stat

    def owned(self, **more):
        found = real(self, **more)
        return os.stat_result((*found[:4], user, *found[5:])) if self.parent == Path("/proc") else found

    monkeypatch.setattr(Path, "stat", owned)
    assert review._is_alone() is alone
