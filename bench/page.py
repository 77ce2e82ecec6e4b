"""How fast the review page answers: from a dropped photo to its verdict, and with hundreds of photos in the list.

Usage: python bench/page.py drop PHOTO...     each dropped onto the running page: how much the page adds to screening
       python bench/page.py list [PHOTOS]     500 invented photos of 12 faces and 6 lines each unless a number is given
"""

from __future__ import annotations

import contextlib
import datetime
import json
import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import uvicorn
from PIL import Image

from screen.batch.observations import Observation, Seen
from screen.geometry import Box
from screen.policy import load_policy
from screen.records import FaceDetails, Finding, Plan, TextDetails, Verdict
from screen.roster import Person, Roster
from screen.web import serving
from screen.web.app import make_app
from screen.web.folders import own_room
from screen.web.judging import Basis
from screen.web.listening import listening
from screen.web.rules import Rules
from screen.web.security import Keys

TODAY = datetime.date(2026, 10, 7)
SIZE = (4032, 3024)


def main() -> None:
    with tempfile.TemporaryDirectory() as home:
        os.environ["PHOTOSCREEN_HOME"] = home
        if sys.argv[1:2] == ["drop"]:
            drop([Path(word) for word in sys.argv[2:]])
        else:
            list_of(int(sys.argv[2]) if len(sys.argv) > 2 else 500, Path(home))


def drop(photos: list[Path]) -> None:
    with page_process() as address, browser(address) as client:
        drop_one(client, photos[0])  # all models are loaded by now
        print("| photo | megapixels | until screening, s | screening, s | then until it is shown, s | more in all, s |")
        print("|---|---|---|---|---|---|")
        for photo in photos:
            width, height = Image.open(photo).size
            times = [drop_one(client, photo) for _ in range(3)]
            before, screening, after = (statistics.median(column) for column in zip(*times, strict=True))
            row = f"{width * height / 1e6:.1f} | {before:.2f} | {screening:.2f} | {after:.2f} | {before + after:.2f}"
            print(f"| {photo.name} | {row} |", flush=True)


def drop_one(client: httpx2.Client, photo: Path) -> tuple[float, float, float]:
    """Seconds from the drop until a worker has the photo, until the verdict, and until its large picture is there."""
    data = photo.read_bytes()
    with heard(client) as told:
        began = time.perf_counter()
        answer = client.post("/api/photos", files=[("files", (photo.name, data, "image/jpeg"))])
        name = answer.json()["photos"][0]["id"]
        while not {"ready", "failed"} & told.get(name, {}).keys():
            time.sleep(0.002)
        shown = client.get(f"/api/photos/{name}").json()
        client.get(shown["picture"]).raise_for_status()
        ended = time.perf_counter()
    client.delete(f"/api/photos/{name}")
    started, ready = told[name]["screening"], told[name]["ready"]
    return started - began, ready - started, ended - ready


@contextlib.contextmanager
def heard(client: httpx2.Client) -> Iterator[dict[str, dict[str, float]]]:
    """When each photo got into each state, as events tell it."""
    told: dict[str, dict[str, float]] = {}
    opened, ended = threading.Event(), threading.Event()

    def listen() -> None:
        with contextlib.suppress(httpx2.HTTPError), client.stream("GET", "/api/events") as stream:
            opened.set()
            kind = ""
            for line in stream.iter_lines():
                kind = line.removeprefix("event: ") if line.startswith("event: ") else kind
                if line.startswith("data: ") and kind == "photo":
                    item = json.loads(line.removeprefix("data: "))
                    told.setdefault(item["id"], {}).setdefault(item["state"], time.perf_counter())
                if ended.is_set():
                    return

    threading.Thread(target=listen, daemon=True).start()
    opened.wait(10)
    yield told
    ended.set()


