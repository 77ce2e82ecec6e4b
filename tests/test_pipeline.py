"""The whole road on real networks: one picture however it is stored, in this process or in a pool."""

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from screen.batch import runner_for
from screen.batch.pool import PoolRunner
from screen.batch.running import Limits
from screen.batch.screening import screen_batch
from screen.photo import open_photo, photo_from_bytes
from screen.records import Verdict
from screen.report.to_json import verdict_line
from screen.rosters import read_roster
from screen.screening import screen_photo

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_images"


def stored(pixels, orientation):
    """The picture, stored without loss in such a way that the EXIF orientation sets it upright."""
    image = Image.fromarray(pixels)
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # Pillow's Transpose that undoes each orientation
    if orientation in back:
        image = image.transpose(Image.Transpose(back[orientation]))
    exif = image.getexif()
    exif[0x0112] = orientation
    buffer = io.BytesIO()
    image.save(buffer, "PNG", exif=exif, compress_level=1)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def upright():
    """A sample picture, smaller, so that eight of them take no minute."""
    pixels = open_photo(SAMPLES / "visitor-from-space.jpg").pixels
    image = Image.fromarray(pixels)
    image.thumbnail((900, 900))
    return np.asarray(image)


def test_the_eight_ways_of_storing_show_one_picture(upright):
    for orientation in range(1, 9):
        np.testing.assert_array_equal(photo_from_bytes(stored(upright, orientation), "x.png").pixels, upright)


@pytest.mark.models
def test_one_picture_in_eight_exif_orientations_gives_one_verdict(upright, policy):  # T1, T6
    roster = read_roster(SAMPLES / "roster.csv")
    seen = set()
    for orientation in range(1, 9):
        verdict = screen_photo(photo_from_bytes(stored(upright, orientation), "x.png"), policy, roster)
        faces = [j.finding.box for j in verdict.judgements if j.finding.check == "face" and j.decision > 0]
        covers = tuple(cover.box for cover in verdict.plan.covers)
        seen.add((verdict.decision, verdict.plan.turns, tuple(faces), covers))
    assert len(seen) == 1
    [(_, turns, faces, covers)] = seen
    assert turns == 0
    assert len(faces) >= 1
    assert all(any(cover.contains(face) for cover in covers) for face in faces)


@pytest.mark.models
def test_a_pool_gives_the_same_verdicts_as_one_process(policy):
    paths = [SAMPLES / name for name in ("visitor-from-space.jpg", "report-card.jpg", "craft-table.jpg")]
    roster = read_roster(SAMPLES / "roster.csv")
    serial = screen_batch(paths, policy, roster, runner_for(1, 1))
    pooled = screen_batch(paths, policy, roster, PoolRunner(2, Limits()))
    assert all(isinstance(result, Verdict) for result in (*serial.results, *pooled.results))
    assert sorted(map(verdict_line, serial.results)) == sorted(map(verdict_line, pooled.results))
    assert serial.exit_code == pooled.exit_code == 1


def test_a_plain_install_brings_all_that_the_program_needs(tmp_path):
    """The wheel holds templates, presets, catalogues and the list of models, and no tests or pictures."""
    from hatchling.builders.wheel import WheelBuilder

    [wheel] = WheelBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for path in (ROOT / "screen").rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            assert path.relative_to(ROOT).as_posix() in names
    for path in (ROOT / "models").iterdir():
        if path.is_file():
            assert f"screen/_models/{path.name}" in names
    assert not [name for name in names if name.startswith(("tests/", "sample_images/"))]
