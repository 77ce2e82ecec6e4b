"""What stands in a picture: shapes in metres, z up, with colours, textures and gloss."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

QUAD, BOX, CONE, BALL = 0, 1, 2, 3
FAR = 1e9


@dataclass
class Scene:
    """Primitives in metres, z up, with their colours, textures and gloss; grouped, so that rays can pass groups by."""

    shapes: list = field(default_factory=list)  # (kind, 12 numbers, colour, texture, gloss, glow)
    textures: list = field(default_factory=list)
    groups: list = field(default_factory=list)  # (first, last) of shapes
    light: tuple = ((-3.0, 1.0, 1.2), (0.0, 2.2, 0.0), (0.0, 0.0, 1.4), (11.0, 10.4, 9.4))
    sky: tuple = (0.62, 0.66, 0.72)

    def texture(self, pixels: np.ndarray) -> int:
        """Number of a texture from (height, width, 3 or 4) uint8."""
        if pixels.shape[2] == 3:
            pixels = np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])
        self.textures.append(np.ascontiguousarray(pixels))
        return len(self.textures) - 1

    def add(self, kind, numbers, colour, texture=-1, gloss=0.0, glow=0.0):
        """Append one primitive; numbers are padded to twelve."""
        numbers = [float(v) for v in np.ravel(np.concatenate([np.ravel(n) for n in numbers]))]
        self.shapes.append((kind, numbers + [0.0] * (12 - len(numbers)), colour, texture, gloss, glow))

    def group(self, draw, *args, **more):
        """Draw something whose shapes lie close together."""
        first = len(self.shapes)
        draw(self, *args, **more)
        self.groups.append((first, len(self.shapes)))

    def quad(self, corner, right, down, colour=(1, 1, 1), texture=-1, gloss=0.0, glow=0.0):
        """A rectangle from its top left corner; the texture fills it."""
        self.add(QUAD, (corner, right, down), colour, texture, gloss, glow)

    def box(self, centre, half, yaw, colour, gloss=0.0):
        """A box, turned about the vertical by yaw."""
        self.add(BOX, (centre, half, [math.cos(yaw), math.sin(yaw)]), colour, -1, gloss)

    def cone(self, base, tip, r0, r1, colour, gloss=0.0):
        """A cone or cylinder with lids."""
        axis = np.subtract(tip, base)
        length = float(np.linalg.norm(axis))
        self.add(CONE, (base, axis / length, [length, r0, r1]), colour, -1, gloss)

    def ball(self, centre, radius, colour, gloss=0.0, texture=-1):
        """A sphere; the texture is wrapped around it."""
        self.add(BALL, (centre, [radius]), colour, texture, gloss)


def bounds_of(shape) -> tuple[np.ndarray, np.ndarray]:
    """The lowest and the highest corner around a shape."""
    kind, p = shape[0], np.array(shape[1])
    if kind == QUAD:
        corners = np.array([p[:3] + i * p[3:6] + j * p[6:9] for i in (0, 1) for j in (0, 1)])
    elif kind == BOX:
        reach = np.array([np.hypot(p[3], p[4]), np.hypot(p[3], p[4]), p[5]])
        corners = np.array([p[:3] - reach, p[:3] + reach])
    elif kind == CONE:
        r, end = max(p[7], p[8]), p[:3] + p[3:6] * p[6]
        corners = np.array([p[:3] - r, p[:3] + r, end - r, end + r])
    else:
        corners = np.array([p[:3] - p[3], p[:3] + p[3]])
    return corners.min(0) - 1e-3, corners.max(0) + 1e-3


def as_arrays(scene: Scene) -> tuple[np.ndarray, ...]:
    """The scene as the compiled loops want it."""
    shapes = scene.shapes
    grouped = {i for first, last in scene.groups for i in range(first, last)}
    groups = list(scene.groups) + [(i, i + 1) for i in range(len(shapes)) if i not in grouped]
    bounds = []
    for first, last in groups:
        low, high = zip(*(bounds_of(shape) for shape in shapes[first:last]), strict=True)
        bounds.append(np.concatenate([np.min(low, 0), np.max(high, 0)]))
    place, start = [], 0
    for texture in scene.textures:
        place.append((start, texture.shape[1], texture.shape[0]))
        start += texture.size
    atlas = np.concatenate([t.ravel() for t in scene.textures] or [np.zeros(4, np.uint8)])
    return (
        np.array([s[0] for s in shapes], np.int64),
        np.array([s[1] for s in shapes], np.float64),
        np.array([s[2] for s in shapes], np.float64),
        np.array([s[3] for s in shapes], np.int64),
        np.array(place or [(0, 1, 1)], np.int64),
        atlas,
        np.array(groups, np.int64),
        np.array(bounds, np.float64),
    )


def camera(eye, target, wide: float) -> np.ndarray:
    """Twelve numbers: eye, forward, right and up, the last two scaled to half of the opening (degrees across)."""
    eye, target = np.array(eye, float), np.array(target, float)
    forward = (target - eye) / np.linalg.norm(target - eye)
    right = np.cross(forward, (0, 0, 1))
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    half = math.tan(math.radians(wide) / 2)
    return np.concatenate([eye, forward, right * half, up * half])
