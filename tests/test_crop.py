from __future__ import annotations

import numpy as np
import pytest

from screen import looking_again, obstacles, subjects
from screen.copies.masks import mask_of
from screen.crop import ASPECTS, LONG_SIDES, suggest_crops
from screen.faces import RawFace
from screen.geometry import Box
from screen.people import PersonMask
from screen.people.heads import Head
from screen.photo import photo_of
from screen.records import Cover, Decision, FaceDetails, Finding, HandDetails, Judgement, Landmark, Ruling, TextDetails

SIZE = (4000, 3000)
BOXES = {"hand": Box(1500, 2000, 1800, 2200), "face": Box(1500, 300, 1900, 800), "back": Box(2800, 900, 3200, 1400)}
DETAILS = {"hand": HandDetails(), "face": FaceDetails(width=400), "text": TextDetails("name")}


@pytest.fixture(autouse=True)
def no_networks(monkeypatch):
    """Nobody is in the mask, and there are no outlines of heads, unless a test says so."""
    nobody = PersonMask(np.zeros((30, 40), np.float32), SIZE)
    monkeypatch.setattr(subjects, "person_mask", lambda photo: nobody)
    monkeypatch.setattr(obstacles, "person_mask", lambda photo: nobody)
    monkeypatch.setattr(obstacles, "find_heads", lambda photo, mask: ())


@pytest.fixture(scope="module")
def photo():
    """Lines everywhere, so that there is something to see."""
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    pixels[:, ::16] = 255
    return photo_of(pixels)


def found(check, decision=Decision.KEEP, box=None, reason="", details=None, score=0.95, name=None):
    box = box or BOXES[check]
    finding = Finding(check, score, box, details or DETAILS.get(check), id=name or f"{check}-{box.left}")
    return Judgement(finding, (Ruling("website", decision, reason),))


HAND, BACK = found("hand"), found("back")
FACE = found("face", Decision.REDACT, reason="no-consent")


def nothing_more(photo, box):
    return ()


def suggest(photo, *judgements, turns=0, look=nothing_more):
    return suggest_crops(photo, judgements, turns, look)


def test_hands_are_shown_whole_without_the_face(photo):
    offered = suggest(photo, HAND, FACE)

    assert offered
    for crop in offered:
        assert crop.shows == ("hand",)
        assert crop.box.contains(BOXES["hand"])
        assert not crop.box.intersection(BOXES["face"])
        assert Box(0, 0, *SIZE).contains(crop.box)
        assert max(crop.box.width, crop.box.height) >= LONG_SIDES[0]
        assert 0 < crop.score <= 1
        assert "no face" in crop.why


def test_every_aspect_is_offered_in_its_shape_and_the_best_comes_first(photo):
    offered = suggest(photo, HAND, FACE)

    for crop in offered:
        if ASPECTS[crop.aspect]:
            assert crop.box.width / crop.box.height == pytest.approx(ASPECTS[crop.aspect], rel=0.01)
    assert {crop.aspect for crop in offered} >= {"16:9", "4:3", "1:1", "4:5"}
    assert [crop.score for crop in offered] == sorted((crop.score for crop in offered), reverse=True)


def test_aspects_are_those_of_the_turned_picture(photo):
    for crop in suggest(photo, HAND, FACE, turns=1):
        if ASPECTS[crop.aspect]:
            assert crop.box.height / crop.box.width == pytest.approx(ASPECTS[crop.aspect], rel=0.01)


def test_hands_and_backs_are_shown_together_or_each_by_itself(photo):
    offered = suggest(photo, HAND, BACK, FACE)

    assert any(crop.box.contains(BOXES["back"]) and "back" in crop.shows for crop in offered)
    assert any(crop.box.contains(BOXES["hand"]) and "hand" in crop.shows for crop in offered)
    assert any("recognise the person" in crop.why for crop in offered if "back" in crop.shows)


def test_no_other_hand_is_cut(photo):
    other = found("hand", box=Box(2000, 2000, 2300, 2200))

    for crop in suggest(photo, HAND, other, FACE):
        for box in (BOXES["hand"], Box(2000, 2000, 2300, 2200)):
            shared = crop.box.intersection(box)
            assert shared in {None, box}


