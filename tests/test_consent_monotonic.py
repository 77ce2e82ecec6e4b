"""No row that becomes stricter and no face that nobody knows ever makes a verdict milder.

Milder means: shown where it was not. Redact and review both hide until a person decides, so they rank alike between
keep and refuse (a denial turns the review of a doubtful face into redact, which shows no more).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from screen.geometry import Box
from screen.judge import judge
from screen.policy import Policy, load_policy, presets
from screen.records import Decision, Evidence, FaceDetails, Finding, Judgement, NameDetails, TextDetails
from screen.roster import Person, Roster

TODAY = datetime.date(2026, 10, 7)
DAY = datetime.timedelta(1)
PURPOSES = ("website", "display", "personal")
RANK = {Decision.KEEP: 0, Decision.REDACT: 1, Decision.REVIEW: 1, Decision.REFUSE: 2}

answers = st.sampled_from([True, False, None])
mostly_yes = st.sampled_from([True, True, True, False, None])
days = st.one_of(st.none(), st.integers(-3, 3).map(lambda n: TODAY + n * DAY))


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    return Roster(tuple(draw(people(f"P{number}")) for number in range(3)))


@st.composite
def people(draw: st.DrawFn, person_id: str) -> Person:
    return Person(
        person_id,
        family_id=draw(st.sampled_from(["F1", "F2"])),
        first=draw(st.sampled_from(["Ann", "Bob"])),
        last="Bell",
        type=draw(st.sampled_from(["pupil", "staff", "visitor"])),
        basis=draw(st.sampled_from(["consent", "public-task", "objection"])),
        purposes={purpose: draw(mostly_yes) for purpose in PURPOSES},
        naming=draw(answers),
        valid_from=draw(days),
        valid_to=draw(days),
        parent_a=draw(mostly_yes),
        parent_b=draw(mostly_yes),
        child_view=draw(mostly_yes),
        protection_code=draw(st.sampled_from(["", "", "", "X"])),
        biometric_parent_ok=draw(mostly_yes),
        biometric_child_ok=draw(mostly_yes),
        left_on=draw(days),
    )


@st.composite
def evidence(draw: st.DrawFn) -> Evidence:
    kinds = ["review-page", "metadata", "badge", "caption", "filename", "student-id", "print"]
    by = draw(st.sampled_from(kinds))
    ids = draw(
        st.lists(st.sampled_from(["P0", "P1", "P2"]), min_size=1, max_size=2 if by != "print" else 1, unique=True)
    )
    if by != "print":
        return Evidence(by, tuple(ids), "Ann Bell")
    second = draw(st.sampled_from([None, ("P0", 0.33), ("P1", 0.35), ("P2", 0.5)]))
    return Evidence(by, tuple(ids), "", draw(st.sampled_from([0.1, 0.31, 0.4, 0.45])), second)


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    found = tuple(draw(st.lists(evidence(), max_size=3)))
    box = Box(0, 0, 30, 30)
    check = draw(st.sampled_from(["face", "face", "face", "back", "text", "filename", "caption", "metadata"]))
    details = {
        "text": TextDetails("name", "Ann Bell"),
        "filename": NameDetails("name", "Ann Bell", "filename"),
        "caption": NameDetails("name", "Ann Bell", "caption"),
    }.get(check)
    if check == "face":
        details = FaceDetails(
            identifiability=draw(st.sampled_from(["clear", "marginal", "none"])),
            prominence=draw(st.sampled_from(["subject", "background"])),
            kind=draw(st.sampled_from(["face", "face", "covered", "depicted"])),
            certainty=draw(st.sampled_from(["sure", "doubtful", "unclear", "weak"])),
        )
    return Finding(check, 0.9, box, details, found)


policies = st.builds(
    lambda preset, occasion: replace(load_policy(preset, TODAY), occasion=occasion, purposes=PURPOSES),
    st.sampled_from(presets()),
    st.sampled_from(["classroom", "open-event"]),
)

#: Each makes a row stricter.
STRICTER: dict[str, Callable[[Person], Person]] = {
    "denial": lambda p: replace(p, purposes=dict.fromkeys(PURPOSES, False)),
    "silence": lambda p: replace(p, purposes={}),
    "expiry": lambda p: replace(p, valid_to=TODAY - DAY),
    "not yet": lambda p: replace(p, valid_from=TODAY + DAY),
    "objection": lambda p: replace(p, basis="objection"),
    "parent": lambda p: replace(p, parent_a=False),
    "parents": lambda p: replace(p, parent_a=False, parent_b=False),
    "child": lambda p: replace(p, child_view=False),
    "left": lambda p: replace(p, left_on=TODAY),
    "withdrawn": lambda p: replace(p, withdrawn_on=TODAY),
    "no name": lambda p: replace(p, naming=False),
    "protection": lambda p: replace(p, protection_code="X"),
}


def ranks(judged: tuple[Judgement, ...]) -> list[list[int]]:
    return [[RANK[ruling.decision] for ruling in judgement.rulings] for judgement in judged]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(findings(), min_size=1, max_size=3).map(tuple),
    policies,
    rosters(),
    st.sampled_from(sorted(STRICTER)),
    st.integers(0, 2),
)
def test_a_stricter_row_never_shows_more(
    seen: tuple[Finding, ...], policy: Policy, roster: Roster, change: str, row: int
) -> None:
    rows = list(roster.people)
    rows[row] = STRICTER[change](rows[row])
    before, after = ranks(judge(seen, policy, roster)), ranks(judge(seen, policy, Roster(tuple(rows))))
    assert all(b <= a for one, two in zip(before, after, strict=True) for b, a in zip(one, two, strict=True))


@settings(max_examples=80, deadline=None)
@given(st.lists(findings(), max_size=3).map(tuple), policies, rosters(), st.sampled_from(["P0", "P1", "P2"]))
def test_a_withdrawal_never_shows_more(seen: tuple[Finding, ...], policy: Policy, roster: Roster, person: str) -> None:
    before, after = ranks(judge(seen, policy, roster)), ranks(judge(seen, policy, roster.with_withdrawn([person])))
    assert all(b <= a for one, two in zip(before, after, strict=True) for b, a in zip(one, two, strict=True))


@settings(max_examples=80, deadline=None)
@given(st.lists(findings(), max_size=3).map(tuple), policies, rosters())
def test_an_unknown_face_never_makes_a_photo_milder(seen: tuple[Finding, ...], policy: Policy, roster: Roster) -> None:
    unknown = Finding("face", 0.9, Box(0, 0, 30, 30), FaceDetails())
    before, after = judge(seen, policy, roster), judge((*seen, unknown), policy, roster)
    assert after[: len(before)] == before
    assert after[-1].decision > Decision.KEEP


@settings(max_examples=80, deadline=None)
@given(findings(), policies, rosters(), st.sampled_from(["metadata", "badge", "caption", "filename"]))
def test_more_evidence_of_somebody_protected_always_refuses(
    seen: Finding, policy: Policy, roster: Roster, by: str
) -> None:
    rows = (replace(roster.people[0], protection_code="X"), *roster.people[1:])
    pointed = replace(seen, evidence=(*seen.evidence, Evidence(by, ("P0",), "Ann Bell")))
    assert judge((pointed,), policy, Roster(rows))[0].decision is Decision.REFUSE


@settings(max_examples=80, deadline=None)
@given(findings(), policies, rosters())
def test_a_face_is_shown_only_where_a_person_named_it_or_nobody_can_be_recognised(
    seen: Finding, policy: Policy, roster: Roster
) -> None:
    for ruling in judge((seen,), policy, roster)[0].rulings:
        if seen.check == "face" and ruling.decision is Decision.KEEP and ruling.reason == "consent":
            assert any(item.by == "review-page" for item in seen.evidence)
