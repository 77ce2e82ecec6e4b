"""make_safe_copy: what must be hidden is, what must not be touched is not, and nothing travels along."""

import itertools

import cv2
import numpy as np
import pytest

from screen.containers import parts_of
from screen.copies.masks import mask_of
from screen.copies.styles import COLOUR_NOISE, NOISE, cells
from screen.errors import UsageError
from screen.geometry import Box
from screen.photo import Photo, photo_from_bytes, photo_of
from screen.records import Cover, Plan
from screen.redact import CopyOptions, make_safe_copy

STYLES = ["blur", "pixelate", "fill", "emoji"]


def noise_of(size: tuple[int, int], seed: int = 3) -> Photo:
    pixels = np.random.default_rng(seed).integers(0, 256, (size[1], size[0], 3), np.uint8)
    return photo_of(pixels)


def shown(photo: Photo, *covers: Cover, crop: Box | None = None, turns: int = 0, **options: str) -> np.ndarray:
    chosen = CopyOptions(**{"format": "PNG", **options})
    copy = make_safe_copy(photo, Plan(turns, covers), chosen, crop, np.random.default_rng(5))
    return photo_from_bytes(copy.data, "copy").pixels


def changed(photo: Photo, pixels: np.ndarray) -> np.ndarray:
    return (photo.pixels != pixels).any(axis=2)


@pytest.mark.parametrize("style", STYLES)
def test_the_face_is_hidden_and_all_far_from_it_untouched(style: str) -> None:
    photo = noise_of((300, 200))
    face = Box(100, 80, 140, 130)
    head = face.grown(0.4, 0.6, 0.3, photo.size)
    pixels = shown(photo, Cover(head, "ellipse", inside=face), style=style)
    inside = changed(photo, pixels)[face.as_slices()]
    assert inside.mean() > 0.99
    far = np.ones(photo.pixels.shape[:2], bool)
    far[head.grown(0.2, 0.2, 0.2, photo.size).as_slices()] = False
    assert not changed(photo, pixels)[far].any()


@pytest.mark.parametrize(
    "face",
    [
        Box(0, 0, 30, 40), Box(270, 0, 300, 40), Box(0, 160, 30, 200), Box(270, 160, 300, 200),
        Box(0, 80, 30, 120), Box(270, 80, 300, 120), Box(100, 0, 130, 40), Box(100, 160, 130, 200),
        Box(0, 0, 300, 200), Box(0, 0, 2, 2), Box(150, 100, 151, 101), Box(298, 198, 300, 200),
    ],
)  # fmt: skip
def test_a_face_at_the_border_is_wholly_hidden(face: Box) -> None:
    """T7, T8."""
    photo = noise_of((300, 200))
    mask = mask_of(Cover(face.grown(0.4, 0.6, 0.3, photo.size), "ellipse", inside=face), photo.size)
    whole = np.zeros((200, 300), np.uint8)
    whole[mask.box.as_slices()] = mask.alpha
    assert (whole[face.as_slices()] == 255).all()


@pytest.mark.parametrize("side", ["left", "top", "right", "bottom"])
def test_a_head_that_the_border_cuts_is_hidden_up_to_its_border(side: str) -> None:
    size = (200, 200)
    head = {
        "left": Box(0, 60, 50, 140), "top": Box(60, 0, 140, 50),
        "right": Box(150, 60, 200, 140), "bottom": Box(60, 150, 140, 200),
    }[side]  # fmt: skip
    mask = mask_of(Cover(head, "ellipse"), size)
    whole = np.zeros((200, 200), np.uint8)
    whole[mask.box.as_slices()] = mask.alpha
    edge = {"left": whole[60:140, 0], "top": whole[0, 60:140], "right": whole[60:140, -1], "bottom": whole[-1, 60:140]}
    assert (edge[side] == 255).mean() > 0.95