@pytest.mark.parametrize("reach", ["whole head", "kept face", "unsure face", "face without a box"])
def test_no_pixel_of_a_head_is_shown_whatever_was_decided(photo, reach):
    head = Box(1350, 100, 2050, 1200)
    face = {
        "whole head": found("face", Decision.REDACT, details=FaceDetails(head=head)),
        "kept face": found("face", Decision.KEEP, details=FaceDetails(head=head), reason="not-identifiable"),
        "unsure face": found("face", Decision.KEEP, details=FaceDetails(head=head, certainty="weak"), score=0.1),
        "face without a box": Judgement(
            Finding("face", 0.2, None, FaceDetails(head=head, certainty="unclear", place=BOXES["face"]), id="f9"),
            (Ruling("website", Decision.REVIEW, "may-be-a-face"),),
        ),
    }[reach]

    offered = suggest(photo, HAND, face)

    assert offered
    assert not any(crop.box.intersection(head) for crop in offered)


def below_the_line(box, head=None, decision=Decision.REVIEW, certainty="unclear"):
    """A face below the line: it has a place, but nothing is hidden there."""
    details = FaceDetails(head=head or box, certainty=certainty, place=box)
    return Judgement(Finding("face", 0.2, None, details, id="f9"), (Ruling("website", decision, "may-be-a-face"),))


def test_hair_on_the_back_of_a_head_is_no_face(photo):
    """The back was looked at more closely than a face below the line."""
    inside, beside = Box(2900, 1000, 3100, 1300), Box(3100, 1000, 3400, 1300)

    assert any("back" in crop.shows for crop in suggest(photo, BACK, below_the_line(inside)))
    assert not any(crop.box.intersection(beside) for crop in suggest(photo, BACK, below_the_line(beside)))
    assert suggest(photo, BACK, below_the_line(inside, decision=Decision.REFUSE)) == ()


def test_somebody_half_hidden_by_a_sure_face_is_not_shown(photo):
    """Below the line, but somebody should look: the sure face in front of it does not speak for it."""
    place, head = Box(1850, 500, 2000, 800), Box(1800, 400, 2300, 1200)
    face = found("face", Decision.REDACT, details=FaceDetails(head=Box(1400, 200, 2100, 1000)))

    offered = suggest(photo, HAND, face, below_the_line(place, head))

    assert offered
    assert not any(crop.box.intersection(head) for crop in offered)


@pytest.mark.parametrize(("presence", "free"), [(0.1, True), (0.4, False)])
def test_a_weak_face_on_an_unsure_hand_is_left_to_the_face_mesh(photo, monkeypatch, presence, free):
    monkeypatch.setattr(obstacles, "face_presence", lambda photo, box: presence)
    weak = below_the_line(Box(1600, 2050, 1700, 2150), decision=Decision.KEEP, certainty="weak")

    assert bool(suggest(photo, found("hand", score=0.8), weak)) == free
    assert suggest(photo, found("hand", score=0.95), weak)


def test_round_heads_are_followed_and_wholly_avoided():
    head = Box(1000, 1000, 1400, 1600)
    parts = obstacles.rounded(head, SIZE)
    ys, xs = np.mgrid[950:1650, 950:1450]
    inside = ((xs + 0.5 - 1200) / 200) ** 2 + ((ys + 0.5 - 1300) / 300) ** 2 <= 1
    held = np.zeros_like(inside)
    for part in parts:
        held |= (xs >= part.left) & (xs < part.right) & (ys >= part.top) & (ys < part.bottom)

    assert held[inside].all()
    assert held.sum() < 1.15 * inside.sum()
    assert obstacles.rounded(Box(0, 0, 400, 600), SIZE) == (Box(0, 0, 400, 600),)


def test_no_crop_shows_the_soft_edge_of_a_cover(photo):
    face = found("face", Decision.REDACT, details=FaceDetails(head=Box(1350, 100, 2050, 1200)))
    covered = mask_of(Cover(Box(1350, 100, 2050, 1200), "ellipse", None, "f", BOXES["face"]), SIZE)
    offered = suggest(photo, HAND, face)

    assert offered
    for crop in offered:
        if shared := crop.box.intersection(covered.box):
            left, top = shared.left - covered.box.left, shared.top - covered.box.top
            seen = covered.alpha[top : top + shared.height, left : left + shared.width]
            assert not seen.any()


def test_a_hand_in_the_corner_of_a_heads_box_can_be_shown_and_the_face_cannot(photo):
    head, face = Box(1000, 1000, 1800, 2000), Box(1150, 1200, 1650, 1850)
    hidden = found("face", Decision.REDACT, face, details=FaceDetails(head=head))
    hand = found("hand", box=Box(1740, 1890, 1900, 2050))

    offered = suggest(photo, hand, hidden)

    assert offered
    for crop in offered:
        for part in (*obstacles.rounded(head, SIZE), face):
            assert not crop.box.intersection(part)


