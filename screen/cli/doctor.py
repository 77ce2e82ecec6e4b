"""photoscreen doctor: what works on this machine, what is missing, and the command that mends it."""

from __future__ import annotations

import ctypes.util
import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import typer

from screen.errors import ExitCode
from screen.translation import words

_PYTHON_PARTS = ("cv2", "numpy", "PIL", "pillow_heif", "openvino", "mediapipe", "rapidocr", "zxingcpp", "exifread")
#: System libraries that a bare Linux server lacks, the Debian package that brings each, and who needs it.
_LIBRARIES = {
    "GL": ("libgl1", "OpenCV"),
    "gthread-2.0": ("libglib2.0-0", "OpenCV"),
    "EGL": ("libegl1", "MediaPipe"),
    "GLESv2": ("libgles2", "MediaPipe"),
}
_REINSTALL = "pip install --force-reinstall photoscreen"


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that was looked at: is it well, is it needed, and what mends it."""

    name: str
    well: bool
    said: str
    needed: bool = True
    mend: str = ""


def doctor() -> int:
    """Say what works on this machine, what is missing, and the command that mends it."""
    said = words()
    signs = [sign for look in (_python, _libraries, _parts, _models, _engines, _extras) for sign in look()]
    for sign in signs:
        mark = said.text("ok") if sign.well else said.text("MISSING") if sign.needed else said.text("optional")
        typer.echo(f"{mark:10} {sign.name}: {sign.said}")
        if not sign.well and sign.mend:
            typer.echo(f"{'':12}{said.text('to mend: {command}', command=sign.mend)}")
    broken = [sign for sign in signs if sign.needed and not sign.well]
    if broken:
        typer.echo(said.plural("{count} thing to mend first.", "{count} things to mend first.", len(broken)))
    else:
        typer.echo(said.text("photoscreen can screen photos here."))
    return ExitCode.MISSING if broken else ExitCode.CLEAR


def _python() -> Iterator[Sign]:
    version = ".".join(map(str, sys.version_info[:3]))
    yield Sign("Python", (3, 11) <= sys.version_info[:2] <= (3, 14), version, mend="install Python 3.11 to 3.14")


def _libraries() -> Iterator[Sign]:
    if not sys.platform.startswith("linux"):
        return
    for name, (package, needed_by) in _LIBRARIES.items():
        found = ctypes.util.find_library(name) is not None
        said = "there" if found else f"needed by {needed_by}"
        yield Sign(f"system library lib{name}", found, said, mend=f"sudo apt install {package}")


def _parts() -> Iterator[Sign]:
    from screen.inference import SYSTEM_PACKAGES, openvino  # noqa: PLC0415

    for name in _PYTHON_PARTS:
        load = openvino if name == "openvino" else _importer(name)
        try:
            said = str(getattr(load(), "__version__", "there"))
        except Exception as error:  # noqa: BLE001  a broken library may raise anything; all of it is what we report
            said = f"cannot be loaded: {error}".splitlines()[0]
            lacking = sys.platform.startswith("linux") and ".so" in said
            mend = f"sudo apt install {' '.join(SYSTEM_PACKAGES)}" if lacking else _REINSTALL
            yield Sign(f"library {name}", False, said, mend=mend)
        else:
            yield Sign(f"library {name}", True, said)


def _importer(name: str) -> Callable[[], object]:
    return lambda: importlib.import_module(name)


def _models() -> Iterator[Sign]:
    from screen.weights import catalogue, expected_path, state  # noqa: PLC0415

    for name in catalogue():
        word = state(name)
        said = str(expected_path(name)) if word == "ok" else word
        yield Sign(f"model {name}", word == "ok", said, mend="photoscreen models pull")


def _engines() -> Iterator[Sign]:
    from screen.plugins import names  # noqa: PLC0415

    offered = names("photoscreen_ocr_engines")
    for name in sorted(offered):
        try:
            offered[name]()
        except Exception as error:  # noqa: BLE001  an engine of a plugin may raise anything
            mend = "sudo apt install tesseract-ocr tesseract-ocr-fra" if name == "tesseract" else _REINSTALL
            yield Sign(f"text engine {name}", False, str(error).splitlines()[0], needed=name == "rapidocr", mend=mend)
        else:
            yield Sign(f"text engine {name}", True, "works")


def _extras() -> Iterator[Sign]:
    for module, extra in (("dlib", "recognition"), ("distributed", "dask")):
        there = importlib.util.find_spec(module) is not None
        mend = f"pip install 'photoscreen[{extra}]'"
        yield Sign(f"extra {extra}", there, "there" if there else "not installed", needed=False, mend=mend)
