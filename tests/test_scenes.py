from __future__ import annotations

import numpy as np
import pytest

from screen import looking_again, obstacles, scenes, subjects
from screen.crop import suggest_crops
from screen.geometry import Box
from screen.people import PersonMask
from screen.photo import photo_of
from screen.records import Decision, FaceDetails, Finding, HandDetails, Judgement, QualityDetails, Ruling
from screen.scenes import MOST_OBSTACLES, wide_crop

SIZE = (1500, 2000)
UPRIGHT = Judgement(Finding("quality", 1.0, None, QualityDetails("portrait", 0.75), id="q"), ())


@pytest.fixture(autouse=True)
def no_networks(monkeypatch):
    nobody = PersonMask(np.zeros((40, 30), np.float32), SIZE)
    monkeypatch.setattr(subjects, "person_mask", lambda photo: nobody)
    monkeypatch.setattr(obstacles, "person_mask", lambda photo: nobody)
    monkeypatch.setattr(scenes, "person_mask", lambda photo: nobody)
    monkeypatch.setattr(obstacles, "find_heads", lambda photo, mask: ())
    monkeypatch.setattr(looking_again, "pick", lambda *_: pytest.fail("the second look is scripted"))


@pytest.fixture(scope="module")
def photo():
    """Something to see in the lower part only."""
    pixels = np.full((SIZE[1], SIZE[0], 3), 90, np.uint8)
    pixels[1200:1800, ::12] = 255
    return photo_of(pixels)


def person(box, decision=Decision.REDACT, reason="no-consent"):
    details = FaceDetails(head=box.grown(0.3, 0.3, 0.3, SIZE))
    return Judgement(Finding("face", 0.95, box, details, id=f"f{box.left}"), (Ruling("website", decision, reason),))


def suggest(photo, *judgements, turns=0, look=lambda *_: ()):
    return suggest_crops(photo, judgements, turns, look)


def test_the_wide_part_of_an_upright_photo_is_where_there_is_something_to_see(photo):
    (crop,) = suggest(photo, UPRIGHT)

    assert crop.shows == ("scene",)
    assert crop.box.width == SIZE[0]
    assert crop.box.width / crop.box.height == pytest.approx(4 / 3, rel=0.01)
    assert crop.box.top <= 1200
    assert crop.box.bottom >= 1800
    assert crop.why == "Turns an upright photo into a wide one, as most networks show it best."


def test_a_wide_photo_needs_none(photo):
    assert suggest(photo) == ()


def test_people_to_hide_are_not_in_it_and_people_who_agreed_are_not_cut(photo):
    hidden, agreed = Box(700, 1500, 800, 1620), Box(300, 1000, 500, 1240)
    offered = suggest(photo, UPRIGHT, person(hidden))
    shown = suggest(photo, UPRIGHT, person(agreed, Decision.KEEP, "consent"))

    assert offered
    assert not any(crop.box.intersection(Box(670, 1464, 830, 1656)) for crop in offered)
    head = person(agreed).finding.details.head
    assert all(crop.box.contains(head) or not crop.box.intersection(head) for crop in shown)


def test_a_turned_photo_gives_a_crop_that_is_wide_once_it_is_set_right():
    pixels = np.full((1500, 2000, 3), 90, np.uint8)
    pixels[::12, 1200:1800] = 255
    (crop,) = suggest(photo_of(pixels), UPRIGHT, turns=1)

    assert crop.box.height / crop.box.width == pytest.approx(4 / 3, rel=0.01)
    assert crop.box.left <= 1200
    assert crop.box.right >= 1800


def test_it_is_looked_at_again(photo):
    missed = Box(700, 1500, 800, 1620)

    def look(_, box):
        return [missed] if box.intersection(missed) else []

    assert all(not crop.box.intersection(missed) for crop in suggest(photo, UPRIGHT, look=look))
    assert suggest(photo, UPRIGHT, look=lambda _, box: [box]) == ()


def test_hands_that_give_a_wide_crop_are_enough(photo):
    hand = Judgement(Finding("hand", 0.95, Box(600, 1400, 800, 1560), HandDetails(), id="h"), ())

    assert {crop.shows for crop in suggest(photo, UPRIGHT, hand)} == {("hand",)}


def test_nothing_is_shown_where_somebody_must_not_be_seen_and_nobody_knows_where(photo):
    refused = Judgement(Finding("caption", 1.0, None, None, id="c"), (Ruling("website", Decision.REFUSE, "x"),))

    assert suggest(photo, UPRIGHT, refused) == ()


def test_a_narrow_rest_or_a_crowd_is_not_worth_it(photo):
    pillar = Box(600, 0, 900, 2000)
    crowd = [Box(10 * i, 10, 10 * i + 5, 20) for i in range(MOST_OBSTACLES + 1)]

    assert wide_crop(photo, [pillar], (), 0) == ()
    assert wide_crop(photo, crowd, (), 0) == ()
    assert wide_crop(photo, crowd[:5], (), 0)


def test_it_is_no_picture_of_a_body_without_its_head(photo, monkeypatch):
    values = np.zeros((40, 30), np.float32)
    values[14:, 10:20] = 1
    monkeypatch.setattr(scenes, "person_mask", lambda photo: PersonMask(values, SIZE))

    assert wide_crop(photo, [Box(500, 500, 1000, 700)], (), 0) == ()
    assert wide_crop(photo, (), (), 0)  # nobody is left out, so nobody is without a head
