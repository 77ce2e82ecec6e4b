"""The work-list: 500 photos in few elements, piles, arrow keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drawn_page import Page, draw

from screen.web.entries import READY, Entry

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: it comes with dev").expect

MANY = 500
COLUMNS = "new Set([...document.querySelectorAll('.tile')].map((tile) => tile.getBoundingClientRect().x)).size"


@pytest.fixture
def many(served: Page, photos: Path) -> Page:
    """A session of 500 photos, as if all of them had been screened: three are, and lend the others their results."""
    session = served.desk.session
    shapes = [draw(photos, f"shape{kind}.png", kind) for kind in (10, 20, 50)]
    from screen.web.uploads import Upload

    first = session.add_uploads([Upload(path, path.name) for path in shapes])
    served.desk.session.workshop._pool.submit(lambda: None).result(30)
    assert [entry.state for entry in first] == [READY] * 3
    for number in range(3, MANY):
        twin = first[number % 3]
        entry = Entry(f"p{number + 1}", twin.path, f"photo {number:03}.png", True)
        entry.state, entry.basis, entry.verdict, entry.version = READY, twin.basis, twin.verdict, 2
        session._entries[entry.id] = entry
    return served


def test_few_elements_for_many_photos(many: Page, tab: Any) -> None:
    page = tab()
    page.goto(many.address)
    expect(page.locator('[data-pile="all"] .count')).to_have_text(str(MANY))
    assert 10 <= page.locator(".tile").count() <= 60
    assert page.evaluate("document.querySelectorAll('*').length") < 1500
    assert page.locator(".tile").first.get_attribute("aria-setsize") == str(MANY)
    seen = set()
    for share in (0.25, 0.5, 0.75, 1):
        page.evaluate(f"scrollTo(0, document.body.scrollHeight * {share})")
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert page.locator(".tile").count() <= 60
        seen.add(page.locator(".tile").first.get_attribute("aria-posinset"))
    assert len(seen) == 4
    expect(page.locator(f'.tile[aria-posinset="{MANY}"]')).to_be_visible()


def test_piles_filter_and_count(many: Page, tab: Any) -> None:
    page = tab()
    page.goto(many.address)
    counts = {pile: page.locator(f'[data-pile="{pile}"] .count') for pile in ("keep", "redact", "review")}
    expect(counts["keep"]).to_have_text("167")
    assert [counts[pile].inner_text() for pile in ("redact", "review")] == ["167", "166"]
    page.locator('[data-pile="redact"]').click()
    expect(page.locator('[data-pile="redact"]')).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".tile").first).to_have_attribute("aria-setsize", "167")
    assert set(page.locator(".tile .badge").all_inner_texts()) == {"Cover first"}
    assert page.evaluate("document.activeElement.dataset.pile") == "redact"


def test_arrow_keys_walk_the_list(many: Page, tab: Any) -> None:
    page = tab()
    page.goto(many.address)
    page.locator(".tile-in").first.focus()
    page.keyboard.press("ArrowRight")
    place = "document.activeElement.closest('.tile')?.getAttribute('aria-posinset')"
    assert page.evaluate(place) == "2"
    columns = page.evaluate(COLUMNS)
    page.keyboard.press("ArrowDown")
    assert page.evaluate(place) == str(2 + columns)
    page.keyboard.press("End")
    assert page.evaluate(place) == str(MANY)
    page.keyboard.press("Home")
    assert page.evaluate(place) == "1"
    assert page.locator('.tile-in[tabindex="0"]').count() == 1
    page.keyboard.press("Enter")
    expect(page.locator(".photo h1")).to_be_visible()
