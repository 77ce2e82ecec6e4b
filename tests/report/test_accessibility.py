"""axe-core in headless Chromium finds nothing serious on the page, and its filters work.

Both are tools of development only: Chromium from the system, axe-core from the package axe-core-python (extra dev).
"""

from __future__ import annotations

import html
import importlib.resources
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from made_verdicts import BROKEN, BUSY, CLEAR, FACE, GPS, judged, verdict
from test_to_html import page

from screen.geometry import Box
from screen.photo import photo_of
from screen.records import Decision, FaceDetails
from screen.report.thumbnails import report_thumbnail

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-sync",
    "--window-size=1400,1000",
)
LOOK = verdict(
    "class/look.jpg", (judged("face", Decision.REVIEW, "ambiguous", Box(20, 30, 60, 80), FaceDetails()), GPS)
)
REFUSED = verdict(
    "class/no.jpg", (judged("face", Decision.REFUSE, "no-consent", Box(9, 9, 60, 80), FaceDetails()), FACE)
)
ALL = [CLEAR, BUSY, BROKEN, LOOK, REFUSED]


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("Chromium is not installed")
    return found


@pytest.fixture(scope="session")
def axe() -> str:
    pytest.importorskip("axe_core_python", reason="axe-core is not installed: it comes with the extra dev")
    return importlib.resources.files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")


def run_in(chromium: str, folder: Path, text: str, script: str, width: int = 1280, flags: tuple[str, ...] = ()) -> Any:
    """What a script on the page tells, as JSON; the page's own policy is opened for the test's script alone.

    The page stands in a frame, because a headless window is at least 500 pixels wide; the frame is so high that
    nothing is left undrawn.
    """
    opened = re.sub(r"(script|style)-src &#39;sha256-[^;]*", r"\1-src &#39;unsafe-inline&#39;", text)
    assert opened != text
    tell = f"const tell = (value) => parent.postMessage(JSON.stringify(value), '*');{script}"
    (folder / "page.html").write_text(opened.replace("</body>", f"<script>{tell}</script></body>"), "utf-8")
    frame = folder / "frame.html"
    frame.write_text(
        "<!doctype html><pre id=told></pre><script>onmessage = (event) => "
        "{ document.getElementById('told').textContent = event.data; };</script>"
        f"<iframe src=page.html style='width:{width}px;height:6000px'></iframe>"
    )
    found = re.search(r'<pre id="told">(.+?)</pre>', dumped(chromium, folder, frame, flags), re.DOTALL)
    assert found, "the page did not answer"
    return json.loads(html.unescape(found.group(1)))


def dumped(chromium: str, folder: Path, file: Path, flags: tuple[str, ...] = ()) -> str:
    """The page as it is after its scripts ran."""
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [chromium, *FLAGS, *flags, profile, "--virtual-time-budget=20000", "--dump-dom", file.as_uri()]
    return subprocess.run(command, capture_output=True, timeout=60, check=True).stdout.decode()


def full_page(lang: str) -> str:
    photo = photo_of(np.full((240, 320, 3), 200, np.uint8))
    return page(
        list(ALL), lang, {result.source: report_thumbnail(photo, result) for result in ALL if result is not BROKEN}
    )


@pytest.mark.parametrize(
    ("lang", "width", "flags"),
    [("en", 1280, ()), ("fr", 360, ()), ("en", 1280, ("--blink-settings=preferredColorScheme=0",))],
    ids=["wide", "narrow", "dark"],
)
def test_no_serious_finding(
    chromium: str, axe: str, tmp_path: Path, lang: str, width: int, flags: tuple[str, ...]
) -> None:
    script = axe + ";axe.run().then((found) => tell({found: found.violations.map((v) => [v.id, v.impact, "
    script += "v.nodes.map((n) => n.html)]), passes: found.passes.length, "
    script += "dark: matchMedia('(prefers-color-scheme: dark)').matches}));"
    told = run_in(chromium, tmp_path, full_page(lang), script, width, flags)
    assert told["dark"] == bool(flags)
    assert told["passes"] > 20
    assert told["found"] == []


def test_axe_would_see_a_fault(chromium: str, axe: str, tmp_path: Path) -> None:
    broken = full_page("en").replace('<html lang="en">', "<html>").replace("--soft: #525d6b", "--soft: #b5b5b5")
    script = axe + ";axe.run().then((found) => tell(found.violations.map((v) => v.id)));"
    assert {"html-has-lang", "color-contrast"} <= set(run_in(chromium, tmp_path, broken, script))


def test_filters_and_order(chromium: str, tmp_path: Path) -> None:
    script = """
    const cards = () => Array.from(document.querySelectorAll('#cards > li'));
    const seen = () => cards().filter((card) => !card.hidden).map((card) => card.dataset.name);
    const form = document.getElementById('tools'), shown = form.querySelector('.shown');
    const told = {start: seen(), status: shown.textContent, display: getComputedStyle(cards()[0]).display};
    const set = (change) => { change(form.elements); form.dispatchEvent(new Event('input')); };
    const boxes = Array.from(form.querySelectorAll('[name=decision]'));
    set(() => { for (const box of boxes) box.checked = box.value === 'redact'; });
    told.redact = seen(); told.some = shown.textContent;
    set((e) => { for (const box of boxes) box.checked = true; e.reason.value = 'gps'; });
    told.gps = seen();
    set((e) => { e.reason.value = ''; e.find.value = 'LOOK'; });
    told.found = seen();
    set((e) => { e.find.value = 'nowhere'; });
    told.none = seen(); told.nothing = shown.textContent;
    set((e) => { e.find.value = ''; });
    form.elements.order.value = 'name'; form.elements.order.dispatchEvent(new Event('change', {bubbles: true}));
    told.byName = seen();
    form.elements.order.value = 'mild'; form.elements.order.dispatchEvent(new Event('change', {bubbles: true}));
    told.mild = seen();
    tell(told);
    """
    told = run_in(chromium, tmp_path, full_page("en"), script)
    busy, clear, look, refused = "class/busy.jpg", "class/clear.jpg", "class/look.jpg", "class/no.jpg"
    # Items of a list are numbered anew, all of them, with each that hides: a minute for 3000 photos.
    assert told["display"] == "block"
    assert told["start"] == [refused, look, busy, clear]
    assert told["status"] == "All photos are shown."
    assert told["redact"] == [busy]
    assert told["some"] == "1 of 4 photos are shown."
    assert set(told["gps"]) == {look, busy}
    assert told["found"] == [look]
    assert told["none"] == []
    assert told["nothing"].startswith("No photo fits.")
    assert told["byName"] == [busy, clear, look, refused]
    assert told["mild"] == [clear, busy, look, refused]


def test_the_page_runs_under_its_own_policy(chromium: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(full_page("en"), "utf-8")
    dom = dumped(chromium, tmp_path, file)
    assert '<form id="tools" class="tools">' in dom
    assert "All photos are shown." in dom


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_is_wider_than_the_window(chromium: str, tmp_path: Path, width: int) -> None:
    long = verdict("a" * 300 + ".jpg", (FACE,))
    script = "tell([document.documentElement.scrollWidth, innerWidth]);"
    told = run_in(chromium, tmp_path, page([long, *ALL], "fr"), script, width)
    assert told == [width, width]
