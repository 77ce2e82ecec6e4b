"""A classroom and the things in it, built from the tracer's shapes; metres, z up, the back wall at y = 3."""

from __future__ import annotations

import math

import numpy as np

from studio import textures as draw
from studio.scene import Scene

DESK = 0.74


def tone(code: str) -> tuple[float, float, float]:
    """A colour such as "c8a062" as the tracer wants it."""
    return tuple((int(code[i : i + 2], 16) / 255) ** 2 for i in (0, 2, 4))


def room(scene: Scene, wall=(214, 206, 188), light: float = 1.0) -> None:
    """Floor, walls with a window at the left, ceiling."""
    floor = scene.texture(draw.wood(tone=(150, 112, 78), seed=9, planks=14))
    scene.quad((-5, 3, 0), (10, 0, 0), (0, -9, 0), texture=floor, gloss=0.25)
    paint = scene.texture(draw.mottled(wall, 0.02))
    scene.quad((-5, 3, 3), (10, 0, 0), (0, 0, -3), texture=paint)
    scene.quad((-3.2, 3, 3), (0, -2.2, 0), (0, 0, -0.9), texture=paint)
    scene.quad((-3.2, 3, 1.0), (0, -2.2, 0), (0, 0, -1.0), texture=paint)
    scene.quad((-5, -5, 3), (10, 0, 0), (0, 8, 0), colour=tone("e8e6e0"))
    scene.quad((5, -5, 3), (0, 8, 0), (0, 0, -3), texture=paint)
    scene.quad((5, -5, 3), (-10, 0, 0), (0, 0, -3), colour=tone("cfc8b8"))
    scene.box((0, 2.99, 0.06), (5, 0.012, 0.06), 0, tone("8d7a62"))
    power = tuple(light * v for v in (22.0, 20.6, 18.4))
    scene.light = ((-3.1, 0.2, 0.95), (0.0, 2.6, 0.0), (0.0, 0.0, 1.5), power)
    scene.sky = tuple(light * v for v in (0.44, 0.47, 0.52))
    lamp = 1.3 * light
    for y in (-1.2, 1.2):
        scene.quad((-1.6, y, 2.98), (3.2, 0, 0), (0, 0.5, 0), colour=(1, 0.97, 0.9), glow=lamp)


def board(scene: Scene, lines, at=(-1.7, 2.98, 2.35), size=(3.0, 1.45), doodle: bool = True) -> None:
    """A whiteboard with frame, tray and pens."""
    (x, y, top), (width, height) = at, size
    picture = scene.texture(draw.whiteboard(lines, (2000, round(2000 * height / width)), doodle))
    scene.quad((x, y - 0.012, top), (width, 0, 0), (0, 0, -height), texture=picture, gloss=0.12)
    frame = tone("b9bdc2")
    for cx, cz, hx, hz in ((0, 0.02, 1, 0), (0, -height - 0.02, 1, 0)):
        scene.box((x + width / 2 + cx, y, top + cz), (hx * width / 2 + 0.04, 0.02, hz + 0.02), 0, frame, 0.3)
    for side in (-0.02, width + 0.02):
        scene.box((x + side, y, top - height / 2), (0.02, 0.02, height / 2), 0, frame, 0.3)
    scene.box((x + width / 2, y - 0.06, top - height - 0.045), (0.5, 0.06, 0.008), 0, frame, 0.3)
    for k, colour in enumerate(("20408c", "b03030", "2c7a3c")):
        scene.group(
            rod, (x + width / 2 - 0.2 + 0.16 * k, y - 0.06, top - height - 0.026), 0.13, 0.1, 0.009, tone(colour)
        )


def rod(scene: Scene, at, length: float, yaw: float, radius: float, colour) -> None:
    """A pen that lies."""
    ends = (np.array((math.cos(yaw), math.sin(yaw), 0)) * length / 2) * np.array([[-1], [1]])
    scene.cone(np.add(at, ends[0]), np.add(at, ends[1]), radius, radius, colour, 0.2)


