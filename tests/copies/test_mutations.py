"""For each promise of a safe copy: when the step that keeps it is switched off, the proof fails and no copy is left."""

import io
from dataclasses import replace
from pathlib import Path, PurePosixPath

import numpy as np
import pytest
from PIL import Image

from screen import outputs, redact
from screen.copies import masks
from screen.copies.witnesses import Witnesses
from screen.errors import ProofError
from screen.faces import RawFace
from screen.geometry import Box
from screen.photo import photo_from_bytes
from screen.policy import Policy
from screen.records import Cover, Decision, FaceDetails, Finding, Judgement, Plan, Ruling, Verdict
from screen.redact import CopyOptions
from screen.roster import Person, Roster

FACE = Box(115, 80, 165, 150)
HEAD = Cover(Box(100, 60, 180, 160), "ellipse", None, "f1", FACE)
LINE = ((20.0, 200.0), (90.0, 200.0), (90.0, 220.0), (20.0, 220.0))
TEXT = Cover(Box(20, 200, 90, 220), "quad", LINE, "f2")
PEOPLE = Roster((Person("P1", first="Zoé", last="Lefèvre", student_number="1187-0042"),))
original = {
    "encoded": redact.encoded,
    "mask_of": masks.mask_of,
    "blend": redact.blend,
    "packed": redact.packed,
}


def scene() -> np.ndarray:
    ys, xs = np.mgrid[0:240, 0:320]
    base = 120 + 30 * np.sin(xs / 9) + 30 * np.cos(ys / 7) + 40 * np.sin(xs / 2.1 + ys / 3) * np.cos(ys / 1.7)
    return np.stack([base, base[::-1], base[:, ::-1]], -1).clip(0, 255).astype(np.uint8)


def with_comment(pixels: np.ndarray, kind: str) -> bytes:
    data = original["encoded"](pixels, kind)
    return data[:2] + b"\xff\xfe\x00\x06hide" + data[2:]


def with_thumbnail(pixels: np.ndarray, kind: str) -> bytes:
    out = io.BytesIO()
    small = io.BytesIO()
    Image.fromarray(pixels).resize((32, 24)).save(small, "JPEG")
    exif = b"Exif\0\0MM\0*\0\0\0\x08" + small.getvalue()
    Image.fromarray(pixels).save(out, kind, quality=92, exif=exif)
    return out.getvalue()


def with_trailer(pixels: np.ndarray, kind: str) -> bytes:
    return original["encoded"](pixels, kind) + b"MotionPhoto"


def with_profile(pixels: np.ndarray, kind: str) -> bytes:
    from PIL import ImageCms

    out = io.BytesIO()
    Image.fromarray(pixels).save(
        out, kind, quality=92, icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    )
    return out.getvalue()


def with_wrong_colours(pixels: np.ndarray, kind: str) -> bytes:
    return original["encoded"](np.ascontiguousarray(pixels[:, :, ::-1]), kind)


def a_fifth_smaller(cover: Cover, size: tuple[int, int]):
    box = cover.box.grown(-0.1, -0.1, -0.1, size) if cover.shape == "ellipse" else cover.box
    return original["mask_of"](Cover(box, cover.shape, cover.quad), size)


