"""Whatever an image file can carry: nothing of it is in the safe copy, and the source stays as it was."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from screen.containers import parts_of
from screen.copies.witnesses import Witnesses
from screen.outputs import write_safe_copy
from screen.photo import open_photo, photo_from_bytes
from screen.policy import Policy
from screen.proof import NEEDED
from screen.records import Plan, Verdict
from screen.redact import CopyOptions, encoded
from screen.roster import Person, Roster

WORD = "Quokkazebra"
PEOPLE = Roster((Person("P1", first=WORD, last="Numbat", student_number="4711-0815"),))
RAMP = np.linspace(40, 210, 120)
PIXELS = np.stack([np.tile(RAMP, (80, 1)), np.tile(RAMP[::-1], (80, 1)), np.tile(RAMP[:80, None], (1, 120))], -1)
PIXELS = PIXELS.astype(np.uint8)
IMAGE = Image.fromarray(PIXELS)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif() -> bytes:
    block = Image.Exif()
    block.update({0x010E: WORD, 0x010F: WORD, 0x013B: WORD, 0x8298: WORD, 0x0132: "2026:03:14 10:00:00"})
    block.get_ifd(0x8769).update({0x9286: b"ASCII\0\0\0" + WORD.encode(), 0x927C: WORD.encode(), 0xA431: WORD})
    block.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 30.0), 3: "E", 4: (2.0, 17.0, 40.0), 0x1B: WORD.encode()})
    return block.tobytes()


def jpeg_with(*segments: tuple[int, bytes], tail: bytes = b"") -> bytes:
    data = encoded(PIXELS, "JPEG")
    extra = b"".join(b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in segments)
    return data[:20] + extra + data[20:] + tail


def png_with(*chunks: tuple[bytes, bytes]) -> bytes:
    data = encoded(PIXELS, "PNG")
    extra = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return data[:33] + extra + data[33:]


def thumbnail() -> bytes:
    """An EXIF block whose IFD1 points to a JPEG thumbnail behind it."""
    small = saved(IMAGE.resize((16, 12)), "JPEG")
    ifd1 = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 38, 0x0202, 4, 1, len(small), 0)
    return b"Exif\0\0II*\0\x08\0\0\0\0\0" + b"\x0e\0\0\0" + ifd1 + small


def profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def clear_with_secret() -> Image.Image:
    """Colour that nobody sees, below alpha 0."""
    image = IMAGE.convert("RGBA")
    image.putalpha(Image.fromarray(np.where(np.arange(120)[None, :] < 60, 0, 255).astype(np.uint8).repeat(80, 0)))
    return image


def heic() -> bytes:
    import pillow_heif

    file = pillow_heif.from_pillow(IMAGE)
    file.add_from_pillow(IMAGE.rotate(180))
    file[0].info["thumbnails"] = [64]
    out = io.BytesIO()
    file.save(out, exif=exif(), xmp=f"<x>{WORD}</x>".encode(), primary_index=0)
    return out.getvalue()


XMP = b"http://ns.adobe.com/xap/1.0/\0"
RAW = WORD.encode()
CASES = {
    "T13 exif": ("a.jpg", jpeg_with((0xE1, b"Exif\0\0" + exif().removeprefix(b"Exif\0\0")))),
    "T14 thumbnail": ("a.jpg", jpeg_with((0xE1, thumbnail()))),
    "T15 xmp": ("a.jpg", jpeg_with((0xE1, XMP + b"<x:xmpmeta>" + RAW + b"</x:xmpmeta>"))),
    "T15 extended xmp": ("a.jpg", jpeg_with((0xE1, b"http://ns.adobe.com/xmp/extension/\0" + bytes(40) + RAW * 5000))),
    "T16 iptc": ("a.jpg", jpeg_with((0xED, b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x10\x1c\x02\x19\0\x0b" + RAW))),
    "T16 comment": ("a.jpg", jpeg_with((0xFE, RAW))),
    "T16 unknown segment": ("a.jpg", jpeg_with((0xE7, RAW), (0xEB, RAW), (0xEC, RAW))),
    "T17 trailer": ("a.jpg", jpeg_with(tail=b"\0\0\0\x18ftypmp42" + RAW + saved(IMAGE.rotate(90), "JPEG"))),
    "T18 second picture": ("a.jpg", saved(IMAGE, "MPO", save_all=True, append_images=[IMAGE.rotate(180)])),
    "T18 gain map": (
        "a.jpg",
        jpeg_with(
            (0xE1, XMP + b'<x:xmpmeta hdrgm:Version="1.0"><GContainer:Directory/>' + RAW + b"</x:xmpmeta>"),
            (0xE2, b"MPF\0II*\0\x08\0\0\0" + bytes(40)),
            tail=saved(IMAGE.convert("L").resize((30, 20)), "JPEG", exif=exif()),
        ),
    ),
    "T19 heic": ("a.heic", heic()),
    "T20 png": (
        "a.png",
        png_with((b"tEXt", b"Author\0" + RAW), (b"zTXt", b"Comment\0\0" + zlib.compress(RAW)), (b"eXIf", exif()[6:])),
    ),
    "T20 alpha": ("a.png", saved(clear_with_secret(), "PNG")),
    "T20 gif": (
        "a.gif",
        saved(IMAGE.convert("P"), "GIF", save_all=True, append_images=[IMAGE.rotate(90).convert("P")], comment=RAW),
    ),
    "T20 webp": (
        "a.webp",
        saved(IMAGE, "WEBP", save_all=True, append_images=[IMAGE.rotate(180)], exif=exif(), xmp=RAW),
    ),
    "T20 tiff": (
        "a.tif",
        saved(IMAGE, "TIFF", save_all=True, append_images=[IMAGE.rotate(180)], tiffinfo={270: WORD, 315: WORD}),
    ),
    "T20 apng": ("a.png", saved(IMAGE, "PNG", save_all=True, append_images=[IMAGE.rotate(180)])),
    "T25 profile": ("a.jpg", saved(IMAGE, "JPEG", quality=95, icc_profile=profile())),
    "T33 16 bit": ("a.png", saved(Image.fromarray(PIXELS[..., 0].astype(np.uint16) * 257), "PNG")),
    "T33 grey and alpha": ("a.png", saved(clear_with_secret().convert("LA"), "PNG")),
    "T33 palette": ("a.png", saved(IMAGE.quantize(64), "PNG")),
    "T33 one pixel": ("a.jpg", saved(IMAGE.resize((1, 1)), "JPEG", comment=RAW)),
    "T33 cmyk": ("a.jpg", saved(IMAGE.convert("CMYK"), "JPEG", quality=95)),
}


@pytest.mark.parametrize("case", CASES)
def test_nothing_of_the_file_but_its_picture_is_in_the_copy(case: str, tmp_path: Path, policy: Policy) -> None:
    name, data = CASES[case]
    source = tmp_path / "in" / name
    source.parent.mkdir()
    source.write_bytes(data)
    for sidecar in (source.with_suffix(".xmp"), source.with_suffix(".aae"), source.with_name(f"{name}.json")):  # T23
        sidecar.write_bytes(RAW)
    source.chmod(0o444)
    photo = open_photo(source, name)
    verdict = Verdict(name, photo.digest, photo.size, (), Plan(), ("website",))
    nothing = Verdict(name, "0" * 64, photo.size, (), Plan(), ("website",))
    witnesses = Witnesses(lambda *given: nothing, None, None)
    copy = write_safe_copy(photo, verdict, tmp_path / "out", CopyOptions(), policy, PEOPLE, witnesses)
    written = Path(copy.path).read_bytes()
    kind = photo_from_bytes(written, "copy").format
    assert {part.name for part in parts_of(written)} <= NEEDED[kind]
    for word in (WORD, "Numbat", "4711-0815", "Exif", "xmp", "8BIM", "ICC"):
        for code in ("utf-8", "utf-16-le", "utf-16-be"):
            assert word.encode(code) not in written
            assert word.lower().encode(code) not in written.lower() or len(word) < 6
    assert written.count(b"\xff\xd8\xff") == (1 if kind == "JPEG" else 0), "no second picture, no thumbnail"
    assert [path.name for path in (tmp_path / "out").rglob("*")] == [Path(copy.path).name], "no sidecar comes along"
    assert source.read_bytes() == data
    shown = photo_from_bytes(written, "copy").pixels.astype(int)
    assert np.abs(shown - photo.pixels).mean() < 8, "the colours are those of the photo"


def test_colour_below_alpha_0_is_gone() -> None:
    """T20: what was transparent is white in the copy."""
    name, data = CASES["T20 alpha"]
    photo = photo_from_bytes(data, name)
    assert (photo.pixels[:, :60] == 255).all()
