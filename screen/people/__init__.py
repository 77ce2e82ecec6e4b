"""People: how much each place of a photo belongs to a person, computed once per photo and shared by checks.

Ask ``person_mask(photo)``; its values are a small array over the whole photo, and ``share(box)`` tells how much of a
box in photo pixels is people.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from screen.geometry import Box
from screen.photo import Photo

Mask = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class PersonMask:
    """How much each place belongs to a person.

    Attributes:
        values: (rows, columns) float32, 0 nobody to 1 surely a person, read-only; it covers the whole photo.
        photo_size: upright width and height of the photo in pixels.
    """

    values: Mask
    photo_size: tuple[int, int]

    @property
    def scale(self) -> tuple[float, float]:
        """Mask cells per photo pixel, across and down."""
        rows, columns = self.values.shape
        return columns / self.photo_size[0], rows / self.photo_size[1]

    def part(self, box: Box) -> Mask:
        """The values of all cells that the box touches, at least one."""
        across, down = self.scale
        rows, columns = self.values.shape
        left, top = min(int(box.left * across), columns - 1), min(int(box.top * down), rows - 1)
        right, bottom = int(np.ceil(box.right * across)), int(np.ceil(box.bottom * down))
        return self.values[top : max(bottom, top + 1), left : max(right, left + 1)]

    def share(self, box: Box) -> float:
        """Mean value in the box, 0 to 1: how much of it is people."""
        return float(self.part(box).mean())

    def to_photo(self, left: float, top: float, right: float, bottom: float) -> Box | None:
        """The box in photo pixels that holds these edges in cells, rounded outwards; None if nothing is left."""
        across, down = self.scale
        return Box.around(left / across, top / down, right / across, bottom / down, self.photo_size)


def person_mask(photo: Photo) -> PersonMask:
    """Where people are in a photo; computed once per photo.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    from screen.people.selfie import find_people  # noqa: PLC0415

    return photo.once("people", find_people)
