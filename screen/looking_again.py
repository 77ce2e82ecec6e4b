"""Every crop is looked at again by itself before it is offered: heads stand larger in it than in the whole photo."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from screen.faces import DEFAULT_MODEL, FaceModel
from screen.faces.heads import head_box
from screen.geometry import Box
from screen.photo import Photo
from screen.plugins import pick
from screen.records import Crop

#: Long side of what the second look sees.
SEEN_AGAIN = 640
#: Score of the model itself from which something is a face there: strict, since there is always another crop.
LOOK_THRESHOLD = 0.2
#: The same on hands and backs of heads that were found: knuckles and hair look like faces at times.
LOOK_THRESHOLD_ON_KNOWN = 0.5
#: Nobody can be recognised by a face narrower than this, in pixels of the photo (EN 62676-4 asks for 10 to observe).
LEAST_WIDTH = 10
#: How often crops are sought anew after a second look has seen a face in one of them.
ROUNDS = 3

#: Looks at a part of a photo again: boxes of what must not be shown there.
LookAgain = Callable[[Photo, Box], Sequence[Box]]
#: Finds crops that touch none of the boxes.
FindCrops = Callable[[Sequence[Box]], tuple[Crop, ...]]


def look_for_faces(photo: Photo, box: Box, known: Sequence[Box] = ()) -> Sequence[Box]:
    """Heads that a face model sees in a part of a photo when it is looked at by itself, in pixels of the photo.

    Args:
        photo: the photo.
        box: the part to look at.
        known: hands and backs of heads: there the model has to be surer.

    Raises:
        MissingDependencyError: the weights are not there.
    """
    model: FaceModel = pick("photoscreen_face_models", DEFAULT_MODEL, "face model")
    view = photo.view(box, max_side=SEEN_AGAIN, enlarge=True)
    seen = [(view.to_photo(*raw.edges), raw.score) for raw in model.detect(view.pixels, LOOK_THRESHOLD)]
    faces = [face for face, score in seen if face and face.width >= LEAST_WIDTH and _counts(face, score, known)]
    return [head_box(face, (), photo.size) for face in faces]


def _counts(face: Box, score: float, known: Sequence[Box]) -> bool:
    on_known = any(face.shared_area(box) >= 0.6 * face.area for box in known)
    return score >= (LOOK_THRESHOLD_ON_KNOWN if on_known else LOOK_THRESHOLD)


def without(known: Sequence[Box], look: LookAgain) -> LookAgain:
    """A look that does not mind people who are known and may be shown."""
    return lambda photo, box: [seen for seen in look(photo, box) if all(seen.iou(other) < 0.3 for other in known)]


def checked(photo: Photo, find: FindCrops, obstacles: Sequence[Box], look: LookAgain) -> tuple[Crop, ...]:
    """The best crops that pass the second look; what it sees becomes an obstacle, and crops are sought anew.

    Args:
        photo: the photo.
        find: crops that avoid all boxes that it is given.
        obstacles: what is known to be avoided.
        look: the second look.
    """
    clear: list[Box] = []
    obstacles = list(obstacles)
    for _ in range(ROUNDS):
        crops = find(obstacles)
        new: list[Box] = []
        for crop in sorted(crops, key=lambda crop: -crop.box.area):
            if any(box.contains(crop.box) for box in clear):
                continue
            seen = look(photo, crop.box)
            new += seen
            clear += [] if seen else [crop.box]
        if not new:
            return crops
        obstacles += new
    return tuple(crop for crop in crops if any(box.contains(crop.box) for box in clear))
