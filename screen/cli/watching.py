"""photoscreen scan --watch: a folder that is screened as photos are dropped into it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from screen.batch import Found, Task, discover
from screen.batch.copies_made import our_outputs
from screen.batch.copying import Copies, CopyWork
from screen.batch.running import Choice
from screen.batch.watching import changes
from screen.cli.copies import copied
from screen.cli.copies_told import failed, told
from screen.cli.models import make_ready
from screen.cli.options import Setting
from screen.cli.scanning import Source, about_run, results
from screen.cli.screening import make_folder, refuse_names_for_many, teller
from screen.errors import UsageError
from screen.outputs import CopyOptions, sweep
from screen.records import Batch, Failure, Verdict
from screen.report import VerdictLines, write_report
from screen.translation import words
from screen.twins import settle

if TYPE_CHECKING:
    from screen.batch.store import Store

#: Endings of files that describe a photo.
SIDECARS = frozenset({".xmp", ".json", ".aae"})


def watch_folder(folder: Path, target: Path, out: Path | None, setting: Setting) -> int:
    """Screen what is in a folder and what is put there, until somebody presses Ctrl-C.

    Raises:
        UsageError: the folder is missing, or an output folder is the folder itself or one of the other's.
        OutputError: an output cannot be written.
        MissingDependencyError: a model or engine is missing.
    """
    from screen.batch.store import open_store  # noqa: PLC0415

    if not folder.is_dir():
        raise UsageError("{folder}: there is no such folder. Check the name.", folder=folder)
    copies = out or folder.resolve().with_name(f"{folder.resolve().name}-safe")
    places = [place.resolve() for place in (folder, copies, target)]
    if len(set(places)) < len(places) or places[1] in places[0].parents or places[2] in places[0].parents:
        raise UsageError("{out}: copies and report need folders of their own, apart from the photos.", out=copies)
    refuse_names_for_many(setting, 2)
    for place in (target, copies):
        make_folder(place)
    make_ready(setting.quiet)
    sweep(copies)
    with open_store(setting.policy, setting.roster) as store:
        watched = Watched(places[0], places[2], places[1], setting, store, our_outputs())
        return watched.until(threading.Event())


@dataclass(slots=True)
class Watched:
    """A folder that is watched, and what is known of its photos so far.

    Attributes:
        folder: the photos.
        target: the report.
        copies: the safe copies.
        setting: the options.
        store: what is known already.
        is_ours: tells copies of ours wherever they lie.
    """

    folder: Path
    target: Path
    copies: Path
    setting: Setting
    store: Store
    is_ours: Callable[[Path], bool]
    done: dict[str, Verdict | Failure] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    started: datetime = field(default_factory=lambda: datetime.now().astimezone())

    def until(self, stop: threading.Event) -> int:
        """Work until stop is set; the exit code of all that was done. Ctrl-C raises KeyboardInterrupt."""
        self._say(words(self.setting.lang).text("Watching {folder}. Stop with Ctrl-C.", folder=self.folder))
        for paths in changes(self.folder, self.skip, stop):
            self.look(paths)
        return Batch(tuple(self.done.values())).exit_code

    def look(self, paths: frozenset[Path]) -> None:
        """Bring report and copies up to date, now that something is ready at these paths, or gone from there.

        Files that are still being written are none of these paths, so they wait.
        """
        try:
            found = discover(self.folder, skip=self.skip)
        except UsageError:  # there is no photo (any more)
            found = Found((), ())
        tasks = tuple(Task(path, name) for path, name in found.photos if _concerns(path, paths))
        failures = tuple(failure for failure in found.failures if failure.source not in self.done)
        here = {*(name for _, name in found.photos), *(failure.source for failure in found.failures)}
        gone = [name for name in self.done if name not in here]
        for name in gone:
            del self.done[name]
            self.keys.pop(name, None)
        if tasks or failures:
            self._screen(Source(str(self.folder), tasks, failures))
            self._copy(tasks)
        if tasks or failures or gone:
            self._report()

    def skip(self, path: Path) -> bool:
        """Our own outputs, and files that are being written under a name that hides them."""
        return path in {self.target, self.copies} or path.name.startswith(".") or self.is_ours(path)

    def _screen(self, source: Source) -> None:
        tell = teller(self.setting, each=False)
        choice = Choice(self.setting.workers)
        for one in results(source, self.store, self.setting, choice, fresh=False):
            tell(one.result)
            self.done[one.source] = one.result
            self.keys[one.source] = one.key

    def _copy(self, tasks: Iterable[Task]) -> None:
        work = CopyWork(self.copies, CopyOptions(), self.setting.policy, self.setting.roster)
        ready = [task for task in tasks if isinstance(self.done.get(task.source), Verdict)]
        for result in copied(ready, work, replace(self.setting, quiet=True)):
            said = told(result, words(self.setting.lang)) if isinstance(result, Copies) else ()
            for line in (*said, *failed(result, words(self.setting.lang))):
                self._say(line)

    def _report(self) -> None:
        settled = settle(tuple(self.done.values()))
        with VerdictLines(self.target / "verdicts.jsonl", self.setting.show_text) as lines:
            for result in settled:
                lines.add(result)
        about = about_run(self.setting, self.started, str(self.folder))
        write_report(self.target, settled, self.store.pictures(self.keys), self.setting.lang, about)

    def _say(self, line: str) -> None:
        if not self.setting.quiet and not self.setting.json:
            typer.echo(line)


def _concerns(photo: Path, paths: frozenset[Path]) -> bool:
    """Is the photo among these paths, or a file beside it that describes it (IMG_1.xmp, IMG_1.jpg.xmp)?"""
    return any(path.parent == photo.parent and photo.name in {path.name, path.stem} for path in paths) or any(
        path.parent == photo.parent and path.stem == photo.stem and path.suffix.lower() in SIDECARS for path in paths
    )
