"""Findings about which the same is to be said, said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screen.words import FindingWords


@dataclass(frozen=True, slots=True)
class Group:
    """Findings about which the same is to be said.

    Attributes:
        numbers: of their outlines, runs of them as 1–7; empty where the photo as a whole is meant.
        check: what was looked for, in words.
        sentence: what was seen, and why that matters.
        count: how many.
        decision: keep, redact, review or refuse.
        label: the same in words.
        next_steps: sentences.
    """

    numbers: tuple[str, ...]
    check: str
    sentence: str
    count: int
    decision: str
    label: str
    next_steps: tuple[str, ...]


def grouped(found: Sequence[FindingWords], numbers: Mapping[str, int]) -> tuple[Group, ...]:
    """Findings with the same words together, in order of the first of each.

    Args:
        found: the findings in words.
        numbers: of those that are outlined, by finding id; empty where nothing is drawn.
    """
    together: dict[tuple[object, ...], list[FindingWords]] = {}
    for finding in found:
        key = (finding.check, finding.sentence, finding.decision, finding.next_steps, finding.finding_id in numbers)
        together.setdefault(key, []).append(finding)
    return tuple(_group(findings, numbers) for findings in together.values())


def _group(findings: Sequence[FindingWords], numbers: Mapping[str, int]) -> Group:
    first = findings[0]
    return Group(
        numbers=_runs([numbers[finding.finding_id] for finding in findings if finding.finding_id in numbers]),
        check=first.check,
        sentence=first.sentence,
        count=len(findings),
        decision=str(first.decision),
        label=first.label,
        next_steps=first.next_steps,
    )


def _runs(numbers: Sequence[int]) -> tuple[str, ...]:
    """Numbers as they are written: three and more in a row as the first and the last."""
    rows: list[list[int]] = []
    for number in sorted(numbers):
        if rows and number == rows[-1][-1] + 1:
            rows[-1].append(number)
        else:
            rows.append([number])
    return tuple(part for row in rows for part in (_run(row) if len(row) > 2 else map(str, row)))


def _run(row: Sequence[int]) -> tuple[str]:
    return (f"{row[0]}–{row[-1]}",)
