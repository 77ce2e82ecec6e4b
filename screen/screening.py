"""screen_photo: from a photo, a policy and a roster to a verdict."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from screen.consent import identify
from screen.errors import CheckError, ScreenError
from screen.hookspecs import Check
from screen.judge import judge
from screen.photo import Photo
from screen.planning import make_plan
from screen.plugins import pick
from screen.policy import CHECKS, Policy
from screen.quality.likeness import likeness_of
from screen.records import Finding, Verdict
from screen.roster import Roster


def screen_photo(photo: Photo, policy: Policy, roster: Roster) -> Verdict:
    """What is in the photo, what may be shown, and what to do about the rest.

    Raises:
        CheckError: a check broke, so the photo was not screened.
        MissingDependencyError: a model or engine is not there.
    """
    return conclude(photo, find(photo, checks_for(policy)), policy, roster)


def conclude(photo: Photo, findings: tuple[Finding, ...], policy: Policy, roster: Roster) -> Verdict:
    """The verdict on a photo in which this was found: all that comes after the checks.

    Raises:
        MissingDependencyError: a model is not there.
    """
    judged = judge(identify(photo, findings, policy, roster), policy, roster)
    plan, likeness = make_plan(photo, judged, policy), likeness_of(photo)
    return Verdict(photo.source, photo.digest, photo.size, judged, plan, policy.purposes, likeness)


def checks_for(policy: Policy) -> tuple[Check, ...]:
    """The checks of a policy, each with its settings, in the order in which they run."""
    return tuple(_check(name, policy) for name in in_order(policy.checks))


def in_order(checks: Iterable[str]) -> tuple[str, ...]:
    """Ids of checks in the order in which they run, whatever the policy's: some hear what others have found.

    Orientation hears faces and text, quality hears text and orientation. Those of plugins run last, in their own order.
    """
    return tuple(sorted(checks, key=lambda name: CHECKS.index(name) if name in CHECKS else len(CHECKS)))


def check_settings(policy: Policy) -> tuple[tuple[str, Any], ...]:
    """(id, settings) of the checks of a policy, in order: with the pixels, all that decides what they find."""
    kinds = ((name, _check_class(name)) for name in in_order(policy.checks))
    return tuple((name, policy.settings(kind.id, kind.settings)) for name, kind in kinds)


def _check(name: str, policy: Policy) -> Check:
    kind: type[Check] = _check_class(name)
    return kind(policy.settings(kind.id, kind.settings))


@functools.cache
def _check_class(name: str) -> Any:
    return pick("photoscreen_checks", name, "check")


def find(photo: Photo, checks: Iterable[Check]) -> tuple[Finding, ...]:
    """All findings of all checks, numbered f1, f2, ... in order.

    Raises:
        CheckError: a check broke; the message names the check, never what it read.
        MissingDependencyError: a model or engine is not there.
    """
    found: list[Finding] = []
    for check in checks:
        try:
            found.extend(check.inspect(photo))
        except ScreenError:
            raise
        except Exception as error:
            raise CheckError(
                "{source}: the check {check!r} broke ({kind}). Look at this photo yourself.",
                source=photo.source,
                check=check.id,
                kind=type(error).__name__,
            ) from error
    return tuple(replace(finding, id=f"f{number}") for number, finding in enumerate(found, 1))
