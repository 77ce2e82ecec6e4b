"""Evidence for turns: faces, text, and files that contradict themselves."""

from __future__ import annotations

import dataclasses
import io

import numpy as np
import pytest
from PIL import Image

from screen.faces import DetectedFace
from screen.geometry import Box
from screen.ocr import Line
from screen.photo import Photo, photo_of
from screen.quality.uprightness import Uprightness, faces_say, points_say, scene_says, text_says, uprightness_of

#: Top left and top right corner of a line of writing, by the turns that set it right.
CORNERS = {0: ((10, 10), (200, 12)), 1: ((10, 200), (12, 10)), 2: ((200, 90), (10, 88)), 3: ((90, 10), (88, 200))}


def line(turns: int, text: str = "School trip", score: float = 0.95) -> Line:
    (x1, y1), (x2, y2) = CORNERS[turns]
    return Line(text, ((x1, y1), (x2, y2), (x2, y2), (x1, y1)), score)


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    """The models are scripted: a face scores 0.9 in its own turn, 0.5 in the others, and the scene says nothing."""

    def scores(photo: Photo, faces: list[DetectedFace], model: str) -> np.ndarray:
        return np.array([[face.score if k == face.turns else 0.5 for k in range(4)] for face in faces]).reshape(-1, 4)

    monkeypatch.setattr("screen.quality.uprightness.scores_by_turn", scores)
    monkeypatch.setattr("screen.quality.uprightness.points_by_turn", lambda photo, faces: np.zeros((0, 4)))
    scene(monkeypatch)


def scene(monkeypatch: pytest.MonkeyPatch, *numbers: float) -> list[Photo]:
    """The scene says these numbers of the four turns; the photos it was asked about."""
    asked: list[Photo] = []

    def says(photo: Photo) -> np.ndarray:
        asked.append(photo)
        return np.array(numbers or (0.0, 0, 0, 0))

    monkeypatch.setattr("screen.quality.uprightness.upright_by_turn", says)
    return asked


def photo_with(faces: tuple[DetectedFace, ...] = (), lines: tuple[Line, ...] | None = None) -> Photo:
    photo = photo_of(np.full((480, 640, 3), 128, np.uint8))
    photo.once(("faces", "scripted"), lambda _: faces)
    if lines is not None:
        photo.once(("ocr", "rapidocr"), lambda _: lines)
    return photo


def face(turns: int, score: float = 0.9) -> DetectedFace:
    return DetectedFace(Box(10, 10, 70, 70), score, turns=turns)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_text_speaks_for_the_turn_that_makes_it_run_to_the_right(turns: int) -> None:
    assert int(np.argmax(text_says([line(turns)]))) == turns
    found = uprightness_of(photo_with(lines=tuple(line(turns) for _ in range(4))))
    assert found.turns == turns
    assert found.told_by == ("text",)


@pytest.mark.parametrize("turns", [1, 3])
def test_a_single_banner_that_runs_up_or_down_turns_nothing(turns: int) -> None:
    banner = line(turns, "MOVE NOURISH BELIEVE", 1.0)
    assert uprightness_of(photo_with(lines=(banner,))).turns == 0
    assert uprightness_of(photo_with(lines=(banner, line(turns, "SCIENCE FAIR 2026", 1.0)))).turns == turns
    assert uprightness_of(photo_with(lines=(banner, banner, line(0, "SCIENCE FAIR 2026", 1.0)))).turns == 0


def test_a_single_line_on_its_head_is_enough_where_the_scene_agrees(monkeypatch: pytest.MonkeyPatch) -> None:
    title = line(2, "SCIENCE FAIR 2026", 1.0)
    assert uprightness_of(photo_with(lines=(title,))).turns == 0
    assert uprightness_of(photo_with(lines=(title, title))).turns == 2
    scene(monkeypatch, 0.0, 0.0, 1.2, 0.0)
    assert uprightness_of(photo_with(lines=(title,))).turns == 2


def test_a_single_line_that_runs_right_does_not_settle_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = scene(monkeypatch, 0.0, 9.0, 0.0, 0.0)
    found = uprightness_of(photo_with(lines=(line(0, "SHOES 2026", 1.0),)))
    assert asked
    assert found.turns == 0
    assert found.score < 0.9


def test_shreds_of_text_say_nothing() -> None:
    assert text_says([line(1, "I"), line(1, "--"), line(1, "School", 0.3)]).tolist() == [0, 0, 0, 0]


def test_text_has_an_upper_limit() -> None:
    assert text_says([line(1)] * 50).max() == pytest.approx(8.0)


def test_text_is_not_read_for_this_alone() -> None:
    assert uprightness_of(photo_with()).told_by == ()


def test_faces_speak_by_the_difference_of_their_scores() -> None:
    clear, close = faces_say(np.array([[0.2, 0.9, 0.2, 0.3]])), faces_say(np.array([[0.8, 0.85, 0.2, 0.3]]))
    assert clear.argmax() == close.argmax() == 1
    assert clear[1] - clear[0] == pytest.approx(6)
    assert close[1] - close[0] == pytest.approx(1)


def test_eyes_and_mouth_speak_by_the_crops_that_agree() -> None:
    one, two = points_say(np.array([[0.0, 0.9, 0.0, 0.0]])), points_say(np.array([[0.0, 1.9, 0.0, 0.1]]))
    assert one.tolist() == pytest.approx([-2.7, 0, -2.7, -2.7])
    assert two.tolist() == pytest.approx([-5.7, 0, -5.7, -5.4])
    assert points_say(np.array([[4.0, 0, 0, 0]])).min() == -6
    assert points_say(np.zeros((0, 4))).tolist() == [0, 0, 0, 0]


