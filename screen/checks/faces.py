"""Faces by which somebody could be recognised, with the head around each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.errors import UsageError
from screen.faces import DEFAULT_MODEL, FINE, FINE_STRICT, THRESHOLDS, DetectedFace, detect_faces
from screen.faces.depiction import is_depicted
from screen.faces.heads import head_box
from screen.faces.identifiability import OBSERVE, identifiability, pose, sharpness
from screen.faces.witness import NAME as BY_BODY
from screen.faces.witness import unseen_faces
from screen.photo import Photo
from screen.records import FaceDetails, Finding

#: Score from which a face is sure.
SURE = 0.6
#: A candidate below the line, with at least this share of people in the region of its head, should be looked at.
ON_A_PERSON = 0.5


@dataclass(frozen=True, slots=True)
class FaceSettings:
    """How faces are looked for.

    Attributes:
        sensitivity: normal, or strict (hides also what is hardly a face, and looks for the smallest ones).
        threshold: score from which a candidate counts as a face, 0 to 1; None takes that of the sensitivity.
        model: name of the face model.
    """

    sensitivity: str = "normal"
    threshold: float | None = None
    model: str = DEFAULT_MODEL

    def __post_init__(self) -> None:
        if self.sensitivity not in THRESHOLDS:
            raise UsageError(
                "[face] sensitivity {sensitivity!r} is not known. Use {listed}.",
                sensitivity=self.sensitivity,
                listed=" or ".join(THRESHOLDS),
            )
        if self.threshold is not None and not 0 <= self.threshold <= 1:
            raise UsageError("[face] threshold {threshold} is not between 0 and 1.", threshold=self.threshold)

    @property
    def line(self) -> float:
        """The score from which a candidate counts as a face."""
        return THRESHOLDS[self.sensitivity] if self.threshold is None else self.threshold

    @property
    def fine(self) -> int:
        """Long side of the pass for the smallest faces of large photos, in pixels."""
        return FINE_STRICT if self.sensitivity == "strict" else FINE


class FaceCheck:
    """Find faces. Candidates below the threshold are reported as weak, so that none is dropped silently."""

    id: ClassVar[str] = "face"
    title: ClassVar[str] = "Faces"
    settings: ClassVar[type[FaceSettings]] = FaceSettings

    def __init__(self, chosen: FaceSettings) -> None:
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """A finding for each candidate, best first; those below the line have a place instead of a box.

        Raises:
            MissingDependencyError: the weights are not there.
        """
        seen = detect_faces(photo, self.chosen.model, self.chosen.fine)
        found = (*seen, *unseen_faces(photo, seen))
        widest = max((face.box.width for face in found if face.score >= self.chosen.line), default=0)
        for face in found:
            details = self._details(photo, face, widest)
            box = face.box if details.place is None else None
            yield Finding(self.id, round(face.score, 4), box, details)

    def _details(self, photo: Photo, face: DetectedFace, widest: int) -> FaceDetails:
        sharp, certain = sharpness(photo, face.box), certainty(face, self.chosen.line)
        return FaceDetails(
            identifiability=identifiability(face.box.width, sharp),
            pose=pose(face.landmarks),
            width=face.box.width,
            head=head_box(face.box, face.landmarks, photo.size, face.turns),
            landmarks=face.landmarks,
            prominence=prominence(face.box.width, widest, photo.size),
            sharpness=sharp,
            certainty=certain,
            kind="depicted" if certain in {"sure", "doubtful"} and is_depicted(photo, face.box) else "face",
            place=face.box if certain in {"unclear", "weak"} else None,
        )


def certainty(face: DetectedFace, line: float) -> str:
    """Sure, doubtful (to be hidden all the same), unclear (below the line, but on a person) or weak.

    What is below the line and too small to observe a person by is weak: nobody could say more by looking.
    """
    if face.score >= line:
        return "sure" if face.score >= max(SURE, line) else "doubtful"
    if face.box.width < OBSERVE:
        return "weak"
    on_a_person = face.people >= ON_A_PERSON or {"blazeface", BY_BODY} & {*face.seen_by}
    return "unclear" if face.counts_at("strict") and on_a_person else "weak"


def prominence(width: int, widest: int, size: tuple[int, int]) -> str:
    """Subject, or background: less than half as wide as the widest face and less than a twentieth of the photo."""
    return "background" if width * 2 < widest and width * 20 < max(size) else "subject"
