"""prove: a copy in which one thing is wrong does not pass."""

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from screen.copies.claims import Claim
from screen.geometry import Box
from screen.photo import Photo, photo_from_bytes
from screen.policy import Policy
from screen.proof import attempt, prove
from screen.records import (
    Cover,
    Decision,
    FaceDetails,
    Finding,
    Judgement,
    MetadataDetails,
    NameDetails,
    Plan,
    Ruling,
    TextDetails,
    Verdict,
)
from screen.redact import CopyOptions, make_safe_copy
from screen.roster import Person, Roster

HEAD = Box(100, 60, 180, 160)
FACE = Box(115, 80, 165, 150)
PEOPLE = Roster((Person("P1", first="Zoé", last="Lefèvre", student_number="1187-0042"),))


def scene() -> np.ndarray:
    ys, xs = np.mgrid[0:240, 0:320]
    base = 120 + 30 * np.sin(xs / 9) + 30 * np.cos(ys / 7) + 40 * np.sin(xs / 2.1 + ys / 3) * np.cos(ys / 1.7)
    return np.stack([base, base[::-1], base[:, ::-1]], -1).clip(0, 255).astype(np.uint8)


def png_of(pixels: np.ndarray, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


def judged(finding: Finding, decision: Decision = Decision.REDACT) -> Judgement:
    return Judgement(finding, (Ruling("website", decision, "no-consent"),))


def verdict_of(photo: Photo, *judgements: Judgement, covers: tuple[Cover, ...] = (), turns: int = 0) -> Verdict:
    return Verdict(photo.source, photo.digest, photo.size, judgements, Plan(turns, covers), ("website",))


class Scripted:
    """A second screening that finds what the test says, round by round."""

    def __init__(self, *rounds: tuple[Judgement, ...]) -> None:
        self.rounds, self.seen, self.policies = list(rounds), [], []

    def __call__(self, photo: Photo, policy: Policy, roster: Roster) -> Verdict:
        self.seen.append(photo)
        self.policies.append(policy)
        judgements = self.rounds.pop(0) if self.rounds else ()
        covers = tuple(
            Cover(j.finding.box, "ellipse", None, j.finding.id, j.finding.box)
            for j in judgements
            if j.finding.box and j.decision > Decision.KEEP
        )
        return verdict_of(photo, *judgements, covers=covers)


@pytest.fixture
def claim(policy: Policy) -> Claim:
    photo = photo_from_bytes(png_of(scene()), "class/a.png")
    face = Finding("face", 0.9, FACE, FaceDetails(head=HEAD), id="f1")
    verdict = verdict_of(photo, judged(face), covers=(Cover(HEAD, "ellipse", None, "f1", FACE),))
    return Claim(photo, verdict, CopyOptions(), policy, PEOPLE, Scripted())


def copy_of(claim: Claim) -> bytes:
    return make_safe_copy(claim.photo, claim.verdict.plan, claim.options, claim.crop).data


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("style", ["blur", "pixelate", "fill", "emoji"])
@pytest.mark.parametrize("turns", [0, 1])
def test_a_good_copy_passes(claim: Claim, kind: str, style: str, turns: int) -> None:
    verdict = replace(claim.verdict, plan=replace(claim.verdict.plan, turns=turns))
    claim = replace(claim, verdict=verdict, options=CopyOptions(style, format=kind), crop=Box(50, 20, 250, 200))
    proof = prove(copy_of(claim), "a.png", claim)
    assert (proof.passed, proof.reason) == (True, "")
    assert proof.steps == ("parts", "names", "picture", "hidden", "faces", "screened")


@pytest.mark.parametrize("turns", [0, 3])
def test_colourful_graphics_keep_their_colours_as_webp(policy: Policy, turns: int) -> None:
    """Where halving the resolution of colours would be seen, the file has no losses."""
    ys, xs = np.mgrid[0:240, 0:320]
    colours = np.array([(255, 0, 0), (0, 0, 255), (0, 255, 0), (255, 0, 255)], np.uint8)
    photo = photo_from_bytes(png_of(colours[(xs + ys) % 4], "WEBP", lossless=True), "poster.webp")
    face = judged(Finding("face", 0.9, FACE, FaceDetails(head=HEAD), id="f1"))
    verdict = verdict_of(photo, face, covers=(Cover(HEAD, "ellipse", None, "f1", FACE),), turns=turns)
    claim = Claim(photo, verdict, CopyOptions("fill"), policy, PEOPLE, Scripted())
    data = copy_of(claim)
    assert data[12:16] == b"VP8L"
    assert prove(data, "poster.webp", claim).passed
    shown = np.rot90(photo_from_bytes(data, "copy").pixels, turns)
    assert np.array_equal(shown[:40], photo.pixels[:40])


def test_a_copy_that_hides_nothing_fails(claim: Claim) -> None:
    proof = prove(png_of(claim.photo.pixels), "a.png", claim)
    assert not proof.passed
    assert "can still be seen" in proof.reason


def test_a_mask_a_fifth_too_small_fails(claim: Claim) -> None:
    small = HEAD.grown(-0.1, -0.1, -0.1, claim.photo.size)
    assert small.width == 64
    data = make_safe_copy(claim.photo, Plan(0, (Cover(small, "ellipse"),)), claim.options).data
    assert "can still be seen" in prove(data, "a.png", claim).reason


def test_a_mask_that_lets_half_of_it_through_fails(claim: Claim) -> None:
    hidden = photo_from_bytes(copy_of(claim), "a").pixels.astype(int)
    half = ((hidden + claim.photo.pixels) / 2).astype(np.uint8)
    assert "can still be seen" in prove(png_of(half), "a.png", claim).reason


def test_a_weak_gaussian_blur_fails(claim: Claim) -> None:
    import cv2

    pixels = claim.photo.pixels.copy()
    pixels[HEAD.as_slices()] = cv2.GaussianBlur(pixels[HEAD.as_slices()], (0, 0), 2)
    assert "can still be seen" in prove(png_of(pixels), "a.png", claim).reason


@pytest.mark.parametrize(
    "spoil",
    [
        lambda jpeg: jpeg + b"x",
        lambda jpeg: jpeg[:2] + b"\xff\xfe\x00\x06hide" + jpeg[2:],
        lambda jpeg: jpeg[:2] + b"\xff\xe1\x00\x08Exif\0\0" + jpeg[2:],
        lambda jpeg: jpeg[:2] + b"\xff\xee\x00\x07Adobe" + jpeg[2:],
        lambda jpeg: jpeg[:2] + b"\xff\xe0\x00\x10JFXX\0\x13" + bytes(8) + jpeg[2:],
        lambda jpeg: jpeg[:18] + b"\x01\x01" + jpeg[20:],
        lambda jpeg: jpeg[:-2],
    ],
    ids=["trailer", "comment", "exif", "adobe", "jfxx", "jfif thumbnail", "cut off"],
)
def test_one_part_too_many_fails(claim: Claim, spoil: object) -> None:
    claim = replace(claim, options=CopyOptions(format="JPEG"))
    data = copy_of(claim)
    assert prove(data, "a.jpg", claim).passed
    assert not prove(spoil(data), "a.jpg", claim).passed  # type: ignore[operator]


@pytest.mark.parametrize(
    "extra", [{"pnginfo": "text"}, {"exif": b"Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0"}, {"dpi": (72, 72)}]
)
def test_one_chunk_too_many_fails(claim: Claim, extra: dict[str, object]) -> None:
    from PIL.PngImagePlugin import PngInfo

    if "pnginfo" in extra:
        info = PngInfo()
        info.add_text("Author", "x", zip=True)
        extra = {"pnginfo": info}
    pixels = photo_from_bytes(copy_of(claim), "a").pixels
    assert prove(png_of(pixels), "a.png", claim).passed
    assert not prove(png_of(pixels, **extra), "a.png", claim).passed


def test_a_second_picture_fails(claim: Claim) -> None:
    pixels = photo_from_bytes(copy_of(claim), "a").pixels
    data = png_of(pixels, "WEBP", save_all=True, append_images=[Image.fromarray(claim.photo.pixels)], lossless=True)
    assert not prove(data, "a.webp", claim).passed


@pytest.mark.parametrize("name", ["Lefevre.png", "x_LEFÈVRE2.png", "IMG_1187-0042.png", "zoé/a.png"])
def test_a_name_of_the_roster_in_the_path_fails(claim: Claim, name: str) -> None:
    data = copy_of(claim)
    assert "file name" in prove(data, name, claim).reason
    assert prove(data, name, replace(claim, options=CopyOptions(names="keep"))).passed


def test_a_number_of_the_roster_in_the_coded_picture_fails(claim: Claim) -> None:
    claim = replace(claim, options=CopyOptions(format="WEBP"))
    data = copy_of(claim)
    assert prove(data, "a.webp", claim).passed
    spoilt = data[:-12] + b"x1187-0042xx"
    assert "roster" in prove(spoilt, "a.webp", claim).reason


def test_wrong_colours_fail(claim: Claim) -> None:
    pixels = photo_from_bytes(copy_of(claim), "a").pixels
    assert "looks different" in prove(png_of(pixels[:, :, ::-1]), "a.png", claim).reason


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_wrong_turn_fails(claim: Claim, turns: int) -> None:
    pixels = photo_from_bytes(copy_of(claim), "a").pixels
    assert not prove(png_of(np.ascontiguousarray(np.rot90(pixels, turns))), "a.png", claim).passed


def test_a_new_face_fails_and_says_where_to_cover(claim: Claim) -> None:
    new = judged(Finding("face", 0.8, Box(20, 30, 60, 80), id="f7"))
    tried = attempt(copy_of(claim), "a.png", replace(claim, screen=Scripted((new,))))
    assert not tried.proof.passed
    assert tried.covers == (
        *claim.verdict.plan.covers,
        Cover(Box(20, 30, 60, 80), "ellipse", None, "", Box(20, 30, 60, 80)),
    )


@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_new_covers_are_in_pixels_of_the_photo(claim: Claim, turns: int) -> None:
    crop = Box(10, 20, 310, 220)
    where = Box(20, 30, 60, 80)
    in_copy = {
        0: Box(10, 10, 50, 60), 1: Box(140, 10, 190, 50), 2: Box(250, 140, 290, 190), 3: Box(10, 250, 60, 290),
    }[turns]  # fmt: skip
    verdict = replace(claim.verdict, plan=replace(claim.verdict.plan, turns=turns))
    new = judged(Finding("face", 0.8, in_copy, id="f7"))
    claim = replace(claim, verdict=verdict, crop=crop, screen=Scripted((new,)))
    covers = attempt(copy_of(claim), "a.png", claim).covers
    assert covers is not None
    assert covers[-1].box == where


def test_a_larger_box_around_a_cover_is_that_cover_and_a_face_beside_it_is_new(claim: Claim) -> None:
    for box, count in ((Box(95, 55, 185, 172), 1), (Box(150, 100, 210, 170), 2)):
        again = judged(Finding("face", 0.4, box, id="f1"))
        covers = attempt(copy_of(claim), "a.png", replace(claim, screen=Scripted((again,)))).covers
        assert covers is not None
        assert len(covers) == count


def test_the_rim_of_a_cover_taken_for_a_face_is_hidden_without_a_head_around_it(claim: Claim) -> None:
    """Covers must not grow from one blurred head to the next."""
    rim = Box(150, 90, 190, 140)
    again = judged(Finding("face", 0.4, rim, id="f1"))
    covers = attempt(copy_of(claim), "a.png", replace(claim, screen=Scripted((again,)))).covers
    assert covers is not None
    assert [(cover.box, cover.strength > 6) for cover in covers] == [(HEAD, True), (rim, True)]


def test_a_face_found_under_a_cover_is_hidden_more_strongly_then_more_widely(claim: Claim) -> None:
    """To the last round: a copy under whose covers the screening still finds a face is no safe copy."""
    again = judged(Finding("face", 0.4, FACE, id="f1"))
    shapes = []
    for rounds in (1, 2, 3):
        tried = attempt(copy_of(claim), "a.png", replace(claim, screen=Scripted((again,))), rounds)
        assert not tried.proof.passed
        assert tried.covers is not None
        shapes.append([(cover.shape, cover.strength > 6) for cover in tried.covers])
    assert shapes == [
        [("ellipse", True)], [("ellipse", True), ("ellipse", True)], [("ellipse", True), ("box", True)],
    ]  # fmt: skip


def test_writing_read_under_a_cover_that_keeps_nothing_is_not_there(claim: Claim) -> None:
    again = judged(Finding("text", 0.4, FACE, TextDetails("name"), id="f1"))
    tried = attempt(copy_of(claim), "a.png", replace(claim, screen=Scripted((again,))))
    assert tried.covers is not None
    assert [cover.strength > 6 for cover in tried.covers] == [True]
    flat = replace(claim.verdict, plan=Plan(0, tried.covers))
    claim = replace(claim, verdict=flat, screen=Scripted((again,)))
    assert prove(copy_of(claim), "a.png", claim).passed


@pytest.mark.parametrize(("decision", "check", "passes"), [
    (Decision.KEEP, "face", True), (Decision.REDACT, "face", True),
    (Decision.KEEP, "text", False), (Decision.REDACT, "text", True), (Decision.REDACT, "code", True),
])  # fmt: skip
def test_what_was_left_to_be_seen_may_be_seen(claim: Claim, decision: Decision, check: str, passes: bool) -> None:
    """A face by its place; anything else only when the photo's verdict was as severe and a person kept it."""
    box = Box(220, 100, 280, 160)
    kept = judged(Finding(check, 0.9, box, TextDetails() if check == "text" else None, id="f2"), decision)
    verdict = replace(claim.verdict, judgements=(*claim.verdict.judgements, kept))
    again = judged(Finding(check, 0.9, Box(222, 101, 281, 161), id="f1"))
    claim = replace(claim, verdict=verdict, screen=Scripted((again,)))
    assert prove(copy_of(claim), "a.png", claim).passed is passes


@pytest.mark.parametrize(("category", "passes"), [("unreadable", True), ("name", False), ("student-id", False)])
def test_writing_that_cannot_be_read_in_the_copy_is_no_news(claim: Claim, category: str, passes: bool) -> None:
    box = Box(220, 100, 280, 160)
    kept = judged(Finding("text", 0.9, box, TextDetails("other"), id="f2"), Decision.KEEP)
    again = judged(Finding("text", 0.9, box, TextDetails(category), id="f1"), Decision.REVIEW)
    verdict = replace(claim.verdict, judgements=(*claim.verdict.judgements, kept))
    claim = replace(claim, verdict=verdict, screen=Scripted((again,)))
    assert prove(copy_of(claim), "a.png", claim).passed is passes


def test_writing_seen_in_the_noise_of_the_copy_alone_hides_nothing(claim: Claim) -> None:
    seen = judged(Finding("text", 0.8, Box(0, 0, 320, 200), TextDetails("unreadable"), id="f1"), Decision.REVIEW)
    assert prove(copy_of(claim), "a.png", replace(claim, screen=Scripted((seen,)))).passed


def test_hidden_data_and_private_file_names_fail(claim: Claim) -> None:
    data = copy_of(claim)
    gps = judged(Finding("metadata", 1.0, None, MetadataDetails("gps", "exif"), id="f1"))
    assert "hidden data" in prove(data, "a.png", replace(claim, screen=Scripted((gps,)))).reason
    date = judged(Finding("filename", 1.0, None, NameDetails("date", "2026-03-14"), id="f1"))
    assert "file name" in prove(data, "a.png", replace(claim, screen=Scripted((date,)))).reason


def test_the_second_screening_sees_the_written_copy_and_knows_no_names(claim: Claim) -> None:
    screen = Scripted()
    named = replace(claim.policy, named=(("f1", "P1"),))
    data = copy_of(claim)
    prove(data, "a.png", replace(claim, screen=screen, policy=named))
    assert [photo.file for photo in screen.seen] == [data]
    assert screen.policies[0].named == ()
    assert {"face", "text", "code", "metadata", "filename"} <= set(screen.policies[0].checks)
