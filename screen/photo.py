"""The only door to image files: upright, sRGB, read-only pixels, and views of them."""

from __future__ import annotations

import contextlib
import errno
import functools
import hashlib
import importlib
import io
import math
import warnings
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from screen.errors import PhotoError
from screen.geometry import Box

Pixels = npt.NDArray[np.uint8]
T = TypeVar("T")

#: Formats that are opened, by Pillow's names. Content decides, never the ending of the name.
FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "TIFF", "GIF", "BMP", "HEIF", "AVIF")
_PHOTOS = "jpg jpeg jpe jfif mpo png apng webp tif tiff gif bmp dib heic heif hif heics avif"
_RAW = "cr2 cr3 crw nef nrw arw srf sr2 dng raf orf rw2 pef srw x3f"
_OTHERS = "psd psb jp2 j2k jpx jxl jxr tga dds ico sgi xcf insp"
_FILMS = "mp4 m4v mov avi mkv webm 3gp mts mpg mpeg wmv"
#: Endings of names that people expect to be photos; such a file that is no photo is a failure, not a file to pass over.
ENDINGS = frozenset(f".{word}" for word in _PHOTOS.split())
#: Pictures and films that schools have and that cannot be read here; named, never passed over in silence. Raw files of
#: cameras are among them, though some open as TIFF: what opens is a small preview only.
UNSUPPORTED = frozenset(f".{word}" for words in (_RAW, _OTHERS, _FILMS) for word in words.split())
#: More pixels than any school camera has (108-megapixel phones fit): a guard against decompression bombs.
MOST_PIXELS = 128_000_000
#: A longer side is no photo, but an attack or a scan that must be cut first.
LONGEST_SIDE = 65_500
#: Bytes of an image file that are read at the most.
MOST_BYTES = 512 * 2**20
#: Bytes of a sidecar that are read at the most; real ones have some kB.
MOST_SIDECAR_BYTES = 2**20


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A photo cut, reduced or turned; what models and engines look at.

    Attributes:
        pixels: (height, width, 3) uint8 RGB of the view, read-only.
        box: the part of the photo that is seen.
        photo_size: upright width and height of the photo.
        turns: clockwise quarter turns by which the view was turned after cutting.
    """

    pixels: Pixels
    box: Box
    photo_size: tuple[int, int]
    turns: int = 0

    @property
    def scale(self) -> float:
        """View pixels per photo pixel, at most 1 unless the view was enlarged."""
        upright_width = self.pixels.shape[1] if self.turns % 2 == 0 else self.pixels.shape[0]
        return float(upright_width) / self.box.width

    def point_to_photo(self, x: float, y: float) -> tuple[float, float]:
        """A point of the view in photo pixels, not rounded and not clipped."""
        height, width = self.pixels.shape[:2]
        x, y = ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[self.turns % 4]
        if self.turns % 2:
            width, height = height, width
        return self.box.left + x * self.box.width / width, self.box.top + y * self.box.height / height

    def to_photo(self, left: float, top: float, right: float, bottom: float) -> Box | None:
        """The box in photo pixels that wholly holds what was seen; None if nothing is left after clipping.

        Rounds outwards, and by one more view pixel where the view is smaller than the photo.
        """
        if not all(map(math.isfinite, (left, top, right, bottom))) or right <= left or bottom <= top:
            return None
        more = 1.0 if self.scale < 1 else 0.0
        (x1, y1), (x2, y2) = (
            self.point_to_photo(left - more, top - more),
            self.point_to_photo(right + more, bottom + more),
        )
        return Box.around(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2), self.photo_size)


@dataclass(frozen=True, slots=True, eq=False)
class Photo:
    """An upright picture in memory.

    Attributes:
        source: where it came from, as given or relative to the folder scanned.
        digest: SHA-256 of the file, hex; of the pixels where there was no file.
        pixels: (height, width, 3) uint8 sRGB, upright, read-only; alpha is flattened on white.
        file: the bytes of the image file; empty where there was no file.
        format: Pillow's name of the file's format; empty where there was no file.
        frames: pictures in the file; only the first one is in pixels.
        exif_orientation: what the file said (1 to 8); already applied to the pixels.
        sidecars: (name, bytes) of files beside it that describe it: .xmp, .json, .aae.
    """

    source: str
    digest: str
    pixels: Pixels
    file: bytes = b""
    format: str = ""
    frames: int = 1
    exif_orientation: int = 1
    sidecars: tuple[tuple[str, bytes], ...] = ()
    _made: dict[Hashable, Any] = field(default_factory=dict, repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """Upright width and height in pixels."""
        return int(self.pixels.shape[1]), int(self.pixels.shape[0])

    def once(self, key: Hashable, make: Callable[[Photo], T]) -> T:
        """What make(photo) gives, made once and shared by all checks that ask with the same key."""
        if key not in self._made:
            self._made[key] = make(self)
        value: T = self._made[key]
        return value

    def made(self, name: str) -> Any:
        """What another check has already made, under a key that starts with that name; None if none has."""
        keys = (key for key in self._made if isinstance(key, tuple) and key[:1] == (name,))
        return self._made.get(next(keys, None))

    def view(
        self,
        box: Box | None = None,
        max_side: int | None = None,
        turns: int = 0,
        enlarge: bool = False,
        keep: bool = True,
    ) -> View:
        """The photo, or the part in box, reduced so that its long side is max_side at the most, then turned.

        Args:
            box: the part to look at; None for the whole photo.
            max_side: the longest side of the view in pixels; None keeps every pixel.
            turns: clockwise quarter turns.
            enlarge: also enlarge a smaller part until its long side is max_side.
            keep: share the view with whoever asks for the same one; False for tiles and crops that nobody else needs.
        """
        box = box or Box(0, 0, *self.size)
        enlarge = enlarge and max_side is not None and max_side > max(box.width, box.height)
        if not keep:
            return self._make_view(box, max_side, turns % 4, enlarge)
        key = ("view", box, max_side, turns % 4, enlarge)
        return self.once(key, lambda photo: photo._make_view(box, max_side, turns % 4, enlarge))

    def _make_view(self, box: Box, max_side: int | None, turns: int, enlarge: bool) -> View:
        pixels = self.pixels[box.as_slices()]
        scale = max_side / max(box.width, box.height) if max_side else 1.0
        if scale < 1 or (enlarge and scale > 1):
            pixels = resized(pixels, scale)
        if turns:
            pixels = np.ascontiguousarray(np.rot90(pixels, -turns))
        return View(read_only(pixels), box, self.size, turns)


def read_only(pixels: Pixels) -> Pixels:
    """A view of the same array that cannot be written to."""
    pixels = pixels.view()
    pixels.flags.writeable = False
    return pixels


def photo_of(pixels: Pixels, source: str = "memory") -> Photo:
    """A photo from bare pixels, (height, width, 3) uint8 sRGB."""
    return Photo(source, hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest(), read_only(pixels))


def open_photo(path: Path, source: str | None = None) -> Photo:
    """The upright sRGB photo in an image file, by content and not by ending, EXIF orientation applied once.

    Args:
        path: the image file.
        source: the name it goes by in verdicts; the path itself if None.

    Raises:
        PhotoError: it is missing, unreadable, empty, no photo, truncated, broken or too large.
    """
    name = source if source is not None else str(path)
    data = read_file(path, name)
    pixels, picture = _decoded(data, name)
    digest = hashlib.sha256(data).hexdigest()
    return Photo(name, digest, read_only(pixels), data, *picture, sidecars=read_sidecars(path))


def frame_of(photo: Photo, number: int) -> Photo:
    """Another picture of the file: a page, or a moment of an animation as it is shown then; errors as of open_photo.

    Args:
        photo: what open_photo gave; its file is asked again.
        number: 0 for the first one.
    """
    pixels, (kind, _, orientation) = _decoded(photo.file, photo.source, number)
    return Photo(photo.source, photo.digest, read_only(pixels), photo.file, kind, 1, orientation)


def photo_from_bytes(data: bytes, source: str) -> Photo:
    """The upright sRGB photo in the bytes of an image file; errors as of open_photo."""
    if not data:
        raise PhotoError("empty", "{source}: the file is empty. Copy it again from the camera or phone.", source=source)
    pixels, picture = _decoded(data, source)
    return Photo(source, hashlib.sha256(data).hexdigest(), read_only(pixels), data, *picture)


def read_file(path: Path, name: str) -> bytes:
    """The bytes of a regular file of bearable size.

    Raises:
        PhotoError: missing, unreadable, empty, too-large or not-a-photo (a folder, a device).
    """
    try:
        if not path.is_file():
            if path.exists():
                raise PhotoError("not-a-photo", "{name}: this is no file. Give a photo, or scan the folder.", name=name)
            raise PhotoError("missing", "{name}: there is no such file. Check the name and the folder.", name=name)
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise PhotoError(
                "too-large",
                "{name}: the file has {megabytes} MB. Save a smaller copy and screen that.",
                name=name,
                megabytes=size // 2**20,
            )
        data = path.read_bytes()
    except OSError as error:
        word = "missing" if error.errno == errno.ENOENT else "unreadable"
        raise PhotoError(
            word,
            "{name}: the file cannot be read ({strerror}). Check its permissions.",
            name=name,
            strerror=error.strerror,
        ) from error
    if not data:
        raise PhotoError("empty", "{name}: the file is empty. Copy it again from the camera or phone.", name=name)
    return data


def is_picture(path: Path) -> bool:
    """Does a file call itself a photo by its ending, or start like one?"""
    if path.suffix.lower() in ENDINGS:
        return True
    try:
        with path.open("rb") as file:
            return _starts_like_a_picture(file.read(32))
    except OSError:
        return False


def _starts_like_a_picture(head: bytes) -> bool:
    if head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*")):
        return True
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return True
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return True
    return head[4:8] == b"ftyp" and head[8:12] in {
        b"heic",
        b"heix",
        b"hevc",
        b"heim",
        b"mif1",
        b"msf1",
        b"avif",
        b"avis",
    }


def read_sidecars(path: Path) -> tuple[tuple[str, bytes], ...]:
    """(name, bytes) of the small files beside a photo that describe it, sorted by name."""
    names = [path.with_suffix(ending) for ending in (".xmp", ".XMP", ".json", ".aae", ".AAE")]
    names += [path.with_name(path.name + ending) for ending in (".xmp", ".json", ".supplemental-metadata.json")]
    found: dict[str, bytes] = {}
    for name in names:
        try:
            if name.is_file() and name.stat().st_size <= MOST_SIDECAR_BYTES:
                found.setdefault(name.name, name.read_bytes())
        except OSError:
            continue
    return tuple(sorted(found.items()))


@functools.cache
def _pillow() -> Any:
    """Pillow's Image module, with HEIF registered and its own bomb limit replaced by ours."""
    import pillow_heif  # noqa: PLC0415
    from PIL import Image  # noqa: PLC0415

    pillow_heif.register_heif_opener(thumbnails=False)
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    return Image


