"""What the checks found in a photo, apart from what was decided on it: rules may change, what is there does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from screen.consent import identify, numbered
from screen.judge import judge
from screen.photo import Photo, Pixels
from screen.planning import plan_covers
from screen.policy import Policy
from screen.records import Decision, Finding, Judgement, Plan, Verdict
from screen.roster import Roster
from screen.screening import checks_for, find

#: Checks that look at names and words that people give, not at the photo: they are run anew each time.
TYPED = frozenset({"filename", "caption"})


class NeedsPixelsError(Exception):
    """Something asks for the pixels or the bytes of a photo that is not open."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What one check found.

    Attributes:
        check: its id.
        findings: not numbered yet, nobody identified.
    """

    check: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Observation:
    """What was found in a photo by all checks that look at it; private.

    Attributes:
        digest: SHA-256 of the file, hex.
        size: upright width and height in pixels.
        likeness: what the photo looks like, as Verdict.likeness.
        seen: check by check.
    """

    digest: str
    size: tuple[int, int]
    likeness: str
    seen: tuple[Seen, ...]


class UnopenedPhoto(Photo):
    """A photo of which only the name, the digest and the size are known.

    Whoever asks for its pixels or bytes gets NeedsPixelsError, so that nothing is ever judged on pixels that are not
    there.
    """

    __slots__ = ("_known_size",)
    _known_size: tuple[int, int]

    def __init__(self, source: str, digest: str, size: tuple[int, int]) -> None:
        for name, value in (("source", source), ("digest", digest), ("_known_size", size), ("_made", {})):
            object.__setattr__(self, name, value)

    @property
    def size(self) -> tuple[int, int]:
        """Upright width and height in pixels."""
        return self._known_size

    @property
    def pixels(self) -> Pixels:
        """Nothing.

        Raises:
            NeedsPixelsError: always.
        """
        raise NeedsPixelsError

    @property
    def file(self) -> bytes:
        """Nothing.

        Raises:
            NeedsPixelsError: always.
        """
        raise NeedsPixelsError


def observe(photo: Photo, policy: Policy) -> tuple[Seen, ...]:
    """What each check of the policy finds that looks at the photo, in their order.

    Raises:
        CheckError: a check broke.
        MissingDependencyError: a model or engine is not there.
    """
    return tuple(
        Seen(check.id, tuple(_bare(finding) for finding in find(photo, [check])))
        for check in checks_for(policy)
        if check.id not in TYPED
    )


def findings_of(photo: Photo, seen: tuple[Seen, ...], policy: Policy) -> tuple[Finding, ...]:
    """All findings as find() gives them: those that were kept, and those in typed words made now.

    Args:
        photo: its name is all that is asked for.
        seen: what observe() gave for these checks with these settings.
        policy: of now.

    Raises:
        CheckError: a check of typed words broke.
    """
    return numbered(_in_order(photo, iter(seen), policy))


def _in_order(photo: Photo, seen: Iterator[Seen], policy: Policy) -> Iterator[Finding]:
    for check in checks_for(policy):
        if check.id in TYPED:
            yield from (_bare(finding) for finding in find(photo, [check]))
            continue
        known = next(seen, None)
        if known is None or known.check != check.id:
            raise NeedsPixelsError
        yield from known.findings


def _bare(finding: Finding) -> Finding:
    return replace(finding, id="")


def decided(known: Observation, source: str, policy: Policy, roster: Roster) -> Verdict:
    """The verdict of now on what was found before, without crops and without a look at the photo.

    Raises:
        NeedsPixelsError: the rules of now want to see the photo, as recognition does.
    """
    photo = UnopenedPhoto(source, known.digest, known.size)
    findings = identify(photo, findings_of(photo, known.seen, policy), policy, roster)
    judged = judge(findings, policy, roster)
    plan = plan_covers(judged, known.size)
    return Verdict(source, known.digest, known.size, judged, plan, policy.purposes, known.likeness)


def with_crops_of(verdict: Verdict, before: Verdict) -> Verdict:
    """The verdict with those crops of an earlier one that may still be shown; new ones would need a look.

    Every crop was looked at when it was offered, and held nothing that was to be hidden then. It stays unless something
    in it is to be hidden only now, or somebody in the photo must not be shown who might have been before.
    """
    new = [judgement for judgement in verdict.judgements if _is_stricter(judgement, before)]
    hidden = [cover.box for cover in verdict.plan.covers if cover not in before.plan.covers]
    hidden += [judgement.finding.box for judgement in new if judgement.finding.box]
    refused = any(judgement.decision == Decision.REFUSE for judgement in new)
    kept = () if refused else tuple(c for c in before.plan.crops if not any(c.box.intersection(box) for box in hidden))
    return replace(verdict, plan=replace(verdict.plan, crops=kept))


def _is_stricter(judgement: Judgement, before: Verdict) -> bool:
    """Is the finding judged more severely than it was, or is it new and not kept?"""
    place = judgement.finding.check, judgement.finding.box
    old = (j.decision for j in before.judgements if (j.finding.check, j.finding.box) == place)
    return judgement.decision > min(old, default=Decision.KEEP)


def same_outcome(one: Verdict, other: Verdict) -> bool:
    """Do both say the same of what is hidden, and of every finding for every purpose? Crops do not count."""
    return _outcome(one) == _outcome(other)


def _outcome(verdict: Verdict) -> tuple[Any, ...]:
    judged = tuple((j.finding.check, j.finding.box, j.rulings and _plain(j)) for j in verdict.judgements)
    return verdict.digest, verdict.size, _bare_plan(verdict.plan), judged


def _plain(judgement: Judgement) -> tuple[Any, ...]:
    return tuple((ruling.purpose, ruling.decision, ruling.reason) for ruling in judgement.rulings)


def _bare_plan(plan: Plan) -> Plan:
    return replace(plan, crops=())
