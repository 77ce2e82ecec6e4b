"""Looks at a candidate as school photos would show it: small, soft, dark, noisy, half hidden, cut off by the border."""

from __future__ import annotations

import math
from collections.abc import Sequence

import cv2
import numpy as np
from heads_data import Example

from screen.faces.surroundings import REACH, SIDE

Array = np.ndarray
#: Long side of the candidate in the photo, in pixels, from and to: it is what is to be learnt.
FROM, TO = 9, 90


def a_look(example: Example, others: Sequence[Example], rng: np.random.Generator) -> Array:
    """(SIDE, SIDE, 3) uint8 RGB.

    Args:
        example: the candidate.
        others: candidates of which one may stand in for what lies outside of the photo.
        rng: what chance decides.
    """
    pixels, long, middle = example.pixels, example.long, example.pixels.shape[0] / 2
    inside, beyond = example.inside, others[int(rng.integers(len(others)))] if rng.random() < 0.5 else None
    if rng.random() < 0.1:
        inside, beyond = _cut_off(inside, middle, long, rng), None
    if rng.random() < 0.4:
        pixels = half_hidden(pixels.copy(), middle, long, rng)
    pixels = filled(pixels, inside, beyond)
    size = long * math.exp(rng.uniform(-0.25, 0.3))
    most = min(size, TO)
    pictured = math.exp(rng.uniform(math.log(FROM), math.log(most))) if most > FROM else size
    x, y = (middle + rng.normal(0, 0.1) * long for _ in range(2))
    half, edge = REACH * size / 2, max(12, round(REACH * pictured))
    top, left = max(0, round(y - half)), max(0, round(x - half))
    part = np.ascontiguousarray(pixels[top : max(top + 2, round(y + half)), left : max(left + 2, round(x + half))])
    if rng.random() < 0.2:
        part = _tilted(part, rng.uniform(-30, 30))
    how = cv2.INTER_AREA if edge < part.shape[0] else cv2.INTER_LINEAR
    seen = in_other_light(np.asarray(cv2.resize(part, (edge, edge), interpolation=how)), pictured, rng)
    how = cv2.INTER_AREA if edge > SIDE else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(np.ascontiguousarray(seen), (SIDE, SIDE), interpolation=how), np.uint8)


def filled(pixels: Array, inside: tuple[int, int, int, int], beyond: Example | None) -> Array:
    """What lies outside of the photo becomes another picture, or its edge goes on."""
    edge = pixels.shape[0]
    left, top, right, bottom = (min(edge, max(0, at)) for at in inside)
    if right - left < 2 or bottom - top < 2:
        return pixels
    inner = np.ascontiguousarray(pixels[top:bottom, left:right])
    if beyond is None:
        return np.asarray(
            cv2.copyMakeBorder(inner, top, edge - bottom, left, edge - right, cv2.BORDER_REPLICATE), np.uint8
        )
    first, second, third, fourth = beyond.inside
    around = np.asarray(cv2.resize(np.ascontiguousarray(beyond.pixels[second:fourth, first:third]), (edge, edge)))
    around[top:bottom, left:right] = inner
    return around


