"""The filename check: private things in the names of files and folders, and what cameras write is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from screen.checks.filename import FilenameCheck, FilenameSettings
from screen.errors import UsageError
from screen.photo import photo_of
from screen.records import NameDetails
from screen.typed.sources import name_parts


def found(source: str, **settings: object) -> list[tuple[str, str, str]]:
    photo = replace(photo_of(np.zeros((8, 8, 3), np.uint8)), source=source)
    details = [f.details for f in FilenameCheck(FilenameSettings(**settings)).inspect(photo)]  # type: ignore[arg-type]
    return [(d.kind, d.text, d.where) for d in details if isinstance(d, NameDetails)]


@pytest.mark.parametrize(
    "name",
    [
        *("IMG_1234", "DSC01234", "DSC_0123_edit", "DSCN1234", "P1010123", "100_1234", "GOPR0123", "IMG_0001 (2)"),
        *("2008_001009", "000000000785", "20240183", "image 12", "photo-bcdfghjkmnpq", "class photo", "science fair"),
        *("a3f9c2d41b7e4c0da3f9c2d41b7e4c0d", "3f2504e0-4f89-41d3-9a0c-0305e82c3301", "sortie au musée", "untitled"),
    ],
)
def test_names_that_say_nothing_of_people(name: str) -> None:
    assert found(f"{name}.jpg") == []


@pytest.mark.parametrize(
    ("name", "kind", "text"),
    [
        ("PXL_20260102_101112345", "date", "20260102_101112345"),
        ("IMG-20260102-WA0012", "date", "20260102"),
        ("WhatsApp Image 2026-01-02 at 10.11.12", "date", "2026-01-02 at 10.11.12"),
        ("FB_IMG_1610000000000", "date", "1610000000000"),
        ("02-01-2026 fete", "date", "02-01-2026"),
        ("2 mai 2026", "date", "2 mai 2026"),
        ("id20240183", "student-id", "20240183"),
        ("eleve-20240183", "student-id", "20240183"),
        ("student no 20240183", "student-id", "20240183"),
        ("4B at work", "class", "4B"),
        ("CM2 sortie", "class", "CM2"),
        ("maths 17 sur 20", "grade", "17 sur 20"),
        ("tel 06 12 34 56 78", "contact", "06 12 34 56 78"),
        ("anne@school.org", "contact", "anne@school.org"),
        ("our autistic pupils", "special-population", "autistic"),
        ("sortie ULIS", "special-population", "ulis"),
    ],
)
def test_private_things_in_a_file_name(name: str, kind: str, text: str) -> None:
    assert (kind, text, "filename") in found(f"{name}.jpg")


def test_folders_of_a_tree_count_and_those_of_the_computer_do_not() -> None:
    assert found("id20240183/2026-05-01/IMG_1.jpg") == [
        ("student-id", "20240183", "folder"),
        ("date", "2026-05-01", "folder"),
    ]
    assert found("/home/id20240183/2026-05-01/IMG_1.jpg") == [("date", "2026-05-01", "folder")]
    assert name_parts("C:/Users/anne/Trip/a.b.jpg") == (("filename", "a.b"), ("folder", "Trip"))
    assert name_parts("../x/y.heic") == (("filename", "y"), ("folder", "x"))


def test_a_school_may_give_its_own_numbers() -> None:
    assert found("kg-77812.jpg", numbers=(r"\d{5}",)) == [("student-id", "77812", "filename")]
    with pytest.raises(UsageError, match="regular expression"):
        FilenameCheck(FilenameSettings(numbers=("(",)))


def test_words_of_special_populations_come_from_the_policy() -> None:
    assert found("choir trip.jpg", special=("choir",)) == [("special-population", "choir", "filename")]
    assert found("autistic.jpg", special=()) == []
