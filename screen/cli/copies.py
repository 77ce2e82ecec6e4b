"""photoscreen blur and photoscreen crop."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from screen.cli.models import make_ready
from screen.cli.options import Setting, with_common
from screen.cli.progress import progress
from screen.cli.screening import make_folder, refuse_names_for_many
from screen.errors import UsageError
from screen.translation import words

if TYPE_CHECKING:
    from screen.batch import Task
    from screen.batch.copying import Copies, CopyWork
    from screen.batch.observations import Observation
    from screen.batch.store import Store
    from screen.records import Failure

Out = Annotated[Path, typer.Option(help="Folder for the copies; folders of the sources are mirrored there.")]
Style = Annotated[str, typer.Option(help="blur, pixelate, fill or emoji.")]
Strength = Annotated[float, typer.Option(help="1 hides for good already; more, up to 6, leaves less.")]
Format = Annotated[str, typer.Option("--format", help="JPEG, PNG or WEBP; that of the source if not given.")]
Names = Annotated[str, typer.Option(help="Of copies: keep, neutral (private words go) or random.")]
Keep = Annotated[list[str] | None, typer.Option(metavar="f1,f3", help="Findings to leave uncovered; one photo only.")]
Cover = Annotated[
    list[str] | None,
    typer.Option(metavar="L,T,R,B", help="A region to cover too, in pixels; repeatable; one photo only."),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace copies that are there; never a source.")]


@with_common
def blur(
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Photos and folders of photos.")],
    out: Out,
    setting: Setting,
    style: Style = "blur",
    strength: Strength = 1.0,
    kind: Format = "",
    names: Names = "neutral",
    overwrite: Overwrite = False,
    keep: Keep = None,
    cover: Cover = None,
) -> int:
    """Write blurred safe copies, each proven; sources stay untouched."""
    from screen.batch.copying import CopyWork  # noqa: PLC0415
    from screen.outputs import CopyOptions  # noqa: PLC0415

    options = CopyOptions(style, strength, kind.upper().replace("JPG", "JPEG"), names, overwrite)
    kept = tuple(word.strip() for words in keep or () for word in words.split(",") if word.strip())
    covered = tuple(_edges(words) for words in cover or ())
    return _copy(sources, CopyWork(out, options, setting.policy, setting.roster, False, kept, covered), setting)


@with_common
def crop(
    photos: Annotated[list[Path], typer.Argument(metavar="PHOTO...", help="Photos and folders of photos.")],
    out: Out,
    setting: Setting,
    overwrite: Overwrite = False,
) -> int:
    """Write the suggested crops (hands, backs of heads), each screened again."""
    from screen.batch.copying import CopyWork  # noqa: PLC0415
    from screen.outputs import CopyOptions  # noqa: PLC0415

    options = CopyOptions(overwrite=overwrite)
    return _copy(photos, CopyWork(out, options, setting.policy, setting.roster, crops=True), setting)


def _edges(words: str) -> tuple[int, ...]:
    try:
        left, top, right, bottom = (int(word) for word in words.split(","))
    except ValueError as error:
        raise UsageError(
            "--cover {words!r}: write left,top,right,bottom in pixels, as 120,80,260,240.", words=words
        ) from error
    return left, top, right, bottom


def _copy(sources: Sequence[Path], work: CopyWork, setting: Setting) -> int:
    from screen.batch.copying import copies_exit_code  # noqa: PLC0415
    from screen.outputs import sweep  # noqa: PLC0415

    tasks, failures = _tasks(sources)
    refuse_names_for_many(setting, len(tasks))
    if (work.keep or work.cover) and len(tasks) != 1:
        raise UsageError("--keep and --cover are for one photo. Give that photo alone.")
    make_folder(work.folder)
    make_ready(setting.quiet)
    sweep(work.folder)
    tell = _teller(setting)
    results: list[Copies | Failure] = []
    for result in itertools.chain(failures, copied(tasks, work, setting)):
        results.append(result)
        tell(result)
    sweep(work.folder)  # what workers of a killed run were still writing when this one began
    if not setting.json and not setting.quiet:
        from screen.cli.copies_told import summary  # noqa: PLC0415

        for line in summary(results, work.folder, words(setting.lang)):
            typer.echo(line)
    return copies_exit_code(results)


def copied(tasks: Sequence[Task], work: CopyWork, setting: Setting) -> Iterator[Copies | Failure]:
    """What became of each photo: first those whose copies are finished already, then the others as they are done."""
    from screen.batch import runner_for  # noqa: PLC0415
    from screen.batch.codec import lean  # noqa: PLC0415
    from screen.batch.store import open_store  # noqa: PLC0415
    from screen.ledger.noting import note_copies  # noqa: PLC0415
    from screen.records import Failure  # noqa: PLC0415

    missing, done = [], []
    with open_store(setting.policy, setting.roster) as store:
        for task in tasks:
            photo = store.key(task)
            found = store.found(photo)
            finished, task = _finished(task, photo, found, work, store)  # noqa: PLW2901  the same task, with its key
            if finished:
                done.append(finished)
            else:
                missing.append((photo, task))
        # A run that was ended after writing a copy and before noting it left one that the ledger does not know.
        note_copies(done, setting.policy, setting.roster)
        yield from done
        keys = {task.source: photo for photo, task in missing}
        waiting = [task for _, task in missing]
        with progress(setting, words(setting.lang).text("Copying"), len(waiting)) as advance:
            for task, result in runner_for(setting.workers, len(waiting)).run(work, waiting):
                advance(result if isinstance(result, Failure) else result.verdict)
                note_copies([result], setting.policy, setting.roster)
                if isinstance(result, Failure):
                    yield result
                    continue
                if result.found:
                    store.put_found(keys[task.source], result.found)
                verdict = result.verdict if setting.show_text else lean(result.verdict)
                yield replace(result, verdict=verdict, found=None)


def _finished(
    task: Task, photo: str, found: Observation | None, work: CopyWork, store: Store
) -> tuple[Copies | None, Task]:
    """The copies of a photo if they are finished; and its task with what it needs to make them."""
    from screen.batch.copies_made import finished, made_key  # noqa: PLC0415
    from screen.batch.copying import Copies  # noqa: PLC0415
    from screen.records import Decision  # noqa: PLC0415

    key = made_key(photo, task.source, work.folder, work.how) if photo else ""
    now = store.decided(found, task.source) if found else None
    if now and not work.options.overwrite:
        verdict = work.chosen(now)
        copies = finished(store, key, work.folder, verdict)
        if copies or verdict.decision == Decision.REFUSE:
            return Copies(verdict, copies, uncovered=work.uncovered(verdict)), task
    return None, replace(task, key=key, seen=found.seen if found else None)


def _tasks(sources: Sequence[Path]) -> tuple[list[Task], list[Failure]]:
    """The photos of all sources, each with the name it goes by in results and copies, and what could not be read."""
    from screen.batch import Task, discover  # noqa: PLC0415
    from screen.batch.copies_made import our_outputs  # noqa: PLC0415

    is_ours = our_outputs()
    several = sum(source.is_dir() for source in sources) > 1
    tasks: list[Task] = []
    failures: list[Failure] = []
    for source in sources:
        if not source.exists():
            raise UsageError("{source}: there is no such file or folder. Check the name.", source=source)
        if not source.is_dir():
            tasks.append(Task(source, source.name))
            continue
        found = discover(source, skip=is_ours)
        prefix = f"{source.resolve().name}/" if several else ""
        tasks += [Task(path, prefix + name) for path, name in found.photos]
        failures += found.failures
    _refuse_twins(tasks)
    return tasks, failures


def _refuse_twins(tasks: Sequence[Task]) -> None:
    seen: dict[str, Path] = {}
    for task in tasks:
        other = seen.setdefault(os.path.normcase(task.source), task.path)
        if other != task.path:
            raise UsageError(
                "{other} and {path}: both would become {source}. Copy them one after the other.",
                other=other,
                path=task.path,
                source=task.source,
            )


def _teller(setting: Setting) -> Callable[[Copies | Failure], None]:
    from screen.batch.copying import Copies  # noqa: PLC0415
    from screen.cli.copies_told import failed, told  # noqa: PLC0415
    from screen.report.to_json import verdict_line  # noqa: PLC0415

    def as_json(result: Copies | Failure) -> None:
        line = result.verdict if isinstance(result, Copies) else result
        typer.echo(verdict_line(line, show_text=setting.show_text))

    def as_words(result: Copies | Failure) -> None:
        for line in failed(result, words(setting.lang)):
            typer.echo(line, err=True)
        if isinstance(result, Copies) and not setting.quiet:
            for line in told(result, words(setting.lang)):
                typer.echo(line)

    return as_json if setting.json else as_words
