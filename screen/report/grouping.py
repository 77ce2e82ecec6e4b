"""Findings about which the same is to be said, said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screen.words import FindingWords


@dataclass(frozen=True, slots=True)
class Group:
    """Findings about which the same is to be said.

    Attributes:
        numbers: of their outlines; empty where the photo as a whole is meant.
        check: what was looked for, in words.
        sentence: what was seen, and why that matters.
        count: how many.
        decision: keep, redact, review or refuse.
        label: the same in words.
        next_steps: sentences.
    """

    numbers: tuple[int, ...]
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
        numbers=tuple(numbers[finding.finding_id] for finding in findings if finding.finding_id in numbers),
        check=first.check,
        sentence=first.sentence,
        count=len(findings),
        decision=str(first.decision),
        label=first.label,
        next_steps=first.next_steps,
    )
