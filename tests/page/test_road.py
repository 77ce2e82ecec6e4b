"""A teacher's whole road in a real browser: ten photos, two faces named, safe copies saved, in few clicks."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from drawn_page import FACE, ROSTER, Page, draw, rules, running, ten_photos
from PIL import Image

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: it comes with dev").expect


class Clicks:
    """Clicks on the page, counted."""

    def __init__(self, page: Any) -> None:
        self.page, self.count = page, 0

    def on(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).first.click()


def drop(clicks: Clicks, files: list[Path]) -> None:
    with clicks.page.expect_file_chooser() as chooser:
        clicks.on(".drop .main")
    chooser.value.set_files([str(file) for file in files])


def name(clicks: Clicks, finding: str, person: str) -> None:
    """Click a face in the picture and say who it is; the one click more is the one in the list."""
    clicks.on(f'.plate[data-finding="{finding}"]')
    clicks.page.locator(f"#who-{finding}").fill(person)
    clicks.on('[role="option"]')


def approve(clicks: Clicks) -> None:
    """Approve this photo; the page goes on to the next one, or back to the list."""
    heading = clicks.page.locator("h1")
    before = heading.inner_text()
    clicks.on('[data-key="approve"]')
    expect(heading).not_to_have_text(before)


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_ten_photos_in_23_clicks(served: Page, tab: Any, photos: Path, lang: str) -> None:
    page = tab()
    page.goto(served.address)
    clicks = Clicks(page)
    page.wait_for_selector(".drop")
    if lang == "fr":
        clicks.on('[data-lang="fr"]')
        page.wait_for_selector('html[lang="fr"] .drop')
    assert page.locator("h1").inner_text().startswith("May these" if lang == "en" else "Peut-on publier")
    assert served.desk.keys.token not in page.url

    drop(clicks, ten_photos(photos))
    expect(page.locator(".tile")).to_have_count(10)
    expect(page.locator('[data-pile="to_review"] .count')).to_have_text("10")
    clicks.on(".next-step .main")
    for number in range(1, 11):
        expect(page.locator("h1")).to_have_text(f"IMG_{number}.png")
        if number == 2:
            name(clicks, "f1", "jonas")  # his parents agreed to both places
        if number == 4:
            name(clicks, "f2", "rose")
        approve(clicks)

    clicks.on('[data-key="save"]')
    expect(page.locator('[data-key="zip"]')).to_be_visible(timeout=60_000)
    with page.expect_download() as coming:
        clicks.on('[data-key="zip"]')
    assert clicks.count <= 23
    copies = pictures(Path(coming.value.path()))
    assert len(copies) == 10
    faces = [entry.verdict.plan.covers for entry in served.desk.session.entries() if entry.verdict]
    assert [len(covers) for covers in faces] == [0, 0, 1, 1, 1, 0, 0, 1, 1, 0]
    assert page.locator(".tile .stamp").count() == 10


def pictures(archive: Path) -> list[Image.Image]:
    """The pictures in an archive; each must open and hold no metadata."""
    found = []
    with zipfile.ZipFile(archive) as files:
        for entry in files.namelist():
            picture = Image.open(io.BytesIO(files.read(entry)))
            picture.load()
            assert not picture.getexif()
            found.append(picture)
    return found


def test_one_photo_before_upload(served: Page, tab: Any, photos: Path) -> None:
    """The quick road: one photo, its answer for the place, and the safe copy."""
    page = tab()
    page.goto(served.address)
    page.wait_for_selector(".drop")
    clicks = Clicks(page)
    drop(clicks, [draw(photos, "one.png", 20)])
    expect(page.locator("h1")).to_have_text("May I post this photo?")
    expect(page.locator("#answer")).to_have_text("Not yet")
    expect(page.locator(".purposes li")).to_have_count(2)
    clicks.on('[data-key="approve"]')
    with page.expect_download() as coming:
        clicks.on('[data-key="download"]')
    assert clicks.count == 3
    expect(page.locator("#answer")).to_have_text("Yes, the safe copy")
    assert page.locator(".steps.proven li").count() >= 3
    copy = Image.open(coming.value.path()).convert("RGB")
    before = Image.open(photos / "one.png").convert("RGB")
    assert copy.crop(FACE.as_tuple()).tobytes() != before.crop(FACE.as_tuple()).tobytes()


DROP = """([zone, bytes, name]) => {
  const transfer = new DataTransfer();
  transfer.items.add(new File([new Uint8Array(bytes)], name, { type: 'image/png' }));
  const how = { dataTransfer: transfer, bubbles: true, cancelable: true };
  document.querySelector(zone).dispatchEvent(new DragEvent('drop', how));
}"""


def test_dropped_with_the_mouse(served: Page, tab: Any, photos: Path) -> None:
    """A photo dropped on the zone is asked about alone; one dropped on the list joins the list."""
    page = tab()
    page.goto(served.address)
    page.wait_for_selector(".drop")
    page.evaluate(DROP, [".drop", list(draw(photos, "one.png", 10).read_bytes()), "one.png"])
    expect(page.locator("#answer")).to_have_text("Yes")
    page.evaluate("location.hash = '#/list'")
    expect(page.locator(".tile")).to_have_count(1)
    page.evaluate(DROP, [".list", list(draw(photos, "two.png", 20).read_bytes()), "two.png"])
    expect(page.locator(".tile")).to_have_count(2)
    page.evaluate(DROP, [".list", [1, 2, 3], "broken.png"])
    expect(page.locator('[data-pile="failed"] .count')).to_have_text("1")
    expect(page.locator(".tile").first).to_contain_text("broken.png")
    page.locator(".tile-in").first.click()
    page.locator('[data-key="take-out"]').click()
    expect(page.locator(".tile")).to_have_count(2)
    assert [entry.source for entry in served.desk.session.entries()] == ["one.png", "two.png"]


def test_a_roster_opened_in_the_page(scripted: None, tab: Any, photos: Path) -> None:
    """Without a roster nobody can be named; one that is opened in the page changes that at once."""
    with running(rules(roster=False)) as served:
        page = tab()
        page.goto(served.address)
        page.wait_for_selector(".drop")
        expect(page.locator(".roster-facts.none")).to_be_visible()
        drop(Clicks(page), [draw(photos, "a.png", 20)])
        page.locator(".plate").first.click()
        expect(page.locator(".finding-body")).to_contain_text("Open a roster")
        page.locator('[data-key="settings"]').click()
        page.locator("dialog #roster-file").set_input_files(str(ROSTER))
        expect(page.locator("dialog .roster-facts")).to_contain_text("people")
        page.keyboard.press("Escape")
        expect(page.locator("#who-f1")).to_be_visible()
        page.close()


def test_who_is_not_allowed_stays_covered(served: Page, tab: Any, photos: Path) -> None:
    """A name whose consent does not fit is refused with the reason, beside the face."""
    page = tab()
    page.goto(served.address)
    page.wait_for_selector(".drop")
    clicks = Clicks(page)
    drop(clicks, [draw(photos, "no.png", 20), draw(photos, "room.png", 10)])
    page.locator(".tile-in", has=page.locator(".tile-name", has_text="no.png")).click()
    name(clicks, "f1", "tariq")
    expect(page.locator(".refused")).to_contain_text("Tariq Nowak")
    verdict = served.desk.session.entries()[0].verdict
    assert verdict is not None
    assert len(verdict.plan.covers) == 1


def test_uncovering_asks_for_a_reason(served: Page, tab: Any, photos: Path) -> None:
    page = tab()
    page.goto(served.address)
    page.wait_for_selector(".drop")
    drop(Clicks(page), [draw(photos, "a.png", 20), draw(photos, "b.png", 10)])
    page.locator(".tile-in", has=page.locator(".tile-name", has_text="a.png")).click()
    page.locator(".finding-head").first.click()
    page.locator('[data-key="open-f1"]').click()
    page.locator("#why").fill("no")
    page.locator(".why .main").click()
    expect(page.locator("#why")).to_be_visible()  # two letters are no reason
    page.locator("#why").fill("A drawing")
    page.locator(".why .main").click()
    expect(page.locator(".override")).to_contain_text("A drawing")
    entry = served.desk.session.entries()[0]
    assert entry.verdict is not None
    assert entry.verdict.plan.covers == ()
    page.locator('[data-key="undo"]').click()
    expect(page.locator(".override")).to_have_count(0)
    assert len(served.desk.session.entries()[0].verdict.plan.covers) == 1
