"""Networks that MediaPipe made say the same here, in OpenVINO, as in MediaPipe's own library.

That library looks up its maker's server when a task is made, so it never runs while screening; here it runs without
network.
"""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from screen.hands import detect_hands
from screen.people.selfie import SEEN, _answer
from screen.photo import open_photo
from screen.weights import weights_path

pytestmark = pytest.mark.models
ROOT = Path(__file__).resolve().parent.parent.parent
WITHOUT_NETWORK = ("unshare", "-rn")

SEGMENT = """
import sys
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
options = vision.ImageSegmenterOptions(BaseOptions(model_asset_path=sys.argv[1]), output_confidence_masks=True)
with vision.ImageSegmenter.create_from_options(options) as task:
    image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.load(sys.argv[2]))
    np.save(sys.argv[3], task.segment(image).confidence_masks[0].numpy_view())
"""
HANDS = """
import sys
import mediapipe as mp
import numpy as np
from mediapipe.tasks.python import BaseOptions, vision
options = vision.HandLandmarkerOptions(BaseOptions(model_asset_path=sys.argv[1]), num_hands=4)
with vision.HandLandmarker.create_from_options(options) as task:
    image = mp.Image(image_format=mp.ImageFormat.SRGB, data=np.load(sys.argv[2]))
    hands = task.detect(image).hand_landmarks
    np.save(sys.argv[3], np.array([[(point.x, point.y) for point in hand] for hand in hands]))
"""


@pytest.fixture
def reference(tmp_path):
    """What MediaPipe's own library answers, run in a process without network."""
    if not shutil.which("unshare") or subprocess.run([*WITHOUT_NETWORK, "true"], check=False).returncode:
        pytest.skip("this system cannot run a program without network (unshare -rn)")

    def answer(code, weights, pixels):
        np.save(tmp_path / "in.npy", np.ascontiguousarray(pixels))
        words = [sys.executable, "-c", code, str(weights), "in.npy", "out.npy"]
        done = subprocess.run([*WITHOUT_NETWORK, *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return np.load(tmp_path / "out.npy")

    return answer


@pytest.mark.parametrize("name", ["visitor-from-space.jpg", "Amina_Lindqvist_card.jpg", "craft-table.jpg"])
def test_person_masks_are_those_of_the_reference(reference, name):
    pixels = open_photo(ROOT / "sample_images" / name).pixels
    square = np.asarray(Image.fromarray(pixels).resize((SEEN, SEEN), Image.Resampling.BILINEAR))
    ours, theirs = _answer(square), np.squeeze(reference(SEGMENT, weights_path("selfie-segmentation"), square))
    assert ours.shape == theirs.shape
    assert np.abs(ours - theirs).mean() < 0.01
    assert (np.abs(ours - theirs) > 0.1).mean() < 0.01


@pytest.fixture
def hand_task(tmp_path):
    """MediaPipe's hand landmarker: its two networks in a ZIP, stored."""
    path = tmp_path / "hands.task"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as task:
        task.write(weights_path("palm-detection"), "hand_detector.tflite")
        task.write(weights_path("hand-landmark"), "hand_landmarks_detector.tflite")
    return path


def test_hands_lie_where_the_reference_sees_them(reference, hand_task, shared_data):
    """Each hand that MediaPipe's own search finds is among ours, its 21 points within a twelfth of its size."""
    compared = 0
    for path in sorted((shared_data / "hands" / "roboflow").glob("*.jpg"))[:4]:
        photo = open_photo(path)
        width, height = photo.size
        ours = [np.array([mark.point for mark in hand.landmarks]) for hand in detect_hands(photo)]
        for points in reference(HANDS, hand_task, photo.pixels) * (width, height):
            size = np.ptp(points, axis=0).max()
            nearest = min((np.abs(hand - points).mean() for hand in ours), default=np.inf)
            assert nearest < size / 12, path.name
            compared += 1
    assert compared >= 3
