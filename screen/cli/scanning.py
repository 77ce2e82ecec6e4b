"""One run over a folder: results as they come, then what the photos of the run say together, then the report."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from screen.batch import Task, discover
from screen.batch.copies_made import our_outputs
from screen.batch.places import discover_url, is_url
from screen.batch.resuming import Done, Resuming
from screen.batch.running import Choice
from screen.batch.screening import screen_task
from screen.batch.store import Store, open_store
from screen.cli import consoles
from screen.cli.options import Setting
from screen.cli.progress import progress
from screen.cli.screening import teller
from screen.records import Batch, Failure, Verdict
from screen.report import RunAbout, VerdictLines, write_report
from screen.translation import words
from screen.twins import settle

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be screened.

    Attributes:
        place: the folder or URL, as given.
        tasks: its photos.
        failures: what in it could not be read.
    """

    place: str
    tasks: tuple[Task, ...]
    failures: tuple[Failure, ...] = ()


def source_of(place: str) -> Source:
    """The photos of a folder, or of the URL of one.

    Raises:
        UsageError: there is no such folder, or no photo in it.
        MissingDependencyError: the storage of the URL cannot be read without another package.
    """
    if is_url(place):
        return Source(place, *discover_url(place))
    found = discover(Path(place), skip=our_outputs())
    return Source(place, tuple(Task(path, name) for path, name in found.photos), found.failures)


def target_of(place: str, report: Path | None) -> Path:
    """The report's folder: as given, or beside the folder that is screened; here for a URL."""
    if report is not None:
        return report
    folder = Path(place.rstrip("/").rpartition("/")[2] or "photos") if is_url(place) else Path(place)
    return folder.resolve().with_name(f"{folder.resolve().name}-screened")


def scan_once(source: Source, target: Path, setting: Setting, choice: Choice, *, fresh: bool = False) -> int:
    """Screen what is there, write the report and say how it came out; the exit code.

    Raises:
        OutputError: the report or the store cannot be written.
        MissingDependencyError: a model or engine is missing.
    """
    started = datetime.now().astimezone()
    with open_store(setting.policy, setting.roster) as store:
        with VerdictLines(target / "verdicts.jsonl", setting.show_text) as lines:
            tell = teller(setting, each=False)
            done: list[Done] = []
            try:
                for one in results(source, store, setting, choice, fresh=fresh):
                    if not setting.json:
                        tell(one.result)
                    lines.add(one.result)
                    done.append(one)
            finally:  # what was done before Ctrl-C is told too
                settled = settled_results(done, setting)
            if settled.changed:
                lines.begin_again()
                for result in settled.results:
                    lines.add(result)
        about = about_run(setting, started, source.place)
        pictures = store.pictures({one.source: one.key for one in done})
        write_report(target, settled.results, pictures, setting.lang, about)
    batch = Batch(settled.results)
    if not setting.json and not setting.quiet:
        from screen.report.to_terminal import print_summary  # noqa: PLC0415

        print_summary(consoles.stdout(), batch, words(setting.lang), about)
        typer.echo(str(target / "report.html"))
    return batch.exit_code


def results(source: Source, store: Store, setting: Setting, choice: Choice, *, fresh: bool) -> Iterator[Done]:
    """Everything of the source as it is done, with progress: what could not be read first."""
    yield from (Done(failure.source, "", failure) for failure in source.failures)
    work = functools.partial(screen_task, policy=setting.policy, roster=setting.roster, thumbnails=True)
    run = Resuming(store, work, choice.runner_for, fresh, setting.show_text)
    with progress(setting, words(setting.lang).text("Screening"), len(source.tasks)) as advance:
        for done in run.run(source.tasks):
            advance(done.result)
            yield done


@dataclass(frozen=True, slots=True)
class Settled:
    """The results of a run when all of them are known, and whether any was changed by another one."""

    results: tuple[Verdict | Failure, ...]
    changed: bool


def settled_results(done: Sequence[Done], setting: Setting) -> Settled:
    """The results, each judged by its twins too; people are told those that changed, programs each of them once."""
    before = [one.result for one in done]
    after = settle(before)
    changed = [result for old, result in zip(before, after, strict=True) if result != old]
    tell = teller(setting, each=False)
    for result in after if setting.json else changed:
        tell(result)
    return Settled(after, bool(changed))


def about_run(setting: Setting, started: datetime, place: str) -> RunAbout:
    """How the run was made, for the report."""
    from screen import __version__  # noqa: PLC0415
    from screen.weights import catalogue  # noqa: PLC0415

    policy = setting.policy
    return RunAbout(
        policy=policy.name,
        purposes=policy.purposes,
        occasion=policy.occasion,
        roster_rows=len(setting.roster) if setting.roster.given else None,
        version=__version__,
        started=started,
        finished=datetime.now().astimezone(),
        folder=place,
        models=tuple(weights.title for weights in catalogue().values()),
        options=setting.again,
    )
