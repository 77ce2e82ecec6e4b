"""What is written: crops of lines through a recognition network, in batches of like width.

The network is the recogniser of PP-OCRv6: a line 48 pixels high in, one distribution over characters for every 8 pixels
out, decoded greedily as CTC wants it (Graves et al. 2006): repeats are one, blanks are none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.photo import Pixels

Floats = npt.NDArray[np.float32]
#: (count, 3, 48, width) normalised BGR in, (count, steps, characters) out.
Network = Callable[[Floats], Floats]

#: Height at which lines are read.
HEIGHT = 48
#: Widest line that is read as one piece; longer ones are squeezed.
WIDEST = 1536
#: Widths are rounded up to multiples of this, so that the network sees few shapes.
BUCKET = 32
#: Columns of padding in a batch from which another one takes less time: each costs about as much as so many columns.
WASTE = 128
#: Columns of pixels that are read together at the most: each 8 of them give a distribution over 18 710 signs.
TOGETHER = 1600


@dataclass(frozen=True, slots=True)
class Reading:
    """What a crop says: text, mean probability of its characters, places as shares of the width, sureness of each."""

    text: str
    score: float
    places: tuple[float, ...]
    sure: tuple[float, ...] = ()


#: Score from which a reading in Western signs is taken whatever else the network thinks of.
WESTERN = 0.6
NOTHING = Reading("", 0.0, ())


class Reader:
    """Reads crops.

    Args:
        network: the recogniser.
        alphabet: its characters, in its order: a blank first.
    """

    def __init__(self, network: Network, alphabet: Sequence[str]) -> None:
        self.network, self.alphabet = network, tuple(alphabet)
        self.western = np.array([index for index, sign in enumerate(self.alphabet) if is_western(sign)])

    def read(self, crops: Sequence[Pixels]) -> list[Reading]:
        """What each crop says; crops are (48, width, 3) uint8 RGB."""
        readings = [NOTHING] * len(crops)
        for width, batch in _batches([crop.shape[1] for crop in crops]):
            answers = self.network(_prepared([crops[index] for index in batch], width))
            for index, answer in zip(batch, answers, strict=True):
                readings[index] = self._decoded(answer, width / crops[index].shape[1])
        return readings

    def _decoded(self, answer: Floats, stretch: float) -> Reading:
        """The reading in Western signs if it is likely, else in all that the network knows."""
        western = self._in(answer[:, self.western], self.western, stretch)
        if western.score >= WESTERN:
            return western
        whole = self._in(answer, np.arange(answer.shape[1]), stretch)
        return whole if whole.score > western.score + 0.2 else western

    def _in(self, answer: Floats, signs: npt.NDArray[np.int_], stretch: float) -> Reading:
        best = answer.argmax(axis=1)
        kept = signs[best]
        new = (kept != 0) & np.concatenate(([True], best[1:] != best[:-1]))
        steps = np.flatnonzero(new)
        if not steps.size:
            return NOTHING
        sure = answer[steps, best[steps]]
        text = "".join(self.alphabet[i] for i in kept[steps])
        places = np.minimum((steps + 0.5) / len(best) * stretch, 1.0)
        return Reading(text, float(sure.mean()), tuple(places.tolist()), tuple(sure.tolist()))


def is_western(sign: str) -> bool:
    """Latin and Greek letters, digits, punctuation, currencies and signs of arithmetic; the blank and the space too.

    The network also knows Chinese, Japanese and other signs, many of which look like a letter or a mark.
    """
    return not sign or ord(sign[0]) < 0x400 or 0x2010 <= ord(sign[0]) < 0x2300


def _batches(widths: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """(width to pad to, indexes of crops) for crops of like width."""
    batch: list[int] = []
    wide, wasted = 0, 0
    for index in sorted(range(len(widths)), key=lambda one: -widths[one]):
        wasted += wide - widths[index]
        if batch and (wasted > WASTE or wide * (len(batch) + 1) > TOGETHER):
            yield wide, batch
            batch = []
        if not batch:
            wide, wasted = -(-widths[index] // BUCKET) * BUCKET, 0
        batch.append(index)
    if batch:
        yield wide, batch


def _prepared(crops: Sequence[Pixels], width: int) -> Floats:
    whole = np.zeros((len(crops), 3, HEIGHT, width), np.float32)
    for place, crop in zip(whole, crops, strict=True):
        place[:, :, : crop.shape[1]] = crop[:, :, ::-1].transpose(2, 0, 1) * np.float32(1 / 127.5) - np.float32(1)
    return whole
