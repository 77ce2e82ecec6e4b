import io
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageOps

from screen.errors import PhotoError
from screen.geometry import Box
from screen.photo import ENDINGS, frame_of, is_picture, open_photo, photo_from_bytes, photo_of

PICTURE = np.random.default_rng(1).integers(0, 256, (24, 36, 3), np.uint8)


def encoded(image, kind, **options):
    buffer = io.BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def with_orientation(value, kind="PNG"):
    image = Image.fromarray(PICTURE)
    exif = image.getexif()
    exif[0x0112] = value
    return encoded(image, kind, exif=exif)


@pytest.mark.parametrize("value", range(1, 9))
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "WEBP"])
def test_exif_orientation_is_applied_once(value, kind):  # T1
    data = with_orientation(value, kind)
    photo = photo_from_bytes(data, "x")
    with Image.open(io.BytesIO(data)) as image:
        expected = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
    np.testing.assert_array_equal(photo.pixels, expected)
    assert photo.exif_orientation == value
    assert photo.size == expected.shape[1::-1]


@pytest.mark.parametrize(
    ("kind", "ending"),
    [
        ("JPEG", ".jpg"),
        ("PNG", ".png"),
        ("WEBP", ".webp"),
        ("TIFF", ".tif"),
        ("GIF", ".gif"),
        ("BMP", ".bmp"),
        ("AVIF", ".avif"),
        ("HEIF", ".heic"),
    ],
)
def test_formats_open_by_content_whatever_their_ending(tmp_path, kind, ending):  # T32
    import pillow_heif

    pillow_heif.register_heif_opener()
    smooth = Image.fromarray(np.full((64, 96, 3), (200, 120, 40), np.uint8))
    for name in (f"a{ending}", "b.jpg", "c.JPEG", "d.dat"):
        path = tmp_path / name
        path.write_bytes(encoded(smooth, kind))
        photo = open_photo(path)
        assert photo.size == (96, 64)
        assert np.abs(photo.pixels.astype(int) - (200, 120, 40)).max() < 8
        assert is_picture(path)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "F", "YCbCr"])
def test_odd_modes_become_rgb(mode):  # T33
    image = Image.fromarray(PICTURE)
    if mode == "I;16":
        image = Image.fromarray(np.linspace(0, 65535, 24 * 36).reshape(24, 36).astype(np.uint16))
    elif mode == "F":
        image = Image.fromarray(np.linspace(0, 1, 24 * 36, dtype=np.float32).reshape(24, 36) * 255)
    else:
        image = image.convert(mode)
    photo = photo_from_bytes(encoded(image, "TIFF" if mode != "P" else "PNG"), "x")
    assert photo.pixels.shape == (24, 36, 3)
    assert photo.pixels.dtype == np.uint8
    if mode in {"I;16", "F"}:
        assert photo.pixels[0, 0].max() == 0
        assert photo.pixels[-1, -1].min() >= 254


def test_colour_hidden_under_alpha_does_not_appear():  # T20
    pixels = np.zeros((8, 8, 4), np.uint8)
    pixels[..., 0] = 255
    pixels[:4, :, 3] = 255
    photo = photo_from_bytes(encoded(Image.fromarray(pixels), "PNG"), "x")
    assert (photo.pixels[0, 0] == (255, 0, 0)).all()
    assert (photo.pixels[7, 7] == 255).all()


def test_colour_profiles_are_honoured():  # T25
    red_is_blue = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.fromarray(np.full((8, 8, 3), (10, 200, 30), np.uint8))
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    same = photo_from_bytes(encoded(image, "PNG", icc_profile=red_is_blue), "x")
    assert (same.pixels == (10, 200, 30)).all()
    misfit = photo_from_bytes(encoded(image, "PNG", icc_profile=lab), "x")  # a Lab profile does not fit RGB
    assert (misfit.pixels == (10, 200, 30)).all()


def test_pixels_cannot_be_written(noise_photo):
    with pytest.raises(ValueError, match="read-only"):
        noise_photo.pixels[0, 0] = 0
    with pytest.raises(ValueError, match="read-only"):
        noise_photo.view(max_side=100).pixels[0, 0] = 0


def bomb():
    def chunk(name, body):
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"this is a text file, not a picture", "not-a-photo"),
        (encoded(Image.fromarray(PICTURE), "JPEG")[:400], "truncated"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 60, "broken"),
        (bomb(), "too-large"),
    ],
)
def test_bad_files_are_named_with_the_reason(tmp_path, data, word):  # T33, T34
    path = tmp_path / "IMG_7.jpg"
    path.write_bytes(data)
    with pytest.raises(PhotoError) as caught:
        open_photo(path, "class/IMG_7.jpg")
    assert caught.value.error == word
    assert caught.value.message.startswith("class/IMG_7.jpg: ")


