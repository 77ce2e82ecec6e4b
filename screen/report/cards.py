"""What the page shows of each photo: plain values, ready for a template."""

from __future__ import annotations

import base64
from collections import Counter
from dataclasses import dataclass

from screen.geometry import Box, turned_box, turned_size
from screen.reasons import OWN, REASONS
from screen.records import Decision, Verdict
from screen.report.about import Report
from screen.report.crops import CropCard, crop_cards, no_crop
from screen.report.grouping import Group, grouped, numbered
from screen.words import FindingWords, Words, explain, reason_words, seen_at, visible

#: The outlines are drawn in a picture of this long side, so that lines and numbers are as large on every photo.
DRAWN_SIDE = 480
#: Height and least width of the plate that holds a number, in the same units.
PLATE = 26
#: So many outlines are drawn at full size.
CROWDED = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """A numbered outline, in units of the drawing: x, y, width, height, and the middle of its number's plate."""

    number: int
    decision: str
    rounded: bool
    x: float
    y: float
    width: float
    height: float
    plate_x: float
    plate_y: float


@dataclass(frozen=True, slots=True)
class Card:
    """A photo on the page.

    Attributes:
        number: 1, 2, ... in the order of the page.
        source: the name, with what does not show made visible.
        decision: keep, redact, review or refuse.
        severity: 0 (ready) to 3 (not for publication).
        label: the decision in words.
        sentence: what may be done with the photo.
        next_step: what to do now.
        picture: the covered thumbnail as a data address; empty if there is none.
        drawing: width and height of the drawing of the outlines.
        marks: the outlines.
        groups: what needs something.
        kept: what was seen and may stay.
        purposes: (purpose, decision, decision in words); empty where all are as the photo's own.
        codes: reason codes, for the filter.
        crops: how many crops are suggested.
        shown_crops: the best of them.
        no_crop: are there people to hide, and no part of the photo that is worth showing without them?
        turned: is the thumbnail turned, as the safe copy will be?
    """

    number: int
    source: str
    decision: str
    severity: int
    label: str
    sentence: str
    next_step: str
    picture: str = ""
    drawing: tuple[int, int] = (DRAWN_SIDE, DRAWN_SIDE)
    marks: tuple[Mark, ...] = ()
    groups: tuple[Group, ...] = ()
    kept: tuple[Group, ...] = ()
    purposes: tuple[tuple[str, str, str], ...] = ()
    codes: tuple[str, ...] = ()
    crops: int = 0
    turned: bool = False
    shown_crops: tuple[CropCard, ...] = ()
    no_crop: bool = False

    @property
    def crowded(self) -> bool:
        """Are there so many outlines that they should be drawn smaller?"""
        return len(self.marks) > CROWDED


def card_of(number: int, verdict: Verdict, jpeg: bytes, words: Words) -> Card:
    """One photo as the page shows it, with its covered picture; no bytes if there is none."""
    explained = explain(verdict, words.lang)
    outlines = _outlines(verdict)
    wanting = [finding for finding in explained.findings if finding.decision > Decision.KEEP]
    kept = [finding for finding in explained.findings if finding.decision == Decision.KEEP]
    numbers = numbered(wanting, {finding_id: box for finding_id, (box, _shape) in outlines.items()})
    return Card(
        number=number,
        source=visible(verdict.source),
        decision=str(verdict.decision),
        severity=int(verdict.decision),
        label=explained.label,
        sentence=explained.sentence,
        next_step=explained.next_step,
        picture=f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}" if jpeg else "",
        drawing=_drawing(verdict),
        marks=tuple(
            _mark(found, numbers[found.finding_id], verdict, *outlines[found.finding_id])
            for found in wanting
            if found.finding_id in numbers
        ),
        groups=grouped(wanting, numbers),
        kept=grouped(kept, {}),
        purposes=_purposes(verdict, explained.purposes),
        codes=_codes(verdict),
        crops=len(verdict.plan.crops),
        turned=verdict.plan.turns % 4 != 0,
        shown_crops=crop_cards(verdict, jpeg, DRAWN_SIDE, words),
        no_crop=no_crop(verdict),
    )


def counted_reasons(report: Report, words: Words) -> list[tuple[str, str, int, str]]:
    """Reason codes with their sentence, how many photos they concern and whose rule it is, most frequent first.

    The source is the English title of the guidance; empty for a rule of the program itself.
    """
    counts = Counter(code for verdict in report.verdicts for code in _codes(verdict))
    return [(code, reason_words(code, words)[0], count, _source(code)) for code, count in counts.most_common()]


def _source(code: str) -> str:
    source = REASONS[code].source if code in REASONS else ""
    return "" if source == OWN else source


def _codes(verdict: Verdict) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for judgement in verdict.judgements for code in judgement.reasons))


def _outlines(verdict: Verdict) -> dict[str, tuple[Box, str]]:
    """Where each finding is outlined, and the shape: its cover, which may reach further than what was seen."""
    found = {j.finding.id: (box, "box") for j in verdict.judgements if (box := seen_at(j.finding))}
    covers = {cover.finding_id: (cover.box, cover.shape) for cover in verdict.plan.covers}
    return found | {finding_id: cover for finding_id, cover in covers.items() if finding_id in found}


def _purposes(verdict: Verdict, named: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str, str], ...]:
    decisions = [verdict.decision_for(purpose) for purpose in verdict.purposes]
    if len(set(decisions)) < 2:
        return ()
    return tuple((name, str(decision), label) for (name, label), decision in zip(named, decisions, strict=True))


def _drawing(verdict: Verdict) -> tuple[int, int]:
    width, height = turned_size(verdict.size, verdict.plan.turns)
    scale = DRAWN_SIDE / max(width, height)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _mark(found: FindingWords, number: int, verdict: Verdict, box: Box, shape: str) -> Mark:
    across, down = _drawing(verdict)
    turned = turned_box(box, verdict.size, verdict.plan.turns)
    scale = DRAWN_SIDE / max(verdict.size)
    x, y, width, height = turned.left * scale, turned.top * scale, turned.width * scale, turned.height * scale
    half = PLATE / 2
    plate_y = y if shape != "ellipse" else y + half / 2
    plate_x = x if shape != "ellipse" else x + width / 2
    plate_x, plate_y = min(max(plate_x, half), across - half), min(max(plate_y, half), down - half)
    values = (round(value, 1) for value in (x, y, width, height, plate_x, plate_y))
    return Mark(number, str(found.decision), shape == "ellipse", *values)
