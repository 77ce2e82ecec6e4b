"""The whole road with the program as it is: `photoscreen review`, real screening of the ten sample pictures, French."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from drawn_page import ROOT, ROSTER
from test_road import Clicks, drop, name

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: it comes with dev").expect

SAMPLES = sorted(path for path in (ROOT / "sample_images").iterdir() if path.suffix in {".jpg", ".heic"})
MINUTES = 60_000


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address that the command prints."""
    command = [sys.executable, "-m", "screen", "review", "--no-browser", "--lang", "fr", "--roster", str(ROSTER)]
    environment = {**os.environ, "PHOTOSCREEN_HOME": str(tmp_path / "home")}
    running = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert running.stdout is not None
    yield running.stdout.readline().strip()
    running.terminate()
    running.communicate(timeout=180)


@pytest.mark.models
def test_ten_samples(address: str, tab: Any) -> None:
    assert len(SAMPLES) == 10
    page = tab()
    page.goto(address)
    page.wait_for_selector(".drop")
    clicks = Clicks(page)
    drop(clicks, SAMPLES)
    expect(page.locator('[data-pile="to_review"] .count')).to_have_text("10", timeout=5 * MINUTES)
    clicks.on(".next-step .main")
    for sample in SAMPLES:
        expect(page.locator("h1")).to_have_text(sample.name)
        page.wait_for_selector('[data-key="withhold"]')
        if sample.name in {"science-fair.heic", "visitor-from-space.jpg"}:
            face = page.locator(".finding", has=page.locator(".finding-kind", has_text="Visage")).first
            name(clicks, face.get_attribute("data-finding"), "eileen")
            expect(page.locator(".person")).to_contain_text("Eileen Collins")
        refused = page.locator('[data-key="approve"]').is_disabled()
        clicks.on('[data-key="withhold"]' if refused else '[data-key="approve"]')
    page.wait_for_selector(".list")
    clicks.on('[data-key="save"]')
    expect(page.locator('[data-key="zip"]')).to_be_visible(timeout=10 * MINUTES)
    with page.expect_download() as coming:
        clicks.on('[data-key="zip"]')
    assert clicks.count <= 25
    saved = page.locator('[data-pile="approved"] .count').inner_text()
    names = zipfile.ZipFile(coming.value.path()).namelist()
    assert len(names) == int(saved) >= 8
    assert not any("Amina" in name for name in names)
