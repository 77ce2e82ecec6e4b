import os
import signal
import time

import pytest

from screen.batch.pool import PoolRunner
from screen.batch.running import Limits, SerialRunner, Task, runner_for
from screen.records import Failure


def work(task):
    """A task function that does what the name of the photo says."""
    if "crash" in task.source:
        os.kill(os.getpid(), signal.SIGKILL)
    if "hang" in task.source:
        time.sleep(600)
    if "greedy" in task.source:
        held = bytearray(b"x") * (3 * 2**30)
        time.sleep(600)
        return len(held)
    return task.source.upper()


def tasks(tmp_path, *names):
    return [Task(tmp_path / name, name) for name in names]


def test_pool_equals_serial(tmp_path):
    photos = tasks(tmp_path, *(f"photo{n}" for n in range(9)))
    serial = dict(SerialRunner().run(work, photos))
    pooled = dict(PoolRunner(2, Limits()).run(work, photos))
    assert serial == pooled
    assert len(pooled) == 9


def test_a_crash_a_hang_and_greed_cost_one_photo_each(tmp_path):
    names = ["a", "crash", "b", "hang", "c", "greedy", "d", "e"]
    runner = PoolRunner(2, Limits(seconds=30, memory=2 * 2**30))
    done = {task.source: result for task, result in runner.run(work, tasks(tmp_path, *names))}
    assert sorted(done) == sorted(names)
    assert {name: done[name] for name in "abcde"} == {name: name.upper() for name in "abcde"}
    assert isinstance(done["crash"], Failure)
    assert done["crash"].error == "crashed"
    assert isinstance(done["hang"], Failure)
    assert done["hang"].error == "timeout"
    assert isinstance(done["greedy"], Failure)
    assert done["greedy"].error == "too-large"
    for name in ("crash", "hang", "greedy"):
        assert done[name].message.startswith(f"{name}: ")


def test_photos_are_taken_as_workers_get_free(tmp_path):
    """Memory must not grow with the number of photos: few tasks are taken ahead."""
    taken = []

    def counted():
        for task in tasks(tmp_path, *(f"p{n}" for n in range(30))):
            taken.append(task)
            yield task

    results = PoolRunner(2, Limits()).run(work, counted())
    next(results)
    assert len(taken) <= 6
    results.close()


@pytest.mark.parametrize(("workers", "count", "kind"), [(8, 2, SerialRunner), (1, 3, PoolRunner), (2, 9, PoolRunner)])
def test_few_photos_run_here_and_many_in_a_pool(workers, count, kind):
    assert isinstance(runner_for(workers, count), kind)
