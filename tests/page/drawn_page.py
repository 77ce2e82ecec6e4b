"""A review page of drawn photos and scripted screening: what the browser tests look at, without any weights.

Everything else is the program's own: judging, consent, covering, proof, server and page.
"""

from __future__ import annotations

import contextlib
import datetime
import functools
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar

import cv2
import numpy as np
import pytest
import uvicorn

from screen import plugins, screening
from screen.batch.running import Task
from screen.copies.witnesses import Witnesses
from screen.errors import ScreenError
from screen.geometry import Box
from screen.hookspecs import hookimpl
from screen.photo import Photo
from screen.policy import Policy, load_policy
from screen.records import FaceDetails, Finding, TextDetails
from screen.roster import EMPTY
from screen.rosters import read_roster
from screen.web import saving, serving
from screen.web.app import make_app
from screen.web.desk import Desk
from screen.web.folders import own_room
from screen.web.listening import listening
from screen.web.opened import Opened
from screen.web.rules import Rules
from screen.web.security import Keys

ROOT = Path(__file__).resolve().parent.parent.parent
ROSTER = ROOT / "sample_images" / "roster.csv"
TODAY = datetime.date(2026, 10, 7)
SIZE = (640, 480)
FACE, OTHER_FACE = Box(80, 120, 200, 280), Box(400, 140, 500, 270)
WRITING = Box(240, 380, 420, 420)
#: What is seen in photos, by the colour of their top left pixel; copies and crops begin elsewhere or hold nothing more.
SEEN: dict[int, tuple[tuple[str, Box], ...]] = {
    10: (),
    20: (("face", FACE),),
    30: (("face", FACE), ("face", OTHER_FACE)),
    40: (("text", WRITING),),
    50: (("unclear", FACE),),
}


def draw(folder: Path, name: str, kind: int, size: tuple[int, int] = SIZE) -> Path:
    """A photo of flat colours with round heads and dark writing, where SEEN says so."""
    pixels = np.full((size[1], size[0], 3), (196, 214, 224), np.uint8)
    pixels[size[1] // 2 :] = (120, 170, 205)
    for what, box in SEEN[kind]:
        centre = (round(box.centre[0]), round(box.centre[1]))
        if what == "text":
            cv2.putText(pixels, "2024-0117", (box.left, box.bottom - 8), cv2.FONT_HERSHEY_SIMPLEX, 1, (30, 30, 30), 3)
        else:
            cv2.ellipse(pixels, centre, (box.width // 2, box.height // 2), 0, 0, 360, (120, 160, 230), -1)
            cv2.circle(pixels, (centre[0] - 20, centre[1] - 15), 6, (40, 40, 40), -1)
            cv2.circle(pixels, (centre[0] + 20, centre[1] - 15), 6, (40, 40, 40), -1)
    pixels[:8, :8] = kind
    path = folder / name
    path.write_bytes(cv2.imencode(path.suffix, pixels)[1].tobytes())
    return path


def ten_photos(folder: Path) -> list[Path]:
    """Ten photos as a teacher brings them: two with one face, one with two, writing, and rooms without anybody."""
    kinds = (10, 20, 20, 30, 40, 10, 10, 40, 50, 10)
    return [draw(folder, f"IMG_{number}.png", kind) for number, kind in enumerate(kinds, 1)]


@dataclass(frozen=True, slots=True)
class NoSettings:
    """Nothing to set."""


class ScriptedCheck:
    """Finds what SEEN says, as long as it is still to be seen: a covered head is not found again."""

    id: ClassVar[str] = "face"
    title: ClassVar[str] = "Scripted"
    settings: ClassVar[type[Any]] = NoSettings

    def __init__(self, _chosen: Any) -> None:
        pass

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        for what, box in SEEN.get(int(photo.pixels[2, 2, 0]), ()):
            dark = photo.pixels[box.as_slices()].max(axis=2).min() < 60
            if not dark:
                continue
            if what == "text":
                yield Finding("text", 0.99, box, TextDetails("student-id", "20240117"))
            elif what == "unclear":
                yield Finding("face", 0.3, None, FaceDetails(width=box.width, certainty="unclear", place=box))
            else:
                yield Finding("face", 0.99, box, FaceDetails(width=box.width, head=box, certainty="sure"))


class Scripted:
    """The plugin that offers the scripted check under the name of the real one."""

    @hookimpl
    def photoscreen_checks(self) -> dict[str, Callable[[], type[Any]]]:
        return {"face": lambda: ScriptedCheck}


@dataclass(eq=False)
class ThreadShop:
    """Does the jobs of the page one after the other, in a thread; a gate can hold them back."""

    workers: int = 1
    gate: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self.gate.set()

    def warm(self, policy: Policy) -> None:
        """Nothing to load."""

    def hurry(self, key: str, urgency: int) -> None:
        """There is no hurry."""

    def drop(self, _key: str) -> bool:
        return False

    def add(self, _urgency: int, work: Callable[[Task], Any], task: Task, started: Any, done: Any) -> None:
        self._pool.submit(self._do, work, task, started, done)

    def _do(self, work: Callable[[Task], Any], task: Task, started: Any, done: Any) -> None:
        self.gate.wait(20)
        started()
        try:
            result = work(task)
        except ScreenError as error:
            result = error
        done(result)

    def stop(self) -> None:
        self.gate.set()
        self._pool.shutdown(cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Page:
    """A running page: its address with the token, and its desk."""

    address: str
    desk: Desk


def rules(lang: str = "en", roster: bool = True) -> Rules:
    policy = replace(load_policy("classroom", TODAY), checks=("face", "metadata", "filename"))
    return Rules(policy, read_roster(ROSTER, today=TODAY) if roster else EMPTY, lang)


@contextlib.contextmanager
def running(chosen: Rules, opened: Opened | None = None) -> Iterator[Page]:
    """The page, answering on a free port, until the end."""
    with contextlib.ExitStack() as until_the_end:
        listener = until_the_end.enter_context(listening(0))
        room, keys = until_the_end.enter_context(own_room()), Keys(listener.getsockname()[1])
        desk = until_the_end.enter_context(serving.desk_for(chosen, 1, room, keys, opened))
        config = uvicorn.Config(
            make_app(desk), log_config=None, access_log=False, lifespan="on", timeout_graceful_shutdown=1
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            yield Page(desk.keys.address, desk)
        finally:
            desk.hub.close()
            server.should_exit = True
            thread.join(10)


@contextlib.contextmanager
def scripting(home: Path) -> Iterator[None]:
    """Screening finds what SEEN says, in threads; copies are proven by that and by the program's own steps."""
    plugin = Scripted()
    seen_by = Witnesses(screening.screen_photo, None, None)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PHOTOSCREEN_HOME", str(home))
        patch.setattr(serving, "Workshop", ThreadShop)
        patch.setattr(saving, "write_safe_copy", functools.partial(saving.write_safe_copy, witnesses=seen_by))
        plugins.manager().register(plugin)
        screening._check_class.cache_clear()
        yield
    plugins.manager().unregister(plugin)
    screening._check_class.cache_clear()


@pytest.fixture
def scripted(tmp_path: Path) -> Iterator[None]:
    """As scripting, for a test."""
    with scripting(tmp_path / "home"):
        yield
