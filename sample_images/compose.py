"""Makes the sample pictures: ``python sample_images/compose.py [NAME...]``.

Needs numba, scikit-image, Matplotlib and piexif beside what the program itself needs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
from PIL import Image
from studio import scenes
from studio.saving import SAVERS

HERE = Path(__file__).parent


def main() -> None:
    """Draw all pictures, or those that are named."""
    wanted = sys.argv[1:] or list(SAVERS)
    for name in wanted:
        pixels = scenes.SCENES[name]()
        path = SAVERS[name](HERE, pixels)
        size = path.stat().st_size // 1000
        print(f"{path.name}: {pixels.shape[1]} x {pixels.shape[0]}, {size} kB")  # noqa: T201  a script of its own


if __name__ == "__main__":
    cv2.setNumThreads(1)
    np.seterr(all="raise", under="ignore")
    Image.MAX_IMAGE_PIXELS = None
    main()