def _decoded(data: bytes, name: str, number: int = 0) -> tuple[Pixels, tuple[str, int, int]]:
    """Upright sRGB pixels of one picture of the file, and (format, frames, exif orientation)."""
    from PIL import UnidentifiedImageError  # noqa: PLC0415

    image_module = _pillow()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", image_module.DecompressionBombWarning)
            with image_module.open(io.BytesIO(data), formats=_formats()) as image:
                if number:
                    image.seek(number)
                _refuse_giants(image.size, name)
                found = (str(image.format), int(getattr(image, "n_frames", 1)), _exif_orientation(image))
                return _upright_srgb(image), found
    except PhotoError:
        raise
    except UnidentifiedImageError as error:
        raise _no_photo(data, name) from error
    except (image_module.DecompressionBombError, image_module.DecompressionBombWarning, MemoryError) as error:
        raise PhotoError(
            "too-large", "{name}: the picture has too many pixels. Save a smaller copy.", name=name
        ) from error
    except Exception as error:
        text = str(error).lower()
        if "truncated" in text or "not enough" in text or "premature" in text:
            raise PhotoError(
                "truncated", "{name}: the picture is truncated. Copy it again from the camera or phone.", name=name
            ) from error
        raise PhotoError(
            "broken", "{name}: the picture is broken. Copy it again from the camera or phone.", name=name
        ) from error


