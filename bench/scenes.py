"""Does the network for scenes know which way up photos are that it was not made with and that no bench turns?

Usage: python bench/scenes.py --data ../shared/data

Each photo is shown as it is. Turned copies need no run of their own: the same four views of them give the same numbers
in another order. Set right is what is right by a lead that turns a photo, turned falsely what is wrong by such a lead.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from screen.inference import set_threads
from screen.photo import open_photo
from screen.quality.scenes import upright_by_turn
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


def line(name: str, numbers: list[np.ndarray]) -> str:
    right = np.mean([found.argmax() == 0 for found in numbers])
    # A copy that wants k turns is the photo with its numbers rolled by k.
    set_right = np.mean([turns_it(np.roll(found, k), k) for found in numbers for k in (1, 2, 3)])
    wrong = sum(any(turns_it(found, k) for k in (1, 2, 3)) for found in numbers)
    return f"| {name} ({len(numbers)}) | {100 * right:.0f} % | {100 * set_right:.0f} % | {wrong} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True)
    options = parser.parse_args()
    set_threads(1)
    print(
        "| photos | right one of four turns | turned ones set right | upright ones turned falsely |\n|---|---|---|---|"
    )
    for name, paths in sets_of(options.data).items():
        found = {path: upright_by_turn(open_photo(path)) for path in paths}
        print(line(name, list(found.values())))
        wrong = [path.name for path, numbers in found.items() if any(turns_it(numbers, k) for k in (1, 2, 3))]
        if wrong:
            print(f"turned falsely: {', '.join(wrong)}")


if __name__ == "__main__":
    main()
