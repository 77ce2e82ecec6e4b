"""Crops of real classroom photos: hands or backs are shown, and no part of an annotated face."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from screen.photo import open_photo
from screen.roster import EMPTY
from screen.screening import screen_photo

pytestmark = pytest.mark.models
#: Hands that draw, a crowded table, a head from behind, and a photo of which no part is worth showing without faces.
SHOWN = {
    "sugarlabs/image18.jpg": {"hand"},
    "sugarlabs/discuss.webp": {"hand"},
    "coco/000000183709.jpg": {"back"},
    "sugarlabs/image30.jpg": set(),
}


@pytest.mark.parametrize("name", SHOWN)
def test_crops_show_hands_and_backs_and_nobody_s_face(shared_data, policy, name):
    lines = (shared_data / "faces" / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    (truth,) = (row for row in map(json.loads, lines) if row["image"] == name)
    photo = open_photo(shared_data / "faces" / name)

    crops = screen_photo(photo, replace(policy, checks=("face", "hand", "back")), EMPTY).plan.crops

    assert {shown for crop in crops for shown in crop.shows} == SHOWN[name]
    for left, top, right, bottom, _flag in truth["faces"]:
        for crop in crops:
            across = min(right, crop.box.right) - max(left, crop.box.left)
            down = min(bottom, crop.box.bottom) - max(top, crop.box.top)
            assert across <= 0 or down <= 0
