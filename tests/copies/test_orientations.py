"""Where a mask lands in copies of files that cameras stored on their side, upside down or mirrored."""

import io
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

FACE, HEAD = Box(30, 20, 60, 58), Box(20, 8, 70, 66)
#: What undoes each EXIF orientation (CIPA DC-008, tag 0x0112): how the upright picture is stored.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.fixture
def upright() -> np.ndarray:
    return np.random.default_rng(8).integers(0, 256, (120, 200, 3), np.uint8)


@pytest.mark.parametrize("orientation", [1, *STORED])
@pytest.mark.parametrize("turns", [0, 1])
def test_the_mask_lies_on_the_face_in_every_orientation(
    tmp_path: Path, policy: Policy, upright: np.ndarray, orientation: int, turns: int
) -> None:
    """T6: the copy is upright without saying so, the head is hidden, and no other pixel is touched."""
    image = Image.fromarray(upright)
    image = image.transpose(STORED[orientation]) if orientation in STORED else image
    block = Image.Exif()
    block[0x0112] = orientation
    out = io.BytesIO()
    image.save(out, "PNG", exif=block.tobytes())
    source = tmp_path / "a.png"
    source.write_bytes(out.getvalue())
    photo = open_photo(source, "a.png")
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
