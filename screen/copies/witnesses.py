"""Who looks at a copy before it gets its name."""

from __future__ import annotations

from dataclasses import dataclass, field

from screen.copies.claims import Screen
from screen.faces import FaceModel
from screen.faces.centerface import CenterFace
from screen.recognition.printing import PrintModel, installed, print_model
from screen.screening import screen_photo


def _comparing() -> PrintModel | None:
    return print_model() if installed() else None


@dataclass(frozen=True, slots=True)
class Witnesses:
    """Who looks at a copy; tests have others.

    Attributes:
        screen: screens it again, like a new photo.
        faces: looks at the masks for what a detector takes for a face.
        prints: compares hidden faces with their sources, where the extra recognition is installed.
    """

    screen: Screen = screen_photo
    faces: FaceModel | None = field(default_factory=CenterFace)
    prints: PrintModel | None = field(default_factory=_comparing)
