"""A third witness: heads of people on which no detector sees a face, though nothing says that they look away.

Detectors miss faces that look down, are half hidden or are cut off; the outline of a person and the pose of the body do
not depend on a face. A head-shaped top of the person mask with no face is asked two things: does the pose network see a
body below it that is not turned away, or does the face mesh see a face in it? Then somebody should look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from screen.faces import THRESHOLDS, DetectedFace
from screen.faces.heads import head_box
from screen.faces.presence import face_presence
from screen.geometry import Box
from screen.people import person_mask
from screen.people.facing import LOOKS, facing
from screen.people.heads import find_heads
from screen.photo import Photo

#: The name by which such a candidate is known.
NAME = "person"
#: Least fit of an outline of a head; things that are no people have such outlines too.
LEAST_FIT = 0.5
#: Narrower heads, in pixels of the photo, are left to the detectors: their bodies are too small to be read.
LEAST_WIDTH = 16
#: The face mesh says "a face" from here on, and "none" up to there; no annotated back of a head has more than 0.1.
FACE, NO_FACE = 0.5, 0.2
#: Faces of at least this score are left alone, whatever the body says; others get the lower one on backs of heads.
SURE, HARDLY = 0.6, 0.04
#: Where a face lies in an upright head, as shares of the head: it begins below the hair.
FACE_SIDES, FACE_TOP = 0.1, 0.2


def unseen_faces(photo: Photo, found: Iterable[DetectedFace]) -> Iterator[DetectedFace]:
    """Candidates for faces that no detector saw, each with the score of a face at strict sensitivity.

    Args:
        photo: the photo.
        found: what the detectors saw; heads with a face at normal sensitivity are passed over.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    faces = [face for face in found if face.is_face]
    for head in find_heads(photo, person_mask(photo)):
        if head.score < LEAST_FIT or head.box.width < LEAST_WIDTH:
            continue
        if not any(belongs(face, head.box, photo.size) for face in faces) and may_look(photo, head.box):
            yield DetectedFace(face_in(head.box), THRESHOLDS["strict"], seen_by=(NAME,), people=1.0)


def weighed(photo: Photo, face: DetectedFace) -> DetectedFace:
    """The candidate as it is, or hardly one if it is doubtful and lies on a head that is surely seen from behind.

    Hair, ears and caps on backs of heads are taken for faces at times.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    if not face.counts_at("strict") or face.score >= SURE:
        return face
    heads = (head.box for head in find_heads(photo, person_mask(photo)) if head.score >= LEAST_FIT)
    own = [head for head in heads if head.width >= LEAST_WIDTH and belongs(face, head, photo.size)]
    return replace(face, score=HARDLY) if own and all(looks_away(photo, head) for head in own) else face


def may_look(photo: Photo, head: Box) -> bool:
    """May a head hold a face: the face mesh sees one, or all looks at the body do and not all from behind?"""
    if face_presence(photo, head) >= FACE:
        return True
    way = facing(photo, head)
    return len(way.angles) == len(LOOKS) and not way.away


def looks_away(photo: Photo, head: Box) -> bool:
    """Is a head surely seen from behind: do all looks at the body say so, and does the face mesh see no face?"""
    return facing(photo, head).away and face_presence(photo, head) < NO_FACE


def belongs(face: DetectedFace, head: Box, size: tuple[int, int]) -> bool:
    """Does this face belong to this head, with hair and ears, and is it large enough for it?"""
    own = head_box(face.box, face.landmarks, size, face.turns)
    return own.shared_area(head) >= 0.25 * min(own.area, head.area) and face.box.width >= 0.3 * head.width


def face_in(head: Box) -> Box:
    """Where the face of an upright head lies."""
    aside = int(FACE_SIDES * head.width)
    return Box(head.left + aside, head.top + int(FACE_TOP * head.height), head.right - aside, head.bottom)
