"""Crops when there is a roster: from findings to plan, through identify() and judge(); the networks are scripted."""

from __future__ import annotations

import datetime
from dataclasses import replace

import numpy as np
import pytest

from screen import crop, obstacles, scenes, subjects
from screen.geometry import Box
from screen.people import PersonMask
from screen.photo import photo_of
from screen.policy import load_policy
from screen.records import Decision, FaceDetails, Finding, HandDetails
from screen.report.crops import crop_sentences, no_crop
from screen.roster import EMPTY, Person, Roster
from screen.screening import conclude
from screen.words import words

TODAY = datetime.date(2026, 10, 7)
SIZE = (4000, 3000)
FIRST, SECOND, HAND, BACK = (
    Box(600, 700, 900, 1100),
    Box(2900, 700, 3200, 1100),
    Box(900, 2200, 1150, 2400),
    Box(2900, 1800, 3250, 2250),
)
FACES = tuple(
    Finding("face", 0.95, box, FaceDetails(width=300, head=box.grown(0.35, 0.5, 0.2, SIZE)), id=f"f{number}")
    for number, box in enumerate((FIRST, SECOND), 1)
)
SHOWN = (Finding("hand", 0.95, HAND, HandDetails(), id="f3"), Finding("back", 0.9, BACK, id="f4"))


@pytest.fixture(autouse=True)
def no_networks(monkeypatch):
    nobody = PersonMask(np.zeros((30, 40), np.float32), SIZE)
    for module in (obstacles, scenes, subjects):
        monkeypatch.setattr(module, "person_mask", lambda photo: nobody)
    monkeypatch.setattr(obstacles, "find_heads", lambda photo, mask: ())
    monkeypatch.setattr(crop, "look_for_faces", lambda photo, box, known=(): ())


@pytest.fixture(scope="module")
def photo():
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    pixels[:, ::16] = 255
    return replace(photo_of(pixels), source="IMG_1.jpg")


def person(number, website=True, **columns):
    purposes = {"website": website, "social": website}
    first, last = {1: ("Inès", "Benali"), 2: ("Jonas", "Okafor")}[number]
    return Person(f"P{number}", first=first, last=last, purposes=purposes, **columns)


def screened(photo, findings, *people, named=(), purposes=("website",)):
    policy = replace(load_policy("classroom", TODAY), named=named, purposes=purposes)
    return conclude(photo, tuple(findings), policy, Roster(people) if people else EMPTY)


def test_without_hands_and_backs_a_crop_drops_only_who_did_not_agree(photo):
    found = screened(photo, FACES, person(1), person(2, website=False), named=(("f1", "P1"), ("f2", "P2")))

    assert found.plan.crops
    for offered in found.plan.crops:
        assert offered.shows == ("face",)
        assert offered.box.contains(FIRST)
        assert not offered.box.intersection(FACES[1].details.head)
        assert "whose consent is on the roster" in offered.why
    assert not no_crop(found)


def test_the_purpose_decides_whose_consent_counts(photo):
    roster = (person(1), replace(person(2), purposes={"website": True, "social": False}))
    named = (("f1", "P1"), ("f2", "P2"))

    everywhere = screened(photo, FACES, *roster, named=named, purposes=("website", "social"))
    website = screened(photo, FACES, *roster, named=named, purposes=("website",))

    assert everywhere.plan.crops
    assert not any(offered.box.intersection(SECOND) for offered in everywhere.plan.crops)
    assert website.decision == Decision.KEEP
    assert website.plan.crops == ()


def test_nobody_known_and_nothing_else_to_show_means_blur_and_says_so(photo):
    found = screened(photo, FACES)

    assert found.plan.crops == ()
    assert no_crop(found)
    assert "blurred copy" in crop_sentences(found, words("en"))[0]


def test_hands_and_backs_come_before_people_who_agreed(photo):
    found = screened(photo, (*FACES, *SHOWN), person(1), person(2, website=False), named=(("f1", "P1"), ("f2", "P2")))

    assert found.plan.crops
    assert not any("face" in offered.shows for offered in found.plan.crops)


def test_a_protected_child_is_in_no_crop_not_even_from_behind(photo):
    """The face was named, so its place is known: head and body are left out; the others may be shown from behind."""
    protected = person(2, protection_code="court")
    found = screened(photo, (*FACES, *SHOWN), person(1), protected, named=(("f1", "P1"), ("f2", "P2")))
    body = Box(SECOND.left, SECOND.top, SECOND.right, SIZE[1])

    assert found.decision == Decision.REFUSE
    assert not any(offered.box.intersection(body) for offered in found.plan.crops)
    assert not any("back" in offered.shows for offered in found.plan.crops)  # it stands there, below the face


@pytest.mark.parametrize("where", ["caption", "filename"])
def test_a_protected_child_whose_place_nobody_knows_leaves_no_crop_at_all(photo, where):
    policy = load_policy("classroom", TODAY).changed("caption", text="Jonas Okafor reads" if where == "caption" else "")
    named = replace(photo, source="Jonas Okafor reads.jpg") if where == "filename" else photo
    roster = Roster((person(1), person(2, protection_code="court")))

    found = conclude(named, (*FACES, *SHOWN), policy, roster)

    assert found.decision == Decision.REFUSE
    assert found.plan.crops == ()
    assert crop_sentences(found, words("en")) == ()
