"""report.html: one file that opens from disk, with nothing to fetch and nothing that may run but its own script."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Iterator
from importlib import resources
from typing import Any

from screen.records import Decision
from screen.report.about import Report
from screen.report.cards import Card, card_of, counted_reasons
from screen.report.commands import safe_copy_command
from screen.report.same_shots import same_shot_sentences
from screen.report.to_text import run_facts
from screen.sentences import DECISIONS
from screen.words import Words, explain_failure, visible

#: Bytes of pictures in one page, as JPEG: some 3000 photos, and as much as browsers open from disk without trouble.
PICTURES = 64 * 2**20


class HtmlRenderer:
    """The page of a run."""

    file_name = "report.html"
    encoding = "utf-8"

    def render(self, report: Report, words: Words) -> Iterator[str]:
        """The page piece by piece, so that a thousand pictures need not stand in memory twice."""
        style, script = _part("report.css"), _part("report.js")
        yield from _template().generate(
            _=words.text,
            plural=words.plural,
            number=words.number,
            lang=words.lang,
            policy=content_security_policy(style, script),
            style=style,
            script=script,
            facts=run_facts(report, words),
            bars=bars(report, words),
            total=len(report.results),
            command=_command(report),
            failed=len(report.failures),
            failures=failures_by_kind(report, words),
            shots=same_shot_sentences(report.results, words),
            cards=_cards(report, words),
            screened=len(report.verdicts),
            reasons=counted_reasons(report, words),
            needing=sum(verdict.decision > Decision.KEEP for verdict in report.verdicts),
        )


def _cards(report: Report, words: Words) -> Iterator[Card]:
    pictures = within_budget(report)
    for number, verdict in enumerate(report.verdicts, 1):
        yield card_of(number, verdict, pictures.get(verdict.source, b""), words)


def failures_by_kind(report: Report, words: Words) -> dict[tuple[str, str], list[str]]:
    """Names of the photos that were not screened, by what is wrong and what to do, in order."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for failure in report.failures:
        explained = explain_failure(failure, words.lang)
        kinds.setdefault((explained.sentence, explained.next_step), []).append(visible(failure.source))
    return kinds


def within_budget(report: Report, budget: int = PICTURES) -> dict[str, bytes]:
    """The pictures that fit into the page, those of the photos with most to do first."""
    fitting: dict[str, bytes] = {}
    for verdict in report.verdicts:
        jpeg = report.thumbnails.get(verdict.source, b"")
        budget -= len(jpeg)
        if budget < 0:
            break
        fitting[verdict.source] = jpeg
    return fitting


def _command(report: Report) -> str:
    """The command that makes safe copies; empty where none is needed."""
    needed = any(verdict.decision == Decision.REDACT for verdict in report.verdicts)
    return safe_copy_command(report.about.folder, report.about.options) if needed else ""


def bars(report: Report, words: Words) -> list[dict[str, Any]]:
    """The pieces of the bar of decisions: word, label, count, and where each begins, out of 1000."""
    counts = [("failed", words.text("Not screened"), len(report.failures))]
    counts += [(str(d), words.text(DECISIONS[d]), report.count(d)) for d in sorted(Decision, reverse=True)]
    total = max(1, len(report.results))
    pieces, begun = [], 0
    for decision, label, count in counts:
        start, end = round(1000 * begun / total), round(1000 * (begun + count) / total)
        pieces.append({"decision": decision, "label": label, "count": count, "x": start, "width": end - start})
        begun += count
    return pieces


def content_security_policy(style: str, script: str) -> str:
    """What the page may do: show its own pictures, its own style and its own script, by their SHA-256; nothing else."""
    return (
        "default-src 'none'; img-src data:; "
        f"style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _part(name: str) -> str:
    return resources.files("screen.report").joinpath("templates", name).read_text(encoding="utf-8").strip()


@functools.cache
def _template() -> Any:
    import jinja2  # noqa: PLC0415

    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_part),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")
