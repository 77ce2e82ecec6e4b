"""Files with several pictures: each page, and each moment of an animation, is screened like a photo of its own."""

from __future__ import annotations

from dataclasses import dataclass

from screen.errors import OutputError, UsageError
from screen.photo import Photo, frame_of
from screen.policy import Policy
from screen.records import Verdict
from screen.redact import PAGED, CopyOptions
from screen.roster import Roster
from screen.screening import screen_photo

#: Pictures of one file that are screened at the most: each takes as long as a photo, and a file has five minutes.
MOST = 24


@dataclass(frozen=True, slots=True)
class CopySettings:
    """The table [copies] of a policy.

    Attributes:
        frames: of a file with several pictures, "first" copies the first one only; "all" each as a copy of its own.
    """

    frames: str = "first"

    def __post_init__(self) -> None:
        if self.frames not in {"first", "all"}:
            raise UsageError("[copies] frames {frames!r} is not known. Use first or all.", frames=self.frames)


@dataclass(frozen=True, slots=True)
class Page:
    """A further picture of a file: its number, 0 being the first one, and its verdict."""

    number: int
    verdict: Verdict

    @property
    def label(self) -> str:
        """What is put behind the stem of its copy's name."""
        return f"page-{self.number + 1}"


def further_pages(photo: Photo, options: CopyOptions, policy: Policy, roster: Roster) -> tuple[Page, ...]:
    """The pictures of a file behind its first one, screened; none unless the options ask for all.

    Raises:
        OutputError: there are too many.
    """
    if options.frames != "all" or photo.format not in PAGED:
        return ()
    if photo.frames > MOST:
        raise OutputError(
            "{source}: the file holds {count} pictures, and at most {most} are copied. Save those that you need as "
            "files of their own.",
            source=photo.source,
            count=photo.frames,
            most=MOST,
        )
    return tuple(Page(n, screen_photo(frame_of(photo, n), policy, roster)) for n in range(1, photo.frames))