def test_a_head_of_which_hair_alone_is_cut_off_keeps_its_shape() -> None:
    """The ellipse goes less far beyond the border than where the face is cut, and hides what is left of the hair."""
    head, face = Box(60, 0, 140, 110), Box(75, 30, 125, 95)
    cut = [mask_of(Cover(head, "ellipse", inside=inside), (200, 200)) for inside in (face, Box(75, 0, 125, 95))]
    rows = [mask.alpha[0] == 255 for mask in cut]
    assert 60 <= rows[0].sum() < rows[1].sum()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize(
    ("size", "face"), [((400, 300), Box(0, 0, 400, 300)), ((4000, 3000), Box(2000, 1500, 2012, 1514))]
)
def test_a_face_that_fills_the_picture_and_the_smallest_one_are_wholly_hidden(
    style: str, size: tuple[int, int], face: Box
) -> None:
    """T9: at either end no pixel of the face stays, and all else of 12 megapixels does."""
    photo = noise_of(size)
    head = face.grown(0.4, 0.6, 0.3, size)
    difference = changed(photo, shown(photo, Cover(head, "ellipse", inside=face), style=style))
    assert difference[face.as_slices()].mean() > 0.99
    assert difference.sum() <= head.grown(0.3, 0.3, 0.3, size).area


def test_overlapping_heads_are_hidden_in_any_order() -> None:
    """T10."""
    photo = noise_of((200, 200))
    faces = [Box(60, 60, 100, 110), Box(80, 70, 130, 130), Box(70, 90, 110, 150)]
    covers = [Cover(face.grown(0.4, 0.6, 0.3, photo.size), "ellipse", inside=face) for face in faces]
    for order in itertools.permutations(covers):
        difference = changed(photo, shown(photo, *order))
        assert all(difference[face.as_slices()].mean() > 0.99 for face in faces)


def test_the_head_of_who_is_nearer_lies_on_top_and_what_was_hidden_later_above_all() -> None:
    photo = noise_of((300, 200))
    near, far = Cover(Box(60, 20, 180, 180), "ellipse"), Cover(Box(20, 40, 100, 140), "ellipse")
    alone = shown(photo, near, style="emoji")
    inside = mask_of(near, photo.size)
    place, whole = inside.box.as_slices(), inside.alpha == 255
    for order in ((near, far), (far, near)):
        pixels = shown(photo, *order, style="emoji")
        assert np.array_equal(pixels[place][whole], alone[place][whole])
    later = Cover(Box(80, 60, 120, 120), "ellipse", strength=7.0)
    pixels = shown(photo, near, later, style="emoji")
    assert not np.array_equal(pixels[later.box.as_slices()], alone[later.box.as_slices()])


@pytest.mark.parametrize("style", ["blur", "pixelate"])
@pytest.mark.parametrize("side", [20, 45, 100, 300, 1000])
def test_what_is_kept_of_a_head_is_at_most_six_by_six_cells_at_any_size(style: str, side: int) -> None:
    """T62, T63: pictures with equal averages over the cells give equal copies, whatever the size."""
    size = (side + 40, side + 40)
    head = Box(20, 20, 20 + side, 20 + side)
    rng = np.random.default_rng(1)
    flat = np.full((size[1], size[0], 3), 120, np.uint8)
    lively = flat.copy()
    edges = np.linspace(20, 20 + side, 7)
    for (top, bottom), (left, right) in itertools.product(itertools.pairwise(edges), repeat=2):
        part = lively[int(np.ceil(top)) : int(bottom), int(np.ceil(left)) : int(right)]
        swing = rng.integers(0, 60, (*part.shape[:2], 1)) * np.where(rng.random((*part.shape[:2], 1)) < 0.5, -1, 1)
        swing = swing - round(float(swing.mean()))
        part[:] = np.clip(part + swing, 0, 255)
    cover = Cover(head, "ellipse")
    one, other = (shown(photo_of(p), cover, style=style).astype(int) for p in (flat, lively))
    hard = mask_of(cover, size)
    core = hard.alpha == 255
    assert np.abs(one - other)[hard.box.as_slices()][core].max() <= 6


