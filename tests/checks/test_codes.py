"""The code check: codes are drawn by the library that reads them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from screen.checks.codes import CodeCheck, CodeSettings
from screen.ocr import Line
from screen.photo import Photo, Pixels, photo_of
from screen.records import CodeDetails, Finding
from tests.writing import line

PAYLOAD = "2024-0183"


def drawn(kind: str, payload: str = PAYLOAD, scale: int = 5) -> Pixels:
    import zxingcpp

    code = zxingcpp.create_barcode(payload, getattr(zxingcpp.BarcodeFormat, kind))
    grey: Any = np.array(code.to_image(scale=scale))
    return np.repeat(grey[:, :, None], 3, axis=2).astype(np.uint8)


def scene(*pieces: tuple[Pixels, int, int], lines: tuple[Line, ...] = ()) -> Photo:
    pixels = np.full((1000, 1400, 3), 200, np.uint8)
    for piece, left, top in pieces:
        pixels[top : top + piece.shape[0], left : left + piece.shape[1]] = piece
    photo = photo_of(pixels)
    photo.once(("ocr", "rapidocr"), lambda _: lines)
    return photo


def codes(photo: Photo, chosen: CodeSettings | None = None) -> list[Finding]:
    return list(CodeCheck(chosen or CodeSettings()).inspect(photo))


def kinds(findings: list[Finding]) -> list[str]:
    return [finding.details.kind for finding in findings if isinstance(finding.details, CodeDetails)]


@pytest.mark.parametrize(
    ("kind", "said"), [("QRCode", "qr"), ("DataMatrix", "datamatrix"), ("Aztec", "aztec"), ("Code128", "barcode")]
)
@pytest.mark.parametrize("turns", [0, 1, 2])
def test_codes_are_found_and_wholly_covered(kind: str, said: str, turns: int) -> None:
    piece = np.rot90(drawn(kind), turns)
    photo = scene((piece, 300, 250))
    (found,) = codes(photo)
    assert kinds([found]) == [said]
    dark = np.argwhere(photo.pixels[:, :, 0] < 100)
    (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0)
    assert found.box is not None
    assert found.box.left <= left + 2
    assert found.box.top <= top + 2
    assert found.box.right >= right - 2
    assert found.box.bottom >= bottom - 2
    assert found.box.area < 2.5 * (right - left + 10) * (bottom - top + 10)


def test_several_codes_are_several_findings() -> None:
    photo = scene((drawn("QRCode"), 100, 100), (drawn("Code128"), 600, 500))
    assert sorted(kinds(codes(photo))) == ["barcode", "qr"]


def test_the_payload_is_private() -> None:
    (found,) = codes(scene((drawn("QRCode"), 300, 250)))
    assert isinstance(found.details, CodeDetails)
    assert found.details.payload == PAYLOAD
    assert type(found.details).__dataclass_fields__["payload"].metadata["private"]


def test_kinds_may_be_skipped() -> None:
    photo = scene((drawn("QRCode"), 300, 250))
    assert codes(photo, CodeSettings(skip=("qr",))) == []


def test_plain_pictures_hold_no_codes(noise_photo: Photo) -> None:
    noise_photo.once(("ocr", "rapidocr"), lambda _: ())
    assert codes(noise_photo) == []


def test_machine_readable_zones_are_found() -> None:
    zone = line("IDFRAMARTIN<<<<<<<<<<<<<<<<<<<<<<<<<", left=50, top=700)
    assert kinds(codes(scene(lines=(zone, line("EXIT"))))) == ["mrz"]
    assert codes(scene(lines=(zone,)), CodeSettings(mrz=False)) == []
