"""Runs the page: one socket on 127.0.0.1, one page at a time, everything private gone at the end."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator

import uvicorn

from screen.batch.store import home
from screen.web.app import make_app
from screen.web.desk import Desk
from screen.web.events import Hub
from screen.web.folders import Room
from screen.web.keeping import Keeper
from screen.web.opened import Opened
from screen.web.rules import Rules
from screen.web.saving import Saver
from screen.web.security import Keys
from screen.web.session import Session
from screen.web.telling import Telling
from screen.web.working import Workshop

#: Seconds that open connections have to end when the page is closed.
PATIENCE = 2


@contextlib.contextmanager
def desk_for(rules: Rules, workers: int, room: Room, keys: Keys, opened: Opened | None) -> Iterator[Desk]:
    """The desk of a new page, with its workers, which are stopped at the end.

    Args:
        rules: at first.
        workers: processes.
        room: for what belongs to this page alone.
        keys: what lets a browser in.
        opened: the folder, if one was given.

    Raises:
        OutputError: the file of the review cannot be used.
    """
    with contextlib.ExitStack() as closing:
        hub = Hub()
        keeper = Keeper(home()) if opened else None
        telling = Telling(hub, lambda: session.rules.lang)
        session = Session(rules, Workshop(workers), telling, keeper)
        closing.callback(session.stop)
        closing.callback(hub.close)
        out = opened.out if opened else None
        copies = room.folder / "copies"
        saver = Saver(session, telling, out, copies)
        uploads = room.folder / "uploads"
        for folder in (uploads, copies):
            folder.mkdir(mode=0o700)
        session.workshop.warm(rules.policy)
        if opened:
            session.add_folder(opened.photos, opened.failures)
        yield Desk(keys, session, saver, hub, uploads, opened.folder if opened else None, out)


def serve(desk: Desk, listener: socket.socket, started: Callable[[], None] = lambda: None) -> None:
    """Answer requests until somebody stops the program (Ctrl-C)."""
    config = uvicorn.Config(
        make_app(desk),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=PATIENCE,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = _Server(config, desk.hub, started)
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


class _Server(uvicorn.Server):
    """Tells when it listens, and ends the streams of events when it is to stop."""

    def __init__(self, config: uvicorn.Config, hub: Hub, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._hub, self._told = hub, started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._told()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.close()
        await super().shutdown(sockets)
