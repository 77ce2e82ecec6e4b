"""Dropped files: bounded, private, whatever they are called and hold."""

import asyncio
import functools
import os
import stat

import pytest
from page_in_process import photo_bytes
from starlette.requests import ClientDisconnect

from screen.web.errors import PageError
from screen.web.uploads import plain_name, read_files

LIMITS = {"most_files": 3, "most_bytes": 1000}


def form(*files, boundary="xyz", field="files", end=True):
    """The body of a form with these (name, bytes)."""
    parts = []
    for name, data in files:
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: image/jpeg\r\n\r\n" + data + b"\r\n")
    return b"".join(parts) + (f"--{boundary}--\r\n".encode() if end else b"")


def read(body, folder, kind="multipart/form-data; boundary=xyz", pieces=7, **limits):
    async def stream():
        for start in range(0, len(body), pieces):
            yield body[start : start + pieces]

    return asyncio.run(read_files(stream(), kind, folder, **{**LIMITS, **limits}))


@pytest.mark.parametrize("pieces", [1, 7, 64, 100_000])
def test_files_are_read_however_they_are_cut(tmp_path, pieces):
    data = bytes(range(256)) * 3
    found = read(form(("a.jpg", data), ("b.jpg", b"--xy\r\n--nearly")), tmp_path, pieces=pieces, most_bytes=1000)
    held = [(upload.name, upload.path.read_bytes()) for upload in found]
    assert held == [("a.jpg", data), ("b.jpg", b"--xy\r\n--nearly")]
    assert {upload.path.parent for upload in found} == {tmp_path}


def test_files_are_private_and_their_names_are_ours(tmp_path):
    [upload] = read(form(("../../etc/passwd", b"x")), tmp_path)
    assert upload.name == "passwd"
    assert upload.path.parent == tmp_path
    assert "passwd" not in upload.path.name
    if os.name == "posix":
        assert stat.S_IMODE(upload.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("files", "error"),
    [
        ([("a.jpg", b"x" * 1001)], "too-large"),
        ([("a.jpg", b"ok"), ("b.jpg", b"x" * 5000)], "too-large"),
        ([(f"{number}.jpg", b"x") for number in range(4)], "too-many"),
    ],
)
def test_too_much_is_refused_and_nothing_is_left(tmp_path, files, error):
    with pytest.raises(PageError) as refused:
        read(form(*files), tmp_path)
    assert (refused.value.status, refused.value.code) == (413, error)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (form(("a.jpg", b"x"), end=False), "multipart/form-data; boundary=xyz", 400),
        (b"", "multipart/form-data; boundary=xyz", 400),
        (b"nonsense", "multipart/form-data; boundary=xyz", 400),
        (form(("a.jpg", b"x")), "multipart/form-data; boundary=other", 400),
        (form(("a.jpg", b"x")), "multipart/form-data", 415),
        (form(("a.jpg", b"x")), "application/json", 415),
        (form(("a.jpg", b"x")), "", 415),
        (form(("a.jpg", b"x"), field="else"), "multipart/form-data; boundary=xyz", 415),
        (
            b'--xyz\r\nContent-Disposition: form-data; name="files"\r\n\r\nno file\r\n--xyz--\r\n',
            "multipart/form-data; boundary=xyz",
            415,
        ),
    ],
)
def test_what_is_no_form_of_files_is_refused_and_nothing_is_left(tmp_path, body, kind, status):
    with pytest.raises(PageError) as refused:
        read(body, tmp_path, kind)
    assert refused.value.status == status
    assert list(tmp_path.iterdir()) == []


def test_a_browser_that_goes_away_leaves_nothing(tmp_path):
    async def broken():
        yield form(("a.jpg", b"x" * 100), end=False)
        raise ClientDisconnect

    with pytest.raises(ClientDisconnect):
        asyncio.run(read_files(broken(), "multipart/form-data; boundary=xyz", tmp_path))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("photo.jpg", "photo.jpg"),
        ("C:\\Users\\me\\IMG 1.JPG", "IMG 1.JPG"),
        ("a/b/c.png", "c.png"),
        ("..", "photo"),
        (".", "photo"),
        ("", "photo"),
        ("...", "photo"),
        ("x\0y.jpg", "xy.jpg"),
        ("é\u202e.jpg", "é\u202e.jpg"),
        ("a" * 500 + ".jpg", "a" * 196 + ".jpg"),
    ],
)
def test_names_are_the_last_part_and_bounded(given, kept):
    assert plain_name(given) == kept


def test_files_that_are_no_photos_fail_by_themselves(page):
    first, second, third = page.drop(
        ("notes.txt", b"hello"), ("class.jpg", photo_bytes()), ("broken.jpg", photo_bytes()[:900])
    )
    assert (first["state"], second["state"], third["state"]) == ("failed", "ready", "failed")
    assert "no photo" in first["message"]
    assert first["thumb"] is None
    assert page.get("/api/photos").json()["counts"]["failed"] == 2
    assert not page.desk.session.entry("p1").path.exists()


def test_a_session_holds_so_many_photos_and_no_more(page, monkeypatch):
    monkeypatch.setattr("screen.web.session.MOST_PHOTOS", 2)
    page.drop(("a.jpg", photo_bytes()))
    page.drop(("b.jpg", photo_bytes()), ("c.jpg", photo_bytes()), status=413)
    assert len(page.get("/api/photos").json()["photos"]) == 1
    assert len(list(page.desk.uploads.iterdir())) == 1


def test_a_photo_that_is_too_large_is_refused_by_the_page(page, monkeypatch):
    monkeypatch.setattr("screen.web.app.read_files", functools.partial(read_files, most_bytes=1000))
    page.drop(("a.jpg", b"x" * 5000), status=413)
    assert page.get("/api/photos").json()["photos"] == []
    assert list(page.desk.uploads.iterdir()) == []


def test_two_photos_of_one_name_are_two_photos(page):
    page.drop(("class.jpg", photo_bytes()), ("class.jpg", photo_bytes(seed=8)))
    first, second = page.desk.session.entries()
    assert first.path != second.path
    assert first.verdict.digest != second.verdict.digest
