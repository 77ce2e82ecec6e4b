"""What a safe copy is claimed to be, and the error of a step of its proof that does not hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screen.faces import FaceModel
from screen.geometry import Box
from screen.photo import Photo
from screen.policy import Policy
from screen.recognition.printing import PrintModel
from screen.records import Cover, Verdict
from screen.redact import CopyOptions
from screen.roster import Roster

Screen = Callable[[Photo, Policy, Roster], Verdict]


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What a copy is claimed to be.

    Attributes:
        photo: the photo it is a copy of.
        verdict: of that photo; everything in verdict.plan.covers is hidden in the copy.
        options: how the copy was made.
        policy: for screening the copy again.
        roster: whose names and numbers must not be in it.
        screen: screens a photo.
        faces: the face model that looks at the masks; None where faces are not looked for.
        prints: compares hidden faces with their sources; None without the extra recognition.
        crop: the part of the photo that the copy shows; all of it if None.
    """

    photo: Photo
    verdict: Verdict
    options: CopyOptions
    policy: Policy
    roster: Roster
    screen: Screen
    faces: FaceModel | None = None
    prints: PrintModel | None = None
    crop: Box | None = None

    @property
    def part(self) -> Box:
        """The part of the photo that the copy shows."""
        return self.crop or Box(0, 0, *self.photo.size)


class StepError(Exception):
    """A step of the proof does not hold; carries the covers that may mend it."""

    def __init__(self, reason: str, covers: tuple[Cover, ...] | None = None) -> None:
        super().__init__(reason)
        self.reason, self.covers = reason, covers


def inside_of(box: Box, whole: Box) -> tuple[slice, slice]:
    """Rows and columns of the box in an array that holds the whole."""
    return (
        slice(box.top - whole.top, box.bottom - whole.top),
        slice(box.left - whole.left, box.right - whole.left),
    )