def half_hidden(pixels: Array, middle: float, long: float, rng: np.random.Generator) -> Array:
    """A cap or hair from above, a hand or a cup over the mouth, something at one side, or another part in front."""
    colour = [int(value) for value in rng.integers(0, 90 if rng.random() < 0.6 else 256, 3)]
    kind = int(rng.integers(5))
    if kind < 2:
        low, high = middle + long * rng.uniform(-0.4, -0.05), middle - long * rng.uniform(0.7, 0.95)
        axes = round(long * rng.uniform(0.45, 0.65)), max(1, round(low - high))
        at = round(middle + rng.normal(0, 0.05) * long), round(low)
        cv2.ellipse(pixels, at, axes, float(rng.uniform(-10, 10)), 180, 360, colour, -1)
    elif kind == 2:
        at = round(middle), round(middle + long * rng.uniform(0.3, 0.6))
        cv2.ellipse(pixels, at, (round(long * rng.uniform(0.3, 0.5)), round(long * 0.4)), 0, 0, 360, colour, -1)
    elif kind == 3:
        side = middle + long * rng.uniform(-0.1, 0.3)
        lower = side + rng.normal(0, 0.2) * long
        corners = np.array([[side, -1.0], [side + 1.2 * long, -1], [side + 1.2 * long, 1], [lower, 1]])
        corners[:, 1] = middle + long * corners[:, 1]
        if rng.random() < 0.5:
            corners[:, 0] = 2 * middle - corners[:, 0]
        cv2.fillPoly(pixels, [corners.astype(np.int32)], colour)
    else:
        _put_in_front(pixels, middle, long, rng)
    return pixels


def in_other_light(pixels: Array, pictured: float, rng: np.random.Generator) -> Array:
    """Mirrored or not, soft, darker or lighter, grey, noisy, and stored as JPEG.

    Args:
        pixels: uint8 RGB.
        pictured: long side of the candidate in them, in pixels.
        rng: what chance decides.
    """
    seen = (pixels[:, ::-1] if rng.random() < 0.5 else pixels).astype(np.float32)
    if rng.random() < 0.3:
        seen = cv2.GaussianBlur(np.ascontiguousarray(seen), (0, 0), rng.uniform(0.3, 1.1) * max(1, pictured / 24))
    if rng.random() < 0.7:
        curve, tint = math.exp(rng.uniform(-0.6, 0.6)), rng.uniform(0.5, 1.2) * rng.uniform(0.88, 1.12, 3)
        seen = 255 * (np.clip(seen, 0, 255) / 255) ** curve * tint + rng.uniform(-12, 12)
    if rng.random() < 0.12:
        seen = np.repeat(seen.mean(2, keepdims=True), 3, 2)
    if rng.random() < 0.5:
        seen = seen + rng.normal(0, rng.uniform(1, 9), seen.shape)
    stored = np.ascontiguousarray(np.clip(seen, 0, 255).astype(np.uint8))
    if rng.random() < 0.6:
        quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(45, 95))]
        stored = cv2.imdecode(cv2.imencode(".jpg", stored, quality)[1], cv2.IMREAD_COLOR)  # noqa: TID251 # own bytes
    return np.asarray(stored)


def _cut_off(
    inside: tuple[int, int, int, int], middle: float, long: float, rng: np.random.Generator
) -> tuple[int, int, int, int]:
    """The photo ends beside the face, or in it."""
    side, edges = int(rng.integers(4)), list(inside)
    away = long * rng.uniform(-0.1, 1.2)
    edges[side] = max(edges[side], round(middle - away)) if side < 2 else min(edges[side], round(middle + away))
    return edges[0], edges[1], edges[2], edges[3]


def _put_in_front(pixels: Array, middle: float, long: float, rng: np.random.Generator) -> None:
    size = [max(2, int(long * rng.uniform(0.3, 0.6))) for _ in range(2)]
    start = [int(rng.integers(0, max(1, pixels.shape[0] - edge))) for edge in size]
    to = [max(0, int(middle + rng.uniform(-0.5, 0.2) * long)) for _ in range(2)]
    piece = pixels[start[1] : start[1] + size[1], start[0] : start[0] + size[0]].copy()
    place = pixels[to[1] : to[1] + size[1], to[0] : to[0] + size[0]]
    high, wide = min(piece.shape[0], place.shape[0]), min(piece.shape[1], place.shape[1])
    place[:high, :wide] = piece[:high, :wide]


def _tilted(pixels: Array, angle: float) -> Array:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    return np.asarray(cv2.warpAffine(pixels, turn, (width, height), borderMode=cv2.BORDER_REFLECT))
