"""A page without a browser: drawn photos, scripted checks, work done at once in this process."""

from __future__ import annotations

import contextlib
import datetime
import io
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from starlette.testclient import TestClient

import screen.screening
from screen.copies.witnesses import Witnesses
from screen.errors import ScreenError
from screen.geometry import Box
from screen.policy import load_policy
from screen.records import FaceDetails, Finding, OrientationDetails, QualityDetails, TextDetails
from screen.roster import Person, Roster
from screen.web import serving
from screen.web.app import make_app
from screen.web.folders import own_room
from screen.web.opened import Opened
from screen.web.rules import Rules
from screen.web.security import Keys

TODAY = datetime.date(2026, 10, 7)
PORT = 8765
SIZE = (320, 240)
#: Where the drawn photos hold a "face": a fine pattern that no cover leaves.
FACES = (Box(40, 60, 80, 110), Box(180, 60, 220, 110))
WRITING = Box(60, 180, 140, 200)
YES = {"website": True, "social": True}
ROSTER = Roster(
    people=(
        Person("P1", first="Amina", last="Lindqvist", class_name="4B", purposes=YES, naming=True),
        Person("P2", first="Bo", last="Ndiaye", class_name="4B", purposes={"website": True, "social": False}),
        Person("P3", first="Chloé", last="Martin", class_name="4B", purposes=YES, protection_code="court"),
        Person("P4", first="Dan", last="Amselem", class_name="5A", purposes=YES, child_view=False),
        Person("P5", first="Eve", last="Roy", purposes=YES, valid_to=datetime.date(2026, 8, 31)),
        Person("P6", first="Fay", last="Okoro", purposes=YES, parent_a=True, parent_b=False),
    ),
    purposes=("website", "social"),
    digest="drawn",
)


