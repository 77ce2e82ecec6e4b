"""What a photo looks like in 256 bits, and which photos of a run look like the same shot.

A perceptual hash: signs of the low frequencies of a cosine transform, as pHash and the package imagehash take them
(Zauner, "Implementation and Benchmarking of Perceptual Image Hash Functions", 2010). It is made here, since signs
against zero, and not against the median, let one stored hash be compared turned and mirrored, and since imagehash would
bring SciPy and PyWavelets for one transform.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from screen.photo import Photo
from screen.quality.contours import SHARED_VIEW

Signs = npt.NDArray[np.bool_]
Words = npt.NDArray[np.uint64]
#: Low frequencies along each side whose signs are kept, and the side of the grey picture that is transformed.
FREQUENCIES, GREY_SIDE = 16, 64
#: Share of signs in which two photos of one shot may differ: half of them do by chance. Measured: docs/measurements.md.
SAME_SHOT = 0.30
#: Standard deviation of grey levels below which a picture is too empty to look like another one.
EMPTY = 4.0
#: Pairs that are compared at once, which bounds the memory.
AT_ONCE = 4_000_000


def likeness_of(photo: Photo) -> str:
    """What the photo looks like: 64 hex digits, made once per photo; empty where there is nothing to see in it."""
    return photo.once("likeness", _likeness)


def _likeness(photo: Photo) -> str:
    import cv2  # noqa: PLC0415

    grey = cv2.cvtColor(photo.view(max_side=SHARED_VIEW).pixels, cv2.COLOR_RGB2GRAY)
    grey = cv2.resize(grey, (GREY_SIDE, GREY_SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    if float(grey.std()) < EMPTY:
        return ""
    signs = cv2.dct(grey)[:FREQUENCIES, :FREQUENCIES] > 0
    signs[0, 0] = False  # the mean, which is always positive
    return np.packbits(signs).tobytes().hex()


def same_shots(likenesses: Sequence[str]) -> Iterator[tuple[int, int, float]]:
    """(index, larger index, share of signs that differ) of each pair that looks like one shot, however it is turned.

    Args:
        likenesses: as likeness_of() makes them; those that are empty look like nothing.
    """
    known = [index for index, likeness in enumerate(likenesses) if likeness]
    if len(known) < 2:
        return
    hashes = np.array([_words(_signs(likenesses[index])) for index in known])
    turned = [
        np.array([_words(one) for one in ones]) for ones in zip(*map(_all_ways, _each(likenesses, known)), strict=True)
    ]
    rows = max(1, AT_ONCE // len(known))
    for start in range(0, len(known), rows):
        differing = np.min([_differing(hashes[start : start + rows], ones) for ones in turned], axis=0)
        near = differing <= SAME_SHOT * FREQUENCIES**2
        for row, column in np.argwhere(near):
            if start + row < column:
                yield known[start + row], known[column], float(differing[row, column]) / FREQUENCIES**2


def groups_of(pairs: Sequence[tuple[int, int, float]]) -> tuple[tuple[int, ...], ...]:
    """Indexes that hang together over such pairs, each group and the groups in order."""
    group: dict[int, list[int]] = {}
    for first, second, _ in pairs:
        one, other = group.setdefault(first, [first]), group.setdefault(second, [second])
        if one is not other:
            one.extend(other)
            group.update(dict.fromkeys(other, one))
    return tuple(sorted({tuple(sorted(members)) for members in group.values()}))


def _each(likenesses: Sequence[str], known: Sequence[int]) -> Iterator[Signs]:
    return (_signs(likenesses[index]) for index in known)


def _signs(likeness: str) -> Signs:
    bits = np.unpackbits(np.frombuffer(bytes.fromhex(likeness), np.uint8))
    return np.asarray(bits.reshape(FREQUENCIES, FREQUENCIES), np.bool_)


def _all_ways(signs: Signs) -> Iterator[Signs]:
    """The signs of the photo in its four turns, and mirrored: a mirror changes the sign of every odd frequency."""
    odd = np.arange(FREQUENCIES) % 2 == 1
    for one in (signs, signs.T):
        for down in (False, True):
            for across in (False, True):
                way = one ^ (odd[:, None] & down) ^ (odd[None, :] & across)
                way[0, 0] = False
                yield way


def _words(signs: Signs) -> Words:
    return np.packbits(signs).view(np.uint64)


def _differing(some: Words, others: Words) -> npt.NDArray[np.int64]:
    """How many bits differ, (rows of some, rows of others)."""
    count = np.zeros((len(some), len(others)), np.int64)
    for word in range(some.shape[1]):
        count += np.bitwise_count(some[:, word, None] ^ others[None, :, word])
    return count
