"""What a person chose for one photo, and how each action changes it: frozen values, with everything before for undo."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from screen.geometry import Box
from screen.records import Verdict

#: So many steps can be undone.
MOST_UNDO = 100
#: Regions that a person may draw in one photo.
MOST_DRAWN = 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """A region that a person covered by hand, in pixels of the upright photo."""

    id: str
    box: Box


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything that a person decided on a photo.

    Attributes:
        named: (finding, person): whose face that is.
        kept: (finding, reason): shown though the verdict hides it.
        covered: findings hidden though the verdict shows them.
        drawn: regions covered by hand.
        turns: clockwise quarter turns beside those of the verdict.
        crop: the part to keep, in pixels of the upright photo; all of it if None.
        answers: (question, yes or no).
        approved: the mark of what was approved; empty if nothing was.
        withheld: not for publication, says the person.
        reason: why it is withheld.
    """

    named: tuple[tuple[str, str], ...] = ()
    kept: tuple[tuple[str, str], ...] = ()
    covered: tuple[str, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    turns: int = 0
    crop: Box | None = None
    answers: tuple[tuple[str, str], ...] = ()
    approved: str = ""
    withheld: bool = False
    reason: str = ""

    def with_name(self, finding: str, person: str) -> Choices:
        """A face is said to be somebody's; what was said of it before no longer counts."""
        plain = self.without_name(finding).uncovered(finding)
        kept = tuple(pair for pair in self.kept if pair[0] != finding)
        return replace(plain, named=(*plain.named, (finding, person)), kept=kept)

    def without_name(self, finding: str) -> Choices:
        """Nobody says any longer whose face that is."""
        return replace(self, named=tuple(pair for pair in self.named if pair[0] != finding))

    def with_kept(self, finding: str, reason: str) -> Choices:
        """A finding is to be seen, for a reason."""
        kept = tuple(pair for pair in self.kept if pair[0] != finding)
        return replace(self.uncovered(finding), kept=(*kept, (finding, reason)))

    def uncovered(self, finding: str) -> Choices:
        """A finding that a person covered goes back to what the verdict says."""
        return replace(self, covered=tuple(name for name in self.covered if name != finding))

    def with_cover(self, finding: str) -> Choices:
        """A finding is to be hidden, whatever the verdict or a person said before."""
        kept = tuple(pair for pair in self.kept if pair[0] != finding)
        return replace(self.uncovered(finding), kept=kept, covered=(*self.uncovered(finding).covered, finding))

    def with_drawn(self, box: Box) -> Choices:
        """One more region is covered by hand."""
        number = max((int(drawn.id[1:]) for drawn in self.drawn), default=0) + 1
        return replace(self, drawn=(*self.drawn, Drawn(f"c{number}", box)))

    def with_moved(self, cover: str, box: Box) -> Choices:
        """A region covered by hand lies elsewhere."""
        return replace(self, drawn=tuple(Drawn(d.id, box) if d.id == cover else d for d in self.drawn))

    def without_drawn(self, cover: str) -> Choices:
        """A region covered by hand is gone."""
        return replace(self, drawn=tuple(drawn for drawn in self.drawn if drawn.id != cover))

    def with_answers(self, answers: Iterable[tuple[str, str]]) -> Choices:
        """Questions were answered; later answers win."""
        return replace(self, answers=tuple(sorted({**dict(self.answers), **dict(answers)}.items())))


@dataclass(frozen=True, slots=True)
class History:
    """The choices as they are now, and all that can be gone back to, newest last."""

    now: Choices = Choices()
    before: tuple[Choices, ...] = ()

    def then(self, choices: Choices) -> History:
        """After one more action."""
        return self if choices == self.now else History(choices, (*self.before, self.now)[-MOST_UNDO:])

    def undone(self) -> History:
        """Before the last action; the same where there was none."""
        return History(self.before[-1], self.before[:-1]) if self.before else self


def crop_of(verdict: Verdict, choices: Choices) -> Box | None:
    """The crop that was chosen, while it is still suggested; None for the whole photo."""
    offered = {crop.box for crop in verdict.plan.crops}
    return choices.crop if choices.crop in offered else None


def mark_of(verdict: Verdict, choices: Choices) -> str:
    """A short text that changes with everything that a safe copy would show: what was approved, or saved, has it."""
    shown = (verdict.digest, verdict.decision, verdict.purposes, verdict.plan.covers, verdict.plan.turns)
    return hashlib.sha256(repr((*shown, crop_of(verdict, choices))).encode()).hexdigest()[:16]


def choices_to_plain(choices: Choices) -> dict[str, Any]:
    """Plain values, for JSON."""
    return dataclasses.asdict(choices)


def choices_from_plain(plain: dict[str, Any]) -> Choices:
    """The choices of which choices_to_plain made these values.

    Raises:
        ValueError: they are not of this version's form.
    """
    try:
        crop = plain["crop"]
        return Choices(
            named=_pairs(plain["named"]),
            kept=_pairs(plain["kept"]),
            covered=tuple(map(str, plain["covered"])),
            drawn=tuple(Drawn(str(drawn["id"]), Box(**drawn["box"])) for drawn in plain["drawn"]),
            turns=int(plain["turns"]),
            crop=Box(**crop) if crop else None,
            answers=_pairs(plain["answers"]),
            approved=str(plain["approved"]),
            withheld=bool(plain["withheld"]),
            reason=str(plain["reason"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("choices of another form") from error


def _pairs(plain: Iterable[Iterable[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(first), str(second)) for first, second in plain)
