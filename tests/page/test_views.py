"""Each view in a real browser: axe-core finds nothing, nothing is wider than the window, names of files stay text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drawn_page import Page, draw

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: it comes with dev").expect

WIDTHS = [320, 360, 768, 1280, 1920]
NASTY = "<img src=x onerror=alert(1)>&amp;.png"


def filled(served: Page, page: Any, photos: Path) -> None:
    """A page with three photos and a file that is none, in the list."""
    page.goto(served.address)
    files = [draw(photos, NASTY, 30), draw(photos, f"{'a' * 120}.png", 50), draw(photos, "writing.png", 40)]
    (photos / "broken.png").write_bytes(b"no photo at all")
    with page.expect_file_chooser() as chooser:
        page.locator(".drop .main").click()
    chooser.value.set_files([str(file) for file in (*files, photos / "broken.png")])
    expect(page.locator('[data-pile="to_review"] .count')).to_have_text("3")


def go(page: Any, served: Page, place: str) -> None:
    """Open a view anew, also where the page shows it already."""
    page.goto(served.address.split("#", maxsplit=1)[0] + "#/nowhere")
    page.goto(served.address.split("#", maxsplit=1)[0] + place)


def shown(page: Any, served: Page, view: str) -> None:
    """Bring the page to a view."""
    if view == "start":
        go(page, served, "#/start")
        page.wait_for_selector(".drop")
    elif view == "list":
        go(page, served, "#/list")
        expect(page.locator(".tile").first).to_be_visible()
    elif view == "failed":
        go(page, served, "#/photo/p4")
        page.wait_for_selector(".wait-card")
    elif view == "check":
        go(page, served, "#/check/p3")
        page.wait_for_selector("#answer")
    else:
        go(page, served, "#/photo/p1")
        page.wait_for_selector(".finding-head")
        {
            "photo": lambda _page: None,
            "naming": naming,
            "reason": reason,
            "cover": cover,
            "help": help_card,
            "settings": settings,
        }[view](page)


def naming(page: Any) -> None:
    page.locator(".finding-head").first.click()
    page.locator("#who-f1").fill("a")
    page.wait_for_selector('[role="option"]')


def reason(page: Any) -> None:
    page.locator(".finding-head").first.click()
    page.locator('[data-key="open-f1"]').click()
    page.wait_for_selector("#why")


def cover(page: Any) -> None:
    page.locator('[data-key="draw"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".drawn")


def help_card(page: Any) -> None:
    page.keyboard.press("?")
    page.wait_for_selector("dialog[open]")


def settings(page: Any) -> None:
    page.evaluate("location.hash = '#/list'")
    page.locator('[data-key="settings"]').click()
    page.wait_for_selector("dialog[open]")


VIEWS = ["start", "list", "failed", "check", "photo", "naming", "reason", "cover", "help", "settings"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(served: Page, tab: Any, photos: Path, axe: str, scheme: str) -> None:
    page = tab(color_scheme=scheme)
    filled(served, page, photos)
    found: dict[str, Any] = {}
    for view in VIEWS:
        shown(page, served, view)
        page.evaluate(axe)
        told = page.evaluate("axe.run()")
        assert len(told["passes"]) > 15
        found[view] = [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in told["violations"]]
        page.keyboard.press("Escape")
    assert {view: faults for view, faults in found.items() if faults} == {}


def test_axe_would_see_a_fault(served: Page, tab: Any, axe: str) -> None:
    page = tab()
    page.goto(served.address)
    page.wait_for_selector(".drop")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    page.evaluate("document.querySelector('.lead').style.color = '#bbbbbb'")
    page.evaluate(axe)
    assert {"html-has-lang", "color-contrast"} <= {v["id"] for v in page.evaluate("axe.run()")["violations"]}


def test_nothing_is_wider_than_the_window(served: Page, tab: Any, photos: Path) -> None:
    page = tab()
    filled(served, page, photos)
    page.locator('[data-lang="fr"]').click()  # the longer words
    page.wait_for_selector('html[lang="fr"] .tile')
    wide = []
    for view in VIEWS:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            shown(page, served, view)
            inner = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
            if inner[0] > inner[1]:
                wide.append((view, width, inner))
            page.keyboard.press("Escape")
    assert wide == []


def test_targets_are_large_enough_for_fingers(served: Page, tab: Any, photos: Path) -> None:
    page = tab(width=360, height=740, has_touch=True)
    filled(served, page, photos)
    small = []
    for view in VIEWS:
        shown(page, served, view)
        small += [(view, *one) for one in page.evaluate(SMALL)]
        page.keyboard.press("Escape")
    assert small == []


#: What can be pressed and is less than 44 pixels wide or high; a box of a label is as large as its label.
SMALL = """() => [...document.querySelectorAll('button, a[href], summary, label, [role=option], input')]
  .filter((one) => one.checkVisibility() && !one.closest('.visually-hidden') && one.getBoundingClientRect().width > 1
    && !(one.matches('input') && one.closest('label')) && !one.matches('label[for], .skip'))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
  .map(([html, box]) => [html, Math.round(box.width), Math.round(box.height)])"""


def test_names_of_files_stay_text(served: Page, tab: Any, photos: Path) -> None:
    page = tab()
    filled(served, page, photos)
    assert page.locator(".tile-name", has_text=NASTY).count() == 1
    assert page.locator("main img:not(.tile-picture img)").count() == 0
    go(page, served, "#/photo/p1")
    expect(page.locator("h1")).to_have_text(NASTY)
    assert page.locator('[src="x"]').count() == 0
    assert page.title().startswith(NASTY)


def test_a_wrong_key_shows_nothing(served: Page, tab: Any) -> None:
    page = tab()
    page.goto(served.address.split("#", maxsplit=1)[0] + "#wrong")
    expect(page.locator(".shut h1")).to_have_text("This page is locked")
