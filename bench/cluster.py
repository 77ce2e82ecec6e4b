"""A folder screened here and on a local Dask cluster of two processes, one of them killed on the way: same verdicts?

Usage: python bench/cluster.py FOLDER [--kills 2] [--policy classroom]

Both runs are those of the program, each with a store of its own. Prints photos a second of both and every difference;
ends with 1 if there is one.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import distributed

SCAN = [sys.executable, "-m", "screen", "scan"]


def scanned(folder: Path, work: Path, more: list[str]) -> tuple[dict[str, Any], float]:
    """The verdicts by source, and how many seconds they took."""
    work.mkdir()
    env = os.environ | {"PHOTOSCREEN_HOME": str(work / "home"), "OMP_NUM_THREADS": "1"}
    words = [*SCAN, str(folder), "--report", str(work / "report"), "--json", "--quiet", *more]
    begun = time.monotonic()
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1, 3}:
        sys.exit(f"{' '.join(words)}: {done.returncode}\n{done.stderr[-2000:]}")
    lines = (json.loads(line) for line in done.stdout.splitlines())
    return {line["source"]: line for line in lines}, time.monotonic() - begun


def kill_workers(cluster: Any, every: float, count: int, done: threading.Event) -> list[int]:
    """Kill a worker process from time to time; the ids of those that were killed."""
    killed: list[int] = []
    while len(killed) < count and not done.wait(every):
        workers = [worker.pid for worker in cluster.workers.values() if worker.pid]
        if workers:
            os.kill(workers[len(killed) % len(workers)], signal.SIGKILL)
            killed.append(workers[len(killed) % len(workers)])
    return killed


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kills", type=int, default=2)
    parser.add_argument("--every", type=float, default=40.0, help="seconds between two kills")
    parser.add_argument("--policy", default="classroom")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        local, seconds = scanned(args.folder, Path(place, "local"), ["--workers", "2", "--policy", args.policy])
        print(f"here, 2 workers: {len(local)} photos, {len(local) / seconds:.2f} a second", flush=True)
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as cluster:
            done, killed = threading.Event(), []
            killer = threading.Thread(target=lambda: killed.extend(kill_workers(cluster, args.every, args.kills, done)))
            killer.start()
            options = ["--runner", "dask", "--scheduler", cluster.scheduler_address, "--policy", args.policy]
            there, seconds = scanned(args.folder, Path(place, "cluster"), options)
            done.set()
            killer.join()
        print(f"Dask, 2 processes: {len(there)} photos, {len(there) / seconds:.2f} a second, {len(killed)} killed")
    different = [source for source in {**local, **there} if local.get(source) != there.get(source)]
    for source in different:
        print(f"differs: {source}\n  here  {json.dumps(local.get(source))}\n  there {json.dumps(there.get(source))}")
    print(f"{len(different)} different verdicts")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
