"""Further pictures of a file: each is screened, or none is copied."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from screen.batch.pages import MOST, CopySettings, further_pages
from screen.errors import OutputError, UsageError
from screen.photo import photo_from_bytes
from screen.redact import CopyOptions
from screen.roster import EMPTY

ALL = CopyOptions(frames="all")


def animation(count: int, kind: str = "GIF"):
    images = [Image.fromarray(np.full((20, 30, 3), 10 * number, np.uint8)) for number in range(count)]
    out = io.BytesIO()
    images[0].save(out, kind, save_all=True, append_images=images[1:])
    return photo_from_bytes(out.getvalue(), "class/a.gif")


@pytest.fixture
def bare(policy):
    """Rules whose checks need no weights."""
    return replace(policy, checks=("metadata",))


@pytest.mark.parametrize("kind", ["GIF", "TIFF", "WEBP", "PNG"])
def test_each_further_picture_is_screened_when_asked(bare, kind):
    pages = further_pages(animation(3, kind), ALL, bare, EMPTY)
    assert [page.label for page in pages] == ["page-2", "page-3"]
    assert all(page.verdict.size == (30, 20) for page in pages)
    assert further_pages(animation(3, kind), CopyOptions(), bare, EMPTY) == ()


def test_previews_and_gain_maps_are_no_pages(bare):
    assert further_pages(replace(animation(3), format="MPO"), ALL, bare, EMPTY) == ()


def test_too_many_pictures_are_refused_and_none_is_left_out_silently(bare):
    with pytest.raises(OutputError, match="at most"):
        further_pages(animation(MOST + 1), ALL, bare, EMPTY)


def test_the_policy_says_which_pictures_are_copied(policy):
    assert policy.settings("copies", CopySettings).frames == "first"
    assert policy.changed("copies", frames="all").settings("copies", CopySettings).frames == "all"
    with pytest.raises(UsageError, match="first or all"):
        policy.changed("copies", frames="some").settings("copies", CopySettings)
