#!/usr/bin/env python3
"""Makes before-after.jpg for the README: two sample pictures, and the safe copies that the program writes of them.

python docs/images/before_after.py
"""

from __future__ import annotations

import datetime
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image

from screen import CopyOptions, load_policy, open_photo, read_roster, screen_photo, write_safe_copy

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "sample_images"
PICTURES = ("Amina_Lindqvist_card.jpg", "report-card.jpg")
SIZE = (760, 507)
GAP = 12


def main() -> None:
    """Write before-after.jpg beside this script: befores on top, afters below."""
    policy = load_policy("classroom", datetime.date(2026, 10, 7))
    roster = read_roster(SAMPLES / "roster.csv")
    sheet = np.full((2 * SIZE[1] + GAP, len(PICTURES) * SIZE[0] + GAP, 3), 255, np.uint8)
    with tempfile.TemporaryDirectory() as away:
        for column, name in enumerate(PICTURES):
            photo = open_photo(SAMPLES / name, name)
            verdict = screen_photo(photo, policy, roster)
            copy = write_safe_copy(photo, verdict, Path(away), CopyOptions(), policy, roster)
            for row, path in enumerate((SAMPLES / name, Path(copy.path))):
                top, left = row * (SIZE[1] + GAP), column * (SIZE[0] + GAP)
                shown = Image.fromarray(open_photo(path).pixels).resize(SIZE, Image.Resampling.LANCZOS)
                sheet[top : top + SIZE[1], left : left + SIZE[0]] = np.asarray(shown)
    Image.fromarray(sheet).save(HERE / "before-after.jpg", quality=88)


if __name__ == "__main__":
    main()
