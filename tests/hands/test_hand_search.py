from __future__ import annotations

import numpy as np
import pytest

from screen.geometry import Box
from screen.hands import detect_hands, search, tiles
from screen.hands.landmarks import RawHand
from screen.people import PersonMask
from screen.photo import photo_of

SIZE = (1600, 1200)
HAND = (600, 400, 700, 520)


def scripted(monkeypatch, presences=(0.95, 0.95), people=1.0, right=0.9):
    """Networks that see one hand at HAND wherever a tile shows all of it; the answers to both readings are given."""
    monkeypatch.setattr(search, "person_mask", lambda photo: PersonMask(np.full((12, 16), people, np.float32), SIZE))
    monkeypatch.setattr(search, "detect_faces", lambda photo: ())
    monkeypatch.setattr(search, "small_heads", lambda photo: [])
    scale = tiles.LONG_SIDE / SIZE[0]
    left, top, right_edge, bottom = (edge * scale for edge in HAND)
    calls = {"palms": 0, "reads": 0}

    def palms(pixels, threshold):
        calls["palms"] += 1
        rows = np.zeros((1, 19), np.float32)
        y, x = np.argwhere(pixels[:, :, 0] == 255)[0] if (pixels[:, :, 0] == 255).any() else (None, None)
        if y is None:
            return rows[:0]
        rows[0, :5] = x, y, x + right_edge - left, y + bottom - top, 0.8
        return rows

    def read(pixels, square):
        presence = presences[calls["reads"] % 2]
        calls["reads"] += 1
        points = np.linspace((left, top), (right_edge, bottom), 21).astype(np.float32)
        return RawHand(presence, right, points)

    monkeypatch.setattr(search, "find_palms", palms)
    monkeypatch.setattr(search, "read_hand", read)
    pixels = np.zeros((SIZE[1], SIZE[0], 3), np.uint8)
    pixels[HAND[1] : HAND[3], HAND[0] : HAND[2]] = 255
    return photo_of(pixels), calls


def test_a_hand_seen_on_many_tiles_is_one_hand_in_photo_pixels(monkeypatch):
    photo, calls = scripted(monkeypatch)

    (hand,) = detect_hands(photo)

    assert hand.box.contains(Box(*HAND))
    assert hand.box.iou(Box(*HAND)) > 0.5
    assert (hand.side, len(hand.landmarks)) == ("right", 21)
    assert calls["palms"] > 8


@pytest.mark.parametrize("presences", [(0.2, 0.95), (0.95, 0.2)])
def test_both_readings_must_see_a_hand(monkeypatch, presences):
    photo, _ = scripted(monkeypatch, presences)

    assert detect_hands(photo) == ()


def test_the_smallest_tiles_are_looked_at_only_where_people_are(monkeypatch):
    counts = []
    for people in (1.0, 0.0):
        photo, calls = scripted(monkeypatch, people=people)
        detect_hands(photo)
        counts.append(calls["palms"])

    assert counts[0] > counts[1] > 0


@pytest.mark.parametrize(("right", "side"), [(0.9, "right"), (0.1, "left"), (0.5, "unknown")])
def test_the_side_is_told_only_when_sure(monkeypatch, right, side):
    photo, _ = scripted(monkeypatch, right=right)

    assert detect_hands(photo)[0].side == side


@pytest.mark.parametrize("size", [(4000, 3000), (640, 480), (100, 60), (3000, 200), (1, 1)])
def test_tiles_lie_within_the_picture_and_cover_it(size):
    photo = photo_of(np.zeros((size[1], size[0], 3), np.uint8))
    height, width = photo.view(max_side=tiles.LONG_SIDE).pixels.shape[:2]
    seen = np.zeros((height, width), int)

    for tile in tiles.tiles_of(photo, PersonMask(np.ones((10, 10), np.float32), size), ()):
        assert tile.pixels.size > 0
        assert tile.left >= 0
        assert tile.top >= 0
        seen[tile.top : tile.top + tile.edge, tile.left : tile.left + tile.edge] += 1

    assert seen.min() >= 1


@pytest.mark.parametrize("corner", [(1900, 1000), (0, 0), (3940, 2940), (3940, 0)])
def test_hands_of_people_with_small_faces_are_looked_for_around_them(corner):
    photo = photo_of(np.zeros((3000, 4000, 3), np.uint8))
    face = Box(*corner, corner[0] + 60, corner[1] + 60)

    found = list(tiles.tiles_of(photo, PersonMask(np.ones((10, 10), np.float32), photo.size), [face]))
    bodies = [tile for tile in found if tile.body]

    assert len(found) - len(bodies) <= 7 + tiles.MOST_SMALL_TILES - len(bodies)
    for tile in bodies:
        seen = tile.view.to_photo(tile.left, tile.top, tile.left + tile.edge, tile.top + tile.edge)
        assert seen is not None
        assert seen.width <= 60 * tiles.BODY_TILE + 4
        assert tile.view.box.contains(seen.intersection(tile.view.box))
    if corner == (1900, 1000):
        assert len(bodies) == 4


def test_large_faces_need_no_tiles_of_their_own():
    photo = photo_of(np.zeros((3000, 4000, 3), np.uint8))
    people = PersonMask(np.ones((10, 10), np.float32), photo.size)

    assert not any(tile.body for tile in tiles.tiles_of(photo, people, [Box(1000, 500, 1500, 1100)]))


def test_a_less_sure_hand_counts_near_a_body_only(monkeypatch):
    photo, _ = scripted(monkeypatch, (0.5, 0.5))
    view = photo.view(max_side=tiles.LONG_SIDE)

    for body in (False, True):
        monkeypatch.setattr(search, "tiles_of", lambda *_, body=body: [tiles.Tile(view, 0, 0, 1280, body)])
        hands = search.find_hands(photo)
        assert len(hands) == body

    assert hands[0].score >= search.LEAST_SCORE
