"""Pictures for tests as cameras store them: on their side, upside down or mirrored, with a word on how to undo it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

#: How the upright picture is stored by EXIF orientation (CIPA DC-008, tag 0x0112); 1 is upright.
STORED = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
ORIENTATIONS = (1, *STORED)


def store(upright: Image.Image, orientation: int, path: Path) -> Path:
    """Save a picture as a camera does that was held so; the path."""
    stored = upright.transpose(STORED[orientation]) if orientation in STORED else upright
    exif = Image.Exif()
    exif[0x0112] = orientation
    stored.save(path, exif=exif)
    return path
