"""judge(): every kind of finding gets its decision and a reason from the closed set, for each purpose by itself."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Iterable

import pytest

from screen.errors import UsageError
from screen.geometry import Box
from screen.judge import judge
from screen.policy import CHECKS, Policy, load_policy, presets
from screen.reasons import REASONS
from screen.records import (
    BlurDetails,
    CodeDetails,
    Decision,
    Evidence,
    FaceDetails,
    Finding,
    MetadataDetails,
    NameDetails,
    OrientationDetails,
    QualityDetails,
    Ruling,
    TextDetails,
)
from screen.roster import EMPTY, Person, Roster
from screen.rulings.listing import listed_rules
from screen.rulings.rules import KINDS

TODAY = datetime.date(2026, 10, 7)
BOX = Box(10, 10, 50, 50)
ANN = Person("P1", first="Ann", last="Bell", purposes={"website": True, "display": True})
NAMED = Person("P2", first="Bob", last="Fox", purposes={"website": True}, naming=True)
HIDDEN = Person("P3", first="Cleo", last="Kay", purposes={"website": True}, protection_code="X")
TEACHER = Person("T1", first="Dan", last="Lee", type="staff", purposes={"website": True, "personal": True})
PUPIL = Person("P4", first="Eve", last="Ray", purposes={"personal": True})
ROSTER = Roster((ANN, NAMED, HIDDEN, TEACHER, PUPIL))


def rule(finding: Finding, policy: Policy | None = None, purpose: str = "website") -> Ruling:
    policy = policy or load_policy("classroom", TODAY)
    policy = Policy(policy.name, TODAY, policy.occasion, (purpose,), tables=policy.tables)
    return judge((finding,), policy, ROSTER)[0].rulings[0]


def face(*evidence: Evidence, **details: object) -> Finding:
    return Finding("face", 0.9, BOX, FaceDetails(**details), evidence, "f1")  # type: ignore[arg-type]


def seen(person: Person, by: str = "review-page") -> Evidence:
    return Evidence(by, (person.person_id,), person.full_name)


def decided(ruling: Ruling) -> tuple[str, str]:
    return str(ruling.decision), ruling.reason


def test_each_purpose_gets_its_own_decision() -> None:
    policy = Policy("p", TODAY, purposes=("website", "social"))
    (found,) = judge((face(seen(ANN)),), policy, ROSTER)
    assert [decided(r) for r in found.rulings] == [("keep", "consent"), ("redact", "no-consent")]
    assert found.decision is Decision.REDACT
    assert found.reasons == ("no-consent",)


def test_without_a_roster_nobody_is_shown() -> None:
    (found,) = judge((face(),), Policy("p", TODAY), EMPTY)
    assert found.decision is Decision.REDACT


def test_without_a_purpose_nothing_can_be_decided() -> None:
    with pytest.raises(UsageError, match="purpose"):
        judge((face(),), Policy("p", TODAY, purposes=()), EMPTY)


@pytest.mark.parametrize(
    ("details", "wanted"),
    [
        ({"certainty": "weak"}, ("keep", "weak")),
        ({"certainty": "unclear"}, ("review", "may-be-a-face")),
        ({"certainty": "doubtful"}, ("redact", "no-consent")),
        ({"identifiability": "none"}, ("keep", "not-identifiable")),
        ({"kind": "depicted"}, ("review", "depicted")),
        ({"kind": "covered"}, ("keep", "no-face")),
        ({"prominence": "background", "identifiability": "marginal"}, ("redact", "no-consent")),
    ],
)
def test_unknown_faces(details: dict[str, str], wanted: tuple[str, str]) -> None:
    assert decided(rule(face(**details))) == wanted


def test_strict_hides_what_nobody_could_recognise_too() -> None:
    strict = load_policy("strict", TODAY)
    assert decided(rule(face(identifiability="none"), strict)) == ("redact", "no-consent")
    assert decided(rule(face(certainty="weak"), strict)) == ("review", "may-be-a-face")


def test_only_background_faces_of_an_open_event_are_incidental() -> None:
    policy = load_policy("open-event", TODAY)
    behind = {"prominence": "background", "identifiability": "marginal"}
    assert decided(rule(face(**behind), policy)) == ("review", "incidental")
    assert decided(rule(face(prominence="background"), policy)) == ("redact", "no-consent")
    assert decided(rule(face(identifiability="marginal"), policy)) == ("redact", "no-consent")
    assert decided(rule(face(seen(HIDDEN, "metadata"), **behind), policy)) == ("refuse", "no-consent")


@pytest.mark.parametrize("by", ["review-page", "metadata", "badge", "caption", "filename", "student-id"])
@pytest.mark.parametrize("check", ["face", "back", "text", "metadata", "filename", "caption"])
def test_protection_overrides_all_whatever_points_to_the_person(check: str, by: str) -> None:
    details = {"text": TextDetails("name"), "filename": NameDetails("name"), "caption": NameDetails("name")}.get(check)
    ruling = rule(Finding(check, 0.5, BOX, details, (seen(HIDDEN, by),)))
    other = rule(Finding(check, 0.5, BOX, details, (seen(ANN, by),)))
    # The reason is that of anybody else: it must not tell who is protected.
    reason = "no-consent" if check in {"face", "back"} else other.reason
    assert decided(ruling) == ("refuse", reason)
    assert ruling.cause == "protected"


def test_no_reason_code_tells_of_protection() -> None:
    assert not [c for c in REASONS if c in {"protected", "protection", "objection", "withdrawn", "child-refuses"}]
    text = " ".join(f"{r.sentence} {r.next_step}" for r in REASONS.values()).casefold()
    assert "protect" not in text


def test_the_cause_is_never_shown() -> None:
    assert "protected" not in repr(rule(face(seen(HIDDEN)))).replace("Standing", "").split("cause")[0]
    assert next(f for f in Ruling.__dataclass_fields__.values() if f.name == "cause").metadata["private"]


@pytest.mark.parametrize(
    "finding",
    [
        *(face(), face(seen(PUPIL)), face(seen(TEACHER, "metadata")), face(identifiability="none")),
        *(face(kind="covered"), Finding("back", 0.9, BOX), Finding("hand", 0.9, BOX)),
    ],
)
def test_pupils_never_appear_on_personal_accounts(finding: Finding) -> None:
    assert decided(rule(finding, purpose="personal")) == ("refuse", "personal-account")


def test_staff_decide_about_their_own_accounts_when_they_are_surely_alone() -> None:
    assert decided(rule(face(seen(TEACHER)), purpose="personal")) == ("keep", "consent")
    assert decided(rule(face(seen(TEACHER), seen(PUPIL, "metadata")), purpose="personal"))[0] == "refuse"


def test_two_people_named_for_one_face_is_a_doubt() -> None:
    assert decided(rule(face(seen(ANN), seen(NAMED)))) == ("review", "ambiguous")


def test_names_that_contradict_each_other_are_a_doubt() -> None:
    assert decided(rule(face(seen(ANN, "metadata"), seen(NAMED, "metadata")))) == ("review", "ambiguous")


def test_a_name_that_fits_two_is_settled_by_one_that_fits_one() -> None:
    both = Evidence("badge", ("P1", "P2"), "B")
    assert decided(rule(face(both, seen(NAMED, "metadata")))) == ("review", "weak-evidence")


def test_a_print_that_contradicts_a_name_is_a_doubt() -> None:
    a = Person("A", purposes={"website": True}, biometric_parent_ok=True, biometric_child_ok=True)
    found = face(seen(ANN, "metadata"), Evidence("print", ("A",), distance=0.1))
    (judged,) = judge((found,), Policy("p", TODAY, purposes=("website",)), Roster((ANN, a)))
    assert decided(judged.rulings[0]) == ("review", "ambiguous")


@pytest.mark.parametrize("category", ["student-id", "name", "grade", "class", "contact"])
def test_private_writing_is_covered(category: str) -> None:
    assert decided(rule(Finding("text", 0.9, BOX, TextDetails(category, "some text")))) == ("redact", category)


@pytest.mark.parametrize("category", ["other", "school"])
def test_harmless_writing_is_kept(category: str) -> None:
    assert rule(Finding("text", 0.9, BOX, TextDetails(category, "Welcome"))).decision is Decision.KEEP


def test_a_category_that_nobody_knows_is_covered() -> None:
    assert decided(rule(Finding("text", 0.9, BOX, TextDetails("blood-group")))) == ("redact", "private-text")


def test_writing_that_people_may_read_and_the_program_cannot_needs_a_look() -> None:
    large, small = (Finding("text", 0.9, Box(0, 0, 90, side), TextDetails("unreadable")) for side in (24, 23))
    assert decided(rule(large)) == ("review", "unreadable")
    assert rule(small).decision is Decision.KEEP
    assert rule(large, load_policy("internal", TODAY)).decision is Decision.KEEP
    assert rule(small, load_policy("strict", TODAY)).decision is Decision.REVIEW


@pytest.mark.parametrize(
    ("pack", "reason"),
    [("special-needs", "special-population"), ("medical", "special-population"), ("seating", "private-text")],
)
def test_lists_of_children_need_a_look(pack: str, reason: str) -> None:
    assert decided(rule(Finding("text", 0.9, BOX, TextDetails("other", "", rule=f"pack:{pack}")))) == ("review", reason)


def test_a_name_stands_only_where_every_word_of_it_was_agreed_to() -> None:
    def name(text: str, *evidence: Evidence) -> str:
        return str(rule(Finding("text", 0.9, BOX, TextDetails("name", text), evidence)).decision)

    assert name("Bob Fox", seen(NAMED, "badge")) == "keep"
    assert name("Bob Fox and Liam", seen(NAMED, "badge")) == "redact"
    assert name("Ann Bell", seen(ANN, "badge")) == "redact"
    assert name("Bob Fox", Evidence("badge", ("P1", "P2"), "Bob Fox")) == "redact"
    assert name("Bob Fox") == "redact"


def test_a_naming_answer_holds_only_with_consent_for_the_purpose() -> None:
    finding = Finding("text", 0.9, BOX, TextDetails("name", "Bob Fox"), (seen(NAMED, "badge"),))
    assert rule(finding, purpose="social").decision is Decision.REDACT


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("gps", "gps"),
        ("name", "names-in-metadata"),
        ("region", "names-in-metadata"),
        ("credit", "names-in-metadata"),
        ("thumbnail", "hidden-picture"),
        ("trailer", "hidden-picture"),
        ("several-pictures", "hidden-picture"),
        ("device", "hidden-data"),
        ("time", "hidden-data"),
        ("anything", "hidden-data"),
    ],
)
def test_hidden_data_always_goes(kind: str, reason: str) -> None:
    assert decided(rule(Finding("metadata", 1, None, MetadataDetails(kind, "exif")))) == ("redact", reason)


@pytest.mark.parametrize(
    ("turns", "wanted"), [(0, ("keep", "")), (1, ("redact", "sideways")), (2, ("redact", "upside-down"))]
)
def test_orientation(turns: int, wanted: tuple[str, str]) -> None:
    assert decided(rule(Finding("orientation", 0.9, None, OrientationDetails(turns)))) == wanted
    assert decided(rule(Finding("orientation", 0.9, None, OrientationDetails(turns + 4)))) == wanted


def test_blur_counts_from_the_threshold_of_its_table_on() -> None:
    blurred = Finding("blur", 0.6, None, BlurDetails(0.2))
    assert decided(rule(blurred)) == ("review", "blurred")
    assert rule(blurred, load_policy("internal", TODAY)).decision is Decision.KEEP


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("dark", ("review", "dark")),
        ("burnt-out", ("review", "burnt-out")),
        ("small", ("keep", "small")),
        ("portrait", ("keep", "portrait")),
        ("several-frames", ("redact", "several-pictures")),
        ("fewer-people", ("review", "fewer-people-found")),
    ],
)
def test_quality(kind: str, wanted: tuple[str, str]) -> None:
    assert decided(rule(Finding("quality", 1.0, None, QualityDetails(kind)))) == wanted


def test_codes_hands_and_backs() -> None:
    assert decided(rule(Finding("code", 1.0, BOX, CodeDetails()))) == ("redact", "code")
    assert rule(Finding("hand", 1.0, BOX)).decision is Decision.KEEP
    assert rule(Finding("back", 1.0, BOX)).decision is Decision.KEEP


@pytest.mark.parametrize("kind", sorted(KINDS["filename"]))
def test_words_of_file_names_are_mended_by_a_copy_and_those_of_captions_by_people(kind: str) -> None:
    for where, check, severe in (
        ("filename", "filename", "redact"),
        ("folder", "filename", "redact"),
        ("caption", "caption", "review"),
    ):
        policy = load_policy("classroom", TODAY)
        counted = policy.tables["judge"][where]
        ruling = rule(Finding(check, 1.0, None, NameDetails(kind, "words", where)), policy)
        assert str(ruling.decision) == (severe if kind in counted else "keep")
        assert not ruling.reason or ruling.reason in REASONS


def test_a_name_in_a_caption_may_stand_where_naming_was_agreed_to() -> None:
    finding = Finding("caption", 1.0, None, NameDetails("name", "Bob Fox", "caption"), (seen(NAMED, "caption"),))
    assert decided(rule(finding)) == ("keep", "naming-allowed")


def test_a_finding_of_an_unknown_check_needs_a_look() -> None:
    assert decided(rule(Finding("plate", 0.5, BOX))) == ("review", "plugin")


def every_kind_of_finding() -> Iterable[Finding]:
    yield from (face(), face(seen(ANN)), face(seen(HIDDEN)), face(seen(ANN, "badge")), face(seen(ANN, "metadata")))
    yield from (Finding(check, 1.0, BOX) for check in CHECKS)
    for kind in ("gps", "name", "thumbnail", "x"):
        yield Finding("metadata", 1.0, None, MetadataDetails(kind, "xmp"))
    for category in ("student-id", "name", "grade", "class", "contact", "unreadable", "other", "x"):
        yield Finding("text", 1.0, BOX, TextDetails(category))


@pytest.mark.parametrize("preset", presets())
@pytest.mark.parametrize("purpose", ["website", "personal", "yearbook"])
def test_every_reason_is_one_of_the_closed_set(preset: str, purpose: str) -> None:
    for finding in every_kind_of_finding():
        ruling = rule(finding, load_policy(preset, TODAY), purpose)
        assert not ruling.reason or ruling.reason in REASONS
        assert ruling.reason or ruling.decision is Decision.KEEP


def test_every_reason_has_a_sentence_a_source_and_where_needed_a_next_step() -> None:
    for code, reason in REASONS.items():
        assert reason.code == code
        assert reason.sentence.endswith(".")
        assert len(reason.source) > 5
    for rule_ in listed_rules(load_policy("open-event", TODAY)):
        assert rule_.decision is Decision.KEEP or REASONS[rule_.reason].next_step


@pytest.mark.parametrize("preset", presets())
def test_every_rule_of_a_preset_names_the_source_it_follows(preset: str) -> None:
    rules = listed_rules(load_policy(preset, TODAY))
    assert len(rules) > 30
    assert all(rule_.source for rule_ in rules)


@pytest.mark.parametrize(
    ("table", "values"), [("judge", {"text": ["grades"]}), ("judge", {"poor": ["ugly"]}), ("judge", {"texts": []})]
)
def test_a_misspelt_rule_is_wrong_usage_and_never_a_rule_switched_off(table: str, values: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="Known"):
        judge((), load_policy("classroom", TODAY).changed(table, **values), EMPTY)


def test_judgements_travel() -> None:
    judged = judge((face(seen(ANN)),), Policy("p", TODAY), ROSTER)
    assert pickle.loads(pickle.dumps(judged)) == judged  # noqa: S301
