"""judge(): policy and consent turn findings into decisions, purpose by purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from screen.errors import UsageError
from screen.policy import Policy
from screen.records import Decision, Finding, Judgement, Ruling
from screen.roster import Roster
from screen.rulings.faces import rule_back, rule_face
from screen.rulings.picture import rule_blur, rule_code, rule_orientation, rule_quality
from screen.rulings.rules import Rules
from screen.rulings.writing import rule_caption, rule_filename, rule_metadata, rule_text

Rule = Callable[[Finding, str, Rules], Ruling]


def judge(findings: tuple[Finding, ...], policy: Policy, roster: Roster) -> tuple[Judgement, ...]:
    """Each finding with its ruling for each purpose of the policy, in the order of the findings.

    Raises:
        UsageError: the policy asks for no purpose, or a setting of [judge] or [recognition] is wrong.
    """
    if not policy.purposes:
        raise UsageError("No purpose is given. Say where the photo is to be published, for example --for website.")
    rules = Rules.of(policy, roster)
    return tuple(
        Judgement(finding, tuple(_rule(finding, purpose, rules) for purpose in policy.purposes)) for finding in findings
    )


def _rule(finding: Finding, purpose: str, rules: Rules) -> Ruling:
    """The ruling of the check's own rule; what no rule is known for needs a look."""
    return _RULES.get(finding.check, _rule_plugin)(finding, purpose, rules)


def _rule_plugin(_finding: Finding, purpose: str, _rules: Rules) -> Ruling:
    return Ruling(purpose, Decision.REVIEW, "plugin", "plugin")


_RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "face": rule_face,
        "hand": rule_back,
        "back": rule_back,
        "text": rule_text,
        "code": rule_code,
        "blur": rule_blur,
        "orientation": rule_orientation,
        "metadata": rule_metadata,
        "filename": rule_filename,
        "caption": rule_caption,
        "quality": rule_quality,
    }
)
