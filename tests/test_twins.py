"""The same shot twice in a run: where more was found in one of them, people look at the other."""

from __future__ import annotations

import numpy as np
import pytest

from screen.records import Decision, Failure, Finding, Judgement, Plan, Ruling, TwinDetails, Verdict
from screen.twins import SameShot, same_shots_in, settle

PURPOSES = ("website", "display")
#: Two photos of one shot, and one of another, as hex.
SHOT = np.random.default_rng(1).bytes(32).hex()
OTHER = np.random.default_rng(2).bytes(32).hex()


def verdict(source: str, website: Decision, check: str = "face", likeness: str = SHOT) -> Verdict:
    """A verdict with one finding, kept for display."""
    rulings = (Ruling("website", website, "no-consent"), Ruling("display", Decision.KEEP))
    finding = Finding(check, 0.9, id="f1")
    return Verdict(source, source, (10, 10), (Judgement(finding, rulings),), Plan(), PURPOSES, likeness)


def decisions(*verdicts: Verdict) -> list[str]:
    return [str(result.decision) for result in settle(verdicts) if isinstance(result, Verdict)]


@pytest.mark.parametrize("check", ["face", "back", "text", "code"])
@pytest.mark.parametrize("theirs", [Decision.REDACT, Decision.REVIEW, Decision.REFUSE])
def test_what_is_kept_needs_a_look_if_its_twin_is_not(check: str, theirs: Decision) -> None:
    kept, twin = verdict("a.jpg", Decision.KEEP, check), verdict("b.jpg", theirs, check)
    assert decisions(kept, twin) == ["review", str(theirs)]
    assert decisions(twin, kept) == [str(theirs), "review"]


def test_what_is_covered_needs_a_look_if_its_twin_is_refused() -> None:
    assert decisions(verdict("a", Decision.REDACT), verdict("b", Decision.REFUSE)) == ["review", "refuse"]
    assert decisions(verdict("a", Decision.REDACT), verdict("b", Decision.REVIEW)) == ["redact", "review"]


def test_hidden_data_and_quality_may_differ() -> None:
    for check in ("metadata", "filename", "quality", "blur"):
        assert decisions(verdict("a", Decision.KEEP), verdict("b", Decision.REDACT, check)) == ["keep", "redact"]


def test_another_shot_has_no_say() -> None:
    assert decisions(verdict("a", Decision.KEEP), verdict("b", Decision.REFUSE, likeness=OTHER)) == ["keep", "refuse"]
    assert decisions(verdict("a", Decision.KEEP), verdict("b", Decision.REFUSE, likeness="")) == ["keep", "refuse"]


def test_the_finding_names_the_strictest_twin_and_only_where_it_is_stricter() -> None:
    kept = verdict("a", Decision.KEEP)
    others = verdict("b", Decision.REDACT), verdict("c", Decision.REFUSE), verdict("d", Decision.REDACT)
    settled = settle([kept, *others])[0]
    assert isinstance(settled, Verdict)
    added = settled.judgements[-1]
    assert (added.finding.check, added.finding.id, added.finding.box) == ("quality", "f2", None)
    assert isinstance(added.finding.details, TwinDetails)
    assert added.finding.details.twin == "c"
    assert added.finding.details.differing < 0.01
    assert added.reasons == ("stricter-twin",)
    assert [str(ruling.decision) for ruling in added.rulings] == ["review", "keep"]  # display was kept in both
    assert (settled.decision_for("website"), settled.decision_for("display")) == (Decision.REVIEW, Decision.KEEP)


def test_order_and_failures_stay_and_settling_twice_changes_nothing() -> None:
    failure = Failure("x.jpg", "broken", "x.jpg: broken")
    results = [verdict("a", Decision.KEEP), failure, verdict("b", Decision.REDACT)]
    once = settle(results)
    assert once[1] is failure
    assert [result.source for result in once] == ["a", "x.jpg", "b"]
    assert settle(once) == once
    assert settle([failure]) == (failure,)


def test_groups_name_who_is_strictest() -> None:
    results = [
        verdict("a", Decision.KEEP),
        verdict("lone", Decision.KEEP, likeness=OTHER),
        Failure("x", "broken", "x"),
        verdict("b", Decision.REDACT),
        verdict("c", Decision.KEEP),
    ]
    assert same_shots_in(results) == (SameShot(("a", "b", "c"), ("b",)),)
    assert same_shots_in([verdict("a", Decision.KEEP), verdict("b", Decision.KEEP)]) == (SameShot(("a", "b")),)
    assert same_shots_in(results[:2]) == ()
