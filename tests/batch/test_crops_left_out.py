from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from screen.batch import copying
from screen.batch.copying import Copies, CopyWork, copies_exit_code
from screen.batch.running import Task
from screen.cli.copies_told import told
from screen.errors import ExitCode, OutputError, ProofError
from screen.geometry import Box
from screen.outputs import ROUNDS, CopyOptions
from screen.records import Crop, Plan, Proof, SafeCopy, Verdict
from screen.roster import EMPTY
from screen.words import words

CROPS = tuple(Crop(Box(0, 0, 100 * n, 100), "free", ("hand",), 0.5) for n in (1, 2, 3))
VERDICT = Verdict("class/a.jpg", "ab" * 32, (800, 600), (), Plan(0, (), CROPS), ("website",))


@pytest.fixture
def copied(monkeypatch, noise_photo, policy, tmp_path):
    """What becomes of a photo with three crops; the writer is scripted by label."""

    def run(script, crops=True):
        tries = []

        def write(*_, label, tries: int, log=tries, **__):
            log.append(tries)
            if label in script:
                raise script[label]
            return SafeCopy("class/a.jpg", f"out/a-{label}.jpg", Proof("cd" * 32, True, ()))

        monkeypatch.setattr(copying, "observed", lambda *_: (VERDICT, None))
        monkeypatch.setattr(copying, "open_store", lambda *_: contextlib.nullcontext())
        monkeypatch.setattr(copying, "CopyJournal", lambda *_: None)
        monkeypatch.setattr(copying, "write_safe_copy", write)
        work = CopyWork(tmp_path, CopyOptions(), policy, EMPTY, crops=crops)
        return work._copied(noise_photo, Task(Path("a.jpg"), "class/a.jpg")), tries

    return run


def test_a_crop_in_which_something_is_found_is_left_out_and_told(copied):
    found, tries = copied({"crop-2": ProofError("Found something.")})

    assert [copy.path for copy in found.written] == ["out/a-crop-1.jpg", "out/a-crop-3.jpg"]
    assert found.left_out == (2,)
    assert found.errors == ()
    assert tries == [1, 1, 1]
    assert "  Left out, since screening them again found something to hide: crop 2." in told(found, words("en"))
    assert copies_exit_code([found]) == ExitCode.CLEAR


def test_a_crop_that_cannot_be_written_is_a_failure_all_the_same(copied):
    found, _ = copied({"crop-1": OutputError("Disk full.")})

    assert found.left_out == ()
    assert copies_exit_code([found]) == ExitCode.OUTPUT


def test_where_all_crops_are_left_out_blurring_is_proposed(copied):
    found, _ = copied({f"crop-{n}": ProofError("Found something.") for n in (1, 2, 3)})

    assert "blur the photo instead" in next(told(found, words("en")))
    assert copies_exit_code([found]) == ExitCode.FINDINGS


def test_whole_photos_are_mended_and_their_failures_told(copied):
    found, tries = copied({"": ProofError("Found something.")}, crops=False)

    assert tries == [ROUNDS]
    assert isinstance(found, Copies)
    assert copies_exit_code([found]) == ExitCode.OUTPUT