@functools.cache
def _formats() -> tuple[str, ...]:
    """The formats that are opened here; of Pillow's fifty readers only theirs are loaded."""
    image_module = _pillow()
    for name in ("Jpeg", "Mpo", "Png", "WebP", "Tiff", "Gif", "Bmp", "Avif"):
        with contextlib.suppress(ImportError):
            importlib.import_module(f"PIL.{name}ImagePlugin")
    return tuple(name for name in FORMATS if name in image_module.OPEN)


def _no_photo(data: bytes, name: str) -> PhotoError:
    if _starts_like_a_picture(data[:32]):
        return PhotoError("broken", "{name}: the picture is broken. Copy it again from the camera or phone.", name=name)
    return PhotoError(
        "not-a-photo",
        "{name}: this is no photo that can be read. Save it as JPEG, PNG or HEIC and screen that.",
        name=name,
    )


def _refuse_giants(size: tuple[int, int], name: str) -> None:
    width, height = size
    if width * height > MOST_PIXELS or max(size) > LONGEST_SIDE:
        raise PhotoError(
            "too-large",
            "{name}: {width} x {height} pixels are too many. Save a smaller copy.",
            name=name,
            width=width,
            height=height,
        )


def _exif_orientation(image: Any) -> int:
    try:
        value = int(image.getexif().get(0x0112, 1))
    except Exception:  # noqa: BLE001  broken EXIF must not hide the picture; the metadata check reports it
        return 1
    return value if 1 <= value <= 8 else 1


