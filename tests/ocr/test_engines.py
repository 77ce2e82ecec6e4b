"""Engines: the hook, a third one from a separate package, and those that are built in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from screen.errors import MissingDependencyError, UsageError
from screen.ocr import engine_named, read_photo
from screen.photo import photo_of
from screen.plugins import names

BLANK = np.full((60, 80, 3), 255, np.uint8)

PLUGIN = """
from screen import hookimpl
from screen.ocr import Line

class Parrot:
    def read(self, pixels):
        height, width = pixels.shape[:2]
        return (Line("POLLY", ((0, 0), (width, 0), (width, height), (0, height)), 1.0),)

@hookimpl
def photoscreen_ocr_engines():
    return {"parrot": Parrot}
"""

ASK = """
import numpy as np
from screen.ocr import read_photo
from screen.photo import photo_of
print(read_photo(photo_of(np.zeros((6, 8, 3), np.uint8)), "parrot")[0].text)
"""


def test_the_built_in_engines_are_offered_without_being_loaded() -> None:
    assert {"rapidocr", "tesseract", "null"} <= set(names("photoscreen_ocr_engines"))


def test_the_null_engine_reads_nothing() -> None:
    assert read_photo(photo_of(BLANK), "null") == ()


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="rapidocr"):
        engine_named("quill")


def test_a_third_engine_comes_in_from_a_separate_package(tmp_path: Path) -> None:
    (tmp_path / "parrot_ocr.py").write_text(PLUGIN)
    about = tmp_path / "parrot_ocr-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: parrot-ocr\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text("[photoscreen]\nparrot = parrot_ocr\n")
    root = Path(__file__).resolve().parents[2]
    code = f"import sys; sys.path[:0] = [{str(root)!r}, {str(tmp_path)!r}]\n{ASK}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "POLLY\n"), done.stderr


def test_tesseract_works_or_says_how_to_install_it() -> None:
    try:
        engine = engine_named("tesseract")
    except MissingDependencyError as error:
        said = error.message
    else:
        assert engine.read(BLANK) == ()
        return
    assert "nstall it" in said or "nstall them" in said