def test_missing_files_and_folders_are_no_photos(tmp_path):
    with pytest.raises(PhotoError) as caught:
        open_photo(tmp_path / "none.jpg")
    assert caught.value.error == "missing"
    with pytest.raises(PhotoError) as caught:
        open_photo(tmp_path)
    assert caught.value.error == "not-a-photo"


def test_sidecars_come_with_the_photo(tmp_path):
    path = tmp_path / "a.png"
    path.write_bytes(with_orientation(1))
    (tmp_path / "a.xmp").write_bytes(b"<x/>")
    (tmp_path / "a.png.json").write_bytes(b"{}")
    (tmp_path / "b.xmp").write_bytes(b"<other/>")
    assert open_photo(path).sidecars == (("a.png.json", b"{}"), ("a.xmp", b"<x/>"))


def test_every_ending_is_taken_for_a_picture_though_it_is_none(tmp_path):
    for ending in ENDINGS:
        path = tmp_path / f"x{ending.upper()}"
        path.write_bytes(b"no picture")
        assert is_picture(path)
    other = tmp_path / "notes.txt"
    other.write_bytes(b"no picture")
    assert not is_picture(other)


views = st.tuples(
    st.integers(0, 250),
    st.integers(0, 180),
    st.integers(20, 70),
    st.integers(20, 60),
    st.one_of(st.none(), st.integers(10, 200)),
    st.integers(0, 3),
    st.booleans(),
)


@given(views, st.floats(0.05, 0.7), st.floats(0.05, 0.7))
def test_boxes_survive_every_view_turn_and_size(case, x, y):
    """What a model sees at a place of a view lies inside the box that comes back."""
    left, top, width, height, side, turns, enlarge = case
    photo = photo_of(np.zeros((240, 320, 3), np.uint8))
    part = Box(left, top, left + width, top + height)
    true = (left + x * width, top + y * height, left + (x + 0.2) * width, top + (y + 0.2) * height)
    view = photo.view(part, side, turns, enlarge)
    rows, columns = view.pixels.shape[:2]
    spots = [_place_in_view(view, rows, columns, *true[i : i + 2]) for i in (0, 2)]
    (x1, x2), (y1, y2) = (sorted(values) for values in zip(*spots, strict=True))
    box = view.to_photo(x1, y1, x2, y2)
    assert box is not None
    assert box.left <= true[0] + 1e-6
    assert box.top <= true[1] + 1e-6
    assert box.right >= min(true[2], part.right) - 1e-6
    assert box.bottom >= min(true[3], part.bottom) - 1e-6


def _place_in_view(view, rows, columns, x, y):
    across, down = (x - view.box.left) / view.box.width, (y - view.box.top) / view.box.height
    turned = [(across, down), (1 - down, across), (1 - across, 1 - down), (down, 1 - across)][view.turns]
    return turned[0] * columns, turned[1] * rows


@pytest.mark.parametrize("turns", range(4))
def test_turned_views_show_the_same_pixels(turns):
    photo = photo_of(PICTURE)
    view = photo.view(Box(3, 4, 20, 15), turns=turns)
    np.testing.assert_array_equal(view.pixels, np.rot90(PICTURE[4:15, 3:20], -turns))


def test_views_and_results_are_made_once(noise_photo):
    assert noise_photo.view(max_side=100) is noise_photo.view(max_side=100)
    calls = []
    for _ in range(2):
        assert noise_photo.once("key", lambda photo: calls.append(1) or photo.size) == (320, 240)
    assert calls == [1]


def test_empty_and_outside_regions_of_a_view_give_no_box(noise_photo):
    view = noise_photo.view(max_side=160)
    assert view.to_photo(10, 10, 10, 20) is None
    assert view.to_photo(200, 10, 220, 20) is None
    assert view.to_photo(float("nan"), 10, 20, 20) is None


@pytest.mark.parametrize(("kind", "options"), [("GIF", {}), ("PNG", {}), ("WEBP", {"lossless": True}), ("TIFF", {})])
def test_further_pictures_of_a_file_are_opened_like_the_first(kind, options):
    colours = [(250, 10, 10), (10, 250, 10), (10, 10, 250)]
    images = [Image.new("RGB", (40, 30), colour) for colour in colours]
    out = io.BytesIO()
    images[0].save(out, kind, save_all=True, append_images=images[1:], **options)
    photo = photo_from_bytes(out.getvalue(), "a")
    assert photo.frames == 3
    for number, colour in enumerate(colours):
        page = frame_of(photo, number)
        assert np.abs(page.pixels.astype(int) - colour).max() < 8
        assert (page.digest, page.frames, page.file) == (photo.digest, 1, photo.file)
    with pytest.raises(PhotoError):
        frame_of(photo, 3)