@pytest.mark.parametrize("style", ["fill", "emoji"])
def test_fill_and_emoji_keep_nothing_at_all(style: str) -> None:
    photo = noise_of((200, 160))
    head = Box(50, 40, 120, 120)
    other = photo.pixels.copy()
    hard = mask_of(Cover(head, "ellipse"), photo.size)
    part = other[hard.box.as_slices()]
    part[hard.alpha == 255] = 255 - part[hard.alpha == 255]
    one, two = (
        shown(photo, Cover(head, "ellipse"), style=style),
        shown(photo_of(other), Cover(head, "ellipse"), style=style),
    )
    assert np.array_equal(one[hard.box.as_slices()][hard.alpha == 255], two[hard.box.as_slices()][hard.alpha == 255])


def test_fill_carries_the_surroundings_on() -> None:
    """Left half dark, right half bright: so is what replaces the head between them."""
    pixels = np.full((120, 160, 3), 60, np.uint8)
    pixels[:, 80:] = 200
    result = shown(photo_of(pixels), Cover(Box(50, 30, 110, 90), "ellipse"), style="fill").astype(int)
    assert result[60, 54].max() < 100
    assert result[60, 106].min() > 160


def test_a_picture_that_is_hidden_whole_is_grey() -> None:
    result = shown(noise_of((60, 60)), Cover(Box(0, 0, 60, 60), "box"), style="fill")
    assert np.array_equal(np.unique(result), [128])


@pytest.mark.parametrize("style", STYLES)
def test_writing_is_filled_whatever_the_style_and_the_next_word_stays(style: str) -> None:
    """T45."""
    pixels = np.full((120, 400, 3), 230, np.uint8)
    cv2.putText(pixels, "20240183", (20, 60), cv2.FONT_HERSHEY_SIMPLEX, 1, (10, 10, 10), 2)
    cv2.putText(pixels, "open", (230, 60), cv2.FONT_HERSHEY_SIMPLEX, 1, (10, 10, 10), 2)
    photo = photo_of(pixels)
    quad = ((18.0, 34.0), (178.0, 34.0), (178.0, 64.0), (18.0, 64.0))
    result = shown(photo, Cover(Box(18, 34, 178, 64), "quad", quad), style=style)
    assert np.ptp(result[30:70, 10:190].astype(int)) <= 2
    assert np.array_equal(result[:, 220:], pixels[:, 220:])


def test_writing_up_to_the_end_of_its_sheet_gets_the_colour_of_the_sheet() -> None:
    """Not that of the table on which the sheet lies, though the table is larger."""
    pixels = np.full((160, 360, 3), (150, 90, 20), np.uint8)
    pixels[40:120, 60:300] = 235
    cv2.putText(pixels, "20240183", (75, 95), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (10, 10, 10), 3)
    quad = ((66.0, 48.0), (294.0, 48.0), (294.0, 112.0), (66.0, 112.0))
    result = shown(photo_of(pixels), Cover(Box(66, 48, 294, 112), "quad", quad))
    assert np.abs(result[40:120, 60:300].astype(int) - 235).max() <= 6


def test_the_shade_of_a_sheet_goes_on_where_its_writing_was() -> None:
    shade = np.linspace(170, 240, 400)[None, :, None] + np.linspace(0, 15, 160)[:, None, None]
    pixels = np.broadcast_to(shade, (160, 400, 3)).astype(np.uint8).copy()
    clean = pixels.astype(int)
    cv2.putText(pixels, "Camille Roy", (40, 95), cv2.FONT_HERSHEY_SIMPLEX, 1.4, (10, 10, 10), 3)
    cv2.line(pixels, (30, 48), (330, 48), (0, 0, 0), 2)
    quad = ((30.0, 50.0), (330.0, 50.0), (330.0, 110.0), (30.0, 110.0))
    result = shown(photo_of(pixels), Cover(Box(30, 50, 330, 110), "quad", quad)).astype(int)
    assert np.abs(result[52:112, 30:330] - clean[52:112, 30:330]).max() <= 8


