"""Pictures stored the wrong way: on their side, on their head, with contradictory EXIF, with an odd thumbnail."""

from __future__ import annotations

import dataclasses
import io
import struct
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from screen.checks.metadata import MetadataCheck
from screen.ocr import read_photo
from screen.photo import Photo, Pixels, open_photo, photo_from_bytes, photo_of
from screen.policy import Policy
from screen.quality.uprightness import uprightness_of
from screen.records import MetadataDetails, OrientationDetails, TextDetails, Verdict
from screen.roster import EMPTY
from screen.screening import screen_photo

SAMPLES = Path(__file__).resolve().parent.parent / "sample_images"


def sample(name: str, long_side: int = 1200) -> Pixels:
    image = Image.fromarray(open_photo(SAMPLES / name).pixels)
    image.thumbnail((long_side, long_side))
    return np.asarray(image)


def stored(pixels: Pixels, turns: int, **options: object) -> Photo:
    """The picture as a file without EXIF of its own; it takes so many clockwise quarter turns to set it right."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(np.rot90(pixels, turns))).save(file, "JPEG", quality=92, **options)
    return photo_from_bytes(file.getvalue(), "turned.jpg")


def turns_in(verdict: Verdict) -> int:
    (details,) = (
        judgement.finding.details
        for judgement in verdict.judgements
        if isinstance(judgement.finding.details, OrientationDetails)
    )
    assert verdict.plan.turns == details.turns
    return details.turns


def categories(verdict: Verdict) -> set[str]:
    found = (judgement.finding.details for judgement in verdict.judgements)
    return {details.category for details in found if isinstance(details, TextDetails)}


@pytest.mark.models
@pytest.mark.parametrize(("name", "turns"), [("report-card.jpg", 1), ("report-card.jpg", 2), ("whiteboard-4B.jpg", 3)])
def test_writing_on_its_side_or_head_is_read_and_set_right(name: str, turns: int, policy: Policy) -> None:  # T2, T3
    pixels = sample(name)
    upright = screen_photo(stored(pixels, 0), policy, EMPTY)
    turned = screen_photo(stored(pixels, turns), policy, EMPTY)
    assert (turns_in(upright), turns_in(turned)) == (0, turns)
    # What is private in it is found whichever way it lies.
    assert categories(upright) <= categories(turned)
    assert turned.decision >= upright.decision


@pytest.mark.models
@pytest.mark.parametrize("turns", [0, 1])
def test_a_face_on_its_side_is_found_and_set_right(turns: int, policy: Policy) -> None:  # T2
    pixels = sample("visitor-from-space.jpg")
    verdict = screen_photo(stored(pixels, turns), policy, EMPTY)
    assert turns_in(verdict) == turns
    assert any(judgement.finding.check == "face" and judgement.decision > 0 for judgement in verdict.judgements)


@pytest.mark.parametrize("turns", range(4))
def test_a_scene_without_faces_and_writing_is_set_right(turns: int, policy: Policy) -> None:  # T2, T3
    rules = dataclasses.replace(policy, checks=("orientation", "quality"))
    photo = stored(sample("craft-table.jpg"), turns)
    verdict = screen_photo(photo, rules, EMPTY)
    assert turns_in(verdict) == turns
    assert (verdict.decision > 0) == (turns > 0)
    kinds = {getattr(judgement.finding.details, "kind", "") for judgement in verdict.judgements}
    assert "portrait" not in kinds, "it is wide once it is set right"


@pytest.mark.models
def test_two_exif_blocks_that_contradict_each_other_leave_it_to_what_is_seen() -> None:  # T4
    pixels, file = sample("report-card.jpg"), io.BytesIO()
    Image.fromarray(np.ascontiguousarray(np.rot90(pixels, 3))).save(file, "JPEG", quality=92, exif=_exif(1))
    block = _exif(6)
    second = b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block
    data = file.getvalue()
    end = data.index(b"\xff\xdb")  # after the first block, before the tables of the picture
    photo = photo_from_bytes(data[:end] + second + data[end:], "two.jpg")
    read_photo(photo, "rapidocr")
    found = uprightness_of(photo)
    # Pillow goes by the first block, so the pixels still lie on their side; the writing says so.
    assert photo.size == (pixels.shape[0], pixels.shape[1])
    assert found.turns == 3
    assert "text" in found.told_by


def _exif(orientation: int, thumbnail: bytes = b"") -> bytes:
    """EXIF with an orientation (tag 0x0112) and, in its second directory, a JPEG thumbnail (0x0201, 0x0202)."""
    first = struct.pack("<HHHIHH", 1, 0x0112, 3, 1, orientation, 0) + struct.pack("<I", 26 if thumbnail else 0)
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(thumbnail), 0)
    return b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + (second + thumbnail if thumbnail else b"")


def test_a_thumbnail_of_another_shape_is_hidden_data_and_has_no_say_in_the_picture() -> None:  # T5
    small = io.BytesIO()
    Image.fromarray(np.full((160, 90, 3), 200, np.uint8)).save(small, "JPEG")
    pixels = np.random.default_rng(3).integers(0, 256, (300, 400, 3), np.uint8)
    photo = stored(pixels, 0, exif=_exif(1, small.getvalue()))
    assert photo.size == (400, 300)
    found = [finding.details for finding in MetadataCheck(MetadataCheck.settings()).inspect(photo)]
    kinds = [details.kind for details in found if isinstance(details, MetadataDetails)]
    assert "thumbnail" in kinds
    bare = dataclasses.replace(photo_of(pixels), file=stored(pixels, 0).file, format="JPEG")
    found = [finding.details for finding in MetadataCheck(MetadataCheck.settings()).inspect(bare)]
    assert "thumbnail" not in [details.kind for details in found if isinstance(details, MetadataDetails)]
