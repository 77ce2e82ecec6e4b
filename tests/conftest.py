"""Fixtures that several tests share."""

from __future__ import annotations

import datetime
import signal
from pathlib import Path

import numpy as np
import pytest

from screen.photo import Photo, photo_of
from screen.policy import Policy, load_policy
from screen.pulling import pull
from screen.weights import missing

ROOT = Path(__file__).resolve().parent.parent
TODAY = datetime.date(2026, 10, 7)

# What a shell starts in the background ignores Ctrl-C, and so would every program that tests start and stop by it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with the sets of photos for measurements, which are not part of the project."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the photo sets of ../shared/data are not on this machine")
    return folder


@pytest.fixture
def policy() -> Policy:
    """The preset classroom on a fixed day."""
    return load_policy("classroom", TODAY)


@pytest.fixture
def noise_photo() -> Photo:
    """A photo of 320 x 240 pixels of noise, always the same."""
    pixels = np.random.default_rng(7).integers(0, 256, (240, 320, 3), np.uint8)
    return photo_of(pixels, "noise.png")


@pytest.fixture(autouse=True)
def _weights(request: pytest.FixtureRequest) -> None:
    """Tests that run real networks need their weights; they are fetched once, as a new user's first run does."""
    if request.node.get_closest_marker("models") and missing():
        pull()