def wall_picture(scene: Scene, kind: int, x: float, z: float, width: float = 0.55) -> None:
    """A child's picture on the wall."""
    picture = scene.texture(draw.poster(kind))
    scene.quad((x, 2.985, z), (width, 0, 0), (0, 0, -width * 9 / 7), texture=picture)


def wall_sheet(scene: Scene, pixels, x: float, z: float, width: float, y: float = 2.98) -> None:
    """Any sheet on the wall."""
    height = width * pixels.shape[0] / pixels.shape[1]
    scene.quad((x, y, z), (width, 0, 0), (0, 0, -height), texture=scene.texture(pixels))


def bunting(scene: Scene, z: float = 2.75) -> None:
    """Paper flags under the ceiling."""
    colours = ("c94f4f", "e8b04a", "5c9e6b", "4f7fb5", "8a6bb0")
    flag = np.zeros((120, 120, 4), np.uint8)
    flag[..., :3] = 255
    y, x = np.mgrid[:120, :120]
    flag[..., 3] = 255 * (np.abs(x - 60) < (120 - y) / 2)
    shape = scene.texture(flag)
    for k in range(22):
        x = -2.8 + 0.27 * k
        sag = 0.1 * math.cos((k % 11 - 5) / 5 * math.pi / 2)
        scene.quad((x, 2.93, z - sag), (0.22, 0, 0.01), (0, 0.01, -0.24), tone(colours[k % 5]), shape)


def desk(
    scene: Scene, y: float = 1.2, depth: float = 0.8, width: float = 3.2, colour=(196, 150, 98), x: float = 0.0
) -> None:
    """A table across the picture."""
    top = scene.texture(draw.wood(900, 2400, colour, 5, 4))
    scene.quad((x - width / 2, y + depth / 2, DESK + 1e-3), (width, 0, 0), (0, -depth, 0), texture=top, gloss=0.16)
    scene.box((x, y, DESK - 0.018), (width / 2, depth / 2, 0.018), 0, tone("a67c4e"), 0.1)
    for side in (-1, 1):
        for front in (-1, 1):
            leg = (x + side * (width / 2 - 0.06), y + front * (depth / 2 - 0.06))
            scene.box((*leg, (DESK - 0.036) / 2), (0.025, 0.025, (DESK - 0.036) / 2), 0, tone("6d7278"), 0.2)


def flat(scene: Scene, pixels, at, width: float, yaw: float = 0.0, lift: float = 0.004, gloss: float = 0.0) -> None:
    """A sheet or card that lies on the desk, seen from the front; at is its middle."""
    height = width * pixels.shape[0] / pixels.shape[1]
    right = np.array((math.cos(yaw), math.sin(yaw), 0.0)) * width
    down = np.array((math.sin(yaw), -math.cos(yaw), 0.0)) * height
    corner = np.array((at[0], at[1], DESK + lift)) - right / 2 - down / 2
    scene.quad(corner, right, down, texture=scene.texture(pixels), gloss=gloss)


def person(scene: Scene, cut, x: float, y: float, top: float, width: float, turn: float = 0.0) -> None:
    """A portrait cut out of its background, behind a desk: it carries its own light and casts a shadow."""
    height = width * cut.shape[0] / cut.shape[1]
    right = np.array((math.cos(turn), math.sin(turn), 0.0)) * width
    corner = np.array((x, y, top)) - right / 2
    scene.quad(corner, right, (0, 0, -height), texture=scene.texture(cut), glow=0.92)


def books(scene: Scene, x: float, y: float, count: int = 4, seed: int = 1) -> None:
    """A pile of books, each a cover with pages."""
    rng, z = np.random.default_rng(seed), DESK
    covers = ("a8433c", "2f5d7c", "d39b3a", "4d7b56", "6b4f7d", "30343f")
    for k in range(count):
        thick, yaw = rng.uniform(0.012, 0.024), rng.normal(0, 0.14)
        half = (rng.uniform(0.095, 0.125), rng.uniform(0.07, 0.085))
        colour = tone(covers[(seed + k) % 6])
        z += 0.003
        scene.box((x, y, z), (*half, 0.003), yaw, colour, 0.2)
        scene.box((x, y, z + thick), (half[0] - 0.006, half[1] - 0.006, thick), yaw, tone("efe8d6"))
        scene.box((x, y, z + 2 * thick + 0.003), (*half, 0.003), yaw, colour, 0.2)
        z += 2 * thick + 0.006


