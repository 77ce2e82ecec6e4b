"""From what was found, without pixels: the verdict under the rules of now and with what a person chose."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field, replace

from screen.batch.observations import Observation, UnopenedPhoto, findings_of, with_crops_of
from screen.batch.screening import Screened
from screen.consent import identify
from screen.copies.choices import with_choices
from screen.evidence.pointers import PRINT
from screen.judge import judge
from screen.planning import cover_of, plan_covers
from screen.policy import Policy
from screen.records import Finding, Judgement, Plan, Verdict
from screen.roster import Roster
from screen.rulings.deciding import may_be_uncovered
from screen.web.choosing import Choices


@dataclass(frozen=True, slots=True, eq=False)
class Basis:
    """What everything on a photo is judged from, as often as rules or choices change; private.

    Attributes:
        found: by all checks, before anybody judged it.
        first: the verdict when the photo was screened; crops and what recognition suggested come from it.
        small: the covered small picture of that verdict, JPEG.
    """

    found: Observation
    first: Verdict
    small: bytes
    _identified: dict[Hashable, tuple[Finding, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, screened: Screened, found: Observation | None) -> Basis | None:
        """From what a worker or the store gives; None where nobody knows what was found."""
        known = screened.found or found
        return cls(known, screened.verdict, screened.thumbnail) if known else None

    def identified(
        self, source: str, named: tuple[tuple[str, str], ...], policy: Policy, roster: Roster
    ) -> tuple[Finding, ...]:
        """The findings with everybody they may point to; made anew only where something of that has changed.

        Raises:
            UsageError: a person is named whom the roster does not hold.
        """
        typed = (repr(policy.tables.get(table)) for table in ("consent", "caption", "recognition"))
        key = (source, named, roster.digest or id(roster), roster.withdrawn, policy.today, policy.expect, *typed)
        if key not in self._identified:
            made = self._identify(source, replace(policy, named=named), roster)
            self._identified.clear()
            self._identified[key] = made
        return self._identified[key]

    def _identify(self, source: str, policy: Policy, roster: Roster) -> tuple[Finding, ...]:
        photo = UnopenedPhoto(source, self.found.digest, self.found.size)
        recognised = {j.finding.id: [e for e in j.finding.evidence if e.by == PRINT] for j in self.first.judgements}
        found = tuple(
            replace(finding, evidence=(*finding.evidence, *recognised.get(finding.id, ())))
            for finding in findings_of(photo, self.found.seen, policy)
        )
        # Prints are dropped with the photo, and what they suggested was kept: nothing is recognised anew.
        return identify(photo, found, policy.changed("recognition", enabled=False), roster)

    def still_shows(self, verdict: Verdict) -> bool:
        """Does the small picture hide just what is to be hidden by this verdict?"""
        return _hiding(self.first) == _hiding(verdict)


def verdict_of(basis: Basis, source: str, choices: Choices, policy: Policy, roster: Roster) -> Verdict:
    """The verdict on a photo under these rules, its plan as the person chose.

    The decisions are those of the rules alone: what a person shows against them is in the plan, and in the ledger.

    Raises:
        UsageError: a person is named whom the roster does not hold.
    """
    found = basis.found
    judgements = judgements_of(basis, source, choices, policy, roster)
    plan = plan_covers(judgements, found.size)
    ruled = Verdict(source, found.digest, found.size, judgements, plan, policy.purposes, found.likeness)
    allowed = {judgement.finding.id for judgement in judgements if may_be_uncovered(judgement)}
    kept = [finding for finding, _reason in choices.kept if finding in allowed]
    drawn = (region.box.as_tuple() for region in choices.drawn)
    chosen = with_choices(with_crops_of(ruled, basis.first), kept, drawn)
    return replace(chosen, plan=_with_covers(chosen, choices))


def judgements_of(basis: Basis, source: str, choices: Choices, policy: Policy, roster: Roster) -> tuple[Judgement, ...]:
    """All findings with their decisions, faces as a person named them."""
    return judge(basis.identified(source, choices.named, policy, roster), policy, roster)


def _with_covers(verdict: Verdict, choices: Choices) -> Plan:
    """The plan with what the person covers beside, turned as the person wants."""
    plan = verdict.plan
    hidden = {cover.finding_id for cover in plan.covers}
    wanted = [j.finding for j in verdict.judgements if j.finding.id in choices.covered and j.finding.id not in hidden]
    covers = (cover for finding in wanted if (cover := cover_of(finding, verdict.size)))
    return replace(plan, turns=(plan.turns + choices.turns) % 4, covers=(*plan.covers, *covers))


def _hiding(verdict: Verdict) -> tuple[object, ...]:
    """All that a small picture depends on."""
    decisions = tuple((j.finding.id, j.decision) for j in verdict.judgements)
    return verdict.plan.covers, verdict.plan.turns % 4, decisions
