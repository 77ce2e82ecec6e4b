"""A browser for the tests of the page: Playwright drives Debian's Chromium; nothing is downloaded."""

from __future__ import annotations

import importlib.resources
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from drawn_page import Page, rules, running, scripted

__all__ = ["scripted"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium, for the tests of one file: while Playwright runs, no other event loop can in this thread."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: it comes with dev")
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("Chromium is not installed")
    with playwright.sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Callable[..., Any]]:
    """Opens a tab of its own; whatever the page complains about fails the test at the end."""
    contexts, complaints = [], []

    def opened(width: int = 1280, height: int = 860, **settings: Any) -> Any:
        window = {"viewport": {"width": width, "height": height}, "accept_downloads": True, "reduced_motion": "reduce"}
        context = browser.new_context(**window, **settings)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        return page

    yield opened
    for context in contexts:
        context.close()
    # The server's own refusals show in the console too; they are meant.
    assert [said for said in complaints if not any(f"status of {code}" in said for code in (403, 422))] == []


@pytest.fixture
def served(scripted: None) -> Iterator[Page]:
    """A page onto which photos can be dropped, in English, with the roster of the samples."""
    with running(rules()) as page:
        yield page


@pytest.fixture(scope="session")
def axe() -> str:
    pytest.importorskip("axe_core_python", reason="axe-core is not installed: it comes with the extra dev")
    return importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder
