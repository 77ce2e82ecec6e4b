from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from screen import planning
from screen.geometry import Box
from screen.photo import photo_of
from screen.planning import boxes_of, head_of, make_plan
from screen.records import (
    CodeDetails,
    Cover,
    Crop,
    Decision,
    Details,
    FaceDetails,
    Finding,
    Judgement,
    Landmark,
    OrientationDetails,
    Ruling,
    TextDetails,
)

SIZE = (400, 300)


def plan_for(policy, *judgements):
    return make_plan(photo_of(np.zeros((SIZE[1], SIZE[0], 3), np.uint8)), judgements, policy)


def judged(check, decision, box=None, details: Details | None = None, score=0.9, name="f1"):
    return Judgement(Finding(check, score, box, details, id=name), (Ruling("website", decision, "why"),))


@pytest.mark.parametrize("decision", [Decision.REDACT, Decision.REVIEW, Decision.REFUSE])
def test_whatever_is_more_than_kept_is_covered(policy, decision):
    face = judged("face", decision, Box(100, 100, 140, 150), FaceDetails(head=Box(90, 70, 150, 160)))

    (cover,) = plan_for(policy, face).covers

    assert cover.box == Box(90, 70, 150, 160)
    assert cover.inside == Box(100, 100, 140, 150)
    assert cover.shape == "ellipse"
    assert cover.finding_id == "f1"


def test_kept_findings_are_not_covered(policy):
    assert plan_for(policy, judged("text", Decision.KEEP, Box(1, 1, 9, 9))).covers == ()


def test_what_may_be_a_face_is_covered_with_its_head(policy):
    details = FaceDetails(certainty="unclear", head=Box(90, 70, 150, 160), place=Box(100, 100, 140, 150))

    (cover,) = plan_for(policy, judged("face", Decision.REVIEW, None, details)).covers

    assert (cover.box, cover.shape) == (Box(90, 70, 150, 160), "ellipse")
    assert plan_for(policy, judged("face", Decision.KEEP, None, replace(details, certainty="weak"))).covers == ()


def test_one_purpose_that_hides_is_enough(policy):
    rulings = (Ruling("display", Decision.KEEP), Ruling("website", Decision.REDACT, "no-consent"))
    face = Judgement(Finding("face", 0.9, Box(100, 100, 140, 150), id="f1"), rulings)

    assert len(plan_for(policy, face).covers) == 1


def test_a_head_without_a_box_of_its_own_is_larger_than_the_face_on_every_side():
    face = Box(100, 100, 140, 150)

    head = head_of(Finding("face", 0.9, face), SIZE)

    assert head.left < face.left
    assert head.top < face.top
    assert head.right > face.right
    assert head.bottom > face.bottom


def test_a_head_never_leaves_part_of_the_face_out():
    finding = Finding("face", 0.9, Box(100, 100, 140, 150), FaceDetails(head=Box(105, 90, 130, 140)))

    assert head_of(finding, SIZE).contains(Box(100, 100, 140, 150))


def test_a_face_at_the_corner_stays_wholly_inside():
    finding = Finding("face", 0.9, Box(0, 0, 30, 40))

    assert head_of(finding, SIZE).contains(Box(0, 0, 30, 40))


@pytest.mark.parametrize(
    ("turn", "side"),
    [(lambda x, y: (x, y), "bottom"), (lambda x, y: (-x, -y), "top"), (lambda x, y: (-y, x), "left"),
     (lambda x, y: (y, -x), "right")],
)  # fmt: skip
def test_a_cover_is_longer_above_the_hair_and_below_the_chin(turn, side, policy):
    """Whichever way the head lies; its sides stay."""
    points = {"left-eye": (-10, -10), "right-eye": (10, -10), "nose": (0, 0), "left-mouth": (-8, 12),
              "right-mouth": (8, 12)}  # fmt: skip
    marks = tuple(Landmark(name, tuple(100 + edge for edge in turn(*point))) for name, point in points.items())
    head = Box(74, 74, 126, 126)
    face = judged("face", Decision.REDACT, Box(80, 80, 120, 120), FaceDetails(head=head, landmarks=marks))
    (cover,) = plan_for(policy, face).covers
    longer = {name: abs(getattr(cover.box, name) - getattr(head, name)) for name in ("left", "top", "right", "bottom")}
    opposite = {"bottom": "top", "top": "bottom", "left": "right", "right": "left"}[side]
    assert longer.pop(side) == 14
    assert longer.pop(opposite) == 20
    assert set(longer.values()) == {0}


@pytest.mark.parametrize(("nose", "side"), [(-14, "right"), (14, "left")])
def test_a_head_in_profile_is_covered_to_its_back(policy, nose, side):
    points = {"left-eye": (nose / 2 - 2, -10), "right-eye": (nose / 2 + 2, -10), "nose": (nose, 0),
              "left-mouth": (nose / 2 - 2, 12), "right-mouth": (nose / 2 + 2, 12)}  # fmt: skip
    marks = tuple(Landmark(name, (100 + x, 100 + y)) for name, (x, y) in points.items())
    details = FaceDetails(head=Box(75, 70, 125, 145), landmarks=marks, pose="profile")
    (cover,) = plan_for(policy, judged("face", Decision.REDACT, Box(85, 80, 115, 120), details)).covers
    assert getattr(cover.box, side) == {"right": 85 + 64, "left": 115 - 64}[side]
    assert {"right": cover.box.left, "left": cover.box.right}[side] == {"right": 75, "left": 125}[side]


def test_what_is_added_to_a_head_does_not_reach_the_border(policy):
    """A mask at the border goes on beyond it and would slip off the chin."""
    points = {"left-eye": (-16, -10), "right-eye": (-12, -10), "nose": (14, 0), "left-mouth": (-16, 12),
              "right-mouth": (-12, 12)}  # fmt: skip
    marks = tuple(Landmark(name, (30 + x, 40 + y)) for name, (x, y) in points.items())
    face = judged("face", Decision.REDACT, Box(15, 20, 45, 60), FaceDetails(head=Box(6, 8, 55, 75), landmarks=marks))
    (cover,) = plan_for(policy, face).covers
    assert (cover.box.left, cover.box.top) == (1, 1)


def test_no_head_without_a_box():
    with pytest.raises(ValueError, match="f7"):
        head_of(Finding("face", 0.9, id="f7"), SIZE)


@pytest.mark.parametrize("kind", [TextDetails, CodeDetails])
def test_writing_is_covered_by_its_own_shape_with_a_margin(policy, kind):
    quad = ((50.0, 60.0), (150.0, 80.0), (146.0, 100.0), (46.0, 80.0))
    finding = judged("text", Decision.REDACT, Box(46, 60, 150, 100), kind(quad=quad))

    (cover,) = plan_for(policy, finding).covers

    assert cover.shape == "quad"
    assert cover.quad is not None
    assert cover.box.contains(Box(46, 60, 150, 100))
    assert cover.quad[0][0] < 50.0
    assert cover.quad[0][1] < 60.0
    assert cover.quad[2][0] > 146.0
    assert cover.quad[2][1] > 100.0


def test_a_slanted_line_is_told_by_several_boxes_that_hold_little_else():
    quad = ((50.0, 50.0), (250.0, 150.0), (240.0, 170.0), (40.0, 70.0))
    cover = Cover(Box(40, 50, 250, 170), "quad", quad, "f1")
    boxes = boxes_of(cover, SIZE)
    covered = np.zeros((SIZE[1], SIZE[0]), bool)
    for box in boxes:
        covered[box.as_slices()] = True
    for share in np.linspace(0.01, 0.99, 50):
        for depth in (0.05, 0.5, 0.95):
            x = 50 + 200 * share - 10 * depth
            y = 50 + 100 * share + 20 * depth
            assert covered[int(y), int(x)]
    assert covered.sum() < 0.6 * cover.box.area


def test_level_writing_and_other_shapes_are_told_by_one_box():
    quad = ((50.0, 50.0), (250.0, 52.0), (250.0, 72.0), (50.0, 70.0))
    level = Cover(Box(50, 50, 250, 72), "quad", quad)
    assert boxes_of(level, SIZE) == (level.box,)
    assert boxes_of(Cover(Box(1, 1, 9, 9), "ellipse"), SIZE) == (Box(1, 1, 9, 9),)


def test_writing_whose_corners_make_no_shape_is_covered_by_its_box(policy):
    flat = ((50.0, 60.0), (50.0, 60.0), (50.0, 60.0), (50.0, 60.0))

    (cover,) = plan_for(policy, judged("text", Decision.REDACT, Box(40, 50, 60, 70), TextDetails(quad=flat))).covers

    assert (cover.shape, cover.box) == ("box", Box(40, 50, 60, 70))


def test_what_has_no_place_in_the_picture_is_not_covered(policy):
    assert plan_for(policy, judged("metadata", Decision.REDACT)).covers == ()


@pytest.mark.parametrize(("decision", "turns"), [(Decision.REDACT, 3), (Decision.REVIEW, 3), (Decision.KEEP, 0)])
def test_turns_are_those_of_the_orientation_finding_unless_kept(policy, decision, turns):
    assert plan_for(policy, judged("orientation", decision, details=OrientationDetails(3))).turns == turns


def test_the_surest_orientation_wins(policy):
    first = judged("orientation", Decision.REDACT, details=OrientationDetails(3), score=0.6)
    second = judged("orientation", Decision.REDACT, details=OrientationDetails(1), score=0.8)

    assert plan_for(policy, first, second).turns == 1


def test_crops_are_suggested_only_when_faces_were_looked_for(policy, monkeypatch):
    offered = (Crop(Box(0, 0, 9, 9), "free", ("hand",), 0.5),)
    monkeypatch.setattr(planning, "suggest_crops", lambda *arguments: offered)
    hand = judged("hand", Decision.KEEP, Box(100, 100, 140, 150))

    assert plan_for(policy, hand).crops == offered
    assert plan_for(replace(policy, checks=("hand",)), hand).crops == ()
    assert plan_for(policy, judged("text", Decision.KEEP, Box(1, 1, 9, 9))).crops == ()
