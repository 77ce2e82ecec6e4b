"""Photos that look like one shot are named together in every report, without what was found in them."""

from __future__ import annotations

import dataclasses
import io

import pytest
from made_verdicts import ABOUT, BUSY, CLEAR, SECRETS
from rich.console import Console

from screen.records import Batch, Verdict
from screen.report.about import report_of
from screen.report.same_shots import same_shot_sentences
from screen.report.to_html import HtmlRenderer
from screen.report.to_terminal import print_summary
from screen.report.to_text import TextRenderer
from screen.words import words

SHOT = "5a" * 32


def like(verdict: Verdict, source: str) -> Verdict:
    return dataclasses.replace(verdict, source=source, likeness=SHOT)


TWINS = (like(CLEAR, "class/edited.jpg"), like(BUSY, "class/busy.jpg"))


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "2 photos look like the same shot: class/edited.jpg and class/busy.jpg. More was found in class/busy.jpg.",
        ),
        (
            "fr",
            "2 photos semblent être la même prise : class/edited.jpg et class/busy.jpg. "
            "On a trouvé davantage dans class/busy.jpg.",
        ),
    ],
)
def test_the_sentence(lang: str, sentence: str) -> None:
    assert same_shot_sentences(TWINS, words(lang)) == (sentence,)


def test_many_photos_are_counted_and_those_that_differ_come_first() -> None:
    alike = [dataclasses.replace(CLEAR, source=f"a{number}.jpg", likeness="c3" * 32) for number in range(8)]
    first, second = same_shot_sentences([*alike, *TWINS], words("en"))
    assert "class/busy.jpg" in first
    assert second == "8 photos look like the same shot: a0.jpg, a1.jpg, a2.jpg, a3.jpg, a4.jpg and 3 more."


def test_photos_that_look_like_no_other_need_no_sentence() -> None:
    assert same_shot_sentences((CLEAR, BUSY), words("en")) == ()


def test_every_report_says_it_and_leaks_nothing() -> None:
    report, out = report_of(TWINS, {}, ABOUT), io.StringIO()
    print_summary(Console(file=out, width=200), Batch(TWINS), words("en"), ABOUT)
    page, text = ("".join(one().render(report, words("en"))) for one in (HtmlRenderer, TextRenderer))
    for said in (out.getvalue(), page, text):
        assert "2 photos look like the same shot" in said
        assert SHOT not in said
        assert not [secret for secret in SECRETS if secret in said]
