"""The page: what it holds, what it must not hold, and that only its own style and script can run."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import pytest
from made_verdicts import ABOUT, BROKEN, BUSY, CLEAR, FACE, HAND, SECRETS, judged, verdict

from screen.geometry import Box
from screen.records import Decision, FaceDetails, Failure, OrientationDetails, Verdict
from screen.report import report_of
from screen.report.to_html import HtmlRenderer, within_budget
from screen.words import words

HOSTILE = (
    "<script>alert(1)</script>.jpg",
    '"><img src=x onerror=alert(1)>.jpg',
    "' onmouseover='alert(1).jpg",
    "</style><script>alert(1)</script>.jpg",
    "{{ 7*7 }}{% raw %}.jpg",
    "a\u202egpj.exe",
    "\udce9\x00\x1b[31m\n.jpg",
    "javascript:alert(1).jpg",
    "<!--.jpg",
    "&lt;b&gt;.jpg",
)


def page(results: list[Verdict | Failure], lang: str = "en", thumbnails: dict[str, bytes] | None = None) -> str:
    return "".join(HtmlRenderer().render(report_of(results, thumbnails or {}, ABOUT), words(lang)))


class Elements(HTMLParser):
    """Every element with its attributes, and the text of styles and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.inline: dict[str, list[str]] = {"script": [], "style": []}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open in self.inline:
            self.inline[self._open].append(data)


def test_page_holds_what_people_need() -> None:
    text = page([CLEAR, BUSY, BROKEN], thumbnails={"class/busy.jpg": b"\xff\xd8\xff\xd9"})
    assert '<html lang="en">' in text
    assert text.index("class/broken.jpg") < text.index("class/busy.jpg") < text.index("class/clear.jpg")
    for sentence in (
        "2 photos were screened.",
        "1 photo could not be screened.",
        "The end of the picture is missing.",
        "Nobody agreed to this person being shown here.",
        "Cover the number.",
        "24 people",
        "7 October 2026",
    ):
        assert sentence in text
    assert base64.b64encode(b"\xff\xd8\xff\xd9").decode() in text


def test_page_in_french_has_no_english_left() -> None:
    text = html.unescape(page([CLEAR, BUSY, BROKEN], "fr"))
    assert '<html lang="fr">' in text
    assert "On peut lire un numéro d’élève." in text
    for english in ("photo was", "photos were", "Cover", "Nobody", "Ready", "Screened", "Reason", "This run", "Face"):
        assert english not in re.sub(r"<style>.*?</style>|<script>.*?</script>|CenterFace", "", text, flags=re.DOTALL)


