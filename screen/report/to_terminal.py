"""Verdicts on a terminal, with Rich: a photo in a few lines, a run in a table, and the command to run next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from screen.records import Batch, Decision, Failure, Verdict
from screen.report.about import RunAbout, report_of
from screen.report.commands import safe_copy_command
from screen.report.crops import crop_sentences
from screen.report.grouping import Group, grouped
from screen.report.helps import help_sentences
from screen.report.same_shots import same_shot_sentences
from screen.report.to_text import counted
from screen.words import Explanation, Words, explain, explain_failure, visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

#: Colour, sign, and sign for terminals without Unicode; a decision is told by all of colour, shape and word.
SIGNS = {
    "failed": ("magenta", "▲", "!"),
    "refuse": ("red", "⬣", "X"),
    "review": ("yellow", "◆", "?"),
    "redact": ("blue", "■", "#"),
    "keep": ("green", "●", "o"),
}
#: Photos that are named one by one at the end of a run; the report has them all.
NAMED = 10
#: Reasons that are told at the end of a run.
REASONS = 8


def print_result(console: Console, result: Verdict | Failure, words: Words, options: Sequence[str] = ()) -> None:
    """Print one photo: the decision, why, and what to do next; options are those that the next command needs too."""
    if isinstance(result, Failure):
        _print_photo(console, "failed", visible(result.source), explain_failure(result, words.lang))
        return
    explained = explain(result, words.lang)
    _print_photo(console, str(result.decision), visible(result.source), explained)
    if len({result.decision_for(purpose) for purpose in result.purposes}) > 1:
        pairs = (words.text("{name}: {value}", name=name, value=label) for name, label in explained.purposes)
        console.print(_indented(console, "; ".join(pairs)))
    # What may stay as it is has a next step where there is a tip: a small photo, a screenshot.
    told = [found for found in explained.findings if found.decision > Decision.KEEP or found.next_steps]
    if told:
        console.print(_table(console, grouped(told, {}), words))
    for sentence in (*help_sentences(result, words), *crop_sentences(result, words)):
        console.print(_indented(console, sentence))
    if result.decision == Decision.REDACT:
        _print_next(console, safe_copy_command(result.source, options), words)
    console.print()


def print_line(console: Console, result: Verdict | Failure, words: Words) -> None:
    """Print one photo of many on one line: the decision, the name, and what was found, by the names of the checks."""
    if isinstance(result, Failure):
        explained, sign = explain_failure(result, words.lang), "failed"
    else:
        explained, sign = explain(result, words.lang), str(result.decision)
    line = _shape(console, sign)
    line.append(_printable(console, f" {explained.label}  "))
    line.append(_printable(console, visible(result.source)), "bold default")
    line.append(_printable(console, f"  {_seen(explained, words)}".rstrip()), "dim default")
    console.print(line, soft_wrap=True)


def _seen(explained: Explanation, words: Words) -> str:
    """What was found that needs something, by the names of the checks."""
    wanting = [found for found in explained.findings if found.decision > Decision.KEEP]
    counts = Counter(dict.fromkeys((found.check for found in wanting), 0))
    for group in grouped(wanting, {}):
        counts[group.check] += group.count
    return ", ".join(f"{name} × {words.number(count)}" if count > 1 else name for name, count in counts.items())


def print_summary(console: Console, batch: Batch, words: Words, about: RunAbout) -> None:
    """Print a run: how many photos came out how, which were not screened, and the command to run next."""
    from rich.table import Table  # noqa: PLC0415

    report = report_of(batch.results, {}, about)
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(justify="right")
    for sign, (label, count) in zip(SIGNS, counted(report, words), strict=True):
        table.add_row(_shape(console, sign), _styled(console, count, "bold"), _styled(console, label, SIGNS[sign][0]))
    console.print(table)
    _print_reasons(console, batch, words)
    for failure in report.failures[:NAMED]:
        _print_photo(console, "failed", visible(failure.source), explain_failure(failure, words.lang))
    if len(report.failures) > NAMED:
        more = len(report.failures) - NAMED
        console.print(_indented(console, words.plural("and {count} more photo", "and {count} more photos", more)))
    _print_shots(console, same_shot_sentences(report.results, words), words)
    if any(verdict.decision == Decision.REDACT for verdict in batch.verdicts):
        _print_next(console, safe_copy_command(about.folder, about.options), words)


def _print_shots(console: Console, sentences: Sequence[str], words: Words) -> None:
    for sentence in sentences[:NAMED]:
        console.print(_indented(console, sentence))
    if len(sentences) > NAMED:
        more = len(sentences) - NAMED
        console.print(_indented(console, words.plural("and {count} more shot", "and {count} more shots", more)))


def _print_reasons(console: Console, batch: Batch, words: Words) -> None:
    """The reasons that most photos have in common, with how many have them; nothing if there is none."""
    counts: Counter[tuple[str, str]] = Counter()
    for verdict in batch.verdicts:
        wanting = (found for found in explain(verdict, words.lang).findings if found.decision > Decision.KEEP)
        counts.update({(found.check, found.sentence) for found in wanting})
    rows = [
        _styled(console, f"  {words.number(count)} × ", "dim").append(_printable(console, f"{check}: {sentence}"), "")
        for (check, sentence), count in counts.most_common(REASONS)
    ]
    for row in rows:
        console.print(row, soft_wrap=True)


def _print_photo(console: Console, decision: str, name: str, explained: Explanation) -> None:
    """Decision and name on one line however long, then what may be done with the photo."""
    line = _shape(console, decision)
    line.append(_printable(console, f" {explained.label}  "))
    line.append(_printable(console, name), "bold default")
    console.print(line, soft_wrap=True)
    console.print(_indented(console, explained.sentence, explained.next_step))


def _print_next(console: Console, command: str, words: Words) -> None:
    """The command to run next, on one line however long, so that it can be copied."""
    label = words.text("Next:")
    line = _styled(console, f"  {label} ", "bold")
    line.append(_printable(console, command), "not bold")
    console.print(line, soft_wrap=True)


def _table(console: Console, groups: tuple[Group, ...], words: Words) -> Padding:
    """A line per group of findings; the step only where the safe copy is not the answer."""
    from rich.padding import Padding  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(no_wrap=True)
    for group in groups:
        times = f" × {words.number(group.count)}" if group.count > 1 else ""
        sentence = _styled(console, group.sentence)
        if group.decision != str(Decision.REDACT) and group.next_steps:
            sentence.append(_printable(console, f" {' '.join(group.next_steps)}"), "dim")
        table.add_row(_shape(console, group.decision), _styled(console, f"{group.check}{times} ", "bold"), sentence)
    return Padding(table, (0, 0, 0, 2), expand=False)


def _indented(console: Console, first: str, second: str = "") -> Padding:
    from rich.padding import Padding  # noqa: PLC0415

    line = _styled(console, first)
    line.append(_printable(console, f" {second}") if second else "", "dim")
    return Padding(line, (0, 0, 0, 2), expand=False)


def _shape(console: Console, decision: str) -> Text:
    """The sign of a decision that this terminal can print, in its colour."""
    colour, sign, plain = SIGNS[decision]
    try:
        sign.encode(console.encoding)
    except (LookupError, UnicodeEncodeError):
        sign = plain
    return _styled(console, sign, colour)


def _styled(console: Console, text: str, style: str = "") -> Text:
    r"""Text as it is, never read as markup; what the terminal cannot print becomes \u escapes."""
    from rich.text import Text  # noqa: PLC0415

    return Text(_printable(console, text), style)


def _printable(console: Console, text: str) -> str:
    try:
        return text.encode(console.encoding, "backslashreplace").decode(console.encoding)
    except LookupError:
        return text.encode("ascii", "backslashreplace").decode()
