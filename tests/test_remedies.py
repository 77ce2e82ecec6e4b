"""What would make a photo publishable."""

from __future__ import annotations

import datetime

from screen.geometry import Box
from screen.judge import judge
from screen.policy import Policy
from screen.records import Crop, Evidence, FaceDetails, Finding, NameDetails, Plan, Verdict
from screen.report.helps import help_sentences
from screen.roster import Person, Roster
from screen.rulings.remedies import Remedy, remedies
from screen.words import words

TODAY = datetime.date(2026, 10, 7)
DAY = datetime.timedelta(1)
ROSTER = Roster(
    (
        Person("P1", purposes={"website": True}),
        Person("P2", purposes={"website": False, "social": False}),
        Person("P3", purposes={"website": True, "social": True}, valid_to=TODAY - DAY),
        Person("P4", purposes={"website": True, "social": True}, protection_code="X"),
    )
)


def face(number: int, left: int, *people: str, by: str = "review-page") -> Finding:
    evidence = tuple(Evidence(by, (person,)) for person in people)
    return Finding("face", 0.9, Box(left, 0, left + 10, 10), FaceDetails(), evidence, f"f{number}")


def verdict(*findings: Finding, crops: tuple[Crop, ...] = ()) -> Verdict:
    policy = Policy("p", TODAY, purposes=("website", "social"))
    judged = judge(findings, policy, ROSTER)
    return Verdict("a.jpg", "0" * 64, (100, 100), judged, Plan(crops=crops), policy.purposes)


def test_cover_crop_say_and_ask() -> None:
    crops = (Crop(Box(0, 0, 50, 50), "1:1", ("hand",), 0.9), Crop(Box(60, 60, 90, 90), "1:1", ("hand",), 0.5))
    found = remedies(
        verdict(face(1, 0, "P1"), face(2, 20), face(3, 40, "P3"), face(4, 70, "P1", by="metadata"), crops=crops)
    )
    assert found == (
        Remedy("cover", ("website",), ("f2", "f3", "f4")),
        Remedy("crop", ("website", "social"), crop=2),
        Remedy("say", ("website",), ("f4",)),
        Remedy("ask", ("website", "social"), person_id="P3"),
        Remedy("cover", ("social",), ("f1", "f2", "f3", "f4")),
        Remedy("ask", ("social",), person_id="P1"),
    )


def test_nobody_is_asked_again_who_said_no() -> None:
    assert {remedy.kind for remedy in remedies(verdict(face(1, 0, "P2")))} == {"cover"}


def test_a_refused_photo_has_no_remedy_and_tells_nothing() -> None:
    assert remedies(verdict(face(1, 0, "P3"), face(2, 20, "P4"))) == ()


def test_a_photo_that_is_ready_needs_none() -> None:
    ready = verdict(face(1, 0, "P1"))
    assert all("website" not in remedy.purposes for remedy in remedies(ready))


def test_words_have_no_place_and_cannot_be_covered() -> None:
    caption = Finding("caption", 1.0, None, NameDetails("name", "Ann", "caption"), id="f1")
    assert remedies(verdict(caption)) == ()


def test_sentences_in_both_languages() -> None:
    shown = verdict(face(1, 0, "P1"), face(2, 20))
    assert help_sentences(shown, words("en"))[:1] == ("For website: cover f2; a safe copy does.",)
    french = help_sentences(shown, words("fr"))
    assert len(french) == 3
    assert all("{" not in sentence for sentence in french)
    assert french != help_sentences(shown, words("en"))