def test_nothing_private_in_the_page() -> None:
    text = html.unescape(page([BUSY]))
    assert not [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_stay_text(name: str) -> None:
    plain = Elements(page([verdict("plain.jpg", (FACE,)), Failure("plain2.jpg", "empty", "")]))
    text = page([verdict(name, (FACE,)), Failure(name, "empty", name)])
    hostile = Elements(text)
    shape = [(tag, sorted(attributes)) for tag, attributes in plain.found]
    assert [(tag, sorted(attributes)) for tag, attributes in hostile.found] == shape
    assert hostile.inline == plain.inline
    assert not any(character in text for character in "\u202e\x1b\x00\udce9")
    text.encode("utf-8")


def test_only_its_own_style_and_script_may_run() -> None:
    elements = Elements(page([BUSY]))
    policy = next(
        attributes["content"] or ""
        for tag, attributes in elements.found
        if tag == "meta" and attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    assert rules["img-src"] == "data:"
    for tag in ("script", "style"):
        (code,) = ["".join(elements.inline[tag])]
        digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
        assert rules[f"{tag}-src"] == f"'sha256-{digest}'"
        assert sum(name == tag for name, _attributes in elements.found) == 1
    assert "unsafe" not in policy


def test_page_fetches_nothing_and_has_no_inline_handlers() -> None:
    elements = Elements(page([BUSY, BROKEN], thumbnails={"class/busy.jpg": b"\xff\xd8\xff\xd9"}))
    for tag, attributes in elements.found:
        assert tag not in {"link", "iframe", "object", "embed", "base"}
        for name, value in attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            if name in {"src", "href", "action", "srcset", "poster", "xlink:href"}:
                assert (value or "").startswith(("#", "data:image/jpeg;base64,"))
    assert "http:" not in "".join(elements.inline["style"] + elements.inline["script"])
    assert "url(" not in "".join(elements.inline["style"])


def test_decisions_are_told_by_shape_and_word_and_not_by_colour_alone() -> None:
    text = page([BUSY, CLEAR, BROKEN])
    icons = {
        decision: set(re.findall(rf'<svg class="icon {decision}"[^>]*>(.*?)</svg>', text))
        for decision in ("keep", "redact", "review", "refuse", "failed")
    }
    assert all(len(shapes) == 1 for shapes in icons.values())
    assert len(set.union(*icons.values())) == 5


def test_outlines_are_numbered_as_the_list_and_turn_with_the_photo() -> None:
    turn = judged("orientation", Decision.REDACT, "sideways", None, OrientationDetails(1), 2)
    text = page([verdict("a.jpg", (FACE, turn, HAND), turns=1)], thumbnails={"a.jpg": b"\xff\xd8\xff\xd9"})
    assert 'viewBox="0 0 360 480"' in text
    # The face at (20, 30, 60, 80) of 320 x 240, turned clockwise: (160, 20, 210, 60), at 1.5 units a pixel.
    assert '<rect class="outline" x="240.0" y="30.0" width="75.0" height="60.0"/>' in text
    assert text.count('<rect class="outline"') == 1
    assert '<span class="no redact">1</span>' in text
    assert "Shown turned, as the safe copy will be." in text


def test_a_refused_photo_does_not_tell_who_is_the_reason() -> None:
    kept = judged("face", Decision.KEEP, "", Box(10, 10, 50, 50), FaceDetails(), 1)
    refused = judged("face", Decision.REFUSE, "no-consent", Box(100, 10, 150, 50), FaceDetails(), 2)
    covered = judged("face", Decision.REDACT, "no-consent", Box(200, 10, 250, 50), FaceDetails(), 3)
    text = page([verdict("a.jpg", (kept, refused, covered))], thumbnails={"a.jpg": b"\xff\xd8\xff\xd9"})
    assert "Face × 3" in text
    assert text.count('<g class="mark refuse">') == 3
    assert "Not everybody in this photo may be shown." in text


def test_one_group_for_many_faces() -> None:
    faces = [
        judged("face", Decision.REDACT, "no-consent", Box(9 * i, 5, 9 * i + 8, 15), FaceDetails(), i + 1)
        for i in range(25)
    ]
    text = page([verdict("class.jpg", faces)], thumbnails={"class.jpg": b"\xff\xd8\xff\xd9"})
    assert text.count("A face that can be recognised.") == 1
    assert "Face × 25" in text
    assert '<span class="no redact">1–25</span>' in text


def test_empty_and_clear_runs() -> None:
    assert "No photos were screened." in page([])
    assert "It can be published as it is." in page([CLEAR])
    assert "All of them can be published as they are." in page([CLEAR, CLEAR])
    assert "Not screened" not in re.sub(
        r'class="counts">.*?</ul>|aria-label="[^"]*"', "", page([CLEAR]), flags=re.DOTALL
    )
    assert "1 photo could not be screened." in page([BROKEN])


def test_the_next_command_stands_on_top_only_where_it_helps() -> None:
    assert "<code>photoscreen blur --out safe-copies &#39;class photos&#39;</code>" in page([BUSY])
    refused = verdict("a.jpg", (judged("face", Decision.REFUSE, "no-consent", Box(0, 0, 9, 9), FaceDetails()),))
    assert "photoscreen blur" not in page([CLEAR, refused, BROKEN])


def test_pictures_of_a_huge_run_go_to_the_photos_with_most_to_do() -> None:
    report = report_of([CLEAR, BUSY, BROKEN], {"class/clear.jpg": b"12345", "class/busy.jpg": b"1234567"}, ABOUT)
    assert within_budget(report, 12) == {"class/busy.jpg": b"1234567", "class/clear.jpg": b"12345"}
    assert set(within_budget(report, 11)) == {"class/busy.jpg"}
    assert "No small picture" in page([BUSY])


def test_many_failures_are_named_one_by_one_below_what_is_wrong() -> None:
    failures = [Failure(f"{i}.jpg", "empty" if i % 2 else "broken", "") for i in range(100)]
    text = page(failures)
    assert text.count("The file is empty.") == 1
    assert text.count("The picture is broken.") == 1
    assert all(f"<bdi>{i}.jpg</bdi>" in text for i in range(100))


def test_what_may_be_a_face_is_pointed_at_though_it_has_no_box() -> None:
    unclear = FaceDetails(certainty="unclear", place=Box(20, 30, 60, 80))
    look = verdict("a.jpg", (judged("face", Decision.REVIEW, "may-be-a-face", None, unclear),))
    text = page([look], thumbnails={"a.jpg": b"\xff\xd8\xff\xd9"})
    assert '<rect class="outline" x="30.0" y="45.0" width="60.0" height="75.0"/>' in text


def test_what_is_most_likely_no_face_is_nobody_in_a_refused_photo() -> None:
    weak = judged("face", Decision.KEEP, "", None, FaceDetails(certainty="weak", place=Box(1, 1, 9, 9)), 1)
    refused = judged("face", Decision.REFUSE, "no-consent", Box(100, 10, 150, 50), FaceDetails(), 2)
    text = page([verdict("a.jpg", (weak, refused))])
    assert "Face ×" not in text
    assert "most likely none" in text


def test_each_reason_names_whose_rule_it_is() -> None:
    text = page([BUSY])
    assert '<cite class="source" lang="en">Montgomery County Public Schools' in text
    assert "rule of this program" not in text
