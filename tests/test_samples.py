"""The sample pictures: what is in the files, and what the program finds in them with its real models."""

from __future__ import annotations

import datetime
import io
from pathlib import Path

import pytest
from PIL import Image

from screen.photo import is_picture, open_photo
from screen.policy import load_policy
from screen.records import Decision, Verdict
from screen.rosters import read_roster
from screen.screening import screen_photo

FOLDER = Path(__file__).resolve().parent.parent / "sample_images"
TODAY = datetime.date(2026, 10, 7)
BARE = (
    "Amina_Lindqvist_card.jpg",
    "computer-corner.jpg",
    "craft-table.jpg",
    "library-notice.jpg",
    "rehearsal.jpg",
    "report-card.jpg",
    "whiteboard-4B.jpg",
)
ALL = (*BARE, "IMG_20260312_101512.jpg", "science-fair.heic", "visitor-from-space.jpg")


def test_the_folder_holds_these_pictures() -> None:
    assert {path.name for path in FOLDER.iterdir() if is_picture(path)} == set(ALL)


@pytest.mark.parametrize("name", ALL)
def test_size_of_files_and_pictures(name: str) -> None:
    assert (FOLDER / name).stat().st_size <= 400_000
    assert 1600 <= max(open_photo(FOLDER / name).size) <= 2400


@pytest.mark.parametrize("name", BARE)
def test_no_metadata_where_none_is_meant(name: str) -> None:
    with Image.open(FOLDER / name) as image:
        assert not image.getexif()
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_each_is_named_in_the_readme() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in ALL if f"`{name}`" not in text] == []


def test_sideways_by_exif_is_opened_upright() -> None:
    photo = open_photo(FOLDER / "visitor-from-space.jpg")
    assert photo.exif_orientation == 6
    assert photo.size[0] > photo.size[1]


def test_sideways_pixels_stay_as_they_are() -> None:
    photo = open_photo(FOLDER / "computer-corner.jpg")
    assert photo.exif_orientation == 1
    assert photo.size[0] < photo.size[1]


def test_hidden_data_is_really_there() -> None:
    data = (FOLDER / "IMG_20260312_101512.jpg").read_bytes()
    assert b"<mwg-rs:Name>Eileen Collins</mwg-rs:Name>" in data
    assert b"Grace Hopper" in data
    with Image.open(FOLDER / "IMG_20260312_101512.jpg") as image:
        assert image.getexif().get_ifd(0x8825)  # GPS
        shape = image.width / image.height
    with Image.open(io.BytesIO(data[data.index(b"\xff\xd8", 4) :])) as thumbnail:
        assert thumbnail.width / thumbnail.height > 1.2 * shape


def test_roster_can_be_used() -> None:
    roster = read_roster(FOLDER / "roster.csv", today=TODAY)
    assert len(roster.people) >= 8


@pytest.fixture(scope="module")
def verdicts() -> dict[str, Verdict]:
    """The verdicts of all pictures, with the roster, by the real models."""
    policy, roster = load_policy("classroom", TODAY), read_roster(FOLDER / "roster.csv", today=TODAY)
    return {name: screen_photo(open_photo(FOLDER / name, name), policy, roster) for name in ALL}


def seen(verdict: Verdict) -> set[str]:
    """Kinds of findings that call for something."""
    return {judgement.finding.check for judgement in verdict.judgements if judgement.decision > Decision.KEEP}


def details(verdict: Verdict, check: str, field: str) -> set[object]:
    """What the findings of one check say under one field."""
    found = (judgement.finding for judgement in verdict.judgements if judgement.finding.check == check)
    return {getattr(finding.details, field) for finding in found}


@pytest.mark.models
def test_the_clean_picture_may_be_published(verdicts: dict[str, Verdict]) -> None:
    assert seen(verdicts["craft-table.jpg"]) == set()
    assert [name for name in ALL if verdicts[name].decision is Decision.KEEP] == ["craft-table.jpg"]


@pytest.mark.models
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Amina_Lindqvist_card.jpg", {"face", "text", "filename"}),
        ("computer-corner.jpg", {"face", "orientation"}),
        ("IMG_20260312_101512.jpg", {"face", "metadata"}),
        ("library-notice.jpg", {"code"}),
        ("rehearsal.jpg", {"blur", "face"}),
        ("report-card.jpg", {"text"}),
        ("science-fair.heic", {"face"}),
        ("visitor-from-space.jpg", {"face"}),
        ("whiteboard-4B.jpg", {"text"}),
    ],
)
def test_what_each_picture_shows_is_found(verdicts: dict[str, Verdict], name: str, expected: set[str]) -> None:
    assert expected <= seen(verdicts[name])


@pytest.mark.models
def test_private_text_is_told_by_its_kind(verdicts: dict[str, Verdict]) -> None:
    assert {"name", "student-id"} <= details(verdicts["Amina_Lindqvist_card.jpg"], "text", "category")
    assert {"name", "student-id", "grade"} <= details(verdicts["report-card.jpg"], "text", "category")
    assert {"name", "grade", "class"} <= details(verdicts["whiteboard-4B.jpg"], "text", "category")


@pytest.mark.models
def test_turns(verdicts: dict[str, Verdict]) -> None:
    assert {name: verdict.plan.turns for name, verdict in verdicts.items() if verdict.plan.turns} == {
        "computer-corner.jpg": 3
    }


@pytest.mark.models
def test_only_the_shaken_picture_is_called_blurred(verdicts: dict[str, Verdict]) -> None:
    assert [name for name in ALL if "blur" in seen(verdicts[name])] == ["rehearsal.jpg"]
    assert details(verdicts["rehearsal.jpg"], "blur", "cause") == {"motion"}


@pytest.mark.models
def test_hidden_data_is_told_by_its_kind(verdicts: dict[str, Verdict]) -> None:
    kinds = details(verdicts["IMG_20260312_101512.jpg"], "metadata", "kind")
    assert {"gps", "device", "time", "thumbnail"} <= kinds
    assert kinds & {"name", "region"}
