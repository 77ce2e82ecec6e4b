"""What makes a candidate a face."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screen.faces import THRESHOLDS, DetectedFace, RawFace
from screen.faces.looking import Pass
from screen.faces.verification import CLOSER, Closer, Verifier, combined
from screen.geometry import Box
from screen.people import PersonMask
from screen.photo import photo_of

NORMAL, STRICT = THRESHOLDS["normal"], THRESHOLDS["strict"]
FACE = Box(100, 60, 140, 110)


class Echo:
    """Answers with one face where the white pixels are; scores by call."""

    def __init__(self, *scores):
        self.scores = list(scores)
        self.calls = 0

    def detect(self, pixels, threshold):
        score = self.scores[min(self.calls, len(self.scores) - 1)]
        self.calls += 1
        ys, xs = np.nonzero(pixels[..., 0] > 128)
        if score < threshold or not len(ys):
            return []
        return [RawFace(xs.min(), ys.min(), xs.max() + 1, ys.max() + 1, score)]


class Everything:
    """Sees each white thing as a face."""

    def __init__(self):
        self.calls = 0

    def detect(self, pixels, threshold):
        import cv2

        self.calls += 1
        found = cv2.connectedComponentsWithStats((pixels[..., 0] > 128).astype(np.uint8))[2][1:]
        return [RawFace(x, y, x + w, y + h, 0.9) for x, y, w, h, _ in found.tolist()]

    def detect_each(self, pictures, threshold):
        calls = self.calls + 1
        found = [self.detect(picture, threshold) for picture in pictures]
        self.calls = calls
        return found


def photo(people=0.0):
    pixels = np.zeros((300, 400, 3), np.uint8)
    pixels[FACE.as_slices()] = 255
    made = photo_of(pixels)
    made.once("people", lambda _: PersonMask(np.full((30, 40), people, np.float32), made.size))
    return made


def passes(*scores, scale=1.0):
    return tuple(Pass("scripted", scale, 0, (DetectedFace(FACE, score),)) for score in scores)


def verified(scores, closer=0.0, people=0.0, scale=1.0):
    verifier = Verifier(photo(people), Echo(closer), passes(*scores, scale=scale))
    return verifier.verified([DetectedFace(FACE, max(scores, default=0.0))])[0]


def test_one_high_score_alone_is_no_face():
    assert verified([0.9, 0.0, 0.0]).score < STRICT


def test_agreement_of_looks_is_a_face_with_and_without_people():
    assert verified([0.8, 0.8, 0.7], closer=0.7).score > NORMAL


def test_people_around_decide_where_looks_are_unsure():
    without, among = verified([0.3, 0.3, 0.2], 0.2, people=0.0), verified([0.3, 0.3, 0.2], 0.2, people=1.0)
    assert STRICT < without.score < NORMAL < among.score
    assert among.people == pytest.approx(1)


def test_scales_at_which_the_face_is_too_small_do_not_count_against_it():
    network = Echo(0.9)
    verifier = Verifier(photo(), network, passes(0.0, 0.0, 0.0, scale=0.1))
    assert verifier.verified([DetectedFace(FACE, 0.3)])[0].score > NORMAL
    assert network.calls > 1


def test_one_pass_that_sees_nothing_does_not_settle_it():
    network = Echo(0.9)
    found = Verifier(photo(), network, passes(0.0, scale=0.25)).verified([DetectedFace(FACE, 0.8)])[0]
    assert found.score > NORMAL
    assert network.calls == 3


def test_what_a_closer_look_does_not_find_again_gets_no_further_look():
    network = Echo(0.0)
    found = Verifier(photo(), network, passes(0.0, scale=0.1)).verified([DetectedFace(FACE, 0.8)])[0]
    assert found.score < STRICT
    assert network.calls == 1


def test_what_is_decided_gets_no_further_look():
    network = Echo(0.9)
    Verifier(photo(), network, passes(0.95, 0.95, 0.95)).verified([DetectedFace(FACE, 0.95)])[0]
    assert network.calls == 0


@given(st.lists(st.floats(0, 1), min_size=4, max_size=4), st.floats(0, 1), st.integers(0, 3), st.floats(0, 1))
def test_a_better_look_or_more_people_never_lower_the_score(looks, people, which, better):
    score = combined(looks, people)
    assert 0 <= score <= 1
    improved = [*looks]
    improved[which] = max(improved[which], better)
    assert combined(improved, people) >= score - 1e-12
    assert combined(looks, max(people, better)) >= score - 1e-12


@pytest.mark.parametrize("closer", [*CLOSER, Closer(64, mirrored=True)])
@pytest.mark.parametrize("box", [FACE, Box(0, 0, 40, 50), Box(360, 250, 400, 300)])
@pytest.mark.parametrize("turns", range(4))
def test_a_closer_look_finds_the_face_again_also_at_the_border(closer, box, turns):
    pixels = np.zeros((300, 400, 3), np.uint8)
    pixels[box.as_slices()] = 255
    ((seen,),) = Verifier(photo_of(pixels), Echo(0.7), ())._closer([DetectedFace(box, 0.5, turns=turns)], closer)
    assert seen.box.iou(box) > 0.7


def test_a_closer_look_at_something_else_does_not_count():
    elsewhere = DetectedFace(Box(200, 60, 240, 110), 0.5)
    assert Verifier(photo(), Echo(0.9), ()).verified([elsewhere])[0].score < STRICT


def test_many_candidates_are_looked_at_at_once_and_each_gets_its_own_score():
    pixels = np.zeros((600, 800, 3), np.uint8)
    faces = [Box(x, y, x + 12, y + 15) for x in range(40, 760, 90) for y in (60, 300, 500)]
    for face in faces[::2]:
        pixels[face.as_slices()] = 255
    network = Everything()
    made = photo_of(pixels)
    made.once("people", lambda _: PersonMask(np.zeros((3, 4), np.float32), made.size))
    found = Verifier(made, network, ()).verified([DetectedFace(face, 0.3) for face in faces])
    assert [face.score > NORMAL for face in found] == [True, False] * (len(faces) // 2)
    assert network.calls <= 6
