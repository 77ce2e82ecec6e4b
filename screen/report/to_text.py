"""summary.txt: the run in plain text, for an e-mail or the file."""

from __future__ import annotations

from collections.abc import Iterator

from screen.records import Decision, Failure, Verdict
from screen.report.about import Report
from screen.report.grouping import grouped
from screen.report.same_shots import same_shot_sentences
from screen.sentences import DECISIONS, OCCASIONS
from screen.words import Words, explain, explain_failure, purpose_name, visible


class TextRenderer:
    """The run in plain text."""

    file_name = "summary.txt"
    encoding = "utf-8"

    def render(self, report: Report, words: Words) -> Iterator[str]:
        """The counts, how the run was made, then every photo that is not ready."""
        yield words.text("Photo screening") + "\n\n"
        yield from (f"{label}: {count}\n" for label, count in counted(report, words))
        yield "\n"
        yield from (f"{label}: {value}\n" for label, value in run_facts(report, words))
        yield from (f"\n{sentence}\n" for sentence in same_shot_sentences(report.results, words))
        for result in report.results:
            yield "\n" + "\n".join(_photo(result, words)) + "\n" if _needs_something(result) else ""


def counted(report: Report, words: Words) -> list[tuple[str, str]]:
    """How many photos came out how: label and number, not screened first, then from severe to mild."""
    rows = [(words.text("Not screened"), len(report.failures))]
    rows += [(words.text(DECISIONS[decision]), report.count(decision)) for decision in sorted(Decision, reverse=True)]
    return [(label, words.number(count)) for label, count in rows]


def run_facts(report: Report, words: Words) -> list[tuple[str, str]]:
    """How the run was made: label and value."""
    from babel.dates import format_datetime  # noqa: PLC0415

    about = report.about
    occasion = words.text(OCCASIONS[about.occasion]) if about.occasion in OCCASIONS else visible(about.occasion)
    roster = (
        words.text("none, so nobody has agreed to be shown")
        if about.roster_rows is None
        else words.plural("{count} person", "{count} people", about.roster_rows)
    )
    facts = [
        (words.text("Screened"), visible(about.folder)),
        (words.text("Finished"), format_datetime(about.finished, "d MMMM y, HH:mm", locale=words.lang)),
        (words.text("To be published in"), words.listed([purpose_name(name, words) for name in about.purposes])),
        (words.text("Occasion"), occasion),
        (words.text("Policy"), visible(about.policy)),
        (words.text("Consent roster"), roster),
        (words.text("Program"), f"photoscreen {about.version}"),
        (words.text("Models"), ", ".join(visible(model) for model in about.models)),
    ]
    return [(label, value) for label, value in facts if value]


def _needs_something(result: Verdict | Failure) -> bool:
    return isinstance(result, Failure) or result.decision > Decision.KEEP


def _photo(result: Verdict | Failure, words: Words) -> Iterator[str]:
    explained = explain_failure(result, words.lang) if isinstance(result, Failure) else explain(result, words.lang)
    yield f"{visible(result.source)}: {explained.label}"
    yield f"  {explained.sentence} {explained.next_step}"
    for group in grouped([found for found in explained.findings if found.decision > Decision.KEEP], {}):
        times = f" ({group.check} × {words.number(group.count)})" if group.count > 1 else ""
        yield f"  - {' '.join((group.sentence, *group.next_steps))}{times}"
