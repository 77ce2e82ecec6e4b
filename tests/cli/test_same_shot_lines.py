"""A photo whose twin was judged more strictly: one line each, the final one, on the terminal and in the report."""

import json

import cv2
import numpy as np
import pytest
from PIL import Image
from test_exit_codes import printed

from screen.cli.app import run
from screen.errors import ExitCode


@pytest.fixture
def shots(tmp_path):
    """The same scene twice; a small QR code lies in the second one only."""
    import zxingcpp

    blobs = np.random.default_rng(5).integers(40, 215, (9, 12, 3), np.uint8)
    pixels = cv2.resize(blobs, (1200, 900), interpolation=cv2.INTER_CUBIC)
    code = np.array(zxingcpp.create_barcode("2024-0183", zxingcpp.BarcodeFormat.QRCode).to_image(scale=3))
    folder = tmp_path / "class"
    folder.mkdir()
    Image.fromarray(pixels).save(folder / "first.png")
    pixels[500 : 500 + code.shape[0], 700 : 700 + code.shape[1]] = code[:, :, None]
    Image.fromarray(pixels).save(folder / "second.png")
    (tmp_path / "codes.toml").write_text('[policy]\nchecks = ["code"]\n[code]\nmrz = false\n')
    return folder


def test_each_photo_has_one_line_and_it_is_the_final_one(shots, capsys):
    words = ["scan", str(shots), "--policy", str(shots.with_name("codes.toml")), "--workers", "1", "--json"]
    assert run(words) == ExitCode.FINDINGS
    lines = printed(capsys)
    assert [(line["source"], line["decision"]) for line in lines] == [("first.png", "review"), ("second.png", "redact")]
    report = shots.with_name("class-screened") / "verdicts.jsonl"
    assert [json.loads(line) for line in report.read_text().splitlines()] == lines


def test_lines_of_what_was_done_come_also_after_ctrl_c(shots, capsys, monkeypatch):
    class Interrupted:
        def run(self, work, tasks):
            task = next(iter(tasks))
            yield task, work(task)
            raise KeyboardInterrupt

    monkeypatch.setattr("screen.batch.runner_for", lambda *_: Interrupted())
    words = ["scan", str(shots), "--policy", str(shots.with_name("codes.toml")), "--json"]
    assert run(words) not in {ExitCode.CLEAR, ExitCode.FINDINGS}
    assert [line["source"] for line in printed(capsys)] == ["first.png"]
