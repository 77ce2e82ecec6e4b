import subprocess
import sys

import pytest

import screen

#: Libraries that take long to load; importing the package or printing help must not load any.
HEAVY = (
    "cv2",
    "numpy",
    "PIL",
    "openvino",
    "mediapipe",
    "rapidocr",
    "rapidfuzz",
    "openpyxl",
    "pebble",
    "jinja2",
    "babel",
)


@pytest.mark.parametrize("name", screen.__all__)
def test_every_public_name_is_there_and_has_a_docstring(name):
    thing = getattr(screen, name)
    assert thing.__doc__ or callable(thing)
    assert name in dir(sys.modules[thing.__module__]) or name == "hookimpl"


def test_public_names_are_sorted_and_others_are_refused():
    assert sorted(screen.__all__) == screen.__all__
    with pytest.raises(AttributeError, match="nothing_like_this"):
        screen.nothing_like_this  # noqa: B018


@pytest.mark.parametrize("code", ["import screen", "from screen.cli.app import run; run(['--help'])"])
def test_import_and_help_load_nothing_heavy(code):
    more = f"\nimport sys\nprint([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code + more], capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "[]"


def test_opencv_and_the_libraries_that_bring_it_work_together():
    """Three OpenCV wheels share their files, so they must be one version."""
    from importlib.metadata import version

    import cv2
    import mediapipe
    import rapidocr

    wheels = {version(f"opencv-{name}") for name in ("python", "contrib-python", "python-headless")}
    assert len(wheels) == 1
    assert mediapipe.__version__
    assert rapidocr.RapidOCR
    assert cv2.getBuildInformation()