def test_what_a_hand_works_at_is_in_the_crop():
    points = (Landmark("wrist", (1500, 2100)), Landmark("middle-mcp", (1600, 2100)))
    around = subjects._around(Finding("hand", 0.9, BOXES["hand"], HandDetails("left", points)), BOXES["hand"], SIZE)
    without = subjects._around(Finding("hand", 0.9, BOXES["hand"], HandDetails()), BOXES["hand"], SIZE)

    assert around.right - BOXES["hand"].right > 1.5 * (BOXES["hand"].left - around.left)
    assert around.contains(without)


def test_bodies_without_heads_are_worth_less(photo, monkeypatch):
    values = np.zeros((30, 40), np.float32)
    values[:20, :20] = 1
    monkeypatch.setattr(subjects, "person_mask", lambda photo: PersonMask(values, SIZE))
    table, torso = Box(2500, 1000, 3500, 1800), Box(200, 500, 1200, 1300)

    assert subjects.liveliness(photo, table, ("hand",)) == 1
    assert subjects.liveliness(photo, torso, ("hand",)) < 0.35
    assert subjects.liveliness(photo, torso, ("back",)) == 1
    below = Box(1000, 1600, 2000, 2400)
    upper, lower = (subjects.liveliness(photo, below, ("hand",), turns) for turns in (0, 2))
    assert upper < lower


def test_what_is_hardly_a_face_is_no_obstacle(photo):
    ghost = found("face", details=FaceDetails(certainty="weak"), score=0.01, box=Box(1500, 1990, 1810, 2210))

    assert suggest(photo, HAND, ghost)


def test_private_text_is_never_in_a_crop_and_other_text_may_be(photo):
    box = Box(1900, 2100, 2400, 2180)

    hidden = suggest(photo, HAND, found("text", Decision.REDACT, box))
    shown = suggest(photo, HAND, found("text", Decision.KEEP, box))

    assert hidden
    assert not any(crop.box.intersection(box) for crop in hidden)
    assert any(crop.box.intersection(box) for crop in shown)


def test_a_head_in_an_outline_that_is_no_known_back_is_not_shown(photo, monkeypatch):
    head = Box(1900, 1900, 2200, 2300)
    monkeypatch.setattr(obstacles, "find_heads", lambda photo, mask: (Head(head, 0.8),))

    offered = suggest(photo, HAND)

    assert offered
    assert not any(crop.box.intersection(head) for crop in offered)


def test_whoever_is_refused_is_not_shown_at_all_not_even_from_behind(photo):
    refused = found("face", Decision.REFUSE, Box(1500, 300, 1700, 550))
    body = Box(1500, 550, 1700, 1800)

    offered = suggest(photo, HAND, BACK, refused)

    assert offered
    assert not any(crop.box.intersection(body) for crop in offered)
    assert suggest(photo, found("back", Decision.REFUSE), found("hand", box=Box(2850, 1800, 3000, 1900))) == ()


def test_in_a_photo_that_lies_the_body_may_be_on_any_side(photo):
    refused = found("face", Decision.REFUSE, Box(1000, 2300, 1100, 2420))

    offered = suggest(photo, HAND, BACK, refused, turns=1)

    assert not any(crop.box.intersection(Box(1100, 2300, 1700, 2420)) for crop in offered)


def test_when_nobody_knows_where_the_refused_person_is_nothing_is_offered(photo):
    somewhere = Judgement(Finding("metadata", 1.0), (Ruling("website", Decision.REFUSE, "no-consent"),))

    assert suggest(photo, HAND, BACK, somewhere) == ()


def test_a_hand_on_a_face_cannot_be_shown(photo):
    assert suggest(photo, found("hand", box=Box(1550, 400, 1700, 500)), FACE) == ()


def test_nothing_to_show_is_nothing(photo):
    assert suggest(photo, FACE) == ()
    assert suggest(photo) == ()


def test_every_crop_is_looked_at_again_and_what_is_seen_there_is_left_out(photo):
    missed = Box(1000, 2300, 1300, 2700)

    def look(_, box):
        return [missed] if box.intersection(missed) else []

    without_look = suggest(photo, HAND, FACE)
    offered = suggest(photo, HAND, FACE, look=look)

    assert any(crop.box.intersection(missed) for crop in without_look)
    assert offered
    assert not any(crop.box.intersection(missed) for crop in offered)


