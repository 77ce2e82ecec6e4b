"""The face check with scripted candidates."""

import dataclasses

import numpy as np
import pytest

from screen.checks.faces import FaceCheck, FaceSettings
from screen.errors import UsageError
from screen.faces import DEFAULT_MODEL, FINE, FINE_STRICT, DetectedFace
from screen.geometry import Box
from screen.people import PersonMask

SURE = DetectedFace(Box(20, 30, 70, 90), 0.9)
DOUBTFUL = DetectedFace(Box(100, 30, 150, 90), 0.55)
UNCLEAR = DetectedFace(Box(200, 30, 250, 90), 0.2, people=0.8)
WEAK = DetectedFace(Box(200, 130, 250, 190), 0.2, people=0.1)


def inspect(photo, faces=(SURE, DOUBTFUL, UNCLEAR, WEAK), **settings):
    for fine in (FINE, FINE_STRICT):
        photo.once(("faces", DEFAULT_MODEL, fine), lambda _: faces)
    photo.once("people", lambda _: PersonMask(np.zeros((24, 32), np.float32), photo.size))
    return list(FaceCheck(FaceSettings(**settings)).inspect(photo))


def certainties(findings):
    return [finding.details.certainty for finding in findings]


def test_candidates_below_the_line_are_reported_without_a_box(noise_photo):
    findings = inspect(noise_photo)
    assert certainties(findings) == ["sure", "doubtful", "unclear", "weak"]
    assert [finding.box for finding in findings] == [SURE.box, DOUBTFUL.box, None, None]
    assert [finding.details.place for finding in findings] == [None, None, UNCLEAR.box, WEAK.box]


def test_what_only_the_second_model_saw_is_unclear_without_people_too(noise_photo):
    only = dataclasses.replace(WEAK, seen_by=("blazeface",))
    assert certainties(inspect(noise_photo, (only,))) == ["unclear"]


def test_nobody_is_asked_to_look_at_less_than_ten_pixels(noise_photo):
    tiny, small = (dataclasses.replace(UNCLEAR, box=Box(20, 30, 20 + width, 44)) for width in (9, 10))
    assert certainties(inspect(noise_photo, (tiny, small))) == ["weak", "unclear"]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"sensitivity": "strict"}, ["sure", "doubtful", "doubtful", "doubtful"]),
        ({"threshold": 0.58}, ["sure", "unclear", "unclear", "weak"]),
        ({"threshold": 0.95, "sensitivity": "strict"}, ["unclear", "unclear", "unclear", "weak"]),
        ({"threshold": 0.0}, ["sure", "doubtful", "doubtful", "doubtful"]),
    ],
)
def test_sensitivity_and_threshold_take_effect(noise_photo, settings, expected):
    assert certainties(inspect(noise_photo, **settings)) == expected


@pytest.mark.parametrize("settings", [{"sensitivity": "lax"}, {"threshold": 1.5}, {"threshold": -0.1}])
def test_settings_that_mean_nothing_are_refused(settings):
    with pytest.raises(UsageError, match=r"\[face\]"):
        FaceSettings(**settings)


def test_findings_say_where_head_and_face_are(noise_photo):
    finding = inspect(noise_photo)[0]
    assert finding.box == SURE.box
    assert finding.details.head.contains(SURE.box)
    assert finding.details.width == 50
    assert finding.details.prominence == "subject"


def test_small_faces_beside_large_ones_are_background(noise_photo):
    small = dataclasses.replace(SURE, box=Box(200, 10, 215, 30))
    assert [f.details.prominence for f in inspect(noise_photo, (SURE, small))] == ["subject", "background"]
