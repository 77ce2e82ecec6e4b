"""A small path tracer: textured rectangles, boxes, cones and spheres under a window and a soft sky.

Light and colour of surfaces are kept apart until the end, so that a few rays a pixel do: the light is smoothed, colours
stay sharp.
"""

# ruff: noqa: C901, PLR0912, PLR0913, PLR0915, PLR0917  numba compiles plain loops over plain numbers

from __future__ import annotations

import math

import cv2
import numpy as np
from numba import njit, prange

from studio.hits import first_hit
from studio.scene import Scene, as_arrays


@njit(cache=True, fastmath=True)
def around(nx, ny, nz):
    """A direction around a normal, drawn by the cosine law."""
    while True:
        x, y, z = 2 * np.random.random() - 1, 2 * np.random.random() - 1, 2 * np.random.random() - 1
        n = x * x + y * y + z * z
        if 1e-6 < n <= 1:
            n = math.sqrt(n)
            x, y, z = nx + x / n, ny + y / n, nz + z / n
            n = math.sqrt(x * x + y * y + z * z) + 1e-9
            return x / n, y / n, z / n


@njit(parallel=True, cache=True, fastmath=True)
def trace(data, gloss, glow, light, sky, camera, size, rays, seed):
    """Colours of surfaces, light upon them, glow, what they mirror, and normal with depth: means over the rays."""
    width, height = size
    colour, lit = np.zeros((height, width, 3), np.float32), np.zeros((height, width, 3), np.float32)
    own, guide = np.zeros((height, width, 3), np.float32), np.zeros((height, width, 4), np.float32)
    gleam, plain = np.zeros((height, width, 3), np.float32), np.zeros((height, width), np.float32)
    for y in prange(height):
        np.random.seed(seed + y)
        record, col = np.zeros(10), np.zeros(3)
        for x in range(width):
            for _ in range(rays):
                sx = (x + np.random.random()) / width * 2 - 1
                sy = (1 - (y + np.random.random()) / height * 2) * height / width
                ox, oy, oz = camera[0], camera[1], camera[2]
                dx = camera[3] + sx * camera[6] + sy * camera[9]
                dy = camera[4] + sx * camera[7] + sy * camera[10]
                dz = camera[5] + sx * camera[8] + sy * camera[11]
                n = math.sqrt(dx * dx + dy * dy + dz * dz)
                dx, dy, dz = dx / n, dy / n, dz / n
                tr, tg, tb, apart = 1.0, 1.0, 1.0, False
                for depth in range(3):
                    hit = first_hit(data, ox, oy, oz, dx, dy, dz, 1e9, record, col, False)
                    target = own if depth == 0 else (gleam if apart else lit)
                    if hit < 0:
                        up = 0.75 + 0.35 * dz
                        target[y, x, 0] += tr * sky[0] * up
                        target[y, x, 1] += tg * sky[1] * up
                        target[y, x, 2] += tb * sky[2] * up
                        break
                    t, nx, ny, nz = record[0], record[1], record[2], record[3]
                    if nx * dx + ny * dy + nz * dz > 0:
                        nx, ny, nz = -nx, -ny, -nz
                    if depth == 0:
                        guide[y, x, 0] += nx
                        guide[y, x, 1] += ny
                        guide[y, x, 2] += nz
                        guide[y, x, 3] += t
                    if glow[hit] > 0:
                        target[y, x, 0] += tr * col[0] * glow[hit]
                        target[y, x, 1] += tg * col[1] * glow[hit]
                        target[y, x, 2] += tb * col[2] * glow[hit]
                        break
                    ox, oy, oz = ox + dx * t, oy + dy * t, oz + dz * t
                    if depth == 0:
                        face = 1 - abs(nx * dx + ny * dy + nz * dz)
                        shine = gloss[hit] * (0.25 + 0.75 * face**4)
                        for k in range(3):
                            colour[y, x, k] += (1 - shine) * col[k]
                        if shine > 0 and np.random.random() < 0.3:
                            # What is mirrored is followed by one ray in three, and counts three times.
                            d = 2 * (nx * dx + ny * dy + nz * dz)
                            rx, ry, rz = around(nx, ny, nz)
                            dx, dy, dz = dx - d * nx + 0.05 * rx, dy - d * ny + 0.05 * ry, dz - d * nz + 0.05 * rz
                            n = math.sqrt(dx * dx + dy * dy + dz * dz)
                            dx, dy, dz, apart = dx / n, dy / n, dz / n, True
                            tr = tg = tb = shine / 0.3
                            ox, oy, oz = ox + 1e-3 * nx, oy + 1e-3 * ny, oz + 1e-3 * nz
                            continue
                        plain[y, x] += 1
                    else:
                        tr, tg, tb = tr * col[0], tg * col[1], tb * col[2]
                    target = gleam if apart else lit
                    # Light of the window, from a random point of it.
                    a, b = np.random.random(), np.random.random()
                    lx = light[0, 0] + a * light[1, 0] + b * light[2, 0] - ox
                    ly = light[0, 1] + a * light[1, 1] + b * light[2, 1] - oy
                    lz = light[0, 2] + a * light[1, 2] + b * light[2, 2] - oz
                    far = math.sqrt(lx * lx + ly * ly + lz * lz)
                    lx, ly, lz = lx / far, ly / far, lz / far
                    cos = nx * lx + ny * ly + nz * lz
                    wx = light[1, 1] * light[2, 2] - light[1, 2] * light[2, 1]
                    wy = light[1, 2] * light[2, 0] - light[1, 0] * light[2, 2]
                    wz = light[1, 0] * light[2, 1] - light[1, 1] * light[2, 0]
                    facing = abs(wx * lx + wy * ly + wz * lz)
                    if cos > 0:
                        blocked = first_hit(
                            data,
                            ox + 1e-3 * nx,
                            oy + 1e-3 * ny,
                            oz + 1e-3 * nz,
                            lx,
                            ly,
                            lz,
                            far - 1e-3,
                            record,
                            col,
                            True,
                        )
                        if blocked < 0:
                            w = min(cos * facing / (far * far * math.pi), 0.6)
                            target[y, x, 0] += tr * w * light[3, 0]
                            target[y, x, 1] += tg * w * light[3, 1]
                            target[y, x, 2] += tb * w * light[3, 2]
                    ox, oy, oz = ox + 1e-3 * nx, oy + 1e-3 * ny, oz + 1e-3 * nz
                    dx, dy, dz = around(nx, ny, nz)
            for k in range(3):
                lit[y, x, k] /= max(plain[y, x], 1.0)
    return colour / rays, lit, own / rays, gleam / rays, guide / rays


