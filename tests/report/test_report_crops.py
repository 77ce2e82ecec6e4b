from __future__ import annotations

import base64

import numpy as np
import pytest

from screen.geometry import Box
from screen.photo import photo_from_bytes, photo_of
from screen.records import Crop, Decision, Plan, Verdict
from screen.report import report_of
from screen.report.crops import crop_cards, crop_sentences, no_crop
from screen.report.thumbnails import COVER, report_thumbnail
from screen.report.to_html import HtmlRenderer
from screen.words import words
from tests.report.made_verdicts import ABOUT, FACE, HAND, judged

SIZE = (800, 600)
CROP = Box(400, 200, 720, 380)
RED = (200, 30, 30)
ON_TOP = Box(20, 30, 60, 80)
HANDS = (Crop(CROP, "16:9", ("hand",), 0.8),)


def scene():
    """Red inside of the crop, blue around it."""
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    pixels[:] = (20, 20, 220)
    pixels[CROP.as_slices()] = RED
    return photo_of(pixels)


def judgement(decision=Decision.REDACT, box=ON_TOP):
    return judged("face", decision, "no-consent", box, FACE.finding.details)


def verdict(*judgements, turns=0, crops=HANDS):
    return Verdict("class/a.jpg", "ab" * 32, SIZE, judgements, Plan(turns, (), tuple(crops)), ABOUT.purposes)


def preview(card):
    return photo_from_bytes(base64.b64decode(card.picture.partition(",")[2]), "preview").pixels.astype(int)


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_a_preview_shows_its_crop_and_nothing_beside_it(turns):
    found = verdict(judgement(), HAND, turns=turns)
    (card,) = crop_cards(found, report_thumbnail(scene(), found), 480, words("en"))

    shown = preview(card)
    assert abs(shown - RED).max() < 60  # JPEG
    assert shown.shape[1::-1] == card.preview
    wide, high = (CROP.width, CROP.height) if turns % 2 == 0 else (CROP.height, CROP.width)
    assert card.size == (wide, high)
    assert shown.shape[1] / shown.shape[0] == pytest.approx(wide / high, rel=0.05)
    x, y, width, height = card.outline
    assert (width, height) == pytest.approx((wide * 0.6, high * 0.6), abs=0.2)
    if turns == 0:
        assert (x, y) == pytest.approx((240, 120), abs=0.2)


def test_what_is_covered_is_covered_in_the_preview_too():
    found = verdict(judgement(box=Box(500, 250, 600, 330)), HAND)
    (card,) = crop_cards(found, report_thumbnail(scene(), found), 480, words("en"))

    shown = preview(card)
    assert abs(shown[shown.shape[0] // 2, shown.shape[1] // 2] - COVER).max() < 30


def test_crops_have_numbers_sizes_and_reasons_in_the_language_of_the_reader():
    crops = [Crop(CROP, "16:9", ("back", "hand"), 0.8), *(Crop(CROP, "free", ("back",), 0.5) for _ in range(5))]
    found = verdict(HAND, crops=crops)

    english, french = (crop_cards(found, b"", 480, words(lang)) for lang in ("en", "fr"))

    assert [card.number for card in english] == [1, 2, 3]
    assert [card.aspect for card in english] == ["16:9", "", ""]
    assert english[0].why.startswith("Shows hands and the back of a head, no face;")
    assert english[0].why.endswith("It is smaller than posts should be.")
    assert all(a.why != b.why for a, b in zip(english, french, strict=True))
    assert english[0].picture == ""


@pytest.mark.parametrize("jpeg", [b"", b"no picture", b"\xff\xd8\xff\xd9"])
def test_a_damaged_picture_only_costs_the_preview(jpeg):
    (card,) = crop_cards(verdict(HAND), jpeg, 480, words("en"))

    assert card.picture == ""
    assert card.outline[2] > 0


def test_a_photo_that_is_not_to_be_published_has_no_crops():
    refused = verdict(judgement(Decision.REFUSE), HAND)

    assert crop_cards(refused, b"", 480, words("en")) == ()
    assert crop_sentences(refused, words("en")) == ()
    assert not no_crop(verdict(judgement(Decision.REFUSE), crops=()))


def test_it_is_said_when_no_part_is_worth_showing_without_faces():
    without, nobody = verdict(judgement(), crops=()), verdict(HAND, crops=())

    assert no_crop(without)
    assert not no_crop(nobody)
    assert not no_crop(verdict(judgement()))
    assert crop_sentences(without, words("en")) == (
        "No part of this photo is worth showing without faces. Use a blurred copy.",
    )
    assert crop_sentences(nobody, words("en")) == ()
    assert crop_sentences(verdict(judgement()), words("en"))[0].startswith(
        "1 crop is suggested. The best one: Shows hands"
    )
    assert crop_sentences(without, words("fr")) != crop_sentences(without, words("en"))


def test_the_page_shows_outlines_previews_and_reasons():
    found, without = verdict(judgement(), HAND), verdict(judgement(), crops=())
    jpeg = report_thumbnail(scene(), found)
    page = "".join(HtmlRenderer().render(report_of([found], {"class/a.jpg": jpeg}, ABOUT), words("en")))
    bare = "".join(HtmlRenderer().render(report_of([without], {}, ABOUT), words("en")))

    (card,) = crop_cards(found, jpeg, 480, words("en"))
    assert card.picture in page
    assert 'class="crop outline" x="240.0" y="120.0" width="192.0" height="108.0"' in page
    assert "<strong>Crop 1</strong> 16:9, 320 × 180 pixels<br>Shows hands at work and no face." in page
    assert "without faces. Use a blurred copy." in bare
    assert '<ul class="crops">' not in bare
