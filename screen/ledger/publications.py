"""What is noted of a photo that goes out: hashes, purposes, outcome for each face. No names, no pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from screen.policy import Policy
from screen.records import Decision, Finding, Judgement, Verdict
from screen.roster import Roster


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a finding.

    Attributes:
        finding: its id in the verdict.
        check: face, back, text, caption, ...
        shown: can it be seen in what was published?
        decision: what the verdict said.
        people: ids of the people that any evidence pointed to; the roster's own keys, no names.
    """

    finding: str
    check: str
    shown: bool
    decision: str
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Override:
    """A decision of a person against the verdict: the finding, what was done, and why."""

    finding: str
    action: str
    reason: str


@dataclass(frozen=True, slots=True)
class Publication:
    """A safe copy, or a photo cleared as it is.

    Attributes:
        copy: SHA-256 of the file that goes out.
        source: SHA-256 of the photo it was made of.
        purposes: where it may be published.
        day: the day of the decision, ISO 8601.
        operator: who made it, as that person signs.
        decision: the verdict's, for these purposes.
        outcomes: for each face and back of a head, and for whatever else points to somebody.
        consent: digest of the roster.
        policy: fingerprint of the policy.
        models: name and version or SHA-256 of each model used.
        overrides: decisions of a person against the verdict.
        name: of the file that went out, where it was kept; safe copies get names that say nothing.
        answers: (question, answer) of what no program can answer, as a person answered it.
    """

    copy: str
    source: str
    purposes: tuple[str, ...]
    day: str
    operator: str
    decision: str
    outcomes: tuple[Outcome, ...] = ()
    consent: str = ""
    policy: str = ""
    models: tuple[tuple[str, str], ...] = ()
    overrides: tuple[Override, ...] = ()
    name: str = ""
    answers: tuple[tuple[str, str], ...] = ()

    def as_body(self) -> dict[str, Any]:
        """Plain values, for an entry of the chain."""
        return asdict(self)

    @classmethod
    def from_body(cls, body: Mapping[str, Any]) -> Publication:
        """From the body of an entry."""
        values = dict(body)
        values["outcomes"] = tuple(Outcome(**{**o, "people": tuple(o["people"])}) for o in body["outcomes"])
        values["overrides"] = tuple(Override(**o) for o in body["overrides"])
        values["models"] = tuple((name, version) for name, version in body["models"])
        values["purposes"] = tuple(body["purposes"])
        values["answers"] = tuple((question, answer) for question, answer in body.get("answers", ()))
        return cls(**values)

    def shows(self, person_id: str) -> bool:
        """Is this person to be seen or read in it?"""
        return any(outcome.shown and person_id in outcome.people for outcome in self.outcomes)


def publication_of(
    verdict: Verdict,
    copy: str,
    policy: Policy,
    roster: Roster,
    *,
    operator: str,
    models: Iterable[tuple[str, str]] = (),
    overrides: Iterable[Override] = (),
) -> Publication:
    """What is to be noted of a verdict whose copy goes out.

    Args:
        verdict: of the photo; its plan tells what is covered in the copy.
        copy: SHA-256 of the copy; the verdict's own digest for a photo that was cleared as it is.
        policy: under which it was judged.
        roster: under which it was judged.
        operator: who made it.
        models: name and version of each model.
        overrides: decisions of a person against the verdict.
    """
    overrides = tuple(overrides)
    hidden = {cover.finding_id for cover in verdict.plan.covers} if copy != verdict.digest else set()
    noted = (judgement for judgement in verdict.judgements if _is_noted(judgement.finding))
    return Publication(
        copy,
        verdict.digest,
        verdict.purposes,
        policy.today.isoformat(),
        operator,
        str(max((verdict.decision_for(purpose) for purpose in verdict.purposes), default=Decision.KEEP)),
        tuple(_outcome(judgement, hidden, copied=copy != verdict.digest) for judgement in noted),
        roster.digest,
        policy.fingerprint,
        tuple(models),
        overrides,
    )


def _is_noted(finding: Finding) -> bool:
    return finding.check in {"face", "back"} or bool(finding.evidence)


def _outcome(judgement: Judgement, hidden: set[str], *, copied: bool) -> Outcome:
    """A copy drops metadata and the old file name; a caption is no part of the file, and counts as it was kept."""
    finding = judgement.finding
    dropped = copied and finding.check in {"metadata", "filename"}
    rewritten = finding.check == "caption" and judgement.decision > Decision.KEEP
    shown = finding.id not in hidden and not dropped and not rewritten
    people = tuple(dict.fromkeys(person for item in finding.evidence for person in item.person_ids))
    return Outcome(finding.id, finding.check, shown, str(judgement.decision), people)