def test_what_never_passes_the_second_look_is_not_offered(photo):
    assert suggest(photo, HAND, FACE, look=lambda _, box: [Box(box.left, box.top, box.left + 9, box.top + 9)]) == ()


def test_a_look_that_breaks_offers_nothing(photo):
    def broken(_, __):
        raise RuntimeError("no network")

    with pytest.raises(RuntimeError):
        suggest(photo, HAND, FACE, look=broken)


def test_smaller_crops_only_when_there_is_nothing_else_and_it_is_said(photo):
    ring = [
        found("face", Decision.REDACT, Box(900, 1500, 1300, 2600), name="f1"),
        found("face", Decision.REDACT, Box(1950, 1500, 2300, 2600), name="f2"),
        found("face", Decision.REDACT, Box(1300, 1500, 1950, 1700), name="f3"),
        found("face", Decision.REDACT, Box(1300, 2400, 1950, 2600), name="f4"),
    ]

    offered = suggest(photo, HAND, *ring)

    assert offered
    assert all(max(crop.box.width, crop.box.height) < LONG_SIDES[0] for crop in offered)
    assert all("smaller" in crop.why for crop in offered)


def test_people_who_agreed_are_shown_when_there_are_no_hands(photo):
    agreed = found("face", Decision.KEEP, Box(2800, 900, 3100, 1300), "consent")

    offered = suggest(photo, agreed, FACE)

    assert offered
    assert all(crop.shows == ("face",) for crop in offered)
    assert not any(crop.box.intersection(BOXES["face"]) for crop in offered)
    assert suggest(photo, agreed) == ()  # nobody is hidden, so nothing has to be left out


def test_unrecognisable_faces_are_not_people_who_agreed(photo):
    assert suggest(photo, found("face", Decision.KEEP, Box(2800, 900, 3100, 1300), "not-identifiable"), FACE) == ()


def test_the_look_at_people_who_agreed_sees_the_others(photo):
    agreed, box = found("face", Decision.KEEP, Box(2800, 900, 3100, 1300), "consent"), Box(2800, 900, 3100, 1300)

    assert suggest(photo, agreed, FACE, look=lambda *_: [box])
    assert (
        suggest(photo, agreed, FACE, look=lambda _, seen: [box, Box(seen.left, seen.top, seen.left + 9, seen.bottom)])
        == ()
    )


def test_a_crowd_is_kept_out_of_every_crop(photo):
    random = np.random.default_rng(5)
    crowd = [
        found("face", Decision.REDACT, Box(x, y, x + 90, y + 110), name=f"f{i}")
        for i, (x, y) in enumerate(zip(random.integers(0, 3900, 30), random.integers(0, 1300, 30), strict=True))
    ]
    hands = [found("hand", box=Box(300 + 500 * i, 2000, 450 + 500 * i, 2120)) for i in range(7)]
    offered = suggest(photo, *hands, *crowd)

    assert offered
    faces = [one.finding.box for one in crowd]
    assert not [crop for crop in offered if any(crop.box.shared_area(face) for face in faces)]


@pytest.mark.models
def test_the_second_look_sees_faces_and_nothing_where_nothing_is(shared_data):
    from screen.photo import open_photo

    people = open_photo(shared_data / "faces/dlib/2007_007763.jpg")
    nobody = photo_of(np.full((400, 600, 3), 150, np.uint8))

    heads = looking_again.look_for_faces(people, Box(160, 60, 380, 300))

    assert any(head.contains(Box(200, 95, 225, 122)) for head in heads)
    assert looking_again.look_for_faces(nobody, Box(50, 50, 500, 350)) == []


class Fixed:
    """A model that always sees one face, in a view as large as the part."""

    def __init__(self, score):
        self.score = score

    def detect(self, pixels, threshold):
        return [RawFace(100, 100, 200, 220, self.score)] if self.score >= threshold else []


@pytest.mark.parametrize(
    ("score", "elsewhere", "on_a_back"), [(0.6, True, True), (0.3, True, False), (0.1, False, False)]
)
def test_the_second_look_is_stricter_where_nobody_is_known_to_be(monkeypatch, score, elsewhere, on_a_back):
    monkeypatch.setattr(looking_again, "pick", lambda *_: Fixed(score))
    bare, part = photo_of(np.zeros((800, 800, 3), np.uint8)), Box(80, 80, 720, 720)

    assert bool(looking_again.look_for_faces(bare, part)) == elsewhere
    assert bool(looking_again.look_for_faces(bare, part, known=[Box(150, 150, 320, 340)])) == on_a_back