def standing_books(scene: Scene, x: float, y: float, z: float, count: int, seed: int = 1) -> float:
    """Books on a shelf; answers where the row ends."""
    rng = np.random.default_rng(seed)
    covers = ("a8433c", "2f5d7c", "d39b3a", "4d7b56", "6b4f7d", "b9603c", "3e6f73", "8a8f96", "c9b089")
    for _ in range(count):
        half, tall = rng.uniform(0.011, 0.026), rng.uniform(0.095, 0.14)
        colour = tone(covers[rng.integers(9)])
        scene.box((x + half, y, z + tall), (half - 0.001, 0.08, tall), 0, colour, 0.2)
        for part in (0.35, 0.8):
            scene.box((x + half, y - 0.0005, z + 2 * tall * part), (half - 0.0005, 0.08, 0.005), 0, tone("e9dfc4"))
        x += 2 * half
    return x


def pencil(scene: Scene, base, tip, colour) -> None:
    """A sharpened pencil."""
    base, tip = np.array(base, float), np.array(tip, float)
    axis = (tip - base) / np.linalg.norm(tip - base)
    scene.cone(base, tip - 0.02 * axis, 0.0042, 0.0042, colour, 0.25)
    scene.cone(tip - 0.02 * axis, tip - 0.006 * axis, 0.0042, 0.0013, tone("e0c090"))
    scene.cone(tip - 0.006 * axis, tip, 0.0013, 0.0002, colour)


PENCILS = ("c8423a", "e09a32", "e8cf4a", "4f9a55", "3c78b4", "7a4f9e", "3a3f4a", "d86a90")


def pot(scene: Scene, x: float, y: float, colour="3f7f8c", seed: int = 1) -> None:
    """A pot with pencils."""
    rng = np.random.default_rng(seed)
    scene.cone((x, y, DESK), (x, y, DESK + 0.1), 0.038, 0.042, tone(colour), 0.35)
    for code in PENCILS:
        a, r = rng.uniform(0, 6.28), rng.uniform(0.005, 0.026)
        foot = (x + r * math.cos(a), y + r * math.sin(a), DESK + 0.095)
        head = (x + 1.8 * r * math.cos(a), y + 1.8 * r * math.sin(a), DESK + rng.uniform(0.15, 0.19))
        pencil(scene, foot, head, tone(code))


def row_of_pencils(scene: Scene, x: float, y: float, yaw: float = 1.3) -> None:
    """Coloured pencils side by side."""
    along = np.array((math.cos(yaw), math.sin(yaw), 0.0))
    across = np.array((-math.sin(yaw), math.cos(yaw), 0.0))
    for k, code in enumerate(PENCILS):
        start = np.array((x, y, DESK + 0.005)) - across * 0.014 * k + along * 0.006 * ((k * 5) % 3)
        pencil(scene, start, start + 0.165 * along, tone(code))


def plant(scene: Scene, x: float, y: float, size: float = 1.0, seed: int = 2, foot: float = DESK) -> None:
    """A plant in a clay pot."""
    rng = np.random.default_rng(seed)
    scene.cone((x, y, foot), (x, y, foot + 0.12 * size), 0.055 * size, 0.075 * size, tone("b4653c"), 0.05)
    scene.cone(
        (x, y, foot + 0.12 * size), (x, y, foot + 0.145 * size), 0.082 * size, 0.084 * size, tone("b4653c"), 0.05
    )
    shapes = [scene.texture(draw.leaf(c)) for c in ((70, 130, 60), (92, 150, 70), (54, 112, 58))]
    for k in range(22):
        a, lean, length = 2.4 * k + rng.normal(0, 0.2), rng.uniform(0.25, 1.15), rng.uniform(0.16, 0.27) * size
        up = np.array((math.sin(lean) * math.cos(a), math.sin(lean) * math.sin(a), math.cos(lean))) * length
        side = np.cross(up, (math.cos(a), math.sin(a), 0.3))
        side = side / np.linalg.norm(side) * length * 0.42
        corner = np.array((x, y, foot + 0.13 * size)) + up - side / 2
        scene.quad(corner, side, -up, texture=shapes[k % 3], gloss=0.06)


