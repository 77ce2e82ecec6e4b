"""The pictures, one function each: what stands where, and how it is seen."""

from __future__ import annotations

import os

import cv2
import numpy as np

from studio import textures as draw
from studio import things as t
from studio.cutouts import portraits
from studio.scene import Scene, camera
from studio.tracer import developed, render

BLUE, RED, GREEN, BLACK = (36, 66, 150), (178, 44, 44), (36, 116, 62), (44, 48, 60)
SIZE = (1680, 1120)


def shot(scene: Scene, eye, target, wide: float, size=SIZE, seed: int = 1, noise: float = 1.2) -> np.ndarray:
    """The developed picture; $QUICK divides the size for a look on the way."""
    quick = int(os.environ.get("QUICK", "1"))
    size = (size[0] // quick, size[1] // quick)
    rays = int(os.environ.get("RAYS", "6" if quick > 1 else "16"))
    return developed(render(scene, camera(eye, target, wide), size, rays, seed), 0.72, noise, seed)


def craft_table() -> np.ndarray:
    """Nobody and nothing private: a table with paints, pencils, blocks and plants."""
    scene = Scene()
    t.room(scene, wall=(190, 206, 204))
    for k, x in enumerate((-1.12, -0.52, 0.08, 0.68)):
        t.wall_picture(scene, k, x, 1.7, 0.4)
    t.desk(scene, 1.1, 0.9, 2.6)
    scene.group(t.blocks, 0.34, 1.2)
    scene.group(t.pot, -0.1, 1.33)
    scene.group(t.pot, 0.02, 1.4, "d08a3c", 5)
    scene.group(t.plant, -0.52, 1.3, 1.15)
    scene.group(t.globe, 0.66, 1.3)
    scene.group(t.row_of_pencils, 0.3, 0.84)
    scene.group(t.paints, -0.27, 0.98)
    scene.group(t.apple, 0.55, 0.98)
    scene.group(t.books, -0.58, 0.95, 3, 2)
    t.flat(scene, draw.poster(1), (0.03, 0.9), 0.2, 0.15)
    t.flat(scene, draw.poster(3), (0.46, 0.8), 0.15, -0.3)
    t.ruler(scene, -0.3, 0.79, 0.06)
    return shot(scene, (0.03, -0.38, 1.45), (0.02, 1.3, 0.98), 52)


def visitor() -> np.ndarray:
    """A visitor speaks in class."""
    scene = Scene()
    t.room(scene)
    lines = [
        (150, 110, "Our visitor today", 120, BLUE),
        (150, 330, "How do you live in space?", 84, BLACK),
        (150, 500, "What do you eat?", 84, GREEN),
        (150, 670, "Is it very far?", 84, RED),
    ]
    t.board(scene, lines, (-1.75, 2.98, 2.15), (2.3, 1.15), doodle=False)
    t.wall_picture(scene, 2, 1.45, 2.1, 0.5)
    t.bunting(scene, 2.55)
    t.desk(scene, 1.2, 0.7, 3.4)
    t.person(scene, portraits()["collins"], 0.72, 1.62, 1.53, 0.9)
    scene.group(t.globe, -0.45, 1.25)
    scene.group(t.books, -0.95, 1.15, 5, 1)
    scene.group(t.pot, 1.22, 1.15)
    scene.group(t.apple, -0.05, 1.05)
    t.flat(scene, draw.poster(2), (0.25, 1.0), 0.2, 0.2)
    return shot(scene, (0.1, -1.0, 1.5), (0.1, 1.6, 1.2), 54, seed=2)


def computer_corner() -> np.ndarray:
    """A guest at a laptop."""
    scene = Scene()
    t.room(scene, wall=(206, 200, 214))
    for k, x in enumerate((-1.5, 0.95)):
        t.wall_picture(scene, 3 - k, x, 2.05, 0.55)
    t.wall_sheet(scene, draw.clock(), -0.75, 2.2, 0.4)
    t.shelf(scene, -0.7, 1.42, 1.5, 4)
    t.desk(scene, 1.15, 0.8, 3.0, (178, 140, 104))
    t.person(scene, portraits()["hopper"], -0.2, 1.62, 1.56, 0.62)
    scene.group(t.laptop, 0.42, 1.2, 0.35)
    scene.group(t.robot, -0.75, 1.1)
    scene.group(t.plant, 0.95, 1.3, 0.9, 5)
    scene.group(t.cup, 0.12, 1.0)
    scene.group(t.row_of_pencils, -0.35, 0.95)
    return shot(scene, (0.05, -0.75, 1.42), (0.05, 1.5, 1.12), 50, seed=3)


def rehearsal() -> np.ndarray:
    """The camera shook: the picture is smeared along a curve."""
    scene = Scene()
    t.room(scene, wall=(216, 196, 180))
    t.bunting(scene, 2.4)
    for k, x in enumerate((-1.6, -0.9, 0.9)):
        t.wall_picture(scene, k, x, 2.0, 0.5)
    t.desk(scene, 1.2, 0.7, 3.2)
    t.person(scene, portraits()["collins"], -0.1, 1.62, 1.55, 0.95)
    scene.group(t.plant, 0.85, 1.2, 1.1)
    scene.group(t.blocks, -0.85, 1.15)
    scene.group(t.books, 0.45, 1.1, 3, 4)
    pixels = shot(scene, (0.1, -0.8, 1.42), (0.0, 1.6, 1.16), 50, seed=4, noise=0.0)
    long = pixels.shape[1]
    path = [(long * 0.011 * np.cos(2.2 * k) * (0.4 + k), long * 0.02 * (k - 0.5)) for k in np.linspace(0, 1, 40)]
    light = np.mean([shifted(pixels.astype(np.float32) ** 2.2, *step) for step in path], axis=0) ** (1 / 2.2)
    grain = np.random.default_rng(4).normal(0, 1.2, light.shape)
    return np.clip(light + grain, 0, 255).astype(np.uint8)


def shifted(pixels: np.ndarray, dx: float, dy: float) -> np.ndarray:
    """The picture moved by so many pixels."""
    size = (pixels.shape[1], pixels.shape[0])
    return cv2.warpAffine(pixels, np.float32([[1, 0, dx], [0, 1, dy]]), size, borderMode=cv2.BORDER_REPLICATE)


def prize_day() -> np.ndarray:
    """Two guests behind a table of prizes; the picture is wider than what will be kept."""
    scene = Scene()
    t.room(scene, wall=(200, 212, 222))
    t.bunting(scene, 2.35)
    t.board(scene, [(240, 150, "Science prize day", 150, BLUE)], (-1.0, 2.98, 2.1), (1.9, 0.62), doodle=False)
    t.wall_picture(scene, 0, -1.75, 1.95, 0.5)
    t.wall_picture(scene, 3, 1.3, 1.95, 0.5)
    t.desk(scene, 1.2, 0.7, 3.6, (190, 160, 124))
    faces = portraits()
    t.person(scene, faces["collins"], -0.42, 1.64, 1.50, 0.88)
    t.person(scene, faces["hopper"], 1.02, 1.66, 1.56, 0.6)
    for k, code in enumerate(("d8b23a", "b8bcc2", "b4743c")):
        scene.group(cup_of_honour, -0.02 + 0.17 * k, 1.12, t.tone(code))
    scene.group(t.plant, 1.52, 1.2, 1.0)
    scene.group(t.globe, -1.35, 1.2)
    scene.group(t.books, 0.52, 1.1, 3, 3)
    return shot(scene, (0.05, -0.95, 1.42), (0.0, 1.6, 1.16), 62, (2360, 1120), seed=5)


def cup_of_honour(scene: Scene, x: float, y: float, colour) -> None:
    """A prize cup."""
    z = t.DESK
    scene.box((x, y, z + 0.02), (0.035, 0.035, 0.02), 0, t.tone("3a2c24"), 0.3)
    scene.cone((x, y, z + 0.04), (x, y, z + 0.1), 0.016, 0.007, colour, 0.55)
    scene.cone((x, y, z + 0.1), (x, y, z + 0.19), 0.012, 0.045, colour, 0.55)
    scene.cone((x, y, z + 0.19), (x, y, z + 0.196), 0.047, 0.047, colour, 0.55)


def science_fair() -> np.ndarray:
    """A robot, a laptop and a guest."""
    scene = Scene()
    t.room(scene, wall=(220, 208, 176))
    t.wall_picture(scene, 2, -1.4, 2.0, 0.6)
    t.wall_picture(scene, 1, 0.95, 2.0, 0.6)
    t.shelf(scene, -0.65, 1.62, 1.4, 9)
    t.desk(scene, 1.15, 0.8, 3.0, (204, 176, 140))
    t.person(scene, portraits()["collins"], 0.55, 1.64, 1.5, 0.86)
    scene.group(t.robot, 0.05, 1.05)
    scene.group(t.laptop, -0.45, 1.15, -0.25)
    scene.group(t.blocks, 0.98, 1.05, 8)
    scene.group(t.pot, -0.9, 1.25, "7a4f9e", 3)
    scene.group(t.apple, 0.32, 0.95, "8fae3c")
    return shot(scene, (-0.05, -0.6, 1.38), (0.02, 1.5, 1.08), 50, seed=6)


def name_badge() -> np.ndarray:
    """A visitor's badge, and a student's card left on the desk."""
    scene = Scene()
    t.room(scene, wall=(196, 208, 196))
    t.wall_picture(scene, 0, -1.05, 1.95, 0.55)
    t.shelf(scene, 0.3, 1.5, 1.2, 14)
    t.desk(scene, 1.0, 0.8, 2.6)
    t.person(scene, portraits()["hopper"], -0.2, 1.46, 1.54, 0.62)
    badge = scene.texture(draw.badge("Grace", "Hopper"))
    scene.quad((-0.415, 1.44, 1.0), (0.15, 0, 0.004), (-0.003, 0, -0.093), texture=badge, glow=0.95)
    card = draw.identity_card("Amina Lindqvist", "20240117", "4B", "31/07/2027")
    t.flat(scene, card, (0.17, 0.93), 0.22, 0.2, 0.004, 0.1)
    scene.group(t.cup, -0.36, 1.05)
    scene.group(t.books, 0.5, 1.15, 4, 5)
    scene.group(t.row_of_pencils, -0.12, 0.88, 1.15)
    return shot(scene, (0.02, -0.32, 1.5), (0.0, 1.15, 1.06), 50, seed=7)


def report_card() -> np.ndarray:
    """A report that lies on a desk."""
    scene = Scene()
    t.room(scene)
    t.desk(scene, 1.1, 1.2, 2.4, (170, 122, 82))
    rows = [
        ("English", "B+", "good"),
        ("Mathematics", "A-", "very good"),
        ("Science", "17/20", "good"),
        ("History", "C", "could do better"),
        ("French", "B", "good"),
        ("Art", "A", "excellent"),
    ]
    t.flat(scene, draw.report_card("Jonas Okafor", "20240122", rows), (0.0, 1.1), 0.42, 0.1, 0.002)
    scene.group(t.cup, 0.4, 1.3)
    scene.group(t.apple, 0.42, 1.06)
    scene.group(t.books, -0.46, 1.26, 3, 3)
    scene.group(t.row_of_pencils, -0.34, 0.95, 1.5)
    t.ruler(scene, 0.38, 0.88, 1.2)
    return shot(scene, (0.0, 0.5, 1.66), (0.0, 1.12, 0.74), 46, seed=8)


def whiteboard() -> np.ndarray:
    """A whiteboard with names, a class and marks."""
    scene = Scene()
    t.room(scene, wall=(206, 212, 206))
    lines = [
        (110, 70, "Class 4B  -  Monday", 104, BLUE),
        (110, 250, "Helpers: Mei Castellano, Tariq Nowak", 74, BLACK),
        (110, 390, "Birthday: Rose Delacroix", 74, RED),
        (110, 530, "Spelling test: Leo B. 17/20, Sofia 19/20", 68, GREEN),
        (110, 670, "Homework: page 42, read aloud", 74, BLACK),
        (110, 800, "Call Mrs Okafor 555-0142", 70, BLUE),
    ]
    t.board(scene, lines, (-1.15, 2.98, 2.1), (2.3, 1.1))
    t.wall_picture(scene, 1, 1.4, 2.1, 0.5)
    t.wall_picture(scene, 0, -1.85, 2.1, 0.5)
    t.desk(scene, 1.75, 0.6, 3.0)
    scene.group(t.plant, 0.95, 1.75, 0.9)
    scene.group(t.books, -0.85, 1.7, 4, 6)
    scene.group(t.pot, -0.4, 1.8)
    scene.group(t.apple, 0.3, 1.7)
    return shot(scene, (0.45, -0.35, 1.5), (-0.02, 2.6, 1.36), 50, seed=9)


def library() -> np.ndarray:
    """A notice with a QR code, and a book with a barcode."""
    scene = Scene()
    t.room(scene, wall=(212, 198, 178))
    sheet = draw.notice(
        "Book swap",
        ["Bring one, take one", "in the library", "Sign up here"],
        "https://school.example/swap?pupil=20240131",
    )
    t.wall_sheet(scene, sheet, -0.8, 1.78, 0.56)
    for z, seed in ((1.6, 21), (1.18, 25)):
        t.shelf(scene, 0.12, z, 1.3, seed)
    t.desk(scene, 1.9, 0.7, 2.6)
    scene.group(t.books, 0.55, 1.85, 3, 7)
    scene.group(t.globe, 0.1, 1.95)
    cover = draw.book_cover("9781861972712")
    t.flat(scene, cover, (-0.42, 1.78), 0.3, -0.25, 0.024, 0.1)
    scene.box((-0.42, 1.78, t.DESK + 0.011), (0.148, 0.197, 0.011), -0.25, t.tone("efe8d6"))
    scene.group(t.pot, 0.92, 1.85)
    return shot(scene, (0.1, -0.05, 1.64), (0.04, 2.3, 1.16), 48, seed=10)


SCENES = {
    "craft-table": craft_table, "visitor": visitor, "computer-corner": computer_corner, "rehearsal": rehearsal,
    "prize-day": prize_day, "science-fair": science_fair, "name-badge": name_badge, "report-card": report_card,
    "whiteboard": whiteboard, "library": library,
}  # fmt: skip
