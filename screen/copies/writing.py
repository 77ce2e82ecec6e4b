"""Files that are either whole or not there: written beside, synced, renamed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from screen.errors import OutputError

#: What is written beside carries this name, the machine and the process, until it is renamed.
PREFIX, SUFFIX = ".photoscreen-", ".part"
#: Seconds after which a stray file of another machine is taken for one.
STRAY_AGE = 86_400


@contextlib.contextmanager
def beside(path: Path, data: bytes) -> Iterator[Path]:
    """A file with these bytes beside the path, synced to the disk; removed at the end unless it was renamed.

    Raises:
        OutputError: it cannot be written.
    """
    part = part_of(path)
    try:
        try:
            _write(part, data)
        except OSError as error:
            raise _unwritten(path, error) from error
        yield part
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """The name of a file beside the path that is not whole yet: by it, sweep() knows who was writing it."""
    return path.with_name(f"{PREFIX}{_machine()}-{os.getpid()}-{secrets.token_hex(6)}{SUFFIX}")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _unwritten(path: Path, error: OSError) -> OutputError:
    return OutputError(
        "{path}: this cannot be written ({why}). Free some space, or choose another folder with --out.",
        path=path,
        why=error.strerror or error,
    )


def put(part: Path, path: Path, overwrite: bool) -> None:
    """Give the file beside its final name, at once.

    Raises:
        OutputError: something of that name is there and must not be replaced, or the file system says no.
    """
    try:
        if overwrite:
            part.replace(path)
        else:
            _link(part, path)
    except FileExistsError as error:
        raise OutputError(
            "{path}: there is such a file already. Use --overwrite, or choose another folder.", path=path
        ) from error
    except OSError as error:
        raise _unwritten(path, error) from error
    _sync_folder(path.parent)


def _link(part: Path, path: Path) -> None:
    """Rename, but never over a file; where the file system has no hard links, look first."""
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        part.replace(path)


def _sync_folder(folder: Path) -> None:
    """Write the folder's entry to the disk, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sweep(folder: Path) -> int:
    """Remove what crashed or killed runs left beside their files below a folder; how many there were."""
    strays = [path for path in folder.rglob(f"{PREFIX}*{SUFFIX}") if _is_stray(path)] if folder.is_dir() else []
    for path in strays:
        with contextlib.suppress(OSError):
            path.unlink()
    return len(strays)


def _is_stray(path: Path) -> bool:
    machine, _, rest = path.name.removeprefix(PREFIX).partition("-")
    process = rest.partition("-")[0]
    try:
        old = time.time() - path.stat().st_mtime > STRAY_AGE
    except OSError:
        return False
    if old or machine != _machine() or not process.isdigit() or os.name != "posix":
        return old
    return int(process) != os.getpid() and not _is_running(int(process))


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return not _is_defunct(process)


def _is_defunct(process: int) -> bool:
    """Has the process ended, though its parent has not asked how? Linux tells in /proc (proc(5), field 3 of stat)."""
    try:
        return Path(f"/proc/{process}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0] == "Z"
    except (OSError, IndexError):
        return False


def _machine() -> str:
    """This machine, so that nobody takes another one's work for a stray file; says nothing of its name."""
    return hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