def globe(scene: Scene, x: float, y: float, radius: float = 0.13) -> None:
    """A globe on its foot."""
    scene.cone((x, y, DESK), (x, y, DESK + 0.02), 0.08, 0.07, tone("5a4632"), 0.3)
    scene.cone((x, y, DESK + 0.02), (x, y, DESK + 0.07), 0.012, 0.012, tone("b08d4a"), 0.5)
    scene.ball((x, y, DESK + 0.06 + radius), radius, (1, 1, 1), 0.25, scene.texture(draw.globe()))


def apple(scene: Scene, x: float, y: float, colour="b5302c") -> None:
    """An apple."""
    scene.ball((x, y, DESK + 0.036), 0.038, tone(colour), 0.3)
    scene.cone((x, y, DESK + 0.07), (x + 0.006, y, DESK + 0.092), 0.002, 0.003, tone("5a4020"))


def laptop(scene: Scene, x: float, y: float, yaw: float = 0.0, screen=None) -> None:
    """An open laptop, its screen to the front."""
    scene.box((x, y, DESK + 0.009), (0.165, 0.115, 0.009), yaw, tone("b8bcc2"), 0.3)
    right = np.array((math.cos(yaw), math.sin(yaw), 0.0))
    back = np.array((-math.sin(yaw), math.cos(yaw), 0.0))
    lid = np.array((x, y, DESK + 0.018)) + 0.115 * back
    up = 0.215 * (np.array((0, 0, 1.0)) * math.cos(0.3) + back * math.sin(0.3))
    scene.quad(lid - 0.165 * right + up, 0.33 * right, -up, tone("30343a"), gloss=0.2)
    face = np.cross(right, up) / np.linalg.norm(np.cross(right, up))
    inner = lid - 0.155 * right + 0.955 * up + 0.002 * face
    picture = scene.texture(draw.screen_of_blocks() if screen is None else screen)
    scene.quad(inner, 0.31 * right, -0.91 * up, texture=picture, glow=0.95)
    keys = np.full((260, 520, 3), (52, 56, 62), np.uint8)
    keys[::52], keys[:, ::40] = (150, 154, 160), (150, 154, 160)
    base = np.array((x, y, DESK + 0.0185)) + 0.09 * back - 0.145 * right
    scene.quad(base, 0.29 * right, -0.11 * back, texture=scene.texture(keys))


def blocks(scene: Scene, x: float, y: float, seed: int = 3) -> None:
    """A tower of wooden blocks."""
    rng = np.random.default_rng(seed)
    for k, (dx, dz) in enumerate(((-0.075, 0), (0, 0), (0.075, 0), (-0.038, 1), (0.038, 1), (0.0, 2))):
        colour = tone(("d9534f", "f0ad4e", "5b9bd5", "70ad47", "e8d8b0", "9b6fb0")[k])
        at = (x + dx, y + rng.normal(0, 0.004), DESK + 0.034 + 0.068 * dz)
        scene.box(at, (0.033, 0.033, 0.034), rng.normal(0, 0.12), colour, 0.12)


