"""Makes review-list.jpg, review-photo.jpg and review-answer.jpg: the review page with the sample pictures.

    python docs/images/review_pages.py

Needs the extra dev and Chromium from the system.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "sample_images"
WINDOW = {"width": 1280, "height": 800}
MINUTES = 60_000
DECIDED = (("craft-table.jpg", "approve"), ("library-notice.jpg", "approve"), ("whiteboard-4B.jpg", "withhold"))


@contextmanager
def review(*given: str) -> Iterator[str]:
    """The address of a running page."""
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "screen", "review", "--no-browser", "--lang", "en", *given]
        environment = {**os.environ, "PHOTOSCREEN_HOME": home}
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)  # noqa: S603  our own
        yield running.stdout.readline().strip() if running.stdout else ""
        running.terminate()
        running.wait(30)


def shoot(page: Any, name: str) -> None:
    """A picture of the window, as JPEG with sharp letters, so that it is small."""
    page.mouse.move(2, 2)
    page.wait_for_timeout(1500)
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")  # noqa: TID251  no photo
    picture.save(HERE / name, quality=74, subsampling=0, optimize=True, progressive=True)


def list_and_photo(page: Any, folder: Path) -> None:
    """The work-list with some photos decided, and one photo with a face being named."""
    with review(str(folder), "--roster", str(SAMPLES / "roster.csv")) as address:
        page.goto(address)
        page.locator(".progress progress").wait_for(state="detached", timeout=10 * MINUTES)
        for name, key in DECIDED:
            page.goto(address.split("#", maxsplit=1)[0] + "#/list")
            page.locator(".tile-in", has=page.locator(".tile-name", has_text=name)).click()
            page.locator(f'[data-key="{key}"]').click()
            page.wait_for_timeout(1000)
        page.goto(address.split("#", maxsplit=1)[0] + "#/list")
        page.locator(".tile img").nth(9).wait_for()
        shoot(page, "review-list.jpg")
        page.locator(".tile-in", has=page.locator(".tile-name", has_text="visitor-from-space")).click()
        page.locator(".plate").first.click()
        page.locator("[role=combobox]").fill("e")
        page.locator("[role=option]").first.wait_for()
        shoot(page, "review-photo.jpg")


def answer(page: Any) -> None:
    """One photo before upload, with its proven copy."""
    with review("--roster", str(SAMPLES / "roster.csv")) as address:
        page.goto(address)
        with page.expect_file_chooser() as chooser:
            page.locator(".drop .main").click()
        chooser.value.set_files(str(SAMPLES / "science-fair.heic"))
        page.locator('[data-key="approve"]').click(timeout=10 * MINUTES)
        page.locator('[data-key="download"]').wait_for(timeout=10 * MINUTES)
        shoot(page, "review-answer.jpg")


def main() -> None:
    """Write the three pictures beside this script."""
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "class 4B"
        shutil.copytree(SAMPLES, folder, ignore=shutil.ignore_patterns("*.py", "*.md", "*.csv", "studio"))
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_context(viewport=WINDOW, reduced_motion="reduce").new_page()
        list_and_photo(page, folder)
        answer(browser.new_context(viewport=WINDOW).new_page())
        browser.close()


if __name__ == "__main__":
    main()
