"""The caption check: what people should not write beside a photo."""

from __future__ import annotations

import numpy as np
import pytest

from screen.checks.caption import CaptionCheck, CaptionSettings
from screen.photo import photo_of
from screen.records import NameDetails


def found(text: str) -> list[tuple[str, str]]:
    check = CaptionCheck(CaptionSettings(text))
    details = [f.details for f in check.inspect(photo_of(np.zeros((8, 8, 3), np.uint8)))]
    assert all(isinstance(d, NameDetails) and d.where == "caption" for d in details)
    return [(d.kind, d.text) for d in details if isinstance(d, NameDetails)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Our class visits the science museum.",
        "Please send us your photos by Friday!",
        "A support group of parents painted the wall.",
        "La classe découvre le musée, merci à tous !",
        "We fostered a love of reading. 25 books in 3 weeks.",
        "The plan was adopted by the council.",
    ],
)
def test_captions_that_say_nothing_private(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Thanks @mr_smith for the help", ("tag", "@mr_smith")),
        ("He got 17/20!", ("grade", "17/20")),
        ("Student ID 20240183", ("student-id", "20240183")),
        ("Write to anne@school.org", ("contact", "anne@school.org")),
        ("Call 06 12 34 56 78", ("contact", "06 12 34 56 78")),
        ("Our special education class", ("special-population", "special education")),
        ("Special Ed. at work", ("special-population", "special ed")),
        ("Autistic children paint", ("special-population", "autistic")),
        ("SEND pupils bake bread", ("special-population", "send pupils")),
        ("Wheelchair race", ("special-population", "wheelchair")),
        ("Foster children visit us", ("special-population", "foster children")),
        ("Les élèves allophones chantent", ("special-population", "allophones")),
        ("La classe ULIS au musée", ("special-population", "ulis")),
        ("Nos élèves en situation de handicap", ("special-population", "handicap")),
        ("Les enfants placés de l’école", ("special-population", "enfants places")),
        ("Year 5 at the zoo", ("class", "Year 5")),
    ],
)
def test_captions_that_give_somebody_away(text: str, wanted: tuple[str, str]) -> None:
    assert wanted in found(text)
