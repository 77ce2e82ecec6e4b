"""Recognition suggests and never clears; prints are kept encrypted, expire, and can be erased."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from screen.consent import identify
from screen.errors import MissingDependencyError, OutputError, UsageError
from screen.geometry import Box
from screen.judge import judge
from screen.photo import Photo, photo_of
from screen.policy import Policy, load_policy
from screen.recognition import printing
from screen.recognition.enrolling import enrolled
from screen.recognition.printing import Vector
from screen.recognition.suggesting import suggestions, usable_prints
from screen.recognition.vault import Vault
from screen.records import FaceDetails, Finding
from screen.roster import FacePrint, Person, Roster

TODAY = datetime.date(2026, 10, 7)
DAY = datetime.timedelta(1)
ALLOWED = {"biometric_parent_ok": True, "biometric_child_ok": True, "purposes": {"website": True, "social": True}}


def vector(*start: float) -> Vector:
    return (*start, *[0.0] * (128 - len(start)))


class Scripted:
    """A model whose print of a box is told by the left edge of the box."""

    def prints(self, photo: Photo, boxes: Sequence[Box]) -> tuple[Vector, ...]:
        return tuple(vector(box.left / 100) for box in boxes)


def roster(**columns: object) -> Roster:
    person = Person("P1", **{**ALLOWED, **columns})  # type: ignore[arg-type]
    return Roster((person, Person("P2", **ALLOWED)), digest="d").with_prints(  # type: ignore[arg-type]
        (FacePrint("P1", vector(1.0), TODAY), FacePrint("P2", vector(5.0), TODAY))
    )


def policy(**recognition: object) -> Policy:
    return load_policy("classroom", TODAY).changed("recognition", **{"enabled": True, **recognition})


def decided(known: Roster, *lefts: int, chosen: Policy | None = None) -> list[tuple[str, str]]:
    photo, chosen = photo_of(np.zeros((200, 900, 3), np.uint8)), chosen or policy()
    boxes = [Box(left, 10, left + 50, 60) for left in lefts]
    faces = tuple(Finding("face", 0.9, box, FaceDetails(), id=f"f{n}") for n, box in enumerate(boxes, 1))
    judged = judge(identify(photo, faces, chosen, known), chosen, known)
    return [(str(j.decision), j.rulings[0].reason) for j in judged]


@pytest.fixture(autouse=True)
def scripted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "print_model", Scripted)


def test_a_match_is_a_suggestion_and_never_clears() -> None:
    assert decided(roster(), 100) == [("review", "recognition-only")]
    assert decided(roster(), 130) == [("review", "recognition-only")]
    assert decided(roster(), 150) == [("redact", "no-consent")]


def test_off_nobody_is_recognised_and_no_print_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "print_model", lambda: pytest.fail("a print was made"))
    assert decided(roster(), 100, chosen=policy(enabled=False)) == [("redact", "no-consent")]
    assert decided(Roster((Person("P1"),)), 100) == [("redact", "no-consent")]


@pytest.mark.parametrize(
    "columns",
    [
        {"biometric_parent_ok": None},
        {"biometric_child_ok": False},
        {"protection_code": "X"},
        {"left_on": TODAY},
    ],
)
def test_prints_of_people_without_permission_are_never_compared(columns: dict[str, object]) -> None:
    known = roster(**columns)
    assert [item.person_id for item in usable_prints(known, TODAY, 12)] == ["P2"]
    assert decided(known, 100) == [("redact", "no-consent")]


def test_prints_of_people_who_withdrew_are_never_compared() -> None:
    assert [item.person_id for item in usable_prints(roster().with_withdrawn(["P1"]), TODAY, 12)] == ["P2"]


def test_prints_expire_after_twelve_months() -> None:
    made = (datetime.date(2025, 10, 8), datetime.date(2025, 10, 7), datetime.date(2024, 2, 29))
    known = replace(roster(), prints=tuple(FacePrint("P1", vector(1.0), day) for day in made))
    assert [item.made_on for item in usable_prints(known, TODAY, 12)] == [datetime.date(2025, 10, 8)]
    assert usable_prints(known, datetime.date(2024, 3, 31), 1)  # a shorter month is no fault


def test_one_person_is_suggested_once_a_photo() -> None:
    assert decided(roster(), 110, 100) == [("redact", "no-consent"), ("review", "recognition-only")]


def test_the_runner_up_is_another_person_and_not_another_print_of_the_same() -> None:
    known = (
        FacePrint("P1", vector(1.0), TODAY),
        FacePrint("P1", vector(1.01), TODAY),
        FacePrint("P2", vector(1.2), TODAY),
    )
    (found,) = suggestions({0: vector(1.0)}, known, 0.4).values()
    assert found.person_ids == ("P1",)
    assert found.runner_up is not None
    assert found.runner_up[0] == "P2"
    assert found.runner_up[1] == pytest.approx(0.2)


def test_siblings_within_the_margin_are_a_doubt() -> None:
    people = (Person("P1", **ALLOWED), Person("P2", **{**ALLOWED, "purposes": {}}))  # type: ignore[arg-type]
    near = (FacePrint("P1", vector(1.0), TODAY), FacePrint("P2", vector(1.05), TODAY))
    assert decided(Roster(people).with_prints(near), 100) == [("review", "ambiguous")]


def face(**details: object) -> Finding:
    return Finding("face", 0.9, Box(100, 10, 150, 60), FaceDetails(**details))  # type: ignore[arg-type]


def test_only_consenting_people_are_enrolled_from_a_photo_of_them_alone() -> None:
    photo = photo_of(np.zeros((200, 300, 3), np.uint8))
    made = enrolled(photo, [face()], "P1", roster(), TODAY, Scripted())
    assert (made.person_id, made.vector[0], made.made_on) == ("P1", 1.0, TODAY)
    for people, faces in (
        (roster(biometric_child_ok=None), [face()]),
        (roster(protection_code="X"), [face()]),
        (roster().with_withdrawn(["P1"]), [face()]),
        (Roster(), [face()]),
        (roster(), []),
        (roster(), [face(), face()]),
        (roster(), [face(identifiability="marginal")]),
        (roster(), [face(kind="depicted")]),
    ):
        with pytest.raises(UsageError):
            enrolled(photo, faces, "P1", people, TODAY, Scripted())


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    pytest.importorskip("cryptography", reason="the extra recognition is not installed")
    return Vault(tmp_path, keyring=False)


def test_prints_are_kept_encrypted_and_private(vault: Vault) -> None:
    item = FacePrint("P-Zebulon", vector(0.25), TODAY)
    assert vault.prints() == ()
    vault.add(item)
    assert vault.prints() == (item,)
    assert b"Zebulon" not in vault.path.read_bytes()
    assert vault.path.stat().st_mode & 0o077 in {0, 0o066}
    assert "0.25" not in repr(item)


def test_forgetting_erases_and_destroys_the_old_key(vault: Vault) -> None:
    vault.add(FacePrint("P1", vector(1.0), TODAY))
    vault.add(FacePrint("P2", vector(2.0), TODAY))
    backup, old_key = vault.path.read_bytes(), vault.key_path.read_bytes()
    assert vault.forget(["P1"]) == 1
    assert [item.person_id for item in vault.prints()] == ["P2"]
    assert vault.key_path.read_bytes() != old_key
    vault.path.write_bytes(backup)
    with pytest.raises(OutputError, match="enrol again"):
        vault.prints()


def test_forgetting_nobody_changes_nothing(vault: Vault) -> None:
    assert vault.forget(["P1"]) == 0
    assert not vault.path.exists()


def test_a_lost_key_is_said(vault: Vault) -> None:
    vault.add(FacePrint("P1", vector(1.0), TODAY))
    vault.key_path.unlink()
    with pytest.raises(OutputError, match="cannot be opened"):
        vault.prints()


def test_without_the_extra_the_command_that_installs_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"photoscreen\[recognition\]"):
        printing.weights_folder()
    assert not printing.installed()


def test_a_roster_with_prints_is_another_roster_for_the_store() -> None:
    one = Roster((Person("P1"),), digest="d")
    assert one.with_prints(()) is one
    assert one.with_prints([FacePrint("P1", vector(1.0), TODAY)]).digest not in {"", "d"}


def test_the_square_of_a_face_keeps_its_middle_and_area() -> None:
    assert printing.square(Box(0, 0, 100, 100)) == (0, 0, 100, 100)
    left, top, right, bottom = printing.square(Box(10, 0, 90, 125))
    assert (left, top, right, bottom) == (0, 12, 100, 112)


def test_one_person_stays_near_under_change() -> None:
    """Eileen Collins (NASA, public domain), smaller and darker."""
    pytest.importorskip("dlib", reason="the extra recognition is not installed")
    data = pytest.importorskip("skimage.data", reason="scikit-image is not installed")
    import cv2

    astronaut = np.ascontiguousarray(data.astronaut())
    half = cv2.resize(astronaut, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    model = printing.DlibModel()
    one, small, dark = (
        model.prints(photo_of(pixels), [box])[0]
        for pixels, box in (
            (astronaut, Box(175, 48, 275, 181)),
            (half, Box(104, 36, 164, 109)),
            ((astronaut * 0.6).astype(np.uint8), Box(175, 48, 274, 181)),
        )
    )
    assert printing.distance(one, small) < 0.3
    assert printing.distance(one, dark) < 0.3
    assert len(one) == 128
