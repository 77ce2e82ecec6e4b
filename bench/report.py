"""How long the report of a large run takes to write, how large it is, and how fast its page answers.

Usage: python bench/report.py [PHOTOS]     (500 invented photos of 12 faces each unless a number is given)

With Chromium on the machine, the page is opened without a window and its filters are timed.
"""

from __future__ import annotations

import datetime
import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from screen.geometry import Box
from screen.photo import Photo, photo_of
from screen.records import Cover, Decision, FaceDetails, Finding, Judgement, Plan, Ruling, Verdict
from screen.report import RunAbout, write_report
from screen.report.thumbnails import report_thumbnail

PURPOSES = ("website", "social")
#: Times in milliseconds of what people do on the page, layout included.
SCRIPT = """
const form = document.getElementById('tools'), boxes = [...form.querySelectorAll('[name=decision]')];
const told = {opened: performance.now()}, fire = () => form.dispatchEvent(new Event('input'));
const time = (name, act) => { const begun = performance.now(); act(); document.body.offsetHeight;
  told[name] = performance.now() - begun; };
time('hide one decision', () => { boxes[0].checked = false; fire(); });
time('show it again', () => { boxes[0].checked = true; fire(); });
time('find a name', () => { form.elements.find.value = '0042'; fire(); });
time('show all', () => { form.elements.find.value = ''; fire(); });
time('order by name', () => { form.elements.order.value = 'name';
  form.elements.order.dispatchEvent(new Event('change')); });
document.title = 'told' + JSON.stringify(told);
"""


def invented(number: int) -> tuple[Photo, Verdict]:
    """A photo of soft noise and its verdict: every fourth is ready, the others have 12 faces to cover."""
    noise = np.random.default_rng(number).integers(0, 256, (9, 12, 3), np.uint8)
    photo = photo_of(np.kron(noise, np.ones((80, 80, 1), np.uint8)), f"class/IMG_{number:04}.jpg")
    boxes = [Box(70 * i + 10, 300, 70 * i + 60, 370) for i in range(12)] if number % 4 else []
    rulings = tuple(Ruling(purpose, Decision.REDACT, "no-consent") for purpose in PURPOSES)
    judged = [
        Judgement(Finding("face", 0.9, box, FaceDetails(width=50), (), f"f{i}"), rulings)
        for i, box in enumerate(boxes, 1)
    ]
    covers = tuple(Cover(box, "ellipse", None, f"f{i}", box) for i, box in enumerate(boxes, 1))
    return photo, Verdict(photo.source, photo.digest, photo.size, tuple(judged), Plan(0, covers), PURPOSES)


def opened(chromium: str, page: Path, folder: Path) -> dict[str, float]:
    """What the page tells of its own speed, the policy opened for the measuring script alone."""
    text = re.sub(r"script-src &#39;sha256-[^;]*", "script-src &#39;unsafe-inline&#39;", page.read_text("utf-8"))
    copy = folder / "timed.html"
    copy.write_text(text.replace("</body>", f"<script>{SCRIPT}</script></body>"), "utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    profile = f"--user-data-dir={folder / 'profile'}"
    command = [chromium, *options, "--disable-sync", profile, "--dump-dom", copy.as_uri()]
    dom = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    found = re.search(r"<title>told({.*?})</title>", dom)
    return dict(json.loads(found.group(1))) if found else {}


def main(count: int) -> None:
    results, thumbnails = [], {}
    begun = time.perf_counter()
    for number in range(count):
        photo, verdict = invented(number)
        results.append(verdict)
        thumbnails[photo.source] = report_thumbnail(photo, verdict)
    print(f"| small pictures, each | {1000 * (time.perf_counter() - begun) / count:.1f} ms |")
    now = datetime.datetime.now(datetime.UTC)
    about = RunAbout("classroom", PURPOSES, "classroom", None, "bench", now, now, (), "class")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.perf_counter()
        write_report(folder, results, thumbnails, "en", about)
        print(f"| write report.html, summary.csv and summary.txt | {time.perf_counter() - begun:.2f} s |")
        print(f"| report.html | {(folder / 'report.html').stat().st_size / 1e6:.1f} MB |")
        print(f"| most memory | {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB |")
        if chromium := shutil.which("chromium") or shutil.which("google-chrome"):
            for what, value in opened(chromium, folder / "report.html", folder).items():
                print(f"| page: {what} | {value:.0f} ms |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 500)
