"""The page by keyboard, mouse and finger: covers, looking under them, decisions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from drawn_page import FACE, SIZE, Page, draw

expect = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: it comes with dev").expect


@pytest.fixture
def page(served: Page, tab: Any, photos: Path) -> Any:
    """Two photos, the first one open."""
    page = tab()
    page.goto(served.address)
    with page.expect_file_chooser() as chooser:
        page.locator(".drop .main").click()
    chooser.value.set_files([str(draw(photos, "first.png", 20)), str(draw(photos, "second.png", 10))])
    expect(page.locator('[data-pile="to_review"] .count')).to_have_text("2")
    page.locator(".tile-in").first.click()
    page.wait_for_selector(".finding-head")
    page.wait_for_selector(".frame img[src]")
    return page


def drawn(served: Page) -> list[tuple[int, int, int, int]]:
    return [one.box.as_tuple() for one in served.desk.session.entry("p1").choices.drawn]


def test_keyboard_alone(served: Page, tab: Any, photos: Path) -> None:
    """From dropping to the saved copies, without a mouse."""
    page = tab()
    page.goto(served.address)
    page.wait_for_selector(".drop")
    with page.expect_file_chooser() as chooser:
        page.locator(".drop .main").focus()
        page.keyboard.press("Enter")
    chooser.value.set_files([str(draw(photos, "first.png", 20)), str(draw(photos, "second.png", 10))])
    expect(page.locator('[data-pile="to_review"] .count')).to_have_text("2")
    press_until(page, "Tab", ".next-step .main")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("first.png")
    page.wait_for_selector(".finding-head")
    page.keyboard.press("n")
    expect(page.locator(".finding.open")).to_have_count(1)
    press_until(page, "Tab", "#who-f1")
    page.keyboard.type("jonas")
    page.wait_for_selector('[role="option"]')
    page.keyboard.press("Enter")
    expect(page.locator(".person")).to_contain_text("Jonas Okafor")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    expect(page.locator("h1")).to_have_text("second.png")
    page.wait_for_selector('[data-key="withhold"]')
    page.keyboard.press("x")
    page.wait_for_selector(".list .next-step")
    press_until(page, "Tab", '[data-key="save"]')
    page.keyboard.press("Enter")
    expect(page.locator('[data-key="zip"]')).to_be_visible(timeout=60_000)
    assert [entry.reviewed for entry in served.desk.session.entries()] == ["approved", "withheld"]


def press_until(page: Any, key: str, wanted: str, most: int = 60) -> None:
    """Press a key until the keyboard is on what is wanted; on the way it is always visibly somewhere."""
    for _ in range(most):
        page.keyboard.press(key)
        if page.evaluate(f"document.activeElement.matches('{wanted}')"):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    pytest.fail(f"{wanted} was not reached")


def test_peek_only_while_held(page: Any) -> None:
    under = page.locator(".under")
    page.keyboard.press("n")
    page.keyboard.down("p")
    expect(under).to_be_visible()
    page.keyboard.up("p")
    expect(under).to_be_hidden()
    assert under.get_attribute("src") is None
    hold = page.locator(".peek")
    box = hold.bounding_box()
    page.mouse.move(box["x"] + 10, box["y"] + 10)
    page.mouse.down()
    expect(under).to_be_visible()
    page.evaluate("window.dispatchEvent(new Event('blur'))")
    expect(under).to_be_hidden()
    page.mouse.up()
    page.mouse.down()
    expect(under).to_be_visible()
    page.mouse.move(5, 5)
    expect(under).to_be_hidden()
    page.mouse.up()


def test_what_comes_after_the_hold_is_not_shown(page: Any) -> None:
    late = []
    page.route("**/peek?*", lambda route: late.append(route))  # noqa: PLW0108  playwright marks its handlers
    page.keyboard.press("n")
    page.keyboard.down("p")
    expect(page.locator(".finding.open")).to_have_count(1)
    page.keyboard.up("p")
    for route in late:
        route.continue_()
    page.wait_for_timeout(300)
    expect(page.locator(".under")).to_be_hidden()
    assert len(late) == 1


def test_covers_by_mouse(page: Any, served: Page) -> None:
    page.locator('[data-key="draw"]').click()
    frame = page.locator(".frame").bounding_box()
    scale = frame["width"] / SIZE[0]

    def at(x: float, y: float) -> tuple[float, float]:
        return frame["x"] + x * scale, frame["y"] + y * scale

    drag(page, at(300, 60), at(380, 120))
    expect(page.locator(".drawn[data-cover]")).to_have_count(1)
    assert near(drawn(served)[0], (300, 60, 380, 120))
    drag(page, at(340, 90), at(360, 100))
    expect(page.locator(".marks")).to_be_visible()
    wait_for(page, lambda: near(drawn(served)[0], (320, 70, 400, 130)))
    drag(page, at(400, 130), at(500, 200))
    wait_for(page, lambda: near(drawn(served)[0], (320, 70, 500, 200)))
    page.locator('[data-key="erase-c1"]').click()
    expect(page.locator(".drawn[data-cover]")).to_have_count(0)
    page.locator('[data-key="undo"]').click()
    expect(page.locator(".drawn[data-cover]")).to_have_count(1)


def test_covers_by_keys(page: Any, served: Page) -> None:
    page.keyboard.press("d")
    expect(page.locator(".drawn[data-cover]:focus")).to_have_count(1)
    left, top, right, bottom = drawn(served)[0]
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    wait_for(page, lambda: drawn(served)[0] == (left + 18, top, right + 18, bottom))
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Enter")
    wait_for(page, lambda: drawn(served)[0] == (left + 18, top, right + 18, bottom + 6))
    assert "Cover 1" in page.locator(".drawn").get_attribute("aria-label")
    page.keyboard.press("Delete")
    expect(page.locator(".drawn[data-cover]")).to_have_count(0)
    assert drawn(served) == []


#: Where the first outline lies, in pixels of the photo as shown.
OUTLINE = """() => { const { x, y, width, height } = document.querySelector('.mark .outline').getBBox();
  return { x, y, width, height }; }"""


def test_turning_keeps_covers_on_what_they_hide(page: Any, served: Page) -> None:
    page.locator('[data-key="right"]').click()
    expect(page.locator('[data-key="undo"]')).to_be_enabled()
    ratio = page.locator(".frame").bounding_box()
    assert ratio["height"] > ratio["width"]
    ellipse = page.evaluate(OUTLINE)
    assert abs(ellipse["x"] + ellipse["width"] / 2 - (SIZE[1] - FACE.centre[1])) < 3
    assert abs(ellipse["y"] + ellipse["height"] / 2 - FACE.centre[0]) < 3


def test_a_suggested_crop_is_chosen(page: Any) -> None:
    """What the page asks of the server; whether a photo has crops is told by tests elsewhere."""
    asked = []
    crop = {
        "index": 0,
        "box": [0, 0, 320, 240],
        "aspect": "4:3",
        "shows": ["hand"],
        "why": "Hands at work.",
        "chosen": False,
    }

    def with_crop(route: Any) -> None:
        photo = route.fetch(url=page.url.split("#")[0] + "api/photos/p1", method="GET").json()
        if route.request.method == "POST":
            asked.append(route.request.post_data_json)
        photo["crops"] = [crop | {"preview": photo["picture"], "chosen": bool(asked) and asked[-1]["index"] == 0}]
        route.fulfill(json=photo)

    page.route("**/api/photos/p1", with_crop)
    page.route("**/api/photos/p1/actions", with_crop)
    page.reload()
    page.locator('[data-key="crop-0"]').click()
    expect(page.locator('[data-key="crop-0"]')).to_have_attribute("aria-pressed", "true")
    page.locator('[data-key="crop-whole"]').click()
    expect(page.locator('[data-key="crop-whole"]')).to_have_attribute("aria-pressed", "true")
    assert [(one["do"], one["index"]) for one in asked] == [("crop", 0), ("crop", None)]


def test_letters_can_be_switched_off(page: Any) -> None:
    page.keyboard.press("?")
    page.locator("dialog .switch input").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    page.keyboard.press("x")
    page.wait_for_timeout(200)
    expect(page.locator("h1")).to_have_text("first.png")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_have_count(1)


def test_a_finger_draws(served: Page, tab: Any, photos: Path) -> None:
    page = tab(width=360, height=740, has_touch=True, is_mobile=True)
    page.goto(served.address)
    with page.expect_file_chooser() as chooser:
        page.locator(".drop .main").tap()
    chooser.value.set_files([str(draw(photos, "first.png", 20))])
    page.wait_for_selector(".finding-head")
    page.locator('[data-key="draw"]').tap()
    frame = page.locator(".frame").bounding_box()
    session = page.context.new_cdp_session(page)
    for kind, x, y in (("touchStart", 0.5, 0.1), ("touchMove", 0.6, 0.2), ("touchMove", 0.7, 0.3), ("touchEnd", 0, 0)):
        place = {"x": frame["x"] + x * frame["width"], "y": frame["y"] + y * frame["height"]}
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else [place]})
    expect(page.locator(".drawn[data-cover]")).to_have_count(1)
    assert near(drawn(served)[0], (320, 48, 448, 144), 4)


def drag(page: Any, start: tuple[float, float], end: tuple[float, float]) -> None:
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    page.mouse.move(*end)
    page.mouse.up()


def test_typed_text_stays_when_the_photo_changes(page: Any, served: Page) -> None:
    """What comes from the server meanwhile takes neither the text nor the keyboard away."""
    page.locator(".plate").first.click()
    page.locator("#who-f1").fill("jon")
    entry = served.desk.session.entry("p1")
    entry.version += 1
    served.desk.session._tell(entry)
    wait_for(page, lambda: f"v={entry.version}" in page.locator(".frame > img").first.get_attribute("src"))
    expect(page.locator("#who-f1")).to_have_value("jon")
    expect(page.locator("#who-f1")).to_be_focused()
    page.locator('[role="option"]').click()
    expect(page.locator(".person")).to_contain_text("Jonas Okafor")


def near(found: tuple[int, ...], wanted: tuple[int, ...], most: int = 3) -> bool:
    return all(abs(a - b) <= most for a, b in zip(found, wanted, strict=True))


def wait_for(page: Any, holds: Any) -> None:
    """Wait until something holds on the server's side."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(50)
    pytest.fail("it never came so")
