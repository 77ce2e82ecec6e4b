"""Checks run in an order in which each hears what it needs, whatever order the policy names them in."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import numpy as np
import pytest

from screen.photo import photo_of
from screen.policy import CHECKS, Policy
from screen.records import OrientationDetails, QualityDetails
from screen.screening import checks_for, find, in_order


def test_the_order_of_the_policy_does_not_count() -> None:
    assert in_order(reversed(CHECKS)) == CHECKS
    assert in_order(("plate", "quality", "bus", "face")) == ("face", "quality", "plate", "bus")


@pytest.mark.parametrize("order", list(permutations(("orientation", "quality"))))
def test_quality_knows_of_the_turn(order: tuple[str, ...], policy: Policy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("screen.quality.uprightness.upright_by_turn", lambda _: np.array([0.0, 9.0, 0.0, 0.0]))
    photo = photo_of(np.random.default_rng(5).integers(0, 256, (1200, 1800, 3), np.uint8))
    found = find(photo, checks_for(replace(policy, checks=order)))
    assert [f.details.turns for f in found if isinstance(f.details, OrientationDetails)] == [1]
    assert [f.details.kind for f in found if isinstance(f.details, QualityDetails)] == ["portrait"]
