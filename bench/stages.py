"""Where the time of a photo goes: CPU-seconds and memory of every stage of the road, medians over photos.

Usage: python bench/stages.py FOLDER [--most 6] [--threads 1] [--profile FILE]

The first photo warms the networks up and is told apart. With --profile, what the functions take goes to a file for
pstats or snakeviz.
"""

from __future__ import annotations

import argparse
import contextlib
import cProfile
import datetime
import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from screen.batch import Task, discover
from screen.batch.observations import TYPED, Observation, Seen, decided
from screen.batch.places import bytes_of
from screen.batch.store import finding_context, key_of
from screen.consent import identify, numbered
from screen.copies.witnesses import Witnesses
from screen.errors import OutputError
from screen.inference import set_threads
from screen.judge import judge
from screen.memory import give_back, held
from screen.outputs import CopyOptions, write_safe_copy
from screen.photo import Photo, open_photo
from screen.planning import make_plan
from screen.policy import Policy, load_policy
from screen.quality.likeness import likeness_of
from screen.records import Decision, Verdict
from screen.report.thumbnails import report_thumbnail
from screen.report.to_json import verdict_line
from screen.roster import EMPTY, Roster
from screen.screening import checks_for, screen_photo

#: Part of "safe copy and proof"; of the last round where there were several.
AGAIN = "of it, screened again"
#: CPU-seconds and MiB held at the end of each stage, stage by stage.
Row = dict[str, tuple[float, float]]


class Clock:
    """Notes what each stage takes."""

    def __init__(self) -> None:
        self.row: Row = {}

    def __call__(self, name: str, work: Callable[[], Any]) -> Any:
        """What the work gives, its time noted under the name."""
        begun = time.process_time()
        result = work()
        self.row[name] = time.process_time() - begun, held() / 2**20
        return result


def one_photo(task: Task, policy: Policy, copies: Path) -> Row:
    clock = Clock()
    clock("key: read and hash", lambda: key_of(task, finding_context(policy)))
    looked_at(task, policy, copies, clock)
    clock("memory given back", give_back)
    return clock.row


def looked_at(task: Task, policy: Policy, copies: Path, clock: Clock) -> None:
    photo = clock("decode", lambda: open_photo(task.path, task.source))
    seen = []
    for check in checks_for(policy):
        found = clock(f"check {check.id}", lambda check=check: tuple(check.inspect(photo)))
        seen.append(Seen(check.id, found))
    verdict = concluded(photo, tuple(seen), policy, clock)
    clock("small picture", lambda: report_thumbnail(photo, verdict))
    clock("line of JSON", lambda: verdict_line(verdict))
    known = Observation(photo.digest, photo.size, verdict.likeness, looking(seen))
    clock("judged anew, no pixels", lambda: decided(known, task.source, policy, EMPTY))
    if verdict.decision < Decision.REFUSE:
        clock("safe copy and proof", lambda: copied(photo, verdict, copies, policy, clock))


def copied(photo: Photo, verdict: Verdict, copies: Path, policy: Policy, clock: Clock) -> None:
    def again(copy: Photo, policy: Policy, roster: Roster) -> Verdict:
        seen: Verdict = clock(AGAIN, lambda: screen_photo(copy, policy, roster))
        return seen

    with contextlib.suppress(OutputError):  # a copy that could not be proven took its time too
        write_safe_copy(photo, verdict, copies, CopyOptions(), policy, EMPTY, Witnesses(again))


def looking(seen: list[Seen]) -> tuple[Seen, ...]:
    return tuple(one for one in seen if one.check not in TYPED)


def concluded(photo: Photo, seen: tuple[Seen, ...], policy: Policy, clock: Clock) -> Verdict:
    findings = numbered(replace(finding, id="") for one in seen for finding in one.findings)
    findings = clock("identify", lambda: identify(photo, findings, policy, EMPTY))
    judged = clock("judge", lambda: judge(findings, policy, EMPTY))
    plan = clock("plan and crops", lambda: make_plan(photo, judged, policy))
    likeness = clock("likeness", lambda: likeness_of(photo))
    return Verdict(photo.source, photo.digest, photo.size, judged, plan, policy.purposes, likeness)


def table(rows: list[Row]) -> Iterator[str]:
    columns: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        for name, value in row.items():
            columns[name].append(value)
    yield f"{'stage':26} {'CPU s':>8} {'MiB held':>9}"
    for name, values in columns.items():
        yield f"{name:26} {statistics.median(v[0] for v in values):8.3f} {max(v[1] for v in values):9.0f}"
    screening = [name for name in columns if name not in {"safe copy and proof", AGAIN}]
    yield f"{'all without the copy':26} {sum(statistics.median(v[0] for v in columns[n]) for n in screening):8.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=6)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--profile", type=Path)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    set_threads(args.threads)
    policy = load_policy("classroom", datetime.date(2026, 10, 7))
    tasks = [Task(path, name) for path, name in discover(args.folder).photos][: args.most]
    profiler = cProfile.Profile()
    with tempfile.TemporaryDirectory() as copies:
        rows = []
        for number, task in enumerate(tasks):
            if args.profile and number:
                profiler.enable()
            rows.append(one_photo(task, policy, Path(copies)))
            profiler.disable()
    sizes = {len(bytes_of(task)[0]) // 1024 for task in tasks}
    print(f"{len(tasks)} photos of {min(sizes)} to {max(sizes)} KiB; first one: {total(rows[0]):.2f} CPU s")
    print("\n".join(table(rows[1:] or rows)))
    if args.profile:
        profiler.dump_stats(args.profile)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1))


def total(row: Row) -> float:
    return sum(seconds for seconds, _ in row.values())


if __name__ == "__main__":
    main()
