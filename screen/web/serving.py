"""Runs the page: one socket on 127.0.0.1, one page at a time, everything private gone at the end."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from screen.batch.store import home
from screen.errors import UsageError
from screen.records import Failure
from screen.web.app import make_app
from screen.web.desk import Desk
from screen.web.events import Hub
from screen.web.folders import own_room
from screen.web.keeping import Keeper
from screen.web.saving import Saver
from screen.web.security import Keys
from screen.web.session import Rules, Session
from screen.web.telling import Telling
from screen.web.working import Workshop

#: The only address that is listened on.
HOST = "127.0.0.1"
#: Seconds that open connections have to end when the page is closed.
PATIENCE = 2


@dataclass(frozen=True, slots=True)
class Opened:
    """The photos of a folder, and where their copies go."""

    folder: Path
    out: Path
    photos: tuple[tuple[Path, str], ...]
    failures: tuple[Failure, ...]


def listening(port: int, host: str = HOST) -> socket.socket:
    """A socket that listens on this machine only.

    Args:
        port: 0 for any that is free.
        host: 127.0.0.1; anything else is refused.

    Raises:
        UsageError: another host, or the port is taken.
    """
    if host != HOST:
        raise UsageError("The page listens on {host} only: nobody else may see the photos.", host=HOST)
    # Its protocol is named so that asyncio sets TCP_NODELAY; without, each answer waits 40 ms to be acknowledged.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((HOST, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        raise UsageError(
            "Port {port} cannot be used ({why}). Give another one with --port.", port=port, why=error
        ) from error
    return listener


@contextlib.contextmanager
def desk_for(rules: Rules, workers: int, port: int, opened: Opened | None) -> Iterator[Desk]:
    """The desk of a new page, with its workers; all of it is stopped and swept at the end.

    Raises:
        UsageError: a page is open already.
        OutputError: its private folder or its file cannot be made.
    """
    with own_room() as room, contextlib.ExitStack() as closing:
        keys, hub = Keys(port), Hub()
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
        room.announce(keys.address)
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
