"""photoscreen check and photoscreen scan."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screen.cli import consoles
from screen.cli.models import make_ready
from screen.cli.options import Setting, with_common
from screen.errors import OutputError, UsageError

if TYPE_CHECKING:
    from screen.batch import Screened, Task
    from screen.records import Failure, Verdict
    from screen.report import RunAbout


@with_common
def check(
    photos: Annotated[list[Path], typer.Argument(metavar="PHOTO...", help="The photos to screen.")],
    setting: Setting,
) -> int:
    """Screen a photo before upload: may it be published, why not, and what to do next."""
    from screen.batch import Task  # noqa: PLC0415
    from screen.ledger.noting import note_cleared  # noqa: PLC0415
    from screen.records import Batch, Failure  # noqa: PLC0415

    refuse_names_for_many(setting, len(photos))
    for photo in photos:
        if not photo.exists():
            raise UsageError("{photo}: there is no such file. Check the name and the folder.", photo=photo)
        if photo.is_dir():
            raise UsageError("{photo}: this is a folder. To screen a folder use: photoscreen scan {photo}", photo=photo)
    make_ready(setting.quiet)
    tell = teller(setting, each=True)
    results = []
    for result in screened([Task(photo, str(photo)) for photo in photos], setting):
        if not isinstance(result, Failure):
            note_cleared(result, setting.policy, setting.roster)
        tell(result)
        results.append(result)
    return Batch(tuple(results)).exit_code


@with_common
def scan(
    folder: Annotated[Path, typer.Argument(help="The folder of photos; folders in it are screened too.")],
    setting: Setting,
    report: Annotated[
        Path | None, typer.Option(help="Folder for the report; FOLDER-screened beside the folder if not given.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Look at every photo again, also at unchanged ones.")] = False,
) -> int:
    """Screen a folder of photos and write a report: report.html, verdicts.jsonl, summary.csv."""
    from screen.batch import Task, discover  # noqa: PLC0415
    from screen.batch.copies_made import our_outputs  # noqa: PLC0415
    from screen.records import Batch  # noqa: PLC0415
    from screen.report import VerdictLines, write_report  # noqa: PLC0415

    target = report or folder.resolve().with_name(f"{folder.resolve().name}-screened")
    found = discover(folder, skip=our_outputs())
    refuse_names_for_many(setting, len(found.photos))
    make_folder(target)
    make_ready(setting.quiet)
    tell, started = teller(setting, each=False), datetime.now().astimezone()
    results: list[Verdict | Failure] = []
    thumbnails: dict[str, bytes] = {}
    tasks = [Task(path, name) for path, name in found.photos]
    with VerdictLines(target / "verdicts.jsonl", setting.show_text) as lines:
        for result, thumbnail in itertools.chain(_bare(found.failures), known_or_screened(tasks, setting, fresh)):
            tell(result)
            lines.add(result)
            results.append(result)
            thumbnails[result.source] = thumbnail
    about = _about(setting, started, folder)
    write_report(target, results, thumbnails, setting.lang, about)
    batch = Batch(tuple(results))
    if not setting.json and not setting.quiet:
        from screen.report.to_terminal import print_summary  # noqa: PLC0415
        from screen.words import words  # noqa: PLC0415

        print_summary(consoles.stdout(), batch, words(setting.lang), about)
        typer.echo(str(target / "report.html"))
    return batch.exit_code


def _bare(failures: Sequence[Failure]) -> Iterator[tuple[Verdict | Failure, bytes]]:
    return ((failure, b"") for failure in failures)


def known_or_screened(
    tasks: Sequence[Task], setting: Setting, fresh: bool
) -> Iterator[tuple[Verdict | Failure, bytes]]:
    """(result, thumbnail) of each task: first those that the store knows, then the others as they are done."""
    from screen.batch.store import open_store  # noqa: PLC0415
    from screen.records import Failure  # noqa: PLC0415

    with open_store(setting.policy, setting.roster, setting.show_text) as store:
        keys = {task.source: store.key(task) for task in tasks}
        missing = []
        for task in tasks:
            key = keys[task.source]
            known = store.get(key) if key and not fresh else None
            if known is None:
                missing.append(task)
            else:
                yield known.verdict, known.thumbnail
        for task, done in _run(missing, setting, thumbnails=True):
            key = keys[task.source]
            if key and not isinstance(done, Failure):
                store.put(key, done, setting.show_text)
            yield _result(done)


def screened(tasks: Sequence[Task], setting: Setting) -> Iterator[Verdict | Failure]:
    """The result of each task as it is done."""
    return (_result(done)[0] for _, done in _run(tasks, setting, thumbnails=False))


def _result(done: Screened | Failure) -> tuple[Verdict | Failure, bytes]:
    from screen.records import Failure  # noqa: PLC0415

    return (done, b"") if isinstance(done, Failure) else (done.verdict, done.thumbnail)


def _run(tasks: Sequence[Task], setting: Setting, thumbnails: bool) -> Iterator[tuple[Task, Screened | Failure]]:
    """(task, what became of it), with progress on a terminal."""
    from screen.batch import runner_for  # noqa: PLC0415
    from screen.batch.screening import screen_task  # noqa: PLC0415

    work: Callable[[Task], Screened | Failure] = functools.partial(
        screen_task, policy=setting.policy, roster=setting.roster, thumbnails=thumbnails
    )
    with consoles.progress("Screening", len(tasks), setting.quiet or setting.json) as advance:
        for task, done in runner_for(setting.workers, len(tasks)).run(work, tasks):
            advance("")
            yield task, done


def teller(setting: Setting, each: bool) -> Callable[[Verdict | Failure], None]:
    """What to print of each result: a JSON line; for people some lines (if each) or one line; nothing when quiet."""
    from screen.report.to_json import verdict_line  # noqa: PLC0415

    if setting.json:
        return lambda result: typer.echo(verdict_line(result, show_text=setting.show_text))
    if setting.quiet and not each:
        return lambda result: None
    from screen.report.to_terminal import print_line, print_result  # noqa: PLC0415
    from screen.words import words  # noqa: PLC0415

    console, said, show = consoles.stdout(), words(setting.lang), print_result if each else print_line
    return lambda result: show(console, result, said)


def refuse_names_for_many(setting: Setting, count: int) -> None:
    """Findings are numbered in each photo anew, so a name for f1 is for one photo only.

    Raises:
        UsageError: there are several photos.
    """
    if setting.policy.named and count != 1:
        raise UsageError(
            "--who names a face of one photo. Give that photo alone: photoscreen check PHOTO --who f1=P017"
        )


def make_folder(target: Path) -> None:
    """The folder, made if need be, and writable.

    Raises:
        OutputError: it is not.
    """
    import tempfile  # noqa: PLC0415

    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=target):
            pass
    except OSError as error:
        raise OutputError(
            "{target}: cannot be written ({strerror}). Choose another folder.", target=target, strerror=error.strerror
        ) from error


def _about(setting: Setting, started: datetime, folder: Path) -> RunAbout:
    from screen import __version__  # noqa: PLC0415
    from screen.report import RunAbout  # noqa: PLC0415
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
        folder=str(folder),
        models=tuple(weights.title for weights in catalogue().values()),
    )
