"""What is written: crops of lines through a recognition network.

The network is the recogniser of PP-OCRv6: a line 48 pixels high in, one distribution over characters for every 8 pixels
out, decoded greedily as CTC wants it (Graves et al. 2006): repeats are one, blanks are none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.photo import Pixels

Floats = npt.NDArray[np.float32]
#: (1, 3, 48, width) normalised BGR in, (1, steps, characters) out.
Network = Callable[[Floats], Floats]

#: Height at which lines are read.
HEIGHT = 48
#: Widest line that is read as one piece; longer ones are squeezed.
WIDEST = 1536
#: Crops are read one by one, at the next of these widths: for each shape that the network sees, its kernels are
#: compiled, which takes longer than the reading of a short word; and those of some fifteen shapes are kept at a time.
WIDTHS = (64, 96, 128, 160, 192, 256, 320, 416, 544, 704, 896, 1152, WIDEST)


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
        return [self._read(crop) for crop in crops]

    def _read(self, crop: Pixels) -> Reading:
        width = next((width for width in WIDTHS if width >= crop.shape[1]), crop.shape[1])
        return self._decoded(self.network(_prepared(crop, width))[0], width / crop.shape[1])

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


def _prepared(crop: Pixels, width: int) -> Floats:
    whole = np.zeros((1, 3, HEIGHT, width), np.float32)
    whole[0, :, :, : crop.shape[1]] = crop[:, :, ::-1].transpose(2, 0, 1) * np.float32(1 / 127.5) - np.float32(1)
    return whole