def test_what_replaces_writing_tells_nothing_of_it() -> None:
    photo = noise_of((300, 120))
    quad = ((40.0, 30.0), (240.0, 40.0), (238.0, 80.0), (38.0, 70.0))
    cover = Cover(Box(38, 30, 240, 80), "quad", quad)
    hard = mask_of(cover, photo.size)
    inside, other = hard.alpha == 255, photo.pixels.copy()
    part = other[hard.box.as_slices()]
    part[inside] = 255 - part[inside]
    one, two = shown(photo, cover), shown(photo_of(other), cover)
    assert np.array_equal(one[hard.box.as_slices()][inside], two[hard.box.as_slices()][inside])


def test_noise_differs_from_copy_to_copy_and_comes_from_the_system() -> None:
    photo = noise_of((100, 100))
    plan = Plan(0, (Cover(Box(20, 20, 80, 80), "ellipse"),))
    one, two = (make_safe_copy(photo, plan, CopyOptions(format="PNG")).data for _ in range(2))
    assert one != two


def test_every_cell_has_noise_of_its_own_in_brightness_and_in_colour() -> None:
    """T64: averages alone were undone by trained networks (McPherson et al. 2016)."""
    flat = np.full((120, 90, 3), 128, np.uint8)
    drawn = np.stack([cells(flat, 1.0, np.random.default_rng(seed)) for seed in range(200)]) - 128
    assert drawn.shape[1:3] == (6, 4)
    brightness = drawn.mean(axis=3)
    assert abs(brightness.std() / NOISE - 1) < 0.1
    assert abs((drawn - brightness[..., None]).std() / COLOUR_NOISE - 0.8) < 0.1
    neighbours = np.corrcoef(brightness[:, 0, 0], brightness[:, 0, 1])[0, 1]
    assert abs(neighbours) < 0.25


def test_a_blurred_head_cannot_be_told_from_another_one_with_sharpening() -> None:
    """T64: unsharp masking and deconvolution bring nothing back that is finer than a cell."""
    rng = np.random.default_rng(0)
    pixels = cv2.GaussianBlur(rng.integers(0, 256, (240, 240, 3), np.uint8), (0, 0), 2)
    photo = photo_of(pixels)
    result = shown(photo, Cover(Box(40, 40, 200, 200), "ellipse"))
    centre = np.s_[90:150, 90:150]
    sharpened = cv2.addWeighted(result, 6.0, cv2.GaussianBlur(result, (0, 0), 4), -5.0, 0)
    fine = [p[centre].astype(float) - cv2.GaussianBlur(p, (0, 0), 8)[centre] for p in (pixels, sharpened)]
    correlation = (fine[0] * fine[1]).sum() / np.sqrt((fine[0] ** 2).sum() * (fine[1] ** 2).sum() + 1e-9)
    assert abs(correlation) < 0.15


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_ringing_and_no_colour_of_the_face_reach_over_the_mask(kind: str) -> None:
    """T67, T68: two photos that differ under the mask only give copies that differ there only."""
    base = np.full((160, 160, 3), 128, np.uint8)
    face = Box(50, 50, 110, 110)
    cover = Cover(face.grown(0.3, 0.3, 0.3, (160, 160)), "ellipse", inside=face)
    results = []
    for colour in ((255, 0, 0), (0, 0, 255)):
        pixels = base.copy()
        pixels[face.as_slices()] = colour
        results.append(shown(photo_of(pixels), cover, format=kind, style="fill").astype(int))
    assert np.abs(results[0] - results[1]).max() == 0


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_crop_and_turn_come_last(turns: int) -> None:
    photo = noise_of((120, 80))
    crop = Box(10, 20, 90, 70)
    result = shown(photo, Cover(Box(30, 30, 60, 60), "ellipse"), crop=crop, turns=turns)
    back = np.rot90(result, turns)
    assert back.shape == (50, 80, 3)
    assert np.array_equal(back[:5, :10], photo.pixels[20:25, 10:20])
    assert (back[15:30, 25:40] != photo.pixels[35:50, 35:50]).any(axis=2).mean() > 0.99


