"""The small pictures of a run: kept in the store, and covered further when more is to be hidden than before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np

from screen.batch.observations import same_outcome
from screen.geometry import Box
from screen.photo import View, photo_from_bytes, read_only
from screen.records import Verdict


class Pictures(Mapping[str, bytes]):
    """Small pictures by source, read when asked for, one at a time, so that memory does not grow with the run.

    Args:
        read: gives the picture of a photo by its key and source.
        keys: of the photos, by source.
    """

    def __init__(self, read: Callable[[str, str], bytes], keys: Mapping[str, str]) -> None:
        self._read, self._keys = read, keys

    def __getitem__(self, source: str) -> bytes:
        return self._read(self._keys[source], source)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def covered_further(picture: bytes, before: Verdict, now: Verdict) -> bytes:
    """The small picture of an earlier verdict with all covered that is to be hidden now.

    The photo is not opened for it, so what was covered stays covered, also where it may be seen by now.

    Raises:
        PhotoError: the picture is damaged.
        OutputError: it could not be encoded.
    """
    if same_outcome(before, now) or not picture:
        return picture
    from screen.report.thumbnails import filled_picture, hidden_beside  # noqa: PLC0415

    turned = photo_from_bytes(picture, now.source).pixels
    upright = np.ascontiguousarray(np.rot90(turned, before.plan.turns % 4))
    view = View(read_only(upright), Box(0, 0, *now.size), now.size)
    return filled_picture(view, now.plan, hidden_beside(now))
