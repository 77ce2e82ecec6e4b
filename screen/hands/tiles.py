"""Where to look for hands: tiles of several sizes, and smaller ones around the bodies below small faces.

The palm detector sees 192 pixels, so a hand that is a small part of the photo is only seen on a tile. Tiles are shares
of the long side, so that the same hands are found whatever the camera. The smaller ones are looked at only where the
mask of people says that somebody is there; the smallest ones only where hands of somebody whose face was found can be.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from screen.geometry import Box
from screen.people import PersonMask
from screen.people.selfie import starts
from screen.photo import Photo, Pixels, View

#: Edges of the tiles as shares of the photo's long side; all but the first only where people are.
SHARES = (1.0, 0.5, 0.25)
#: The long side of the view in which tiles are cut: the smallest ones are then seen about pixel by pixel.
LONG_SIDE = 1280
#: Tiles of the smallest share and around bodies that are looked at, together: a bound on time.
MOST_SMALL_TILES = 10
#: Least share of people in a small tile, and in one of middle size: no hand of the development sets is in one with less
#: than 0.08 (docs/measurements.md).
SOMEBODY, HARDLY_ANYBODY = 0.05, 0.03
#: The least edge of a tile in pixels of the photo: what is enlarged more shows no more.
LEAST_TILE = 96
#: Faces higher than this share of the long side have hands that are seen on the other tiles.
SMALL_FACE = 0.09
#: Bodies that are looked at, those with the largest faces first.
MOST_BODIES = 2
#: Middles of the tiles around a body, from the middle of its face, and their edge; in heights of the face. An arm
#: reaches 3.5 heights of a face from the shoulder (Loomis, Figure Drawing, 1943), mostly downwards.
BODY = ((-1.5, 1.3), (1.5, 1.3), (-1.5, 3.6), (1.5, 3.6))
BODY_TILE = 3.5
#: What is seen beside a tile around a body, in its edges: hands reach beyond their palms.
BESIDE = 0.4
#: The long side of such a view: the tile in its middle is then seen about as the palm detector sees it.
BODY_SIDE = 400


@dataclass(frozen=True, slots=True, eq=False)
class Tile:
    """A square of a view.

    Attributes:
        view: also holds what lies beside the tile.
        left, top, edge: of the square, in pixels of the view; it may reach beyond the right and lower ends.
        body: is this where the hands of a known person are to be expected, at about the size of the tile?
    """

    view: View
    left: int
    top: int
    edge: int
    body: bool = False

    @property
    def pixels(self) -> Pixels:
        """(height, width, 3) uint8 RGB of the square."""
        return self.view.pixels[self.top : self.top + self.edge, self.left : self.left + self.edge]


def tiles_of(photo: Photo, people: PersonMask, faces: Sequence[Box]) -> Iterator[Tile]:
    """The tiles of a photo to look at.

    Args:
        photo: the photo.
        people: where people are.
        faces: where faces are.
    """
    bodies = list(_bodies(photo, faces))
    yield from bodies
    view = photo.view(max_side=LONG_SIDE)
    height, width = view.pixels.shape[:2]
    for share in SHARES:
        edge = round(max(height, width) * share)
        if share < 1 and edge / view.scale < LEAST_TILE:
            return
        corners = itertools.product(starts(height, edge, 0.3), starts(width, edge, 0.3))
        tiles = [Tile(view, left, top, edge) for top, left in corners]
        if share < 1:
            tiles = _with_people(tiles, people, HARDLY_ANYBODY if share > SHARES[-1] else SOMEBODY)
        yield from tiles if share > SHARES[-1] else tiles[: MOST_SMALL_TILES - len(bodies)]


def _with_people(tiles: Sequence[Tile], people: PersonMask, least: float) -> list[Tile]:
    """The tiles of which that share at least is people, those that show most of them first."""
    shares = []
    for tile in tiles:
        box = tile.view.to_photo(tile.left, tile.top, tile.left + tile.edge, tile.top + tile.edge)
        shares.append(people.share(box) if box else 0.0)
    order = sorted(range(len(tiles)), key=lambda index: -shares[index])
    return [tiles[index] for index in order if shares[index] >= least]


def _bodies(photo: Photo, faces: Sequence[Box]) -> Iterator[Tile]:
    """Tiles where the hands of people with small faces can be."""
    small = [face for face in faces if face.height <= SMALL_FACE * max(photo.size) and face.height * BODY_TILE >= 64]
    for face in sorted(small, key=lambda face: -face.height)[:MOST_BODIES]:
        for across, down in BODY:
            tile = _body_tile(photo, face, across, down)
            if tile:
                yield tile


def _body_tile(photo: Photo, face: Box, across: float, down: float) -> Tile | None:
    x, y = face.centre[0] + across * face.height, face.centre[1] + down * face.height
    half = BODY_TILE * face.height / 2
    square = Box.around(x - half, y - half, x + half, y + half, photo.size)
    if square is None or min(square.width, square.height) < half:
        return None  # hardly anything of it is in the photo
    around = square.grown(BESIDE, BESIDE, BESIDE, photo.size)
    view = photo.view(around, max_side=BODY_SIDE)
    left, top = (square.left - around.left) * view.scale, (square.top - around.top) * view.scale
    return Tile(view, round(left), round(top), max(1, round(2 * half * view.scale)), body=True)
