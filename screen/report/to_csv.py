"""summary.csv: one row a photo, for spreadsheets."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator

from screen.records import Decision, Failure, Verdict
from screen.report.about import Report
from screen.words import Words, explain, explain_failure, is_person, reason_words, visible

#: Columns that are always there, by the names that programs rely on; a column per purpose stands after decision.
FIRST, LAST = ("photo", "decision"), ("to_do", "faces", "reasons", "what_is_wrong", "next_step")
#: What makes a spreadsheet take a cell for a formula (OWASP, CSV injection), wide forms of East Asia included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


class CsvRenderer:
    """The table of a run, in UTF-8 with the mark that spreadsheets need."""

    file_name = "summary.csv"
    encoding = "utf-8-sig"

    def render(self, report: Report, words: Words) -> Iterator[str]:
        """A header and one line a photo; headers and decisions are the words of the JSON, sentences in the language."""
        purposes = report.about.purposes
        yield _line((*FIRST, *purposes, *LAST))
        for result in report.results:
            yield _line(
                _failed(result, purposes, words) if isinstance(result, Failure) else _row(result, report, words)
            )


def cell(value: object) -> str:
    """The value as a cell that no spreadsheet takes for a formula and that keeps to its line."""
    text = visible(str(value))
    start = unicodedata.normalize("NFKC", text.lstrip())[:1]
    return f"'{text}" if start in FORMULA_STARTS and start else text


def _row(verdict: Verdict, report: Report, words: Words) -> list[object]:
    explained = explain(verdict, words.lang)
    faces = sum(j.finding.check == "face" and is_person(j.finding) for j in verdict.judgements)
    to_do = sum(judgement.decision > Decision.KEEP for judgement in verdict.judgements)
    codes = list(dict.fromkeys(code for judgement in verdict.judgements for code in judgement.reasons))
    return [
        verdict.source,
        verdict.decision,
        *(verdict.decision_for(purpose) for purpose in report.about.purposes),
        to_do,
        faces,
        " ".join(codes),
        " ".join(reason_words(code, words)[0] for code in codes),
        explained.next_step,
    ]


def _failed(failure: Failure, purposes: tuple[str, ...], words: Words) -> list[object]:
    explained = explain_failure(failure, words.lang)
    blank = [""] * len(purposes)
    return [failure.source, "not-screened", *blank, "", "", failure.error, explained.sentence, explained.next_step]


def _line(values: tuple[object, ...] | list[object]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([cell(value) for value in values])
    return out.getvalue()
