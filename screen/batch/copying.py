"""From paths to safe copies: the task function of photoscreen blur and photoscreen crop."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from screen.batch.copies_made import CopyJournal
from screen.batch.observations import Observation
from screen.batch.pages import CopySettings, Page, further_pages
from screen.batch.running import Task
from screen.batch.screening import guarded, observed
from screen.batch.store import open_store
from screen.copies.choices import with_choices
from screen.errors import ExitCode, OutputError, ProofError
from screen.geometry import Box
from screen.outputs import ROUNDS, CopyOptions, write_safe_copy
from screen.photo import Photo, frame_of
from screen.policy import Policy
from screen.records import Decision, Failure, SafeCopy, Verdict
from screen.roster import Roster


@dataclass(frozen=True, slots=True)
class Copies:
    """What became of one photo.

    Attributes:
        verdict: of the photo; of a file with several pictures that are all copied, the most severe one.
        written: its safe copies, proven; several for crops, and for files with several pictures.
        errors: why copies could not be written or proven; those copies are gone.
        uncovered: findings that are seen because a person wants so, though the verdict says otherwise.
        found: what the checks found, for the store; None if it is stored already.
        left_out: numbers of suggested crops in which the second screening found something to hide.
    """

    verdict: Verdict
    written: tuple[SafeCopy, ...] = ()
    errors: tuple[OutputError, ...] = ()
    uncovered: tuple[str, ...] = ()
    found: Observation | None = field(default=None, repr=False)
    left_out: tuple[int, ...] = ()

    @property
    def withheld(self) -> bool:
        """Nothing of this photo is to be published, so nothing was written."""
        return self.verdict.decision == Decision.REFUSE


@dataclass(frozen=True, slots=True)
class CopyWork:
    """The task of copying: blurred copies of whole photos, or of their suggested crops.

    Attributes:
        folder: below which copies are written.
        options: style, format and names.
        policy: the rules.
        roster: who agreed to what.
        crops: write the suggested crops, not whole photos.
        keep: findings that a person wants to be seen; for a single photo.
        cover: regions that a person wants covered too, as left, top, right, bottom; for a single photo.
    """

    folder: Path
    options: CopyOptions
    policy: Policy
    roster: Roster
    crops: bool = False
    keep: tuple[str, ...] = ()
    cover: tuple[tuple[int, ...], ...] = ()

    @property
    def how(self) -> tuple[object, ...]:
        """What makes copies of one photo differ, beside policy and roster."""
        return replace(self.making, overwrite=False), self.crops, self.keep, self.cover

    def __call__(self, task: Task) -> Copies | Failure:
        """Screen a photo and write what may be published of it.

        Raises:
            MissingDependencyError: a model or engine is missing, so nothing can be screened.
        """
        return guarded(task, functools.partial(self._copied, task=task))

    def chosen(self, verdict: Verdict) -> Verdict:
        """The verdict with what a person chose to see and to cover."""
        return with_choices(verdict, self.keep, self.cover)

    def _copied(self, photo: Photo, task: Task) -> Copies:
        judged, found = observed(photo, task, self.policy, self.roster)
        verdict = self.chosen(judged)
        if verdict.decision == Decision.REFUSE:
            return Copies(verdict, found=found)
        try:
            pages = further_pages(photo, self.making, self.policy, self.roster)
        except OutputError as error:
            return Copies(verdict, errors=(error,), found=found)
        strictest = max((verdict, *(page.verdict for page in pages)), key=lambda one: one.decision)
        if strictest.decision == Decision.REFUSE:
            return Copies(strictest, found=found)
        parts: list[tuple[Box | None, str]] = [(None, "")]
        if self.crops:
            parts = [(crop.box, f"crop-{number}") for number, crop in enumerate(verdict.plan.crops, 1)]
        written, errors, left_out = [], [], []
        with open_store(self.policy, self.roster) as store:
            journal = CopyJournal(store, task.key, self.folder, strictest, len(parts) + len(pages))
            jobs = [functools.partial(self._written, photo, verdict, *part, journal) for part in parts]
            jobs += [functools.partial(self._page_written, photo, page, journal) for page in pages]
            for number, job in enumerate(jobs, 1):
                try:
                    written.append(job())
                except OutputError as error:
                    if self.crops and isinstance(error, ProofError):
                        left_out.append(number)
                    else:
                        errors.append(error)
        return Copies(strictest, tuple(written), tuple(errors), self.uncovered(verdict), found, tuple(left_out))

    @property
    def making(self) -> CopyOptions:
        """The options, with what the policy says of files with several pictures; of them, crops show the first one."""
        frames = "first" if self.crops else self.policy.settings("copies", CopySettings).frames
        return replace(self.options, frames=frames)

    def uncovered(self, verdict: Verdict) -> tuple[str, ...]:
        """The findings that a person wants to be seen, though the verdict says otherwise."""
        wanting = {j.finding.id for j in verdict.judgements if j.decision > Decision.KEEP}
        return tuple(name for name in self.keep if name in wanting)

    def _page_written(self, photo: Photo, page: Page, journal: CopyJournal) -> SafeCopy:
        return self._written(frame_of(photo, page.number), page.verdict, None, page.label, journal)

    def _written(self, photo: Photo, verdict: Verdict, box: Box | None, label: str, journal: CopyJournal) -> SafeCopy:
        return write_safe_copy(
            photo,
            verdict,
            self.folder,
            self.making,
            self.policy,
            self.roster,
            crop=box,
            label=label,
            journal=journal,
            tries=1 if self.crops else ROUNDS,
        )


def copies_exit_code(results: Iterable[Copies | Failure]) -> ExitCode:
    """What a run that writes copies ends with.

    NOT_SCREENED if a photo could not be screened; else OUTPUT if a copy could not be written or proven; else FINDINGS
    if a photo was withheld, or its copy needs a look or shows what the verdict would hide; else CLEAR.
    """
    results = tuple(results)
    if any(isinstance(result, Failure) for result in results):
        return ExitCode.NOT_SCREENED
    done = [result for result in results if isinstance(result, Copies)]
    if any(result.errors for result in done):
        return ExitCode.OUTPUT
    look = any(r.verdict.decision >= Decision.REVIEW or r.uncovered or not r.written for r in done)
    return ExitCode.FINDINGS if look else ExitCode.CLEAR
