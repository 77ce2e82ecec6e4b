"""Where a mask lands in copies of files that cameras stored on their side, upside down or mirrored."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from screen.copies.masks import mask_of
from screen.copies.witnesses import Witnesses
from screen.geometry import Box
from screen.outputs import write_safe_copy
from screen.photo import open_photo, photo_from_bytes
from screen.policy import Policy
from screen.records import Cover, Decision, FaceDetails, Finding, Judgement, Plan, Ruling, Verdict
from screen.redact import CopyOptions
from screen.roster import EMPTY
from tests.storing import ORIENTATIONS, store

FACE, HEAD = Box(30, 20, 60, 58), Box(20, 8, 70, 66)


@pytest.fixture
def upright() -> np.ndarray:
    return np.random.default_rng(8).integers(0, 256, (120, 200, 3), np.uint8)


@pytest.mark.parametrize("orientation", ORIENTATIONS)
@pytest.mark.parametrize("turns", [0, 1])
def test_the_mask_lies_on_the_face_in_every_orientation(
    tmp_path: Path, policy: Policy, upright: np.ndarray, orientation: int, turns: int
) -> None:
    """T6: the copy is upright without saying so, the head is hidden, and no other pixel is touched."""
    photo = open_photo(store(Image.fromarray(upright), orientation, tmp_path / "a.png"), "a.png")
    assert photo.exif_orientation == orientation
    face = Judgement(Finding("face", 0.9, FACE, FaceDetails(), id="f1"), (Ruling("website", Decision.REDACT, "x"),))
    plan = Plan(turns, (Cover(HEAD, "ellipse", None, "f1", FACE),))
    verdict = Verdict("a.png", photo.digest, photo.size, (face,), plan, ("website",))
    nothing = Witnesses(lambda copy, *given: Verdict("a", "0" * 64, copy.size, (), Plan(), ("website",)), None, None)
    copy = write_safe_copy(photo, verdict, tmp_path / "out", CopyOptions("fill"), policy, EMPTY, nothing)
    written = photo_from_bytes(Path(copy.path).read_bytes(), "copy")
    assert written.exif_orientation == 1
    changed = (np.rot90(written.pixels, turns) != upright).any(axis=2)
    assert changed[FACE.as_slices()].mean() > 0.99
    changed[mask_of(plan.covers[0], photo.size).box.as_slices()] = False
    assert not changed.any()