@contextlib.contextmanager
def page_process() -> Iterator[str]:
    """The address of a page in a process of its own."""
    command = [sys.executable, "-m", "screen", "review", "--no-browser", "--workers", "1", "--today", str(TODAY)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


@contextlib.contextmanager
def browser(address: str) -> Iterator[httpx2.Client]:
    base, token = address.split("/#")
    with httpx2.Client(base_url=base, headers={"X-Photoscreen": "1"}, timeout=300, trust_env=False) as client:
        client.post("/api/enter", json={"token": token}).raise_for_status()
        yield client


def list_of(count: int, folder: Path) -> None:
    picture = folder / "photo.jpg"
    noise = np.random.default_rng(1).integers(0, 256, (27, 36, 3), np.uint8)
    Image.fromarray(noise).resize(SIZE, Image.Resampling.BICUBIC).save(picture, quality=90)
    people = tuple(
        Person(f"P{n}", first=f"First{n}", last=f"Last{n}", class_name="4B", purposes={"website": True})
        for n in range(500)
    )
    checks = ("face", "text", "metadata", "filename")
    policy = replace(load_policy("classroom", TODAY), checks=checks, purposes=("website",))
    rules = Rules(policy, Roster(people, ("website",), "invented"), "en")
    with running(rules) as (desk, client):
        fill(desk.session, picture, count)
        measure(desk, client)


def fill(session: Any, picture: Path, count: int) -> None:
    """Put photos on the list as if they had been screened: each of 12 faces and 6 lines, none of them looked at yet."""
    from screen.photo import open_photo  # noqa: PLC0415

    photo = open_photo(picture)
    faces = tuple(
        Finding("face", 0.9, Box(300 * n + 50, 1200, 300 * n + 210, 1400), FaceDetails(width=160)) for n in range(12)
    )
    lines = tuple(
        Finding("text", 0.9, Box(200, 200 * n + 1600, 900, 200 * n + 1660), TextDetails("other", "well done"))
        for n in range(6)
    )
    seen = (Seen("face", faces), Seen("text", lines), Seen("metadata", ()))
    found = Observation(photo.digest, photo.size, "", seen)
    blank = Verdict("", photo.digest, photo.size, (), Plan(), ())
    for number in range(count):
        entry = session._add(picture, f"class/IMG_{number:04}.jpg", uploaded=False)
        session.looked(entry, Basis(found, blank, b""))


def measure(desk: Any, client: httpx2.Client) -> None:
    people = {"purposes": ["website", "display"]}, {"purposes": ["website"]}
    act = {"do": "name", "finding": "f3", "person": "P7"}

    def named() -> None:
        version = client.get("/api/photos/p9").json()["version"]
        client.post("/api/photos/p9/actions", json={"version": version, **act}).raise_for_status()

    numbers = iter(range(1, 10_000))
    rows: list[tuple[str, Callable[[], Any], int]] = [
        ("the whole list", lambda: client.get("/api/photos").raise_for_status(), 5),
        ("one photo", lambda: client.get("/api/photos/p5").raise_for_status(), 20),
        ("a small picture, first time", lambda: client.get(f"/api/photos/p{next(numbers)}/thumb"), 20),
        ("the same again", lambda: client.get("/api/photos/p1/thumb").raise_for_status(), 20),
        ("the large picture", lambda: client.get("/api/photos/p1/picture").raise_for_status(), 10),
        ("under a cover", lambda: client.get("/api/photos/p1/peek?finding=f1").raise_for_status(), 10),
        ("name a face", named, 10),
        ("find a person", lambda: client.get("/api/people?q=last4").raise_for_status(), 10),
        ("other places, all judged anew", lambda: client.post("/api/settings", json=people[next(numbers) % 2]), 3),
    ]
    print(f"{len(desk.session.entries())} photos; the list has {len(client.get('/api/photos').content) // 1024} kB\n")
    print("| what the page asks for | middle, ms | slowest, ms |\n|---|---|---|")
    for name, ask, times in rows:
        spent = []
        for _ in range(times):
            began = time.perf_counter()
            ask()
            spent.append(1000 * (time.perf_counter() - began))
        print(f"| {name} | {statistics.median(spent):.0f} | {max(spent):.0f} |")
    print(f"\nmost memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


class NoWork:
    """A workshop in which nothing is to be done."""

    def __init__(self, workers: int) -> None:
        pass

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None


@contextlib.contextmanager
def running(rules: Rules) -> Iterator[tuple[Any, httpx2.Client]]:
    """A page in this process."""
    serving.Workshop = NoWork  # type: ignore[assignment,misc]
    with contextlib.ExitStack() as stack:
        listener, room = stack.enter_context(listening(0)), stack.enter_context(own_room())
        keys = Keys(listener.getsockname()[1])
        desk = stack.enter_context(serving.desk_for(rules, 1, room, keys, None))
        server = uvicorn.Server(uvicorn.Config(make_app(desk), log_config=None, timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        with browser(keys.address) as client:
            yield desk, client
        server.should_exit = True
        thread.join(10)


if __name__ == "__main__":
    main()
