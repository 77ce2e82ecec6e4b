"""prove: opens the written bytes again and shows that nothing is left of what had to be hidden."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

import numpy as np

from screen.containers import BrokenFileError, kind_of, parts_of
from screen.copies.claims import Claim, StepError, inside_of
from screen.copies.masks import mask_of
from screen.copies.naming import roster_words, words_of
from screen.copies.needles import holds_long_word, holds_word, needles_of
from screen.copies.quieting import STRONGER, prove_faceless
from screen.copies.rescreening import prove_screened
from screen.copies.similarity import detail_left, difference_outside
from screen.copies.unlikeness import prove_unlike
from screen.errors import PhotoError
from screen.photo import Photo, Pixels, photo_from_bytes
from screen.records import Cover, Proof
from screen.redact import turned

#: All that is needed to show the picture, by format; everything else fails the proof.
NEEDED = {
    "JPEG": frozenset({"APP0", "DQT", "SOF0", "SOF2", "DHT", "DRI", "SOS", "scan"}),
    "PNG": frozenset({"IHDR", "IDAT", "IEND"}),
    "WEBP": frozenset({"VP8", "VP8L"}),
}
#: The only APP0 that is let through: JFIF 1.01 or 1.02, no thumbnail.
JFIF_NAME, JFIF_LENGTH = b"JFIF\0", 14
#: Mean difference outside of the masks, in levels of 255, above which the copy is not the same picture.
MOST_DIFFERENCE = 8.0
#: Share of a hidden region that may show the same detail as the source. In the development photos blurred heads leave
#: none; masks a fifth too small leave 0.15 (median), 97 % of them more than this (docs/measurements.md).
MOST_DETAIL = 0.02
#: The coded picture, and the tables without which it cannot be decoded; their rows of codes look like words (stuvwxyz).
CODED = frozenset({"scan", "IDAT", "VP8", "VP8L"})
TABLES = frozenset({"DHT", "DQT", "SOF0", "SOF2", "SOS", "IHDR"})
#: How often a copy is made, each time with what the proof before has found hidden too, before it is given up.
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Attempt:
    """A proof, and what to hide for the next one: all covers, old and new; None if that would not help."""

    proof: Proof
    covers: tuple[Cover, ...] | None = None


def prove(data: bytes, name: str, claim: Claim) -> Proof:
    """The proof that the bytes of a written copy are what is claimed."""
    return attempt(data, name, claim).proof


def attempt(data: bytes, name: str, claim: Claim, rounds: int = 1) -> Attempt:
    """One proof, and what else would have to be hidden.

    Args:
        data: the bytes as read back from the disk.
        name: the file's name.
        claim: what they should be.
        rounds: the number of this attempt.

    Raises:
        CheckError: the copy could not be screened again.
        MissingDependencyError: a model or engine is not there.
    """
    done: list[str] = []
    digest = hashlib.sha256(data).hexdigest()
    try:
        done.append("parts")
        prove_parts(data)
        done.append("names")
        prove_names(data, name, claim)
        done.append("picture")
        copy = _opened(data, name)
        prove_picture(copy, claim)
        done.append("hidden")
        prove_hidden(copy, claim)
        done.append("faces")
        prove_faceless(copy, claim, rounds)
        if claim.prints is not None:
            done.append("prints")
            prove_unlike(copy, claim)
        done.append("screened")
        prove_screened(copy, claim, rounds)
    except StepError as failed:
        return Attempt(Proof(digest, False, tuple(done), failed.reason, rounds), failed.covers)
    return Attempt(Proof(digest, True, tuple(done), "", rounds))


def prove_parts(data: bytes) -> None:
    """Every part of the file is needed to show the picture, and nothing follows it."""
    kind = kind_of(data)
    if kind not in NEEDED:
        raise StepError("The copy is no JPEG, PNG or WebP file.")
    try:
        parts = parts_of(data)
    except BrokenFileError as error:
        raise StepError("The copy is broken.") from error
    for part in parts:
        if part.name not in NEEDED[kind]:
            raise StepError("The copy holds a part that it does not need.")
        if part.name == "APP0" and not _is_plain_jfif(part.payload(data)):
            raise StepError("The copy's JFIF header holds more than it needs.")


def _is_plain_jfif(payload: bytes) -> bool:
    return len(payload) == JFIF_LENGTH and payload.startswith(JFIF_NAME) and payload[12:14] == b"\0\0"


def prove_names(data: bytes, name: str, claim: Claim) -> None:
    """No name and no number of the roster is in the file, nor in its name unless names are to be kept."""
    if claim.options.names != "keep" and roster_words(claim.roster) & words_of(name):
        raise StepError("The file name of the copy holds a name or number of the roster.")
    needles = needles_of(claim.roster)
    for part in parts_of(data):
        payload = part.payload(data)
        if part.name not in CODED | TABLES and holds_word(payload.removeprefix(JFIF_NAME), needles):
            raise StepError("The copy holds a name or number of the roster.")
        if part.name in CODED and holds_long_word(payload, needles):
            # Six bytes come up by chance once in 40,000 large copies; with other noise they do not come up again.
            raise StepError("The copy holds a name or number of the roster.", claim.verdict.plan.covers)


def _opened(data: bytes, name: str) -> Photo:
    try:
        return photo_from_bytes(data, name)
    except PhotoError as error:
        raise StepError("The copy cannot be opened.") from error


def _unturned(copy: Photo, claim: Claim) -> Pixels:
    """The pixels of the copy as they lie in the photo."""
    return turned(copy.pixels, -claim.verdict.plan.turns)


def prove_picture(copy: Photo, claim: Claim) -> None:
    """The copy is one upright picture of the right size, and looks like the photo where nothing is hidden."""
    part, pixels = claim.part, _unturned(copy, claim)
    if copy.frames != 1 or copy.exif_orientation != 1:
        raise StepError("The copy holds more than one upright picture.")
    if pixels.shape[:2] != (part.height, part.width):
        raise StepError("The copy has another size than planned.")
    covered = np.zeros(pixels.shape[:2], bool)
    for cover in claim.verdict.plan.covers:
        mask = mask_of(cover, claim.photo.size)
        if shared := mask.box.intersection(part):
            covered[inside_of(shared, part)] |= mask.alpha[inside_of(shared, mask.box)] > 0
    gap = difference_outside(claim.photo.pixels[part.as_slices()], pixels, covered)
    if gap > MOST_DIFFERENCE:
        raise StepError("The copy looks different from the photo where nothing was to be hidden.")


def prove_hidden(copy: Photo, claim: Claim) -> None:
    """No region that was to be hidden shows detail of the photo."""
    covers = claim.verdict.plan.covers
    pixels = _unturned(copy, claim)
    seen = [_detail_seen(cover, pixels, claim) > MOST_DETAIL for cover in covers]
    if any(seen):
        pairs = zip(covers, seen, strict=True)
        stronger = tuple(replace(c, strength=STRONGER) if again else c for c, again in pairs)
        raise StepError("Something that was to be hidden can still be seen in the copy.", stronger)


def _detail_seen(cover: Cover, pixels: Pixels, claim: Claim) -> float:
    part, mask = claim.part, mask_of(cover, claim.photo.size)
    if not (shared := mask.box.intersection(part)):
        return 0.0
    source, shown = claim.photo.pixels[shared.as_slices()], pixels[inside_of(shared, part)]
    return detail_left(source, shown, mask.alpha[inside_of(shared, mask.box)])
