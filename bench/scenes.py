"""Does the network for scenes know which way up photos are that it was not made with and that no bench turns?

Usage: python bench/scenes.py --data ../shared/data

Each photo is shown as it is. Turned copies need no run of their own: the same views of them give the same numbers in
another order. Set right is what is right by a lead that turns a photo, turned falsely what is wrong by such a lead.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from screen.inference import set_threads
from screen.photo import open_photo
from screen.quality.contours import SHARED_VIEW
from screen.quality.scenes import looked_closer, looks_upright, numbers_of
from screen.quality.uprightness import DEFAULT_THRESHOLD, PRIOR, scene_says


def rows_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def sets_of(data: Path) -> dict[str, list[Path]]:
    """Photos by kind, without those that the bench of orientation turns."""
    known = {Path(row["image"]).name for row in rows_of(data / "orientation" / "upright.jsonl")}
    faces = [row for row in rows_of(data / "faces" / "truth.jsonl") if Path(row["image"]).name not in known]
    streets = sorted(path for path in (data / "text" / "icdar2015").glob("*.jpg") if path.name not in known)
    return {
        "without faces": [data / "faces" / row["image"] for row in faces if not row.get("faces")],
        "with faces": [data / "faces" / row["image"] for row in faces if row.get("faces")],
        "streets": streets,
    }


def turns_it(numbers: np.ndarray, turns: int) -> bool:
    """Would the scene alone have a photo turned so, that is otherwise as likely to be upright as any?"""
    powers = np.exp(PRIOR + scene_says(numbers))
    return bool(powers[turns] / powers.sum() >= DEFAULT_THRESHOLD)


def in_four_turns(path: Path) -> list[np.ndarray]:
    """What is seen of the photo (first) and of its copies that want 1, 2 and 3 turns."""
    pixels = open_photo(path).view(max_side=SHARED_VIEW).pixels
    whole = numbers_of(pixels)
    closer = looked_closer(whole, pixels)
    return [np.roll(whole if looks_upright(np.roll(whole, turns)) else closer, turns) for turns in range(4)]


def line(name: str, found: list[list[np.ndarray]]) -> str:
    right = np.mean([copy.argmax() == wanted for copies in found for wanted, copy in enumerate(copies)])
    set_right = np.mean([turns_it(copies[wanted], wanted) for copies in found for wanted in (1, 2, 3)])
    made_wrong = np.mean(
        [any(turns_it(copies[k], j) for j in (1, 2, 3) if j != k) for copies in found for k in (1, 2, 3)]
    )
    upright = sum(map(turned_falsely, found))
    percent = (f"{100 * share:.0f} %" for share in (right, set_right, made_wrong))
    return f"| {name} ({len(found)}) | {' | '.join(percent)} | {upright} |"


def turned_falsely(copies: list[np.ndarray]) -> bool:
    return any(turns_it(copies[0], turns) for turns in (1, 2, 3))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    set_threads(1)
    titles = (
        "photos",
        "right one of four turns",
        "turned ones set right",
        "turned ones made wrong",
        "upright ones turned falsely",
    )
    print(f"| {' | '.join(titles)} |\n|{'---|' * len(titles)}")
    for name, paths in sets_of(options.data).items():
        found = {path: in_four_turns(path) for path in paths}
        print(line(name, list(found.values())))
        if wrong := [path.name for path, copies in found.items() if turned_falsely(copies)]:
            print(f"turned falsely: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
