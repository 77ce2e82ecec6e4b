"""The two portraits, cut out of their backgrounds: alpha from the person mask, drawn tight along edges."""

from __future__ import annotations

from pathlib import Path

import cv2
import matplotlib
import numpy as np
import skimage.data
from PIL import Image


def portraits() -> dict[str, np.ndarray]:
    """RGBA pixels by name: Eileen Collins (NASA) and Grace Hopper (U.S. Navy), both in the public domain."""
    collins = skimage.data.astronaut()
    hopper = np.asarray(
        Image.open(Path(matplotlib.get_data_path()) / "sample_data" / "grace_hopper.jpg").convert("RGB")  # noqa: TID251  made here, not screened
    )
    return {"collins": cut(collins, COLLINS), "hopper": cut(hopper, HOPPER)}


#: Rough outlines, in pixels; GrabCut draws them tight.
COLLINS = [
    (20, 511), (22, 430), (38, 330), (60, 255), (105, 215), (118, 175), (150, 150), (175, 145), (160, 110), (152, 75),
    (165, 40), (200, 16), (245, 16), (285, 45), (302, 90), (285, 128), (268, 140), (262, 170), (290, 195), (306, 235),
    (340, 270), (362, 330), (365, 352), (395, 342), (440, 352), (480, 395), (505, 450), (508, 511),
]  # fmt: skip
HOPPER = [
    (14, 599), (20, 480), (45, 385), (120, 352), (198, 326), (206, 300), (168, 282), (160, 240), (155, 190), (165, 160),
    (146, 120), (150, 90), (178, 68), (215, 30), (265, 22), (330, 40), (355, 80), (372, 105), (366, 165), (376, 190),
    (372, 245), (362, 280), (338, 308), (330, 320), (420, 355), (490, 385), (508, 450), (511, 599),
]  # fmt: skip


def cut(pixels: np.ndarray, outline) -> np.ndarray:
    """RGBA pixels, enlarged twice, with what lies outside of the person transparent, a quarter higher at the foot."""
    shape = np.zeros(pixels.shape[:2], np.uint8)
    cv2.fillPoly(shape, [np.array(outline)], 1)
    inside = cv2.erode(shape, np.ones((3, 3), np.uint8), iterations=9, borderValue=1)
    outside = cv2.dilate(shape, np.ones((3, 3), np.uint8), iterations=9)
    mask = np.where(inside > 0, cv2.GC_FGD, np.where(outside == 0, cv2.GC_BGD, cv2.GC_PR_FGD)).astype(np.uint8)
    mask[(shape == 0) & (outside > 0)] = cv2.GC_PR_BGD
    cv2.grabCut(
        np.ascontiguousarray(pixels[..., ::-1]),
        mask,
        None,
        np.zeros((1, 65)),
        np.zeros((1, 65)),
        6,
        cv2.GC_INIT_WITH_MASK,
    )
    person = np.where((mask == cv2.GC_FGD) | (mask == cv2.GC_PR_FGD), 1.0, 0.0).astype(np.float32)
    person = cv2.medianBlur((255 * person).astype(np.uint8), 7).astype(np.float32) / 255
    count, labels, stats, _ = cv2.connectedComponentsWithStats((person > 0.5).astype(np.uint8))
    person *= labels == 1 + int(np.argmax(stats[1:count, cv2.CC_STAT_AREA]))
    size = (2 * pixels.shape[1], 2 * pixels.shape[0])
    large = cv2.resize(pixels, size, interpolation=cv2.INTER_LANCZOS4)
    soft = cv2.GaussianBlur(cv2.resize(person, size, interpolation=cv2.INTER_CUBIC), (0, 0), 2.5)
    alpha = np.clip((soft - 0.55) / 0.4, 0, 1)
    person = np.dstack([large, (255 * alpha).astype(np.uint8)])
    # What the desk hides: cloth goes on below, so that nobody floats.
    hem = cv2.GaussianBlur(person[-71:-70], (0, 0), 40, borderType=cv2.BORDER_REPLICATE)
    hem[..., 3] = person[-71:-70, :, 3]
    return np.vstack([person[:-70], np.repeat(hem, 70 + size[1] // 4, axis=0)])