@pytest.mark.parametrize(
    ("source", "asked", "written"),
    [("JPEG", "", "JPEG"), ("PNG", "", "PNG"), ("WEBP", "", "WEBP"), ("HEIF", "", "JPEG"), ("GIF", "", "JPEG"),
     ("", "", "JPEG"), ("HEIF", "PNG", "PNG"), ("PNG", "JPEG", "JPEG")],
)  # fmt: skip
def test_the_format_is_that_of_the_source_or_jpeg(source: str, asked: str, written: str) -> None:
    pixels = noise_of((40, 30)).pixels
    photo = Photo("a", "0" * 64, pixels, format=source)
    copy = make_safe_copy(photo, Plan(), CopyOptions(format=asked))
    assert copy.format == written
    assert photo_from_bytes(copy.data, "a").format == written


@pytest.mark.parametrize(("colours", "lossless"), [((60, 60, 60), False), ((255, 40, 40), True)])
def test_webp_has_no_losses_where_colours_would_be_lost(colours: tuple[int, int, int], lossless: bool) -> None:
    """Thin writing on a blue sheet: grey keeps its sharpness in any case, red would not. Photos stay small files."""
    pixels = np.full((480, 640, 3), (20, 20, 200) if lossless else (200, 200, 200), np.uint8)
    for y in range(20, 480, 24):
        cv2.putText(pixels, "Sports day, colourful writing", (5, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, colours, 1)
    copy = make_safe_copy(photo_of(pixels), Plan(), CopyOptions(format="WEBP"))
    assert [part.name for part in parts_of(copy.data)] == ["VP8L" if lossless else "VP8"]


def test_nothing_to_hide_is_encoded_anew_all_the_same() -> None:
    """T22."""
    photo = Photo("a", "0" * 64, noise_of((40, 30)).pixels, b"bytes of the source", "PNG")
    copy = make_safe_copy(photo, Plan(), CopyOptions())
    assert b"bytes of the source" not in copy.data
    assert [part.name for part in parts_of(copy.data)] == ["IHDR", "IDAT", "IEND"]


@pytest.mark.parametrize(
    ("kind", "frames", "said"),
    [("GIF", "first", "first one only"), ("GIF", "all", "of its own"), ("MPO", "all", "first")],
)
def test_what_becomes_of_further_pictures_is_said(kind: str, frames: str, said: str) -> None:
    """T20; what an MPO file holds beside its picture (previews, gain maps) is never copied."""
    photo = Photo("a", "0" * 64, noise_of((40, 30)).pixels, b"", kind, 3)
    (note,) = make_safe_copy(photo, Plan(), CopyOptions(frames=frames)).notes
    assert said in note
    assert make_safe_copy(noise_of((40, 30)), Plan(), CopyOptions(frames=frames)).notes == ()


@pytest.mark.parametrize(
    "wrong", [{"style": "smear"}, {"format": "GIF"}, {"names": "x"}, {"strength": 0.5}, {"strength": 9.0}]
)
def test_unknown_options_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        CopyOptions(**wrong)  # type: ignore[arg-type]


def test_the_photo_itself_is_left_alone() -> None:
    photo = noise_of((60, 60))
    before = photo.pixels.copy()
    make_safe_copy(photo, Plan(1, (Cover(Box(10, 10, 40, 40), "ellipse"),)), CopyOptions())
    assert np.array_equal(photo.pixels, before)


def test_equal_noise_gives_equal_bytes_without_clock_or_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.socket", None)
    monkeypatch.setattr("time.time", None)
    photo = noise_of((60, 60))
    plan = Plan(0, (Cover(Box(10, 10, 40, 40), "ellipse"),))
    one, two = (make_safe_copy(photo, plan, CopyOptions(), noise=np.random.default_rng(1)).data for _ in range(2))
    assert one == two