def paints(scene: Scene, x: float, y: float) -> None:
    """A box of water colours and a brush."""
    scene.box((x, y, DESK + 0.006), (0.14, 0.06, 0.006), 0.12, tone("e4e4e0"), 0.2)
    for k, code in enumerate(PENCILS):
        a, b = 0.062 * (k % 4) - 0.093, 0.048 * (k // 4) - 0.024
        at = (x + a * math.cos(0.12) - b * math.sin(0.12), y + a * math.sin(0.12) + b * math.cos(0.12))
        scene.cone((*at, DESK + 0.012), (*at, DESK + 0.0135), 0.021, 0.021, tone(code), 0.3)
    scene.cone(
        (x - 0.12, y - 0.1, DESK + 0.006), (x + 0.06, y - 0.085, DESK + 0.006), 0.003, 0.0045, tone("a03c34"), 0.3
    )
    scene.cone((x + 0.06, y - 0.085, DESK + 0.006), (x + 0.09, y - 0.082, DESK + 0.006), 0.005, 0.001, tone("3a2c20"))


def robot(scene: Scene, x: float, y: float) -> None:
    """A robot of cardboard and caps."""
    grey, red = tone("c9b28a"), tone("c8423a")
    scene.box((x, y, DESK + 0.11), (0.06, 0.045, 0.07), 0.15, grey, 0.05)
    scene.box((x, y, DESK + 0.225), (0.045, 0.038, 0.04), 0.15, tone("b8bcc2"), 0.3)
    for side in (-1, 1):
        scene.cone(
            (x + side * 0.03, y - 0.04, DESK + 0.02),
            (x + side * 0.03, y + 0.04, DESK + 0.02),
            0.022,
            0.022,
            tone("30343f"),
        )
        scene.ball((x + side * 0.018, y - 0.042, DESK + 0.235), 0.011, tone("f2f2ee"), 0.3)
        scene.ball((x + side * 0.018, y - 0.051, DESK + 0.235), 0.005, tone("20242c"), 0.3)
        scene.cone((x + side * 0.058, y, DESK + 0.15), (x + side * 0.11, y - 0.03, DESK + 0.1), 0.01, 0.01, red, 0.2)
    scene.cone((x, y, DESK + 0.265), (x, y, DESK + 0.32), 0.003, 0.003, tone("5a5f66"))
    scene.ball((x, y, DESK + 0.325), 0.012, red, 0.4)
    for k, code in enumerate(("4f9a55", "e8cf4a", "3c78b4")):
        scene.ball((x - 0.025 + 0.025 * k, y - 0.046, DESK + 0.12), 0.008, tone(code), 0.3)


def cup(scene: Scene, x: float, y: float, colour="e9e4d8") -> None:
    """A cup of tea."""
    scene.cone((x, y, DESK), (x, y, DESK + 0.09), 0.034, 0.042, tone(colour), 0.35)
    scene.cone((x, y, DESK + 0.0905), (x, y, DESK + 0.091), 0.037, 0.037, tone("7a4a22"), 0.3)
    for k in range(9):
        a, b = (math.pi * (v / 9 - 0.5) for v in (k, k + 1))
        ends = [(x + 0.038 + 0.024 * math.cos(v), y, DESK + 0.047 + 0.026 * math.sin(v)) for v in (a, b)]
        scene.cone(ends[0], ends[1], 0.005, 0.005, tone(colour), 0.3)


def ruler(scene: Scene, x: float, y: float, yaw: float) -> None:
    """A wooden ruler without numbers."""
    pixels = np.full((60, 600, 3), (224, 196, 140), np.uint8)
    for k in range(61):
        pixels[: 26 if k % 10 == 0 else (18 if k % 5 == 0 else 11), min(599, 10 * k)] = (80, 60, 40)
    flat(scene, pixels, (x, y), 0.31, yaw, 0.003, 0.1)


def shelf(scene: Scene, x: float, z: float, width: float, seed: int) -> None:
    """A shelf on the back wall, full of books."""
    scene.box((x + width / 2, 2.88, z - 0.012), (width / 2, 0.11, 0.012), 0, tone("b08a5a"), 0.1)
    end, number = x + 0.03, seed
    while end < x + width - 0.2:
        end = standing_books(scene, end, 2.87, z, 5, number) + 0.004
        number += 1
