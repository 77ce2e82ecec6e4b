"""No picture that the page gets shows what is covered; a cover is lifted only where somebody asks for it."""

import io

import numpy as np
import pytest
from page_in_process import FACES, WRITING, photo_bytes
from PIL import Image

from screen.geometry import Box

#: Mean difference between neighbours, in levels: the drawn patterns have more than 60, what hides them less than this.
SMOOTH = 12.0


def shown(answer):
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["cache-control"] == "no-store"
    return np.asarray(Image.open(io.BytesIO(answer.content)).convert("L"), float)


def detail(pixels, box, size=(320, 240)):
    """How fine the picture is inside of the box, whatever the size of the picture."""
    height, width = pixels.shape
    across, down = width / size[0], height / size[1]
    part = pixels[int(box.top * down) : int(box.bottom * down), int(box.left * across) : int(box.right * across)]
    return float(np.abs(np.diff(part, axis=1)).mean())


def test_everything_is_covered_in_every_picture(dropped):
    photo = dropped.photo()
    for url in (photo["thumb"], photo["picture"]):
        pixels = shown(dropped.get(url))
        for box in (*FACES, WRITING):
            assert detail(pixels, box) < SMOOTH, url


def test_the_measure_would_see_an_uncovered_pattern(page):
    source = np.asarray(Image.open(io.BytesIO(photo_bytes())).convert("L"), float)
    assert min(detail(source, box) for box in (*FACES, WRITING)) > 5 * SMOOTH


@pytest.mark.parametrize("style", ["blur", "pixelate", "fill", "emoji"])
def test_every_style_covers(dropped, style):
    dropped.client.post("/api/settings", json={"style": style})
    before = shown(dropped.get(dropped.photo()["picture"]))
    for box in (*FACES, WRITING):
        assert detail(before, box) < SMOOTH


def test_uncovering_one_face_uncovers_that_one_alone(dropped):
    dropped.act("name", finding="f1", person="P1")
    photo = dropped.photo()
    for url in (photo["thumb"], photo["picture"]):
        pixels = shown(dropped.get(url))
        assert detail(pixels, FACES[0]) > 3 * SMOOTH
        assert detail(pixels, FACES[1]) < SMOOTH
        assert detail(pixels, WRITING) < SMOOTH


def test_a_drawn_cover_and_an_override_show_at_once(dropped):
    dropped.act("keep", finding="f2", reason="a visitor")
    assert detail(shown(dropped.get(dropped.photo()["picture"])), FACES[1]) > 3 * SMOOTH
    assert detail(shown(dropped.get(dropped.photo()["thumb"])), FACES[1]) > 3 * SMOOTH
    dropped.act("draw", box=list(FACES[1].as_tuple()))
    assert detail(shown(dropped.get(dropped.photo()["picture"])), FACES[1]) < SMOOTH
    assert detail(shown(dropped.get(dropped.photo()["thumb"])), FACES[1]) < SMOOTH


def test_in_a_refused_photo_everybody_is_covered_even_who_agreed(dropped):
    dropped.act("name", finding="f1", person="P1")
    dropped.act("name", status=422, finding="f2", person="P3")
    photo = dropped.photo()
    assert photo["decision"] == "refuse"
    for url in (photo["thumb"], photo["picture"]):
        pixels = shown(dropped.get(url))
        assert detail(pixels, FACES[0]) < SMOOTH
        assert detail(pixels, FACES[1]) < SMOOTH


def test_what_may_be_a_face_is_covered_in_every_picture(page):
    place = Box(250, 20, 280, 60)
    page.drop(("unclear.jpg", photo_bytes(faces=(*FACES, place))))
    photo = page.photo()
    assert detail(shown(page.get(photo["thumb"])), place) < SMOOTH
    assert detail(shown(page.get(photo["picture"])), place) < SMOOTH


def test_peeking_lifts_one_cover_and_no_other(dropped):
    answer = dropped.get("/api/photos/p1/peek?finding=f1")
    box = Box(*map(int, answer.headers["x-photoscreen-box"].split(",")))
    assert box.contains(FACES[0])
    assert detail(shown(answer), _within(FACES[0], box), (box.width, box.height)) > 3 * SMOOTH
    dropped.act("draw", box=[60, 100, 260, 230])
    answer = dropped.get("/api/photos/p1/peek?finding=c1")
    box = Box(*map(int, answer.headers["x-photoscreen-box"].split(",")))
    pixels = shown(answer)
    assert detail(pixels, _within(Box(185, 62, 215, 90), box), (box.width, box.height)) < SMOOTH  # f2 stays covered
    assert dropped.get("/api/photos/p1/peek?finding=f99").status_code == 404
    assert dropped.get("/api/photos/p1/peek?finding=../f1").status_code == 404
    assert dropped.get("/api/photos/p1/peek").status_code == 400


def _within(box, whole):
    return Box(box.left - whole.left, box.top - whole.top, box.right - whole.left, box.bottom - whole.top)


def test_pictures_are_turned_as_the_copy_will_be(page):
    page.drop(("sideways.jpg", photo_bytes()))
    photo = page.photo()
    for url in (photo["thumb"], photo["picture"]):
        height, width = shown(page.get(url)).shape
        assert height > width
    answer = page.get("/api/photos/p1/peek?finding=f1")
    left, top, right, bottom = map(int, answer.headers["x-photoscreen-box"].split(","))
    face = photo["findings"][0]["box"]
    assert left <= face[0]
    assert top <= face[1]
    assert right >= face[2]
    assert bottom >= face[3]


def test_a_photo_that_changed_on_the_disk_is_not_shown(start, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(photo_bytes())
    page = start(folder)
    (folder / "a.jpg").write_bytes(photo_bytes(seed=99))
    answer = page.get("/api/photos/p1/picture")
    assert answer.status_code == 422
    assert "changed" in answer.json()["error"]["message"]
    (folder / "a.jpg").unlink()
    assert page.get("/api/photos/p1/peek?finding=f1").status_code == 422


def test_pictures_carry_no_metadata(dropped):
    for path in ("thumb", "picture", "peek?finding=f1"):
        picture = Image.open(io.BytesIO(dropped.get(f"/api/photos/p1/{path}").content))
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_only_a_few_photos_are_kept_in_memory(page):
    from screen.web.pictures import MOST_PHOTOS, MOST_VIEWS

    page.drop(*((f"{number}.jpg", photo_bytes(seed=number)) for number in range(20)))
    for number in range(1, 21):
        page.get(f"/api/photos/p{number}/picture")
    album = page.desk.album
    assert len(album._views) == MOST_VIEWS
    assert len(album._photos) <= MOST_PHOTOS
    page.client.delete("/api/photos/p20")
    assert len(album._views) == MOST_VIEWS - 1
