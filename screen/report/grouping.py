"""Findings about which the same is to be said, said once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from screen.geometry import Box
from screen.words import FindingWords


@dataclass(frozen=True, slots=True)
class Group:
    """Findings about which the same is to be said.

    Attributes:
        numbers: of their outlines, runs of them as 1–7; empty where the photo as a whole is meant.
        check: what was looked for, in words.
        sentence: what was seen, and why that matters; several where they are about the whole photo.
        count: how many; 1 where sentences differ.
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
        together.setdefault((*_said_of(finding), finding.finding_id in numbers), []).append(finding)
    return tuple(_group(findings, numbers) for findings in together.values())


def numbered(found: Sequence[FindingWords], boxes: Mapping[str, Box | None]) -> dict[str, int]:
    """A number for each finding that can be pointed to: group by group, in each from left to right.

    Args:
        found: the findings in words, in order.
        boxes: where each is outlined, by finding id.
    """
    order = {key: place for place, key in reversed(list(enumerate(map(_said_of, found))))}
    places = [
        (order[_said_of(finding)], box.left, finding.finding_id)
        for finding in found
        if (box := boxes.get(finding.finding_id))
    ]
    return {finding_id: number for number, (_order, _left, finding_id) in enumerate(sorted(places), 1)}


def _said_of(finding: FindingWords) -> tuple[object, ...]:
    """What two findings have in common if they are told together; of the whole photo, sentences are put in a row."""
    return finding.check, "" if finding.whole else finding.sentence, finding.decision, finding.next_steps


def _group(findings: Sequence[FindingWords], numbers: Mapping[str, int]) -> Group:
    first, sentences = findings[0], tuple(dict.fromkeys(finding.sentence for finding in findings))
    return Group(
        numbers=_runs([numbers[finding.finding_id] for finding in findings if finding.finding_id in numbers]),
        check=first.check,
        sentence=" ".join(sentences),
        count=len(findings) if len(sentences) == 1 else 1,
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
