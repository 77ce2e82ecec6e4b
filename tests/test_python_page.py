"""The examples of docs/python.md run as they stand."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.models
def test_the_examples_of_the_page_on_python_run(tmp_path, monkeypatch, capsys):
    (tmp_path / "sample_images").symlink_to(ROOT / "sample_images")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PHOTOSCREEN_HOME", str(tmp_path / "home"))
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text(), re.S)
    assert len(blocks) >= 3
    names: dict = {}
    for block in blocks:
        exec(compile(block, "docs/python.md", "exec"), names)  # noqa: S102  our own documentation
    assert "redact" in capsys.readouterr().out
    assert [path for path in (tmp_path / "safe").rglob("*") if path.is_file()]
    with pytest.raises(names["NotToBePublishedError"]):
        names["before_upload"](Path("sample_images/visitor-from-space.jpg"), "website")
