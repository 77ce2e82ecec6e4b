"""photoscreen review: the local page."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screen.cli.models import make_ready
from screen.cli.options import Setting, with_common
from screen.cli.screening import make_folder
from screen.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from socket import socket

    from screen.web.folders import Room
    from screen.web.opened import Opened
    from screen.web.security import Keys


@with_common
def review(
    setting: Setting,
    folder: Annotated[Path | None, typer.Argument(help="A folder of photos; photos can be dropped as well.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for safe copies; FOLDER-safe beside it if not given.")
    ] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; any free one if 0.")] = 0,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address of the page.")] = False,
) -> int:
    """Open a page in the browser, on this machine only: see findings, name faces, cover more, save safe copies."""
    from screen.web.folders import own_room  # noqa: PLC0415
    from screen.web.listening import listening  # noqa: PLC0415
    from screen.web.security import Keys  # noqa: PLC0415

    if setting.policy.named:
        raise UsageError("--who names faces on the command line. In the page, click a face to name it.")
    if out is not None and folder is None:
        raise UsageError("--out needs a folder of photos. Copies of dropped photos are stored by the browser.")
    opened = _opened(folder, out) if folder is not None else None
    with _stopped_by_signals(), listening(port) as listener, own_room() as room:
        keys = Keys(listener.getsockname()[1])
        room.announce(keys.address)
        # The address comes first: a browser that is quicker than what is loaded now waits for its first answer.
        typer.echo(keys.address)
        sys.stdout.flush()
        _serve(setting, listener, room, keys, opened, show=not no_browser)
    return ExitCode.CLEAR


def _serve(setting: Setting, listener: socket, room: Room, keys: Keys, opened: Opened | None, *, show: bool) -> None:
    make_ready(setting.quiet)
    from screen.web.rules import Rules  # noqa: PLC0415
    from screen.web.serving import desk_for, serve  # noqa: PLC0415

    rules = Rules(setting.policy, setting.roster, setting.lang)
    with desk_for(rules, setting.workers, room, keys, opened) as desk:
        serve(desk, listener, lambda: _show(keys.address) if show else None)


@contextlib.contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """A closed terminal and a polite kill end the page as Ctrl-C does, so that what is private is deleted."""

    def stop(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    names = ("SIGTERM", "SIGHUP") if threading.current_thread() is threading.main_thread() else ()
    numbers = [number for name in names if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _opened(folder: Path, out: Path | None) -> Opened:
    """The photos of the folder, and where their copies go; copies of ours are left out."""
    from screen.batch import discover  # noqa: PLC0415
    from screen.batch.copies_made import our_outputs  # noqa: PLC0415
    from screen.outputs import sweep  # noqa: PLC0415
    from screen.web.opened import Opened  # noqa: PLC0415

    found = discover(folder, skip=our_outputs())
    target = out or folder.resolve().with_name(f"{folder.resolve().name}-safe")
    make_folder(target)
    sweep(target)
    return Opened(folder, target, found.photos, found.failures)


def _show(address: str) -> None:
    """Open the page in the person's browser; where there is none, the address was printed.

    Browsers are started with the address as an argument, which all users of a Linux machine can read in the list of
    processes. Where others are logged in, it is opened without its key; the page then says where the key is.
    """
    webbrowser.open(address if _is_alone() else address.partition("#")[0])


def _is_alone() -> bool:
    """Does nobody else run programs here? Users begin at 1000 (login.defs), and 65534 is nobody."""
    if not sys.platform.startswith("linux"):
        return True
    users = set()
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            users.add(process.stat().st_uid)
    return all(user < 1000 or user in {os.getuid(), 65534} for user in users)