def photo_bytes(faces=FACES, writing=True, size=SIZE, kind="JPEG", seed=3, **options: Any) -> bytes:
    """A picture of smooth colours, with fine patterns where something is to be found."""
    width, height = size
    rows, columns = np.mgrid[0:height, 0:width]
    pixels = np.stack([90 + columns // 4, 110 + rows // 4, np.full_like(rows, 140)], axis=-1).astype(np.uint8)
    noise = np.random.default_rng(seed)
    for box in (*faces, *((WRITING,) if writing else ())):
        pixels[box.as_slices()] = noise.choice([0, 255], (box.height, box.width, 1)).astype(np.uint8)
    out = io.BytesIO()
    quality = {"quality": 98} if kind == "JPEG" else {}
    Image.fromarray(pixels).save(out, kind, **quality, **options)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class NoSettings:
    """None."""


def _detail(photo, box) -> float:
    part = photo.pixels[box.as_slices()].astype(float)
    return float(np.abs(np.diff(part, axis=1)).mean()) if part.size else 0.0


class DrawnFaces:
    """Finds a face wherever one of the known places holds its pattern."""

    id, title, settings = "face", "Faces", NoSettings

    def __init__(self, chosen: NoSettings) -> None:
        pass

    def inspect(self, photo):
        for box in FACES:
            if photo.size == SIZE and _detail(photo, box) > 40:
                yield Finding("face", 0.9, box, FaceDetails(width=box.width))


class DrawnText:
    """Finds a student number where the pattern is."""

    id, title, settings = "text", "Writing", NoSettings

    def __init__(self, chosen: NoSettings) -> None:
        pass

    def inspect(self, photo):
        if photo.size == SIZE and _detail(photo, WRITING) > 40:
            corners = ((60.0, 180.0), (140.0, 180.0), (140.0, 200.0), (60.0, 200.0))
            yield Finding("text", 0.9, WRITING, TextDetails("student-id", "20240017", corners))


class DrawnBlur:
    """Says that photos named so lie on their side, or may hold a face that is hard to make out."""

    id, title, settings = "orientation", "Orientation", NoSettings

    def __init__(self, chosen: NoSettings) -> None:
        pass

    def inspect(self, photo):
        if "sideways" in photo.source:
            yield Finding("orientation", 0.9, None, OrientationDetails(1, ("faces",)))
        if "dark" in photo.source:
            yield Finding("quality", 0.9, None, QualityDetails("dark", 0.1))
        if "unclear" in photo.source:
            place = Box(250, 20, 280, 60)
            yield Finding("face", 0.2, None, FaceDetails(certainty="unclear", width=30, place=place))


class AtOnce:
    """A workshop that does each task when it is asked for, in this process."""

    def __init__(self, workers: int) -> None:
        self.urgencies: list[int] = []
        self.held: list[Any] | None = None

    def warm(self, policy) -> None:
        pass

    def add(self, urgency, work, task, started, done) -> None:
        self.urgencies.append(urgency)
        if self.held is not None:
            self.held.append((work, task, started, done))
            return
        self._do(work, task, started, done)

    def release(self) -> None:
        held, self.held = self.held or [], None
        for job in held:
            self._do(*job)

    def hurry(self, key, urgency) -> None:
        pass

    def drop(self, key) -> bool:
        before = len(self.held or [])
        self.held = [job for job in self.held or [] if job[1].key != key]
        return len(self.held) < before

    def stop(self) -> None:
        pass

    @staticmethod
    def _do(work, task, started, done) -> None:
        started()
        try:
            result = work(task)
        except ScreenError as error:
            result = error
        done(result)


@dataclass
class Page:
    """A page in this process and a browser that was let in."""

    desk: Any
    client: TestClient
    stack: contextlib.ExitStack = field(repr=False)

    @property
    def workshop(self) -> AtOnce:
        return self.desk.session.workshop

    def get(self, path: str) -> Any:
        return self.client.get(path)

    def drop(self, *files: tuple[str, bytes], status: int = 201) -> list[dict[str, Any]]:
        sent = [("files", (name, data, "image/jpeg")) for name, data in files]
        answer = self.client.post("/api/photos", files=sent)
        assert answer.status_code == status, answer.text
        return answer.json().get("photos", [])

    def photo(self, photo: str = "p1") -> dict[str, Any]:
        answer = self.get(f"/api/photos/{photo}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    def act(self, do: str, photo: str = "p1", status: int = 200, **more: Any) -> dict[str, Any]:
        body = {"version": self.photo(photo)["version"], "do": do, **more}
        answer = self.client.post(f"/api/photos/{photo}/actions", json=body)
        assert answer.status_code == status, answer.text
        return answer.json()

    def approve(self, photo: str = "p1", status: int = 200) -> dict[str, Any]:
        answers = {"embarrassing": "no", "clothing": "yes", "context": "yes"}
        return self.act("approve", photo, status, answers=answers)

    def wait(self) -> None:
        end = time.monotonic() + 20
        while self.desk.session.counts()["waiting"] and time.monotonic() < end:
            time.sleep(0.01)
        assert not self.desk.session.counts()["waiting"]

    def events(self) -> list[tuple[str, Any]]:
        return self.desk.hub.heard

    def close(self) -> None:
        self.stack.close()


@pytest.fixture
def rules(tmp_path, monkeypatch) -> Rules:
    monkeypatch.setenv("PHOTOSCREEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PHOTOSCREEN_MODELS", str(tmp_path / "no-models"))
    real = screen.screening._check_class
    drawn = {"face": DrawnFaces, "text": DrawnText, "orientation": DrawnBlur}
    monkeypatch.setattr(screen.screening, "_check_class", lambda name: drawn.get(name) or real(name))
    monkeypatch.setattr(serving, "Workshop", AtOnce)
    # The drawn checks look at copies again; networks that need weights are tested where they belong.
    witnesses = Witnesses(screen.screening.screen_photo, None, None)
    monkeypatch.setattr("screen.outputs.Witnesses", lambda: witnesses)
    policy = replace(load_policy("classroom", TODAY), checks=("face", "text", "orientation", "metadata", "filename"))
    return Rules(policy, ROSTER, "en")


@pytest.fixture
def start(rules, monkeypatch):
    """Starts pages; all are closed at the end."""
    with contextlib.ExitStack() as everything:

        def begin(folder: Path | None = None, **changed: Any) -> Page:
            stack = everything.enter_context(contextlib.ExitStack())
            opened = None
            if folder is not None:
                photos = sorted(path for path in folder.rglob("*") if path.is_file())
                named = tuple((path, path.relative_to(folder).as_posix()) for path in photos)
                opened = Opened(folder, folder.with_name(f"{folder.name}-safe"), named, ())
                opened.out.mkdir(exist_ok=True)
            room, keys = stack.enter_context(own_room()), Keys(PORT)
            room.announce(keys.address)
            desk = stack.enter_context(serving.desk_for(replace(rules, **changed), 1, room, keys, opened))
            desk.hub.heard = []
            tell = desk.hub.tell
            monkeypatch.setattr(
                desk.hub, "tell", lambda kind, data: (desk.hub.heard.append((kind, data)), tell(kind, data))
            )
            client = stack.enter_context(
                TestClient(make_app(desk), base_url=f"http://127.0.0.1:{PORT}", headers={"X-Photoscreen": "1"})
            )
            assert client.post("/api/enter", json={"token": desk.keys.token}).status_code == 204
            page = Page(desk, client, stack)
            page.wait()
            return page

        yield begin


@pytest.fixture
def page(start) -> Page:
    """A page on which photos can be dropped."""
    return start()


@pytest.fixture
def dropped(page) -> Page:
    """The same with one photo of two faces and a student number."""
    page.drop(("class.jpg", photo_bytes()))
    return page
