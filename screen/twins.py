"""Photos of one run that look like the same shot, above all where one of them was judged more strictly than another.

Often a folder holds a photo twice: as taken and edited, in a row of shots, in two sizes. Where something was found in
one of them and nothing in the other, the check may have missed it, or the wrong one would be published; people look.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from screen.quality.likeness import groups_of, same_shots
from screen.records import Decision, Failure, Finding, Judgement, Ruling, TwinDetails, Verdict

#: Checks of what can be seen in a picture. Hidden data or names of files rightly differ between copies of one shot.
SEEN = frozenset({"face", "back", "hand", "text", "code"})
#: The reason of the ruling.
STRICTER_TWIN = "stricter-twin"

Results = Sequence[Verdict | Failure]


@dataclass(frozen=True, slots=True)
class SameShot:
    """Photos that look like one shot.

    Attributes:
        sources: their names, in order.
        strictest: the names of those that were judged most strictly for what is seen; empty if all were alike.
    """

    sources: tuple[str, ...]
    strictest: tuple[str, ...] = ()


def settle(results: Results) -> tuple[Verdict | Failure, ...]:
    """The same results in the same order; who has a stricter twin gets a finding that asks people to look.

    Settling what is settled changes nothing.
    """
    verdicts = {index: result for index, result in enumerate(results) if isinstance(result, Verdict)}
    twins: dict[int, tuple[Decision, float, int]] = {}
    order = list(verdicts)
    for one, other, differing in same_shots([verdicts[index].likeness for index in order]):
        for mine, theirs in ((order[one], order[other]), (order[other], order[one])):
            found = (max(_seen(verdicts[theirs]).values(), default=Decision.KEEP), -differing, theirs)
            if _needs_look(verdicts[mine], verdicts[theirs]) and found > twins.get(mine, (Decision.KEEP, -1.0, -1)):
                twins[mine] = found
    return tuple(
        _with_twin(result, verdicts[twins[index][2]], -twins[index][1])
        if isinstance(result, Verdict) and index in twins
        else result
        for index, result in enumerate(results)
    )


def same_shots_in(results: Results) -> tuple[SameShot, ...]:
    """The groups of photos of a run that look like one shot, in order."""
    verdicts = [result for result in results if isinstance(result, Verdict)]
    groups = groups_of(tuple(same_shots([verdict.likeness for verdict in verdicts])))
    return tuple(_same_shot([verdicts[index] for index in group]) for group in groups)


def _same_shot(verdicts: Sequence[Verdict]) -> SameShot:
    decisions = [max(_seen(verdict).values(), default=Decision.KEEP) for verdict in verdicts]
    most, differ = max(decisions), len(set(decisions)) > 1
    strictest = (verdict.source for verdict, decision in zip(verdicts, decisions, strict=True) if decision == most)
    return SameShot(tuple(verdict.source for verdict in verdicts), tuple(strictest) if differ else ())


def _seen(verdict: Verdict) -> dict[str, Decision]:
    """The most severe decision on what is seen in the picture, by purpose."""
    decisions = dict.fromkeys(verdict.purposes, Decision.KEEP)
    for judgement in verdict.judgements:
        if judgement.finding.check in SEEN:
            for ruling in judgement.rulings:
                decisions[ruling.purpose] = max(decisions.get(ruling.purpose, Decision.KEEP), ruling.decision)
    return decisions


def _stricter(mine: Decision, theirs: Decision) -> bool:
    """Kept here but not there, or covered here and refused there."""
    return (mine == Decision.KEEP < theirs) or (mine == Decision.REDACT and theirs == Decision.REFUSE)


def _needs_look(mine: Verdict, theirs: Verdict) -> bool:
    return any(ruling.decision > Decision.KEEP for ruling in _rulings(mine, theirs)) and not _is_settled(mine)


def _is_settled(verdict: Verdict) -> bool:
    return any(isinstance(judgement.finding.details, TwinDetails) for judgement in verdict.judgements)


def _rulings(mine: Verdict, theirs: Verdict) -> tuple[Ruling, ...]:
    here, there = _seen(mine), _seen(theirs)
    return tuple(
        Ruling(purpose, Decision.REVIEW, STRICTER_TWIN, STRICTER_TWIN)
        if _stricter(here[purpose], there.get(purpose, Decision.KEEP))
        else Ruling(purpose, Decision.KEEP)
        for purpose in mine.purposes
    )


def _with_twin(verdict: Verdict, twin: Verdict, differing: float) -> Verdict:
    number = f"f{len(verdict.judgements) + 1}"
    details = TwinDetails(twin.source, round(differing, 4))
    finding = Finding("quality", round(1 - differing, 4), None, details, id=number)
    return replace(verdict, judgements=(*verdict.judgements, Judgement(finding, _rulings(verdict, twin))))
