"""How long a person waits beyond the screening: a photo of 12 megapixels is dropped in Chromium until its answer shows.

Usage: python bench/page_browser.py [TIMES]     4 unless a number is given; needs the extra dev and Chromium

Screening is scripted, as in tests/page, so that the page itself is measured: upload, judging, server, browser.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "page"))
import drawn_page
from drawn_page import ThreadShop, draw, rules, running, scripting

SPANS: list[float] = []


class TimedShop(ThreadShop):
    """Notes how long the work on each photo took."""

    def _do(self, work: Any, task: Any, started: Any, done: Any) -> None:
        def timed(given: Any) -> Any:
            begun = time.perf_counter()
            result = work(given)
            SPANS.append(time.perf_counter() - begun)
            return result

        super()._do(timed, task, started, done)


def photo(folder: Path) -> Path:
    """A photo of 12 megapixels with the noise of a camera, 2.6 MB as JPEG."""
    flat = Image.open(draw(folder, "flat.png", 20, (4000, 3000)))
    noise = np.random.default_rng(7).integers(-6, 7, (3000, 4000, 1), np.int16)
    noise[:16, :16] = 0
    pixels = np.clip(np.asarray(flat, np.int16) + noise, 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(folder / "photo.jpg", quality=92)
    return folder / "photo.jpg"


def wait(browser: Any, file: Path) -> float:
    """Seconds from choosing the file to the answer, less those of the screening."""
    with running(rules()) as served:
        page = browser.new_context().new_page()
        page.goto(served.address)
        with page.expect_file_chooser() as chooser:
            page.locator(".drop .main").click()
        begun = time.perf_counter()
        chooser.value.set_files(str(file))
        page.locator("#answer").wait_for()
        seconds = time.perf_counter() - begun - SPANS[-1]
        page.context.close()
        return seconds


def main() -> None:
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 4
    with tempfile.TemporaryDirectory() as place, scripting(Path(place) / "home"), sync_playwright() as driver:
        drawn_page.serving.Workshop = TimedShop
        file = photo(Path(place))
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        waits = sorted(wait(browser, file) for _ in range(times))
        browser.close()
        size = file.stat().st_size / 1e6
    print(f"{size:.1f} MB, beyond the screening: {waits[0]:.2f} to {waits[-1]:.2f} s")


if __name__ == "__main__":
    main()
