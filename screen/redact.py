"""make_safe_copy: hide, crop, turn, and encode anew from bare pixels."""

from __future__ import annotations

import functools
import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from screen.copies.masks import Mask, mask_of
from screen.copies.styles import CELLS, STYLES, Style, fill, plain
from screen.errors import UsageError
from screen.geometry import Box
from screen.photo import Photo, Pixels, photo_from_bytes
from screen.records import Cover, Plan
from screen.translation import marked

#: Formats that are written, and the endings that belong to them; the first one is used for new names.
ENDINGS = {"JPEG": (".jpg", ".jpeg", ".jpe", ".jfif"), "PNG": (".png",), "WEBP": (".webp",)}
NAMES = ("keep", "neutral", "random")
#: 4:4:4 keeps a mask's colours from bleeding; 92 is where JPEG's losses stop being seen.
JPEG: dict[str, Any] = {"quality": 92, "subsampling": 0}
WEBP: dict[str, Any] = {"quality": 92, "method": 4}
#: WebP with losses halves the resolution of colours, as its format demands. Of photos that takes up to 5.2 levels of
#: 255 in the worst tile (16 photos and scenes), of coloured writing and stripes 18 to 90: so these have none.
WEBP_LOSSLESS: dict[str, Any] = {"lossless": True, "quality": 40, "method": 2}
MOST_LOSS, TILE = 6.0, 64
PNG: dict[str, Any] = {"compress_level": 6}
#: WebP holds no longer side (RFC 9649).
WEBP_SIDE = 16_383
#: Formats whose further pictures are pages or moments of an animation; those of an MPO file are previews and gain maps.
PAGED = frozenset({"GIF", "WEBP", "TIFF", "PNG", "HEIF", "AVIF"})
#: Rows that are blended at once, so that a large mask needs little memory.
BAND = 256


@dataclass(frozen=True, slots=True)
class CopyOptions:
    """How safe copies are made.

    Attributes:
        style: blur, pixelate, fill or emoji; text is always filled.
        strength: 1 hides for good already; more leaves fewer cells.
        format: JPEG, PNG or WEBP; empty for that of the source, JPEG where the source is of another kind.
        names: of files and folders: keep, neutral (private words go, where the filename check found some) or random.
        overwrite: replace files that are there, but never a source.
        frames: of a file with several pictures (animation, pages) the first only, or all, each as a copy of its own.

    Raises:
        UsageError: a value is not known.
    """

    style: str = "blur"
    strength: float = 1.0
    format: str = ""
    names: str = "neutral"
    overwrite: bool = False
    frames: str = "first"

    def __post_init__(self) -> None:
        known = {"style": tuple(STYLES), "format": ("", *ENDINGS), "names": NAMES, "frames": ("first", "all")}
        for name, values in known.items():
            if getattr(self, name) not in values:
                shown = ", ".join(value for value in values if value)
                raise UsageError(
                    "{name} {chosen!r} is not known. Use one of: {shown}.",
                    name=name,
                    chosen=getattr(self, name),
                    shown=shown,
                )
        if not 1 <= self.strength <= 6:
            raise UsageError("strength {strength:g} is not possible. Use 1 (the default) to 6.", strength=self.strength)


@dataclass(frozen=True, slots=True)
class Encoded:
    """A safe copy before it is written.

    Attributes:
        data: the bytes of the image file.
        format: JPEG, PNG or WEBP.
        notes: sentences about what the copy leaves out.
    """

    data: bytes
    format: str
    notes: tuple[str, ...] = ()


def make_safe_copy(
    photo: Photo,
    plan: Plan,
    options: CopyOptions,
    crop: Box | None = None,
    noise: np.random.Generator | None = None,
) -> Encoded:
    """The photo with everything in plan.covers hidden, cropped, turned last, encoded from a bare array.

    Args:
        photo: upright pixels; nothing else of it is used but its format.
        plan: what to hide and how to turn, in pixels of the photo.
        options: style, strength and format.
        crop: the part to keep, in pixels of the photo; all of it if None.
        noise: where noise comes from; fresh from the operating system if None.
    """
    return packed(
        photo, hidden(photo.pixels, plan.covers, options, noise or np.random.default_rng()), plan, options, crop
    )


