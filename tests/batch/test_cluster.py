"""The Dask runner: the same results as a loop, whatever happens to its workers."""

import functools
import os
import signal
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from screen.batch.cluster import DaskRunner
from screen.batch.places import discover_url
from screen.batch.running import Limits, SerialRunner, Task, choice_of
from screen.batch.screening import screen_task
from screen.errors import MissingDependencyError, UsageError
from screen.records import Failure
from screen.roster import EMPTY

distributed = pytest.importorskip("distributed")
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.fixture(scope="module")
def cluster():
    import dask

    # A photo is given up at once, and once more alone: each lost worker takes seconds to come back.
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as started,
    ):
        yield started


def work(task):
    """A task function that does what the name of the photo says."""
    if "crash" in task.source:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hang" in task.source:
        time.sleep(600)
    if "missing" in task.source:
        raise MissingDependencyError("A model is missing.")
    if "fault" in task.source:
        raise KeyError(task.source)
    return task.source.upper()


def tasks(*names):
    return [Task(Path(name), name) for name in names]


def results(cluster, names, limits=None):
    runner = DaskRunner(cluster, limits or Limits())
    return {task.source: result for task, result in runner.run(work, tasks(*names))}


def test_a_cluster_equals_a_loop(cluster):
    names = [f"photo{number}" for number in range(30)]
    assert results(cluster, names) == {task.source: done for task, done in SerialRunner().run(work, tasks(*names))}


def test_few_photos_are_in_flight(cluster):
    taken = []

    def counted():
        for task in tasks(*(f"p{number}" for number in range(40))):
            taken.append(task)
            yield task

    running = DaskRunner(cluster).run(work, counted())
    next(running)
    assert len(taken) <= 4
    running.close()


def test_a_poisoned_photo_and_a_hang_are_given_up_and_the_others_are_not(cluster):
    done = results(cluster, ["a", "crash", "b", "hang", "c", "fault"], Limits(seconds=1.0))
    assert {name: done[name] for name in "abc"} == {name: name.upper() for name in "abc"}
    for name, error in (("crash", "crashed"), ("hang", "crashed"), ("fault", "fault")):
        assert isinstance(done[name], Failure)
        assert done[name].error == error
        assert done[name].message.startswith(f"{name}: ")


def test_what_is_missing_on_a_worker_ends_the_run(cluster):
    with pytest.raises(MissingDependencyError, match="A model is missing"):
        results(cluster, ["missing"])


def test_workers_of_other_versions_are_refused(cluster, monkeypatch):
    monkeypatch.setattr("screen.batch.cluster.versions", lambda: ("photoscreen 999",))
    with pytest.raises(MissingDependencyError, match="photoscreen 999"):
        results(cluster, ["a"])


def test_a_scheduler_that_does_not_answer_is_a_usage_error(monkeypatch):
    monkeypatch.setattr("screen.batch.cluster.PATIENCE", 0.3)
    with pytest.raises(UsageError, match="no Dask scheduler"):
        list(DaskRunner("tcp://127.0.0.1:9").run(work, tasks("a")))


@pytest.mark.parametrize(("runner", "scheduler"), [("dask", None), ("local", "tcp://x:1"), ("ray", None)])
def test_options_that_do_not_fit_are_refused(runner, scheduler):
    with pytest.raises(UsageError, match="--runner"):
        choice_of(runner, scheduler, 2)


def save(storage, path, seed):
    pixels = np.random.default_rng(seed).integers(60, 200, (60, 80, 3), np.uint8)
    with storage.open(path, "wb") as file:
        Image.fromarray(pixels).save(file, "JPEG")


@pytest.fixture
def light(policy):
    import dataclasses

    return dataclasses.replace(policy, checks=("metadata", "filename", "caption"))


def verdicts(runner, found, policy):
    screen = functools.partial(screen_task, policy=policy, roster=EMPTY, thumbnails=False)
    return {task.source: result for task, result in runner.run(screen, found)}


def test_photos_on_shared_storage_are_screened_by_their_urls(cluster, light, tmp_path):
    import fsspec

    storage = fsspec.filesystem("file")
    (tmp_path / "trip").mkdir()
    for number, name in enumerate(("a.jpg", "trip/b.jpg")):
        save(storage, str(tmp_path / name), number)
    (tmp_path / "a.xmp").write_bytes(b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>")
    (tmp_path / "broken.jpg").write_bytes(b"no picture")
    (tmp_path / "film.mov").write_bytes(b"film")
    found, failures = discover_url(tmp_path.as_uri())
    assert [task.source for task in found] == ["a.jpg", "broken.jpg", "trip/b.jpg"]
    assert [failure.source for failure in failures] == ["film.mov"]
    done = verdicts(DaskRunner(cluster), found, light)
    by_path = verdicts(SerialRunner(), [Task(tmp_path / name, name) for name in done], light)
    assert done == by_path
    assert done["broken.jpg"].error == "not-a-photo"


def test_the_program_runs_on_a_cluster_and_goes_on_where_it_stopped(cluster, tmp_path, monkeypatch, capsys):
    import fsspec

    from screen.cli.app import run

    monkeypatch.setenv("PHOTOSCREEN_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PHOTOSCREEN_MODELS", str(tmp_path / "no-models"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "light.toml").write_text('[policy]\nchecks = ["metadata", "filename"]\n')
    (tmp_path / "class").mkdir()
    for number in range(5):
        save(fsspec.filesystem("file"), str(tmp_path / "class" / f"{number}.jpg"), number)
    words = ["--policy", "light.toml", "--json", "--runner", "dask", "--scheduler", cluster.scheduler_address]
    outputs = []
    for place in ("class", (tmp_path / "class").as_uri(), "class"):
        assert run(["scan", place, "--report", "report", *words]) == 0
        outputs.append(sorted(capsys.readouterr().out.splitlines()))
        assert len((tmp_path / "report" / "verdicts.jsonl").read_text().splitlines()) == 5
    assert outputs[0] == outputs[1] == outputs[2]
    monkeypatch.setattr("screen.batch.cluster.PATIENCE", 0.2)
    words[-1] = "tcp://127.0.0.1:9"  # nobody is asked when all is known
    assert run(["scan", "class", "--report", "report", *words]) == 0
    assert run(["scan", "class", "--report", "report", "--fresh", *words]) == 2


def test_photos_in_memory_are_screened_by_their_urls(light):
    import fsspec

    storage = fsspec.filesystem("memory")
    save(storage, "/class/a.jpg", 3)
    found, failures = discover_url("memory://class")
    try:
        assert ([task.source for task in found], failures) == (["a.jpg"], ())
        assert verdicts(SerialRunner(), found, light)["a.jpg"].verdict.source == "a.jpg"
        storage.rm("/class/a.jpg")
        assert verdicts(SerialRunner(), found, light)["a.jpg"].error == "missing"
        with pytest.raises(UsageError, match="no such folder"):
            discover_url("memory://nowhere")
    finally:
        storage.store.clear()


def test_storage_that_nobody_knows_is_a_usage_error():
    with pytest.raises(UsageError, match="not known"):
        discover_url("gopher://x/y")
