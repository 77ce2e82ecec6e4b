"""identify(): what points to whom, and to which face; never a decision."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from screen.consent import can_be_there, identify, in_region
from screen.errors import UsageError
from screen.evidence.badges import wearer
from screen.geometry import Box
from screen.judge import judge
from screen.photo import Photo, photo_of
from screen.policy import Policy, load_policy
from screen.records import Decision, FaceDetails, Finding, MetadataDetails, TextDetails, Word
from screen.roster import EMPTY, Person, Roster

TODAY = datetime.date(2026, 10, 7)
YES = {"website": True, "social": True}
ROSTER = Roster(
    (
        Person("P1", first="Anne-Sophie", last="de La Tour", class_name="4B", purposes=YES),
        Person(
            "P2", first="Noël", last="Dubois", class_name="4B", student_number="20241007", purposes=YES, naming=True
        ),
        Person("P3", first="Rose", last="Bell", class_name="5A", purposes=YES),
        Person("P4", first="Rose", last="Okafor", class_name="4B", purposes={"website": False}),
        Person("P5", first="Wei", last="Chen", class_name="5A", purposes=YES, protection_code="X"),
        Person("T1", first="Dan", last="Whitfield", type="staff", purposes=YES),
    )
)
LEFT, RIGHT = Box(100, 100, 160, 180), Box(400, 100, 460, 180)


def photo(source: str = "IMG_0001.jpg") -> Photo:
    return replace(photo_of(np.zeros((600, 800, 3), np.uint8)), source=source)


def face(box: Box = LEFT, number: int = 1, **details: str) -> Finding:
    return Finding("face", 0.9, box, FaceDetails(**details), id=f"f{number}")  # type: ignore[arg-type]


def metadata(*values: str, region: Box | None = None, kind: str = "name") -> Finding:
    return Finding("metadata", 1.0, None, MetadataDetails(kind, "xmp", len(values), values, region), id="f9")


def found(
    *findings: Finding, source: str = "IMG_0001.jpg", policy: Policy | None = None, roster: Roster = ROSTER
) -> tuple[Finding, ...]:
    return identify(photo(source), findings, policy or load_policy("classroom", TODAY), roster)


def people(finding: Finding) -> list[tuple[str, tuple[str, ...]]]:
    return [(evidence.by, evidence.person_ids) for evidence in finding.evidence]


def test_without_a_roster_nothing_points_to_anybody() -> None:
    findings = found(face(), metadata("Rose Bell"), source="Rose Bell.jpg", roster=EMPTY)
    assert [(f.check, f.id, f.evidence) for f in findings] == [("face", "f1", ()), ("metadata", "f9", ())]


def test_a_person_names_a_face() -> None:
    policy = replace(load_policy("classroom", TODAY), named=(("f2", "P1"),))
    first, second = found(face(), face(RIGHT, 2), policy=policy)
    assert people(first) == []
    assert people(second) == [("review-page", ("P1",))]


def test_naming_somebody_whom_the_roster_does_not_hold_is_wrong_usage() -> None:
    policy = replace(load_policy("classroom", TODAY), named=(("f1", "P99"),))
    with pytest.raises(UsageError, match="P99"):
        found(face(), policy=policy)


def test_a_named_region_belongs_to_the_face_there_and_to_no_other() -> None:
    first, second, hidden = found(
        face(), face(RIGHT, 2), metadata("Anne-Sophie de La Tour", region=Box(390, 90, 470, 190))
    )
    assert people(first) == []
    assert people(second) == people(hidden) == [("metadata", ("P1",))]


def test_a_region_over_nobody_names_nobody() -> None:
    first, _ = found(face(), metadata("Rose Bell", region=Box(600, 400, 700, 500)))
    assert people(first) == [("metadata", ("P3",))]  # the only person in the picture may be meant all the same
    first, second, _ = found(face(), face(RIGHT, 2), metadata("Rose Bell", region=Box(600, 400, 700, 500)))
    assert people(first) == people(second) == []
    assert in_region(Box(0, 0, 10, 10), [(0, LEFT)]) is None


def test_a_keyword_is_evidence_for_the_only_face_and_for_none_of_several() -> None:
    assert people(found(face(), metadata("Noël Dubois"))[0]) == [("metadata", ("P2",))]
    several = found(face(), face(RIGHT, 2), metadata("Noël Dubois"))
    assert [people(f) for f in several] == [[], [], [("metadata", ("P2",))]]


def test_weak_candidates_and_posters_are_nobody() -> None:
    first, *_ = found(
        face(), face(RIGHT, 2, certainty="weak"), face(RIGHT, 3, kind="depicted"), metadata("Noël Dubois")
    )
    assert people(first) == [("metadata", ("P2",))]


def test_a_region_over_the_only_face_says_more_than_names_for_the_whole_photo() -> None:
    region = metadata("Rose Bell", region=LEFT, kind="region")
    first, *_ = found(face(), region, metadata("Noël Dubois", "Rose Bell", "Anne-Sophie de La Tour"))
    assert people(first) == [("metadata", ("P3",))]
    first, *_ = found(face(), metadata("Noël Dubois", "Rose Bell"))
    assert people(first) == [("metadata", ("P2",)), ("metadata", ("P3",))]


def test_a_candidate_that_is_named_is_a_face_after_all() -> None:
    """Naming by a person or by a region says that there is a face, so there is a place to cover."""
    unclear = Finding("face", 0.2, None, FaceDetails(certainty="unclear", place=RIGHT), id="f2")
    assert found(face(), unclear)[1].box is None
    policy = replace(load_policy("classroom", TODAY), named=(("f2", "P4"),))
    for findings in (
        found(face(), unclear, policy=policy),
        found(face(), unclear, metadata("Rose Okafor", region=Box(390, 90, 470, 190))),
    ):
        named = findings[1]
        assert (named.box, named.evidence[0].person_ids) == (RIGHT, ("P4",))
        judged = judge((named,), policy, ROSTER)[0]
        assert judged.decision is Decision.REDACT


def test_a_name_for_the_photo_joins_the_face_that_is_that_person_already() -> None:
    policy = replace(load_policy("classroom", TODAY), named=(("f2", "P1"),))
    first, second, name = found(face(), face(RIGHT, 2), source="anne_sophie_de_la_tour.jpg", policy=policy)
    assert people(first) == []
    assert people(second) == [("review-page", ("P1",)), ("filename", ("P1",))]
    assert (name.check, name.id) == ("filename", "f3")


@pytest.mark.parametrize(
    "source",
    [
        "Noel_Dubois.jpg",
        "IMG_0001-noël-dubois.jpg",
        "NoelDubois2.JPG",
        "DUBOIS Noël.png",
        "Noel Dubois/IMG_1.jpg",
        "20241007.jpg",
    ],
)
def test_names_and_numbers_in_file_and_folder_names(source: str) -> None:
    _, name = found(face(), source=source)
    assert {ids for _, ids in people(name)} == {("P2",)}


@pytest.mark.parametrize(
    "source", ["IMG_0001.jpg", "rose_garden.jpg", "class photo.jpg", "/home/dubois/photos/IMG_1.jpg"]
)
def test_names_that_are_words_or_the_computers_are_nobody(source: str) -> None:
    assert len(found(face(), source=source)) == 1


def test_a_word_that_is_a_name_alone_is_a_name() -> None:
    assert people(found(source="Rose 2.jpg")[0]) == [("filename", ("P3", "P4"))]


@pytest.mark.parametrize(
    ("caption", "wanted"),
    [
        ("Noël Dubois wins the race", [("P2",)]),
        ("noel dubois wins the race", [("P2",)]),
        ("Well done, Rose!", [("P3", "P4")]),
        ("Rose and Noël at the fair", [("P3", "P4"), ("P2",)]),
        ("a rose is a rose", []),
        ("Our class at the museum", []),
        ("Number 20241007", [("P2",)]),
    ],
)
def test_captions_are_searched_for_names_and_numbers(caption: str, wanted: list[tuple[str, ...]]) -> None:
    policy = load_policy("classroom", TODAY).changed("caption", text=caption)
    findings = found(policy=policy)
    assert [evidence.person_ids for f in findings for evidence in f.evidence] == wanted
    assert all(f.check == "caption" for f in findings)


def test_a_class_narrows_to_those_who_can_be_there() -> None:
    policy = load_policy("classroom", TODAY).changed("consent", classes=("4b",))
    assert people(found(face(), metadata("Rose", region=LEFT), policy=policy)[0]) == [("metadata", ("P4",))]
    kept = {person.person_id for person in can_be_there(ROSTER, ["4B"]).people}
    assert kept == {"P1", "P2", "P4", "P5", "T1"}  # protected people and staff stay


def test_a_class_that_the_roster_does_not_know_narrows_nothing() -> None:
    assert can_be_there(ROSTER, ["9Z"]) is ROSTER


def test_badges_belong_to_the_face_above_them() -> None:
    faces = [(0, LEFT), (1, RIGHT)]
    assert wearer(Box(110, 260, 150, 275), faces) == 0
    assert wearer(Box(420, 300, 460, 310), faces) == 1
    assert wearer(Box(270, 300, 290, 310), faces) is None
    assert wearer(Box(110, 20, 150, 40), faces) is None
    assert wearer(Box(110, 560, 150, 580), faces) is None


def written(text: str, box: Box) -> Finding:
    corners = ((box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom))
    words = (Word(text, corners),)
    return Finding("text", 0.9, box, TextDetails("other", text, corners, words), id="f5")


def test_a_badge_names_its_wearer_and_a_wall_nobody() -> None:
    badge = found(face(), written("Noël Dubois", Box(105, 250, 155, 262)))
    assert people(badge[0]) == [("badge", ("P2",))]
    wall = found(face(), written("Noël Dubois", Box(500, 300, 700, 340)))
    assert people(wall[0]) == []
    assert any(("badge", ("P2",)) in people(finding) for finding in wall[1:])


def test_a_protected_name_anywhere_refuses_the_photo() -> None:
    policy = load_policy("classroom", TODAY)
    for source, caption, values in (
        ("wei_chen.jpg", "", ()),
        ("a.jpg", "Wei Chen and friends", ()),
        ("a.jpg", "", ("Wei Chen",)),
    ):
        asked = policy.changed("caption", text=caption)
        findings = identify(photo(source), (face(), face(RIGHT, 2), metadata(*values)), asked, ROSTER)
        assert max(judged.decision for judged in judge(findings, asked, ROSTER)) is Decision.REFUSE


def test_fewer_people_than_said_is_a_finding() -> None:
    policy = replace(load_policy("classroom", TODAY), expect=3)
    back = Finding("back", 0.9, RIGHT, id="f2")
    assert [f.check for f in found(face(), back, policy=policy)] == ["face", "back", "quality"]
    assert [f.check for f in found(face(), back, policy=replace(policy, expect=2))] == ["face", "back"]


def test_no_evidence_shows_its_name() -> None:
    assert "Dubois" not in repr([evidence for f in found(face(), metadata("Noël Dubois")) for evidence in f.evidence])