def packed(photo: Photo, pixels: Pixels, plan: Plan, options: CopyOptions, crop: Box | None = None) -> Encoded:
    """Pixels of the whole photo, in which everything is hidden, cropped, turned last, encoded from a bare array."""
    if crop:
        pixels = pixels[crop.as_slices()]
    pixels = np.ascontiguousarray(turned(pixels, plan.turns))
    kind = _format(photo, options, pixels)
    return Encoded(encoded(pixels, kind), kind, tuple(_notes(photo, options)))


def turned(pixels: Pixels, turns: int) -> Pixels:
    """The pixels turned clockwise by so many quarters; OpenCV does it in a fifth of the time that NumPy takes."""
    import cv2  # noqa: PLC0415

    codes = {1: cv2.ROTATE_90_CLOCKWISE, 2: cv2.ROTATE_180, 3: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return np.asarray(cv2.rotate(pixels, codes[turns % 4]), np.uint8) if turns % 4 else pixels


def _format(photo: Photo, options: CopyOptions, pixels: Pixels) -> str:
    kind = options.format or (photo.format if photo.format in ENDINGS else "JPEG")
    return "JPEG" if kind == "WEBP" and max(pixels.shape) > WEBP_SIDE else kind


def _notes(photo: Photo, options: CopyOptions) -> Iterable[str]:
    if photo.frames > 1 and options.frames == "all" and photo.format in PAGED:
        yield marked("The file holds more than one picture; each gets a copy of its own.")
    elif photo.frames > 1:
        yield marked("The file holds more than one picture; the copy holds the first one only.")


def hidden(pixels: Pixels, covers: Iterable[Cover], options: CopyOptions, noise: np.random.Generator) -> Pixels:
    """A copy of the pixels in which every cover is hidden; each has noise of its own."""
    height, width = pixels.shape[:2]
    result, covers = pixels.copy(), tuple(covers)
    pairs = zip(covers, noise.spawn(len(covers)), strict=True)
    for cover, own in sorted(pairs, key=lambda pair: _depth(pair[0])):
        mask = mask_of(cover, (width, height))
        strength = options.strength * cover.strength
        blend(result, mask, _style(cover, options)(result, mask, strength, own))
    return result


def _depth(cover: Cover) -> tuple[int, int]:
    """Where a cover lies in the pile: who is nearer has the larger head, so masks overlap as heads do.

    On top, in the order given, lies what was hidden later, since something was found under or beside a mask.
    """
    return (0, cover.box.area) if cover.strength <= 1 else (1, 0)


def _style(cover: Cover, options: CopyOptions) -> Style:
    if cover.shape == "quad":
        return plain
    return fill if options.strength * cover.strength > CELLS else STYLES[options.style]


def is_flat(cover: Cover, options: CopyOptions) -> bool:
    """Is nothing at all kept of what lies under the cover: writing, and what a blur was not enough for?"""
    return cover.shape == "quad" or options.style in {"fill", "emoji"} or options.strength * cover.strength > CELLS


def blend(pixels: Pixels, mask: Mask, replacement: Pixels) -> None:
    """Put the replacement over the region of the mask, in place."""
    region = pixels[mask.box.as_slices()]
    for start in range(0, mask.box.height, BAND):
        band = slice(start, start + BAND)
        alpha = mask.alpha[band, :, None].astype(np.uint16)
        # 255 * 255 + 127 still fits 16 bits.
        mixed = region[band] * (255 - alpha) + replacement[band] * alpha
        region[band] = ((mixed + 127) // 255).astype(np.uint8)


def encoded(pixels: Pixels, kind: str) -> bytes:
    """The bytes of an image file of that kind that holds the pixels and nothing else."""
    data = _saved(pixels, kind, {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}[kind])
    if kind == "WEBP" and _loss(pixels, photo_from_bytes(data, "copy").pixels) > MOST_LOSS:
        return _saved(pixels, kind, WEBP_LOSSLESS)
    return data


def _saved(pixels: Pixels, kind: str, options: dict[str, Any]) -> bytes:
    out = io.BytesIO()
    _image_module().fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


def _loss(pixels: Pixels, copy: Pixels) -> float:
    """How far colours are off on average in the tile in which they are most, 0 to 255."""
    import cv2  # noqa: PLC0415

    gap = cv2.absdiff(pixels, copy)
    tiles = max(1, pixels.shape[1] // TILE), max(1, pixels.shape[0] // TILE)
    means: Any = cv2.resize(gap, tiles, interpolation=cv2.INTER_AREA)
    return float(means.reshape(-1, 3).mean(axis=1).max())


@functools.cache
def _image_module() -> Any:
    from PIL import Image  # noqa: PLC0415

    return Image