def _upright_srgb(image: Any) -> Pixels:
    """Decode, honour the colour profile, flatten alpha on white, turn upright."""
    profile = image.info.get("icc_profile")
    image.load()
    orientation = _exif_orientation(image)  # asked for after loading, since some decoders turn the picture themselves
    flat = _flattened(_eight_bit(image), profile)
    return np.ascontiguousarray(_turned(np.asarray(flat, np.uint8), orientation))


def _turned(pixels: Pixels, orientation: int) -> Pixels:
    """Pixels as EXIF's Orientation (CIPA DC-008, tag 0x0112) wants them shown."""
    if orientation in {5, 6, 7, 8}:
        pixels = pixels.transpose(1, 0, 2)
    if orientation in {2, 3, 6, 7}:
        pixels = pixels[:, ::-1]
    if orientation in {3, 4, 7, 8}:
        pixels = pixels[::-1]
    return pixels


def _eight_bit(image: Any) -> Any:
    """The image with 8 bits a channel: 16-bit and float modes are scaled, not clipped."""
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        values = np.asarray(image, np.float64)
        top = 65535.0 if image.mode.startswith("I;16") or values.max(initial=0) > 255 else 255.0
        top = max(top, float(values.max(initial=0))) if image.mode == "F" else top
        return _pillow().fromarray(np.clip(values * 255.0 / top, 0, 255).astype(np.uint8))
    return image


def _flattened(image: Any, profile: bytes | None) -> Any:
    """An sRGB image without alpha: what is transparent shows white, so that nothing hides below alpha 0."""
    transparent = image.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in image.info
    if transparent:
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        white = _pillow().new("RGB", image.size, (255, 255, 255))
        white.paste(_to_srgb(image.convert("RGB"), profile), mask=alpha)
        return white
    return _to_srgb(image, profile)


def _to_srgb(image: Any, profile: bytes | None) -> Any:
    from PIL import ImageCms  # noqa: PLC0415

    if image.mode in {"P", "1"}:
        image = image.convert("RGB")
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in (ImageCms.getProfileDescription(source) or "").lower():
                image = ImageCms.profileToProfile(image, source, _srgb(), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
            pass  # a profile that does not fit its picture is ignored, as browsers do
    return image if image.mode == "RGB" else image.convert("RGB")


@functools.cache
def _srgb() -> Any:
    from PIL import ImageCms  # noqa: PLC0415

    return ImageCms.createProfile("sRGB")


def resized(pixels: Pixels, scale: float) -> Pixels:
    """The array, in colours or grey, at that scale; reduced, each pixel is the mean of what it stands for."""
    import cv2  # noqa: PLC0415

    height, width = pixels.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    while 2 * size[0] <= width and 2 * size[1] <= height and width % 2 == height % 2 == 0:
        # Halving is ten times quicker than reducing by other factors, and the mean of means is the mean.
        width, height = width // 2, height // 2
        pixels = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    if size == (width, height):
        return pixels
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=how), np.uint8)
