"""Calibrates the blur check: ``python models/train_blur.py LIST FOLDER [--copies N]``.

LIST names sharp photos, one a line, relative to FOLDER. Each is reduced to several sizes, blurred in known ways or
left as it is, darkened, made noisy and stored as JPEG; logistic regression then tells both kinds apart. It is
scored on photos that it has not seen (five folds over photos). The curve it prints belongs into
screen/quality/sharpness.py.
"""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from screen.photo import open_photo, photo_from_bytes
from screen.quality.sharpness import relative_spread, summaries_of

#: Strengths as shares of the long side: deviation of a Gaussian, radius of a disc, length of a streak or a shaken path.
STRENGTHS = {"gaussian": (0.0009, 0.005), "disc": (0.0014, 0.007), "streak": (0.0045, 0.025), "shake": (0.006, 0.025)}
Array = np.ndarray


def drawn(points: Array) -> Array:
    """A kernel along a path of points (x, y) in pixels."""
    reach = int(np.ceil(np.abs(points).max())) + 1
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    cv2.polylines(kernel, [np.round((points + reach) * 16).astype(np.int32)], False, 1.0, 1, cv2.LINE_AA, 4)
    return kernel / kernel.sum()


def kernel_of(way: str, size: float, rng: np.random.Generator) -> Array:
    """A blur of that kind and size in pixels."""
    if way == "gaussian":
        line = cv2.getGaussianKernel(2 * int(np.ceil(4 * size)) + 1, size)
        return np.asarray(line @ line.T, np.float32)
    if way == "disc":
        reach = int(np.ceil(size))
        y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
        kernel = np.clip(size + 0.5 - np.hypot(x, y), 0, 1).astype(np.float32)
        return kernel / kernel.sum()
    if way == "streak":
        angle = rng.uniform(0, np.pi)
        end = max(size - 1, 1) / 2 * np.array([np.cos(angle), np.sin(angle)])
        return drawn(np.array([-end, end]))
    path = np.cumsum(np.cumsum(rng.normal(0, 1, (40, 2)), axis=0), axis=0)
    path -= path.mean(axis=0)
    along = path @ np.linalg.svd(path, full_matrices=False)[2][0]
    return drawn(path * size / max(float(np.ptp(along)), 1e-6))


def blurred(pixels: Array, rng: np.random.Generator) -> Array:
    """The photo blurred in one of the ways."""
    way = str(rng.choice(list(STRENGTHS)))
    low, high = STRENGTHS[way]
    size = float(np.exp(rng.uniform(np.log(low), np.log(high)))) * max(pixels.shape[:2])
    return cv2.filter2D(pixels, -1, kernel_of(way, size, rng), borderType=cv2.BORDER_REPLICATE)


def resized(pixels: Array, rng: np.random.Generator) -> Array:
    """The photo at some size: reduced, or a large one enlarged a little, which is what phones do inside."""
    long = max(pixels.shape[:2])
    wanted = float(np.exp(rng.uniform(np.log(min(480, long)), np.log(long))))
    if long >= 1800 and rng.random() < 0.3:
        wanted = float(np.exp(rng.uniform(np.log(2000), np.log(3600))))
    scale = wanted / long
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=how)


def stored(pixels: Array, rng: np.random.Generator) -> bytes:
    """JPEG bytes of the photo in other light, with noise."""
    light = pixels.astype(np.float32)
    if rng.random() < 0.5:
        light = light * rng.uniform(0.5, 1.1) + rng.uniform(-10, 30)
    if rng.random() < 0.3:
        light += rng.normal(0, np.exp(rng.uniform(-0.5, 1.6)), light.shape)
    file = io.BytesIO()
    quality = int(rng.choice([80, 88, 92, 92, 95]))
    Image.fromarray(np.clip(light, 0, 255).astype(np.uint8)).save(file, "JPEG", quality=quality)
    return file.getvalue()


def examples(path: Path, copies: int, rng: np.random.Generator) -> list[tuple[Array, int]]:
    """Logarithm of the relative spread, and label (1 for blurred), of copies of a photo."""
    found, original = [], open_photo(path).pixels
    for _ in range(copies):
        size = resized(original, rng)
        for label, pixels in ((0, size), (1, blurred(size, rng)), (1, blurred(size, rng))):
            photo = photo_from_bytes(stored(pixels, rng), path.name)
            summaries = summaries_of(photo)
            if summaries is not None:
                found.append((np.array([np.log(relative_spread(summaries, photo.size))]), label))
    return found


def fitted(x: Array, y: Array, penalty: float = 0.01) -> tuple[Array, float]:
    """Weights and bias of logistic regression, classes weighted alike, by Newton's method on scaled features."""
    mean, scale = x.mean(0), x.std(0)
    z = np.column_stack([(x - mean) / scale, np.ones(len(x))])
    importance = np.where(y == 1, 0.5 / y.mean(), 0.5 / (1 - y.mean()))
    ridge = np.diag([penalty] * x.shape[1] + [0.0])
    w = np.zeros(z.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(z @ w, -30, 30)))
        slope = z.T @ (importance * (y - p)) - ridge @ w
        w += np.linalg.solve((z * (importance * p * (1 - p))[:, None]).T @ z + ridge + 1e-9 * np.eye(len(w)), slope)
    return w[:-1] / scale, float(w[-1] - (w[:-1] * mean / scale).sum())


def auc(soft: Array, sharp: Array) -> float:
    """How often a blurred photo scores above a sharp one."""
    return float(((soft[:, None] > sharp) + 0.5 * (soft[:, None] == sharp)).mean())


def main() -> None:
    """Make the examples, score by folds, fit on all, print the curve."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("list", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--copies", type=int, default=6)
    options = parser.parse_args()
    rng = np.random.default_rng(0)
    names = [line for line in options.list.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    made = [
        (number, *row)
        for number, name in enumerate(names)
        for row in examples(options.folder / name, options.copies, rng)
    ]
    photo, x, y = (np.array(column) for column in zip(*made, strict=True))
    score = np.zeros(len(y))
    for fold in range(5):
        weights, bias = fitted(x[photo % 5 != fold], y[photo % 5 != fold])
        score[photo % 5 == fold] = x[photo % 5 == fold] @ weights + bias
    weights, bias = fitted(x, y)
    soft, sharp = score[y == 1], score[y == 0]
    lines = (
        f"{len(names)} photos, {len(y)} examples, AUC on unseen photos {auc(soft, sharp):.4f}",
        f"called blurred: {(soft > 0).mean():.3f} of the blurred, {(sharp > 0).mean():.3f} of the sharp",
        f"SLOPE, BIAS = {weights[0]:.2f}, {bias:.2f}",
    )
    print("\n".join(lines))  # noqa: T201  a script of its own


if __name__ == "__main__":
    main()