def test_what_hardly_is_a_face_says_nothing() -> None:
    assert np.ptp(faces_say(np.array([[0.1, 0.45, 0.0, 0.2]]))) == 0
    assert faces_say(np.zeros((0, 4))).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_one_clear_face_is_enough_and_a_doubtful_one_is_not(turns: int) -> None:
    assert uprightness_of(photo_with((face(turns),))).turns == turns
    assert uprightness_of(photo_with((face(turns, 0.6),))).turns == 0
    assert uprightness_of(photo_with((face(turns), face(turns)))).turns == turns


def test_faces_and_text_that_contradict_each_other_turn_nothing() -> None:
    found = uprightness_of(photo_with((face(1),), tuple(line(0) for _ in range(3))))
    assert found.turns == 0


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_scene_that_is_sure_is_enough(turns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scene(monkeypatch, *(2.2 if turns == k else 0.0 for k in range(4)))
    assert uprightness_of(photo_with()).turns == turns
    assert uprightness_of(photo_with()).told_by == ("scene",)


def test_a_scene_that_is_not_sure_turns_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    scene(monkeypatch, 0.0, 1.7, 0.0, 0.0)
    found = uprightness_of(photo_with())
    assert found.turns == 0
    assert found.score < 0.5
    # One that looks alike in two turns tells nothing, not even that the photo is upright as most are.
    for numbers in ((0.9, 0.0, 0.0, 0.0), (0.0, 5.0, 5.9, 0.0), (0.0, 5.0, 3.4, 0.0)):
        scene(monkeypatch, *numbers)
        assert uprightness_of(photo_with()) == Uprightness(0, 0.0, ())


def test_a_clear_face_upright_costs_no_look_at_the_scene(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = scene(monkeypatch, 0.0, 9.0, 0.0, 0.0)
    assert uprightness_of(photo_with((face(0),))).turns == 0
    assert not asked


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_scene_holds_back_the_turn_that_one_face_asks_for(turns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scene(monkeypatch, 9.0, 0.0, 0.0, 0.0)
    assert uprightness_of(photo_with((face(turns),))).turns == 0
    assert uprightness_of(photo_with((face(turns),) * 3)).turns == turns
    lines = tuple(line(turns) for _ in range(4))
    assert uprightness_of(photo_with((face(turns),), lines)).turns == turns


def test_a_scene_turns_nothing_elsewhere_than_faces_and_writing_say(monkeypatch: pytest.MonkeyPatch) -> None:
    scene(monkeypatch, 0.0, 9.0, 0.0, 0.0)
    assert uprightness_of(photo_with((face(3),))).turns in {0, 3}
    assert uprightness_of(photo_with(lines=tuple(line(2) for _ in range(4)))).turns in {0, 2}


def test_a_scene_settles_what_a_doubtful_face_or_a_banner_leaves_open(monkeypatch: pytest.MonkeyPatch) -> None:
    scene(monkeypatch, 0.0, 1.5, 0.0, 0.0)
    banner = line(1, "MOVE NOURISH BELIEVE", 1.0)
    assert uprightness_of(photo_with((face(1, 0.6),))).turns == 1
    assert uprightness_of(photo_with(lines=(banner,))).turns == 1
    scene(monkeypatch, 1.5, 0.0, 0.0, 0.0)
    assert uprightness_of(photo_with(lines=(banner,))).turns == 0


def test_a_scene_that_hardly_leads_counts_only_where_others_agree() -> None:
    numbers, banner = np.array([0.0, 0.7, 0.0, 0.0]), np.array([0.0, 4.0, 0.0, 0.0])
    assert not scene_says(numbers).any()
    assert not scene_says(numbers, np.zeros(4)).any()
    assert not scene_says(numbers, np.roll(banner, 1)).any()
    assert not scene_says(2 * numbers).any()
    assert int(scene_says(2 * numbers, np.roll(banner, 1)).argmax()) == 1
    assert int(scene_says(3 * numbers).argmax()) == 1
    assert int(scene_says(numbers, banner).argmax()) == 1
    assert not scene_says(numbers / 2, banner).any()


def test_a_scene_has_an_upper_limit() -> None:
    assert scene_says(np.array([0.0, 9.0, 1.0, 7.0])).tolist() == pytest.approx([-6.5, 0, -6.5, -5.26])


def test_faces_are_not_looked_for_for_this_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a face model was run")

    monkeypatch.setattr("screen.faces.detect_faces", refuse)
    assert uprightness_of(photo_of(np.full((480, 640, 3), 128, np.uint8))).told_by == ()


def stored(*orientations: int) -> bytes:
    data = io.BytesIO()
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(data, "JPEG")
    blocks = b""
    for orientation in orientations:
        exif = Image.Exif()
        exif[0x0112] = orientation
        block = exif.tobytes()
        blocks += b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block
    return data.getvalue()[:2] + blocks + data.getvalue()[2:]


def concluded(*orientations: int) -> Uprightness:
    photo = dataclasses.replace(photo_with(), file=stored(*orientations), exif_orientation=orientations[0])
    photo.once(("faces", "scripted"), lambda _: ())
    return uprightness_of(photo)


def test_exif_is_believed_unless_it_contradicts_itself() -> None:
    assert concluded(6) == Uprightness(0, concluded(6).score, ("exif",))
    assert concluded(6).score > 0.8
    assert concluded(6, 1).score == 0.0
