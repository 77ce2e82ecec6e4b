"""Hidden faces are compared with their sources by face prints, where the extra is installed."""

from dataclasses import replace

import numpy as np
import pytest

from screen.copies.claims import Claim
from screen.geometry import Box
from screen.photo import Photo, photo_from_bytes, photo_of
from screen.policy import Policy
from screen.proof import attempt, prove
from screen.records import Cover, Plan, Verdict
from screen.redact import CopyOptions, encoded, make_safe_copy
from screen.roster import EMPTY

FACE = Box(80, 60, 140, 130)
HEAD = Cover(Box(60, 30, 160, 150), "ellipse", None, "f1", FACE)
STYLES = ["blur", "pixelate", "fill", "emoji"]


class ByColour:
    """Prints of two numbers: the mean brightness of the upper and of the lower half of the face, 0 to 2."""

    def prints(self, photo: Photo, boxes):
        def half(part) -> float:
            return float(part.mean()) / 127.5

        parts = [photo.pixels[box.as_slices()] for box in boxes]
        return tuple((half(part[: len(part) // 2]), half(part[len(part) // 2 :])) for part in parts)


def scene() -> np.ndarray:
    """A dark wall, and a face whose upper half is white and whose lower half is black."""
    pixels = np.full((240, 240, 3), 90, np.uint8)
    pixels[FACE.top : (FACE.top + FACE.bottom) // 2, FACE.left : FACE.right] = 255
    pixels[(FACE.top + FACE.bottom) // 2 : FACE.bottom, FACE.left : FACE.right] = 0
    return pixels


def claim_of(pixels: np.ndarray, policy: Policy, style: str = "blur", turns: int = 0, prints=None) -> Claim:
    made = photo_of(pixels)
    verdict = Verdict("a", made.digest, made.size, (), Plan(turns, (HEAD,)), ("website",))
    nothing = Verdict("a", "0" * 64, made.size, (), Plan(), ("website",))
    options = CopyOptions(style, format="PNG")
    return Claim(made, verdict, options, policy, EMPTY, lambda *given: nothing, None, prints or ByColour())


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_face_that_can_be_matched_fails_and_is_hidden_wholly(
    policy: Policy, turns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The two halves of the face live on in the copy as plain grey: no detail, but a print of it."""
    claim = claim_of(scene(), policy, turns=turns)
    pixels = photo_from_bytes(make_safe_copy(claim.photo, claim.verdict.plan, claim.options).data, "a").pixels.copy()
    upright = np.rot90(pixels, turns).copy()
    upright[FACE.top : FACE.top + 35, FACE.left : FACE.right] = 205
    upright[FACE.top + 35 : FACE.bottom, FACE.left : FACE.right] = 40
    data = encoded(np.ascontiguousarray(np.rot90(upright, -turns)), "PNG")
    monkeypatch.setattr("screen.proof.MOST_DETAIL", 1.0)
    tried = attempt(data, "a.png", claim)
    assert "matched" in tried.proof.reason
    assert tried.proof.steps[-1] == "prints"
    assert tried.covers is not None
    assert tried.covers[0].strength > 6
    assert prove(data, "a.png", replace(claim, prints=None)).passed, "without this step the copy would pass"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("turns", [0, 1])
def test_covered_faces_pass_in_every_style(policy: Policy, style: str, turns: int) -> None:
    class Far(ByColour):
        """Far from the source as soon as anything is hidden."""

    claim = claim_of(scene(), policy, style, turns, Far())
    if style in {"blur", "pixelate"}:
        claim = replace(claim, verdict=replace(claim.verdict, plan=Plan(turns, (replace(HEAD, strength=7.0),))))
    proof = prove(make_safe_copy(claim.photo, claim.verdict.plan, claim.options).data, "a.png", claim)
    assert (proof.passed, proof.reason) == (True, "")
    assert "prints" in proof.steps


def test_small_faces_and_writing_are_not_compared(policy: Policy) -> None:
    class Never:
        def prints(self, photo: Photo, boxes):
            raise AssertionError("no print may be made")

    claim = claim_of(scene(), policy, prints=Never())
    covers = (Cover(Box(10, 10, 40, 40), "ellipse", None, "f1", Box(15, 15, 34, 38)), Cover(Box(100, 160, 160, 180)))
    claim = replace(claim, verdict=replace(claim.verdict, plan=Plan(0, covers)))
    assert prove(make_safe_copy(claim.photo, claim.verdict.plan, claim.options).data, "a.png", claim).passed


@pytest.mark.models
@pytest.mark.parametrize("style", STYLES)
def test_real_prints_of_covered_faces_lie_at_the_impostor_level(shared_data, policy: Policy, style: str) -> None:
    """T66: with dlib's model, a covered face of a real photo passes, and the photo itself does not."""
    pytest.importorskip("dlib", reason="the extra recognition is not installed")
    from screen.photo import open_photo
    from screen.planning import HEAD_REACH
    from screen.recognition.printing import print_model

    made = open_photo(shared_data / "faces/dlib/2008_002079.jpg")
    faces = [Box(407, 166, 444, 203), Box(433, 171, 486, 223)]
    covers = tuple(Cover(face.grown(*HEAD_REACH, made.size), "ellipse", None, "", face) for face in faces)
    verdict = Verdict("a", made.digest, made.size, (), Plan(0, covers), ("website",))
    nothing = Verdict("a", "0" * 64, made.size, (), Plan(), ("website",))
    options = CopyOptions(style)
    claim = Claim(made, verdict, options, policy, EMPTY, lambda *given: nothing, None, print_model())
    noise = np.random.default_rng(1)
    assert prove(make_safe_copy(made, verdict.plan, options, noise=noise).data, "a.jpg", claim).passed
    from screen.copies.claims import StepError
    from screen.copies.unlikeness import prove_unlike

    with pytest.raises(StepError, match="matched"):
        prove_unlike(made, claim)
