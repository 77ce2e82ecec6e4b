"""Reports are whole or not there, and leak nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from made_verdicts import ABOUT, BROKEN, BUSY, CLEAR, FACE, SECRETS, judged, verdict

import screen
from screen.errors import OutputError, UsageError
from screen.plugins import manager
from screen.records import Decision, FaceDetails, Failure
from screen.report import Report, VerdictLines, report_of, write_report
from screen.report.to_csv import CsvRenderer, cell
from screen.report.to_text import TextRenderer
from screen.report.writing import write_whole
from screen.words import Words, words


def table(results: list[object], lang: str = "en") -> list[list[str]]:
    text = "".join(CsvRenderer().render(report_of(results, {}, ABOUT), words(lang)))  # type: ignore[arg-type]
    return list(csv.reader(io.StringIO(text)))


def kinds(path: Path) -> list[str]:
    return [json.loads(line)["schema"].split("/")[1] for line in path.read_text("utf-8").splitlines()]


def test_lines_are_on_disk_as_soon_as_they_are_added_and_get_their_name_at_the_end(tmp_path: Path) -> None:
    path = tmp_path / "new" / "verdicts.jsonl"
    with VerdictLines(path) as lines:
        lines.add(BUSY)
        [part] = path.parent.iterdir()
        assert part != path
        assert json.loads(part.read_text("utf-8"))["source"] == "class/busy.jpg"
        lines.add(BROKEN)
    assert list(path.parent.iterdir()) == [path]
    assert kinds(path) == ["verdict", "failure"]


def _broken_off(path: Path) -> None:
    with VerdictLines(path) as lines:
        lines.add(BUSY)
        raise KeyboardInterrupt


def test_lines_of_two_runs_never_mix_and_those_of_a_broken_run_go(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    with VerdictLines(path) as one, VerdictLines(path) as other:
        for lines, result in ((one, BUSY), (other, BROKEN), (one, BROKEN), (other, BUSY)):
            lines.add(result)
    assert kinds(path) == ["verdict", "failure"]
    with pytest.raises(KeyboardInterrupt):
        _broken_off(path)
    assert [found.name for found in tmp_path.iterdir()] == ["verdicts.jsonl"]
    assert kinds(path) == ["verdict", "failure"]


def test_lines_can_be_begun_again(tmp_path: Path) -> None:
    with VerdictLines(tmp_path / "verdicts.jsonl") as lines:
        lines.add(BUSY)
        lines.begin_again()
        lines.add(BROKEN)
    assert kinds(tmp_path / "verdicts.jsonl") == ["failure"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_all_reports_are_written_and_nothing_else(tmp_path: Path, lang: str) -> None:
    write_report(tmp_path, [CLEAR, BUSY, BROKEN], {"class/busy.jpg": b"\xff\xd8\xff\xd9"}, lang, ABOUT)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "summary.csv", "summary.txt"]
    for path in tmp_path.iterdir():
        text = path.read_text("utf-8")
        assert "busy.jpg" in text
        assert not [secret for secret in SECRETS if secret in text]


def test_unknown_language_writes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="'de'"):
        write_report(tmp_path / "report", [], {}, "de", ABOUT)
    assert not (tmp_path / "report").exists()


def test_what_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be written"):
        write_report(tmp_path / "file" / "report", [BUSY], {}, "en", ABOUT)
    with pytest.raises(OutputError, match="cannot be written"):
        VerdictLines(tmp_path / "file" / "verdicts.jsonl")
    (tmp_path / "summary.csv").mkdir()
    with pytest.raises(OutputError):
        write_whole(tmp_path / "summary.csv", ["a"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "summary.csv"]


def test_a_renderer_that_breaks_leaves_the_old_report(tmp_path: Path) -> None:
    def pieces() -> object:
        yield "half"
        raise RuntimeError("broken")

    path = tmp_path / "report.html"
    path.write_text("old")
    with pytest.raises(RuntimeError):
        write_whole(path, pieces())  # type: ignore[arg-type]
    assert [p.read_text() for p in tmp_path.iterdir()] == ["old"]


def test_csv_has_a_row_for_each_photo_not_screened_first() -> None:
    rows = table([CLEAR, BUSY, BROKEN])
    header = ["photo", "decision", "website", "display", "to_do", "faces", "reasons", "what_is_wrong", "next_step"]
    assert rows[0] == header
    assert [row[:2] for row in rows[1:]] == [
        ["class/broken.jpg", "not-screened"],
        ["class/busy.jpg", "redact"],
        ["class/clear.jpg", "keep"],
    ]
    busy = dict(zip(header, rows[2], strict=True))
    assert (busy["to_do"], busy["faces"]) == ("4", "1")
    assert busy["reasons"] == "no-consent student-id name gps"


@pytest.mark.parametrize(
    "name",
    ["=1+1.jpg", "+1.jpg", "-1.jpg", "@x.jpg", "\t=1.jpg", "＝1.jpg", "  =1.jpg", "|x.jpg", "%x.jpg", "\r=1.jpg"],
)
def test_no_cell_is_a_formula(name: str) -> None:
    shown = table([verdict(name, ())])[1][0]
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "\t", "\r", "＝", "|", "%"))
    assert shown.startswith(("'", "\\u"))


def test_a_name_keeps_to_its_cell() -> None:
    rows = table([verdict('a";=1\n\u202egpj,x.jpg', ()), Failure("b\r\n=2.jpg", "empty", "")])
    assert len(rows) == 3
    assert all("\n" not in value and "\u202e" not in value for row in rows for value in row)
    assert cell("class 4B/é.jpg") == "class 4B/é.jpg"


def test_csv_opens_with_accents_in_spreadsheets(tmp_path: Path) -> None:
    write_report(tmp_path, [BUSY], {}, "fr", ABOUT)
    assert (tmp_path / "summary.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_text_summary_tells_every_photo_that_needs_something() -> None:
    text = "".join(TextRenderer().render(report_of([CLEAR, BUSY, BROKEN], {}, ABOUT), words("en")))
    assert text.index("class/broken.jpg") < text.index("class/busy.jpg")
    assert "class/clear.jpg" not in text
    assert "A student number can be read." in text


def test_what_is_most_likely_no_face_is_not_counted() -> None:
    weak = judged("face", Decision.KEEP, "", None, FaceDetails(certainty="weak"))
    assert table([verdict("a.jpg", (weak, FACE))])[1][5] == "1"


class Markdown:
    """The renderer of docs/report.md, with the hook that offers it."""

    file_name = "summary.md"
    encoding = "utf-8"

    def render(self, report: Report, words: Words) -> Iterator[str]:
        for found in report.verdicts:
            yield f"* {found.source}: {found.decision}\n"

    @screen.hookimpl
    def photoscreen_renderers(self) -> dict[str, type[Markdown]]:
        return {"markdown": Markdown}


def test_a_plugin_adds_its_own_report(tmp_path: Path) -> None:
    plugin = Markdown()
    manager().register(plugin)
    try:
        write_report(tmp_path, [BUSY, CLEAR], {}, "en", ABOUT)
    finally:
        manager().unregister(plugin)
    assert (tmp_path / "summary.md").read_text("utf-8") == "* class/busy.jpg: redact\n* class/clear.jpg: keep\n"
    assert (tmp_path / "report.html").exists()
