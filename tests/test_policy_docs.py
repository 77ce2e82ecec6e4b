"""docs/policy.md, docs/roster.md and docs/consent.md say what the program does."""

from __future__ import annotations

import dataclasses
import datetime
import re
from pathlib import Path

import pytest

from screen.policy import load_policy, presets
from screen.rosters.permission import Standing
from screen.rosters.template import template_guide
from screen.rulings.rules import KINDS, JudgeSettings

DOCS = Path(__file__).resolve().parent.parent / "docs"
TODAY = datetime.date(2026, 10, 7)


def test_every_preset_and_every_setting_of_the_judge_is_explained() -> None:
    text = (DOCS / "policy.md").read_text(encoding="utf-8")
    for name in presets():
        assert f"| `{name}` |" in text
    for field in dataclasses.fields(JudgeSettings):
        assert f"| `{field.name}` |" in text
    for kind in set().union(*KINDS.values()):
        assert f"`{kind}`" in text


def test_the_defaults_of_the_judge_are_those_of_the_preset_classroom() -> None:
    assert load_policy("classroom", TODAY).settings("judge", JudgeSettings) == JudgeSettings()


def test_every_column_is_explained() -> None:
    text = (DOCS / "roster.md").read_text(encoding="utf-8")
    for name, meaning, _ in template_guide():
        assert f"`{name}`" in text
        assert meaning


@pytest.mark.parametrize("state", [state for state in Standing if state is not Standing.GRANTED])
def test_every_cause_is_explained_in_its_order(state: Standing) -> None:
    text = (DOCS / "consent.md").read_text(encoding="utf-8")
    table = re.search(r"\| cause \|(.*?)\n\n", text, re.DOTALL)
    assert table
    found = [word for word in re.split(r"[^a-z-]+", table[1]) if word in set(Standing)]
    order = list(dict.fromkeys(found))
    assert state in order
    assert order.index(state) == list(Standing).index(state)
