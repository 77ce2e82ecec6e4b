"""Is the same shot known again? ``python bench/same_shots.py --data ../shared/data``.

Photos are changed as people and programs change them; printed is how many of each kind still look like their original,
and which different photos look alike.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from screen.photo import open_photo, photo_of
from screen.quality.likeness import likeness_of, same_shots

Array = np.ndarray
LONG_SIDE = 1280


def cut(pixels: Array, share: float, rng: np.random.Generator) -> Array:
    """The photo without so large a share of its width and height, cut off at the sides by chance."""
    height, width = pixels.shape[:2]
    down, across = rng.uniform(0, share, 2)
    top, left = int(down * height), int(across * width)
    return pixels[top : height - int(share * height) + top, left : width - int(share * width) + left]


def changed(pixels: Array, heads: list[list[float]], rng: np.random.Generator) -> Iterator[tuple[str, Array]]:
    """(kind of change, changed photo)."""
    yield "a third of the size", cv2.resize(pixels, None, fx=0.3, fy=0.3, interpolation=cv2.INTER_AREA)
    yield "JPEG of quality 30", cv2.imdecode(cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, 30])[1], 1)
    yield "paler", np.clip(pixels * 0.8 + 20, 0, 255).astype(np.uint8)
    yield "darker (gamma 1.6)", np.clip((pixels / 255) ** 1.6 * 255, 0, 255).astype(np.uint8)
    yield "blurred", cv2.GaussianBlur(pixels, (0, 0), max(pixels.shape) * 0.004)
    yield "mirrored", pixels[:, ::-1]
    yield "on its side", np.rot90(pixels)
    yield "on its head", np.rot90(pixels, 2)
    for share in (0.03, 0.06, 0.1):
        yield f"{share:.0%} cut off", cut(pixels, share, rng)
    if heads:
        covered = pixels.copy()
        for left, top, right, bottom in heads:
            covered[max(0, int(top)) : int(bottom), max(0, int(left)) : int(right)] = 128
        yield "heads covered", covered


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True)
    data, rng = parser.parse_args().data, np.random.default_rng(1)
    truth = [json.loads(line) for line in (data / "faces/truth.jsonl").read_text(encoding="utf-8").splitlines()]
    photos = [(data / "faces" / row["image"], row.get("faces", [])) for row in truth]
    photos += [(path, []) for path in sorted((data / "text/icdar2015").glob("*.jpg"))]
    counts: dict[str, list[bool]] = {}
    originals = []
    for path, faces in photos:
        full = open_photo(path)
        pixels = full.view(max_side=LONG_SIDE).pixels
        scale = pixels.shape[1] / full.size[0]
        # A head is covered as make_plan() does it: hair and ears included.
        heads = [
            [scale * (x1 - 0.4 * (x2 - x1)), scale * (y1 - 0.6 * (y2 - y1)),
             scale * (x2 + 0.4 * (x2 - x1)), scale * (y2 + 0.3 * (y2 - y1))]
            for x1, y1, x2, y2, *_ in faces
        ]  # fmt: skip
        original = likeness_of(photo_of(pixels))
        originals.append(original)
        for kind, other in changed(pixels, heads, rng):
            alike = list(same_shots([original, likeness_of(photo_of(np.ascontiguousarray(other)))]))
            counts.setdefault(kind, []).append(bool(alike))
    lines = [f"{kind}: {sum(known)} of {len(known)}" for kind, known in counts.items()]
    pairs = len(originals) * (len(originals) - 1) // 2
    lines.append(f"different photos that look alike: {len(list(same_shots(originals)))} of {pairs} pairs")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
