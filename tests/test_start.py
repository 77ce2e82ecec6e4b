"""start.py: an environment that works is used as it is, whatever Python starts it; a broken one is made anew."""

import importlib.util
import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")


@pytest.fixture
def start(tmp_path, monkeypatch):
    """The module, its environment in a folder of its own; what it would install is noted."""
    spec = importlib.util.spec_from_file_location("start", ROOT / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "HOME", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", tmp_path / ".venv" / "bin" / "python")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "photoscreen-setup.txt")
    module.made, module.installed = [], []
    monkeypatch.setattr(module.venv, "create", lambda home, **how: (module.made.append(how), python(module, 0)))
    monkeypatch.setattr(module, "check", module.installed.append)
    return module


def python(start, code):
    """A Python in the environment that ends with this code."""
    start.PYTHON.parent.mkdir(parents=True, exist_ok=True)
    start.PYTHON.write_text(f"#!/bin/sh\nexit {code}\n")
    start.PYTHON.chmod(0o755)


def test_it_is_set_up_once(start):
    for _ in range(2):
        start.set_up("requirements.lock")
    assert [how["clear"] for how in start.made] == [True]
    assert len(start.installed) == 2  # the packages, and the program


def test_another_lock_goes_into_the_same_environment(start):
    start.set_up("requirements-dev.lock")
    start.set_up("requirements.lock")
    assert len(start.made) == 1  # made anew by another Python, it would mix the two
    assert len(start.installed) == 4


def test_an_environment_whose_python_was_replaced_is_made_anew(start):
    start.set_up("requirements.lock")
    python(start, 1)
    assert not start.works()
    start.STAMP.unlink()  # clearing does so
    start.set_up("requirements.lock")
    assert [how["clear"] for how in start.made] == [True, True]
    assert len(start.installed) == 4
