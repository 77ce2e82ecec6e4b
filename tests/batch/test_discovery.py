import os

import numpy as np
import pytest
from PIL import Image

from screen.batch import discover
from screen.errors import UsageError


@pytest.fixture
def tree(tmp_path):
    folder = tmp_path / "class"
    for name in ("b.jpg", "a.JPG", "trip/day 1/é.jpeg", "trip/really a picture.dat"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(np.zeros((4, 4, 3), np.uint8)).save(path, "JPEG")
    (folder / "notes.txt").write_text("no picture")
    (folder / "._b.jpg").write_bytes(b"\0\5\x16\7")
    return folder


def test_photos_of_nested_folders_are_found_by_content_and_by_ending(tree):  # T26, T32
    (tree / "broken.png").write_text("calls itself a picture")
    names = [name for _, name in discover(tree).photos]
    assert names == ["a.JPG", "b.jpg", "broken.png", "trip/day 1/é.jpeg", "trip/really a picture.dat"]


def test_links_out_of_the_tree_and_in_circles_are_not_followed(tree, tmp_path):  # T31
    secret = tmp_path / "private.jpg"
    secret.write_bytes((tree / "b.jpg").read_bytes())
    (tree / "out.jpg").symlink_to(secret)
    (tree / "circle").symlink_to(tree)
    (tree / "dangling.jpg").symlink_to(tree / "nothing.jpg")
    assert len(discover(tree).photos) == 4


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_no_photo_and_does_not_hang(tree):
    os.mkfifo(tree / "pipe.jpg")
    assert len(discover(tree).photos) == 4


def test_a_folder_that_cannot_be_read_is_named(tree, monkeypatch):
    real = os.scandir

    def refused(path):
        if str(path).endswith("trip"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refused)
    found = discover(tree)
    assert [failure.source for failure in found.failures] == ["trip"]
    assert found.failures[0].error == "unreadable"
    assert len(found.photos) == 2


def test_raw_files_and_films_are_named_not_passed_over(tree):
    (tree / "trip" / "DSC_1.NEF").write_bytes((tree / "b.jpg").read_bytes())
    (tree / "clip.mov").write_bytes(b"film")
    found = discover(tree)
    assert [(failure.source, failure.error) for failure in found.failures] == [
        ("clip.mov", "unsupported"),
        ("trip/DSC_1.NEF", "unsupported"),
    ]
    assert len(found.photos) == 4


def test_what_we_wrote_is_left_out(tree):
    assert [name for _, name in discover(tree, skip=lambda path: path.name == "trip").photos] == ["a.JPG", "b.jpg"]


def test_a_folder_without_photos_is_a_usage_error(tmp_path):
    (tmp_path / "notes.txt").write_text("no picture")
    with pytest.raises(UsageError, match="no photos in this folder"):
        discover(tmp_path)
    with pytest.raises(UsageError, match="no such folder"):
        discover(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="photoscreen check"):
        discover(tmp_path / "notes.txt")