def smoothed(lit: np.ndarray, guide: np.ndarray, rounds: int = 4) -> np.ndarray:
    """The light, smoothed where normal, depth and brightness are alike.

    Edge-avoiding a-trous wavelets: Dammertz, Sewtz, Hanika, Lensch, High Performance Graphics 2010.
    """
    for step in range(rounds):
        total, weights = np.zeros_like(lit), np.zeros(lit.shape[:2], np.float32)
        calm = cv2.GaussianBlur(lit.sum(2), (0, 0), 3.0)
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                matrix = np.float32([[1, 0, dx * 2**step], [0, 1, dy * 2**step]])
                size = (lit.shape[1], lit.shape[0])
                near = cv2.warpAffine(lit, matrix, size, borderMode=cv2.BORDER_REFLECT)
                other = cv2.warpAffine(guide, matrix, size, borderMode=cv2.BORDER_REFLECT)
                normal = np.clip((other[..., :3] * guide[..., :3]).sum(2), 0, 1) ** 24
                depth = np.exp(-(((other[..., 3] - guide[..., 3]) / (0.01 * guide[..., 3] * 2**step + 1e-3)) ** 2))
                bright = np.abs(cv2.warpAffine(calm, matrix, size, borderMode=cv2.BORDER_REFLECT) - calm)
                alike = np.exp(-((bright / (0.22 * calm + 1e-3)) ** 2))
                weight = (normal * depth * alike + (1e-3 if dx == dy == 0 else 0)) * (2.0 - abs(dx)) * (2.0 - abs(dy))
                total += near * weight[..., None]
                weights += weight
        lit = total / weights[..., None]
    return lit


def render(scene: Scene, view: np.ndarray, size: tuple[int, int], rays: int = 16, seed: int = 1) -> np.ndarray:
    """Linear light of the picture, (height, width, 3) float32."""
    gloss = np.array([s[4] for s in scene.shapes], np.float64)
    glow = np.array([s[5] for s in scene.shapes], np.float64)
    light, sky = np.array(scene.light, np.float64), np.array(scene.sky, np.float64)
    colour, lit, own, gleam, guide = trace(as_arrays(scene), gloss, glow, light, sky, view, size, rays, seed)
    return colour * smoothed(lit, guide) + own + smoothed(gleam, guide)


def developed(linear: np.ndarray, exposure: float = 1.0, noise: float = 1.2, seed: int = 1) -> np.ndarray:
    """An 8-bit sRGB picture as a camera would give it: highlights rolled off, corners darker, a little noise."""
    height, width = linear.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    light = linear * exposure * (1 - 0.16 * (x**2 + y**2))[..., None]
    curve = (light * (2.51 * light + 0.03)) / (light * (2.43 * light + 0.59) + 0.14)  # Narkowicz' fit to ACES
    grain = np.random.default_rng(seed).normal(0, noise, linear.shape)
    return np.clip(255 * np.clip(curve, 0, 1) ** (1 / 2.2) + grain, 0, 255).astype(np.uint8)
