"""Folders of their own for every run, and a policy whose checks need no weights."""

import pytest


@pytest.fixture(autouse=True)
def _own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("PHOTOSCREEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PHOTOSCREEN_MODELS", str(tmp_path / "no-models"))
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def light(tmp_path):
    """A policy whose checks need no weights."""
    path = tmp_path / "light.toml"
    path.write_text('[policy]\nchecks = ["metadata", "filename", "caption"]\n')
    return str(path)