def half_through(pixels, mask, replacement) -> None:
    region = pixels[mask.box.as_slices()]
    original["blend"](pixels, mask, ((replacement.astype(int) + region) // 2).astype(np.uint8))


def no_blend_of_writing(pixels, mask, replacement) -> None:
    if mask.core.top < 190:
        original["blend"](pixels, mask, replacement)


def without_turn(photo, pixels, plan, options, crop=None):
    return original["packed"](photo, pixels, replace(plan, turns=0), options, crop)


def weak_blur(pixels, mask, strength, noise):
    import cv2

    return cv2.GaussianBlur(pixels, (0, 0), 1)[mask.box.as_slices()]


MUTATIONS = {
    "one segment copied": ("screen.redact.encoded", with_comment, "prove_parts"),
    "the thumbnail kept": ("screen.redact.encoded", with_thumbnail, "prove_parts"),
    "bytes behind the end": ("screen.redact.encoded", with_trailer, "prove_parts"),
    "the colour profile kept": ("screen.redact.encoded", with_profile, "prove_parts"),
    "colours not converted": ("screen.redact.encoded", with_wrong_colours, "prove_picture"),
    "masks a fifth smaller": ("screen.redact.mask_of", a_fifth_smaller, "prove_hidden"),
    "masks half through": ("screen.redact.blend", half_through, "prove_hidden"),
    "writing left": ("screen.redact.blend", no_blend_of_writing, "prove_hidden"),
    "the turn forgotten": ("screen.outputs.packed", without_turn, "prove_picture"),
    "the name kept": (
        "screen.outputs.name_of", lambda *given: PurePosixPath("Zoé Lefèvre.jpg"), "prove_names",
    ),
}  # fmt: skip


def nothing(copy, policy, roster) -> Verdict:
    return Verdict("a", "0" * 64, copy.size, (), Plan(), ("website",))


def finds_a_face(copy, policy, roster) -> Verdict:
    judged = Judgement(Finding("face", 0.9, Box(200, 20, 240, 70), id="f9"), (Ruling("website", Decision.REDACT, "x"),))
    return Verdict("a", "0" * 64, copy.size, (judged,), Plan(), ("website",))


class SeesFaces:
    def detect(self, pixels, threshold):
        height, width = pixels.shape[:2]
        return [RawFace(width * 0.4, height * 0.4, width * 0.6, height * 0.6, 0.9)]


@pytest.fixture
def write(tmp_path: Path, policy: Policy):
    def written(screen=nothing, faces=None, folder: str = "out"):
        photo = photo_from_bytes(original["encoded"](scene(), "JPEG"), "Zoé Lefèvre.jpg")
        found = [
            Judgement(Finding("face", 0.9, FACE, FaceDetails(), id="f1"), (Ruling("website", Decision.REDACT, "x"),))
        ]
        verdict = Verdict(photo.source, photo.digest, photo.size, tuple(found), Plan(1, (HEAD, TEXT)), ("website",))
        witnesses = Witnesses(screen, faces, None)
        return outputs.write_safe_copy(photo, verdict, tmp_path / folder, CopyOptions(), policy, PEOPLE, witnesses)

    return written


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_the_whole_copy_passes(write) -> None:
    assert write().proof.passed


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_step_of_the_making_switched_off_leaves_no_copy(
    write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    place, instead, step = MUTATIONS[name]
    monkeypatch.setattr(place, instead)
    with pytest.raises(ProofError):
        write()
    assert files(tmp_path) == []
    monkeypatch.setattr(f"screen.proof.{step}", lambda *given, **named: None)
    assert write().proof.passed, f"{step} is what notices it"


def test_a_blur_that_keeps_more_than_its_cells_is_replaced(write, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is kept of such a head in the second round; without the step the first copy would do."""
    monkeypatch.setitem(redact.STYLES, "blur", weak_blur)
    assert write().proof.rounds == 2
    monkeypatch.setattr("screen.proof.prove_hidden", lambda *given: None)
    assert write(folder="other").proof.rounds == 1


@pytest.mark.parametrize(
    ("who", "step"), [({"screen": finds_a_face}, "prove_screened"), ({"faces": SeesFaces()}, "prove_faceless")]
)
def test_a_witness_that_still_sees_somebody_leaves_no_copy(
    write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, who: dict[str, object], step: str
) -> None:
    with pytest.raises(ProofError):
        write(**who)
    assert files(tmp_path) == []
    monkeypatch.setattr(f"screen.proof.{step}", lambda *given, **named: None)
    assert write(**who).proof.passed
