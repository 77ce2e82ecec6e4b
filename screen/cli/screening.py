"""photoscreen check and photoscreen scan."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screen.cli import consoles
from screen.cli.models import make_ready
from screen.cli.options import Setting, with_common
from screen.cli.progress import progress
from screen.errors import OutputError, UsageError
from screen.translation import words

if TYPE_CHECKING:
    from screen.batch import Task
    from screen.records import Failure, Verdict


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
    folder: Annotated[str, typer.Argument(help="The folder of photos; folders in it are screened too. Or its URL.")],
    setting: Setting,
    report: Annotated[
        Path | None, typer.Option(help="Folder for the report; FOLDER-screened beside the folder if not given.")
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Look at every photo again, also at unchanged ones.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: screen what is put into the folder, write safe copies beside it.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(help="With --watch: folder for the safe copies; FOLDER-safe if not given.")
    ] = None,
    runner: Annotated[str, typer.Option(help="Where photos are screened: local or dask.")] = "local",
    scheduler: Annotated[
        str | None, typer.Option(metavar="tcp://HOST:PORT", help="With --runner dask: the scheduler of your cluster.")
    ] = None,
) -> int:
    """Screen a folder of photos and write a report: report.html, verdicts.jsonl, summary.csv."""
    from screen.batch.running import choice_of  # noqa: PLC0415
    from screen.cli.scanning import scan_once, source_of, target_of  # noqa: PLC0415

    choice = choice_of(runner, scheduler, setting.workers)
    target = target_of(folder, report)
    if watch:
        from screen.cli.watching import watch_folder  # noqa: PLC0415

        return watch_folder(Path(folder), target, out, setting)
    if out is not None:
        raise UsageError("--out goes with --watch. For safe copies of a folder use: photoscreen blur")
    source = source_of(folder)
    refuse_names_for_many(setting, len(source.tasks))
    make_folder(target)
    make_ready(setting.quiet)
    return scan_once(source, target, setting, choice, fresh=fresh)


def screened(tasks: Sequence[Task], setting: Setting) -> Iterator[Verdict | Failure]:
    """The result of each task as it is done."""
    from screen.batch import runner_for  # noqa: PLC0415
    from screen.batch.screening import screen_task  # noqa: PLC0415
    from screen.records import Failure  # noqa: PLC0415

    work = functools.partial(screen_task, policy=setting.policy, roster=setting.roster, thumbnails=False)
    with progress(setting, words(setting.lang).text("Screening"), len(tasks)) as advance:
        for _, done in runner_for(setting.workers, len(tasks)).run(work, tasks):
            result = done if isinstance(done, Failure) else done.verdict
            advance(result)
            yield result


def teller(setting: Setting, each: bool) -> Callable[[Verdict | Failure], None]:
    """What to print of each result: a JSON line; for people some lines (if each) or one line; nothing when quiet."""
    from screen.report.to_json import verdict_line  # noqa: PLC0415

    if setting.json:
        return lambda result: typer.echo(verdict_line(result, show_text=setting.show_text))
    if setting.quiet and not each:
        return lambda result: None
    from screen.batch.codec import lean  # noqa: PLC0415
    from screen.records import Failure  # noqa: PLC0415
    from screen.report.to_terminal import print_line, print_result  # noqa: PLC0415

    console, said = consoles.stdout(), words(setting.lang)

    def shown(result: Verdict | Failure) -> Verdict | Failure:
        return result if setting.show_text or isinstance(result, Failure) else lean(result)

    if each:
        return lambda result: print_result(console, shown(result), said, setting.again)
    return lambda result: print_line(console, result, said)


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
