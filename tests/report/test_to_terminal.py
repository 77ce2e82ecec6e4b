"""What the terminal shows: decision, reasons and the next command, whatever the file is called."""

from __future__ import annotations

import io
import shlex

import pytest
from made_verdicts import ABOUT, BROKEN, BUSY, CLEAR, FACE, SECRETS, judged, verdict
from rich.console import Console

from screen.geometry import Box
from screen.records import Batch, Decision, FaceDetails, Failure, QualityDetails, Verdict
from screen.report.to_terminal import print_line, print_result, print_summary, safe_copy_command
from screen.words import words


def printed(result: Verdict | Failure, lang: str = "en", width: int = 100) -> str:
    out = io.StringIO()
    print_result(Console(file=out, width=width), result, words(lang))
    return out.getvalue()


def test_a_photo_with_findings() -> None:
    text = printed(BUSY)
    assert text.splitlines()[0] == "■ Cover first  class/busy.jpg"
    assert "Nobody agreed to this person being shown here." in text
    assert "  Next: photoscreen blur --out safe-copies class/busy.jpg\n" in text
    assert not [secret for secret in SECRETS if secret in text]


def test_a_clear_photo_and_a_refused_one_offer_no_safe_copy() -> None:
    refused = verdict("a.jpg", (judged("face", Decision.REFUSE, "no-consent", Box(0, 0, 9, 9), FaceDetails()), FACE))
    for result in (CLEAR, refused, BROKEN):
        assert "photoscreen blur" not in printed(result)
    assert "Face × 2" in printed(refused)
    assert "Not everybody in this photo may be shown." in printed(refused)


def test_a_photo_that_may_be_published_comes_with_tips() -> None:
    small = judged("quality", Decision.KEEP, "small", None, QualityDetails("small", 500.0))
    print_only = judged("quality", Decision.KEEP, "", None, QualityDetails("small-for-print", 1200.0))
    text = " ".join(printed(verdict("a.jpg", (small, print_only))).split())
    assert "Ready a.jpg" in text
    assert "Quality The photo is small and will look bad when enlarged. Use the original photo." in text
    assert "print" not in text
    assert "Utilisez" in printed(verdict("a.jpg", (small,)), "fr")


def test_a_failure_tells_why_and_what_to_do() -> None:
    assert printed(BROKEN).splitlines() == [
        "▲ Not screened  class/broken.jpg",
        "  The end of the picture is missing. Copy it again from the camera or phone.",
    ]


@pytest.mark.parametrize(
    "name", ["[bold]a[/bold].jpg", "[link=x]a.jpg", "a\x1b[31m\x07.jpg", "a\u202egpj.exe", "\udce9.jpg"]
)
def test_names_are_neither_markup_nor_commands_to_the_terminal(name: str) -> None:
    text = printed(verdict(name, (FACE,)))
    assert not any(character in text for character in "\x1b\x07\u202e\udce9")
    if name.startswith("["):
        assert name in text


def test_many_photos_take_one_line_each() -> None:
    out = io.StringIO()
    for result in (BUSY, CLEAR, BROKEN):
        print_line(Console(file=out, width=60), result, words("en"))
    busy, clear, broken = out.getvalue().splitlines()
    assert busy.startswith("■ Cover first  class/busy.jpg  ")
    assert "Face" in busy
    assert clear == "● Ready  class/clear.jpg"
    assert broken == "▲ Not screened  class/broken.jpg"
    assert not [secret for secret in SECRETS if secret in out.getvalue()]


def test_names_are_never_broken_over_lines() -> None:
    name = "a long name " * 20 + ".jpg"
    assert any(name in line for line in printed(verdict(name, (FACE,)), width=40).splitlines())


def test_old_code_pages_get_signs_and_escapes_instead_of_a_crash() -> None:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding="cp1252", write_through=True)
    print_result(Console(file=out, width=100), verdict("صورة.jpg", (FACE,)), words("fr"))
    text = raw.getvalue().decode("cp1252")
    assert text.startswith("# À couvrir  \\u0635")


def test_purposes_are_listed_where_they_differ() -> None:
    judgement = judged("face", Decision.REDACT, "no-consent", Box(0, 0, 9, 9))
    rulings = (judgement.rulings[0], type(judgement.rulings[0])("display", Decision.KEEP))
    text = printed(verdict("a.jpg", (type(judgement)(judgement.finding, rulings),)), "fr")
    assert "site web\u00a0: À couvrir; affichage à l’école\u00a0: Prête" in text


def test_summary_counts_names_failures_and_gives_the_next_command() -> None:
    out = io.StringIO()
    print_summary(Console(file=out, width=100), Batch((CLEAR, BUSY, BUSY, BROKEN)), words("en"), ABOUT)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert lines[:5] == [
        "▲ 1 Not screened",
        "⬣ 0 Not for publication",
        "◆ 0 Look first",
        "■ 2 Cover first",
        "● 1 Ready",
    ]
    assert "▲ Not screened  class/broken.jpg" in lines
    assert lines[-1] == "  Next: photoscreen blur --out safe-copies 'class photos'"


def test_summary_of_many_failures_stays_short() -> None:
    out = io.StringIO()
    batch = Batch(tuple(Failure(f"{i}.jpg", "empty", "") for i in range(500)))
    print_summary(Console(file=out, width=100), batch, words("en"), ABOUT)
    assert "and 490 more photos" in out.getvalue()
    assert len(out.getvalue().splitlines()) < 40


@pytest.mark.parametrize("name", ["a b.jpg", "a'b.jpg", "$(rm -rf ~).jpg", "`x`;.jpg", "-rf.jpg", "a\nb.jpg", ""])
def test_the_command_can_be_pasted(name: str) -> None:
    words_of_it = shlex.split(safe_copy_command(name))
    assert words_of_it[:4] == ["photoscreen", "blur", "--out", "safe-copies"]
    rest = [word for word in words_of_it[4:] if word != "--"]
    assert rest == ["PHOTO" if "\n" in name or not name else name]
    assert ("--" in words_of_it[4:]) == name.startswith("-")
