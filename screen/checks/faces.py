"""Faces by which somebody could be recognised, with the head around each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.errors import UsageError
from screen.faces import DEFAULT_MODEL, THRESHOLDS, DetectedFace, detect_faces
from screen.faces.heads import head_box
from screen.faces.identifiability import identifiability, pose, sharpness
from screen.photo import Photo
from screen.records import FaceDetails, Finding

#: Score from which a face is sure.
SURE = 0.6


@dataclass(frozen=True, slots=True)
class FaceSettings:
    """How faces are looked for.

    Attributes:
        sensitivity: normal, or strict (also hides what is hardly a face).
        threshold: score from which a candidate counts as a face, 0 to 1; None takes that of the sensitivity.
        model: name of the face model.
    """

    sensitivity: str = "normal"
    threshold: float | None = None
    model: str = DEFAULT_MODEL

    def __post_init__(self) -> None:
        if self.sensitivity not in THRESHOLDS:
            raise UsageError(f"[face] sensitivity {self.sensitivity!r} is not known. Use {' or '.join(THRESHOLDS)}.")
        if self.threshold is not None and not 0 <= self.threshold <= 1:
            raise UsageError(f"[face] threshold {self.threshold} is not between 0 and 1.")

    @property
    def line(self) -> float:
        """The score from which a candidate counts as a face."""
        return THRESHOLDS[self.sensitivity] if self.threshold is None else self.threshold


class FaceCheck:
    """Find faces. Candidates below the threshold are reported as weak, so that none is dropped silently."""

    id: ClassVar[str] = "face"
    title: ClassVar[str] = "Faces"
    settings: ClassVar[type[FaceSettings]] = FaceSettings

    def __init__(self, chosen: FaceSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding for each candidate, best first.

        Raises:
            MissingDependencyError: the weights are not there.
        """
        found = detect_faces(photo, self.chosen.model)
        widest = max((face.box.width for face in found if face.score >= self.chosen.line), default=0)
        for face in found:
            yield Finding(self.id, round(face.score, 4), face.box, self._details(photo, face, widest))

    def _details(self, photo: Photo, face: DetectedFace, widest: int) -> FaceDetails:
        sharp = sharpness(photo, face.box)
        return FaceDetails(
            identifiability=identifiability(face.box.width, sharp),
            pose=pose(face.landmarks),
            width=face.box.width,
            head=head_box(face.box, face.landmarks, photo.size, face.turns),
            landmarks=face.landmarks,
            prominence=prominence(face.box.width, widest, photo.size),
            sharpness=sharp,
            certainty=certainty(face.score, self.chosen.line),
        )


def certainty(score: float, line: float) -> str:
    """Sure, doubtful (to be hidden all the same) or weak (below the line)."""
    if score < line:
        return "weak"
    return "sure" if score >= max(SURE, line) else "doubtful"


def prominence(width: int, widest: int, size: tuple[int, int]) -> str:
    """Subject, or background: less than half as wide as the widest face and less than a twentieth of the photo."""
    return "background" if width * 2 < widest and width * 20 < max(size) else "subject"
