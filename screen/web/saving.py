"""Safe copies from the page: written and proven by a worker, noted in the ledger, then shown as saved."""

from __future__ import annotations

import functools
import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from screen.batch.copies_made import CopyJournal, made_key
from screen.batch.running import Task
from screen.batch.screening import guarded
from screen.batch.store import open_store
from screen.errors import OutputError, ScreenError
from screen.geometry import Box
from screen.ledger import Override
from screen.ledger.noting import Outgoing, note_outgoing
from screen.outputs import ROUNDS, write_safe_copy
from screen.photo import Photo
from screen.policy import Policy
from screen.records import Decision, Failure, SafeCopy, Verdict
from screen.redact import CopyOptions
from screen.roster import Roster
from screen.rulings.deciding import QUESTIONS, why_not_published
from screen.translation import marked as _
from screen.web.choosing import Choices, crop_of
from screen.web.entries import Entry, Saved
from screen.web.errors import PageError
from screen.web.keeping import still_there
from screen.web.session import Session
from screen.web.working import SAVE
from screen.words import error_words, explain_failure, words

log = logging.getLogger(__name__)

NOT_APPROVED = _("{name}: approve this photo before you save its copy.")
OPEN_QUESTIONS = _("{name}: answer the questions on this photo before you save its copy.")
FAULT = _("No copy was kept. Look at this photo yourself.")


@dataclass(frozen=True, slots=True)
class SaveWork:
    """The task of a worker: one safe copy, written and proven.

    Attributes:
        folder: below which the copy is written.
        options: how.
        policy: for screening the copy again.
        roster: whose names must not be in it.
        verdict: of the photo, its plan as the person chose.
        crop: the part to keep.
        noted: is the copy noted, so that a later run knows it again? Not those of dropped photos.
    """

    folder: Path
    options: CopyOptions
    policy: Policy
    roster: Roster
    verdict: Verdict
    crop: Box | None
    noted: bool

    def __call__(self, task: Task) -> SafeCopy | Failure:
        """Write the copy.

        Raises:
            OutputError: it could not be written or proven; nothing of it is left.
        """
        return guarded(task, self._written)

    def _written(self, photo: Photo) -> SafeCopy:
        if photo.digest != self.verdict.digest:
            raise OutputError(
                "{name}: the file has changed since it was screened. Open the page anew.", name=photo.source
            )
        write = functools.partial(
            write_safe_copy,
            *(photo, self.verdict, self.folder, self.options, self.policy, self.roster),
            crop=self.crop,
            label="crop" if self.crop else "",
            # A crop is wanted for what it shows: where something has to be hidden in it after all, it is not made.
            tries=1 if self.crop else ROUNDS,
        )
        if not self.noted:
            return write()
        with open_store(self.policy, self.roster) as store:
            key = made_key(f"page {photo.digest}", photo.source, self.folder, (self.options, self.crop))
            return write(journal=CopyJournal(store, key, self.folder, self.verdict, 1))


class SavedTold(Protocol):
    """Hears of each copy that was saved or not."""

    def saved(self, entry: Entry, ok: bool, message: str) -> None:
        """A copy was saved, or why not."""


class Saver:
    """Saves approved photos.

    Args:
        session: whose photos.
        told: hears of each copy.
        out: folder for copies of photos of a folder; None where none was opened.
        private: folder for copies of dropped photos.
    """

    def __init__(self, session: Session, told: SavedTold, out: Path | None, private: Path) -> None:
        self.session, self.told, self.out, self.private = session, told, out, private
        self._going: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def save(self, photos: Sequence[str]) -> int:
        """Save safe copies of these photos in the background; how many are to be made.

        What is saved already as it is now, or on its way, is not made again.

        Raises:
            PageError: one of them is not there, not approved, or has open questions; nothing is saved then.
            OutputError: the ledger is broken, so nobody knows who took back consent.
        """
        self.session.refresh()
        entries = [self.session.ready(photo)[0] for photo in dict.fromkeys(photos)]
        for entry in entries:
            refuse_unsaved(entry)
        wanted = [entry for entry in entries if not self._is_told(entry) and self._is_new(entry)]
        self.session.progress.more("save", len(wanted))
        for entry in wanted:
            self._start(entry)
        return len(wanted)

    def _is_told(self, entry: Entry) -> bool:
        """Is the copy there already? Then it is told once more."""
        if entry.is_saved and entry.saved and still_there(entry.saved):
            self.told.saved(entry, True, "")
            return True
        return False

    def _is_new(self, entry: Entry) -> bool:
        with self._lock:
            new = (entry.id, entry.mark) not in self._going
            self._going.add((entry.id, entry.mark))
            return new

    def _start(self, entry: Entry) -> None:
        rules, verdict = self.session.rules, entry.verdict
        assert verdict is not None  # noqa: S101  ready() told so
        folder = self.private / entry.id if entry.uploaded or self.out is None else self.out
        # Of a dropped photo the copy lies in a folder of our own, where only our own copies can be replaced.
        options = CopyOptions(rules.style, overwrite=entry.uploaded)
        work = SaveWork(
            folder, options, rules.policy, rules.roster, verdict, crop_of(verdict, entry.choices), not entry.uploaded
        )
        going = Going(entry, verdict, entry.choices, entry.mark, rules.policy, rules.roster)
        done: Callable[[Any], None] = functools.partial(self._done, going)
        self.session.workshop.add(SAVE, work, Task(entry.path, entry.source, entry.id), lambda: None, done)

    def _done(self, going: Going, result: Any) -> None:
        try:
            problem = self._problem(going, result)
        except Exception as error:
            log.debug("fault while saving", exc_info=error)
            problem = words(self.session.rules.lang).text(FAULT)
        with self._lock:
            self._going.discard((going.entry.id, going.mark))
        self.told.saved(going.entry, not problem, problem)
        self.session.progress.done("save")

    def _problem(self, going: Going, result: Any) -> str:
        """Why there is no copy, in words; empty if there is one, noted in the ledger."""
        said = words(self.session.rules.lang)
        if isinstance(result, ScreenError):
            return error_words(result, said)
        if isinstance(result, Failure):
            explained = explain_failure(result, said.lang)
            return f"{explained.sentence} {explained.next_step}"
        try:
            _note(going, result)
        except ScreenError as error:
            Path(result.path).unlink(missing_ok=True)  # what is not in the ledger must not go out
            return error_words(error, said)
        self.session.put_saved(going.entry.id, Saved(result, going.mark))
        return ""


@dataclass(frozen=True, slots=True)
class Going:
    """What is being saved, as it was approved; the person may go on with the photo meanwhile."""

    entry: Entry
    verdict: Verdict
    choices: Choices
    mark: str
    policy: Policy
    roster: Roster


def refuse_unsaved(entry: Entry) -> None:
    """Refuse photos of which no copy may be saved.

    Raises:
        PageError: nobody approved it as it is now, a question is open, or it is not to be published.
    """
    answers = dict(entry.choices.answers)
    assert entry.verdict is not None  # noqa: S101  only photos that were screened come here
    if why_not := why_not_published(entry.verdict, answers):
        raise PageError(422, "not-published", why_not)
    if entry.reviewed != "approved":
        raise PageError(422, "not-approved", NOT_APPROVED, name=entry.source)
    if any(question.id not in answers for question in QUESTIONS):
        raise PageError(422, "questions", OPEN_QUESTIONS, name=entry.source)


def _note(going: Going, copy: SafeCopy) -> None:
    """Note the copy in the ledger with everything that a person decided.

    Raises:
        LedgerError: it cannot be written.
    """
    out = Outgoing(
        going.verdict,
        copy.proof.digest,
        Path(copy.path).name,
        overrides_of(going.verdict, going.choices),
        going.choices.answers,
    )
    note_outgoing([out], replace(going.policy, named=going.choices.named), going.roster)


def overrides_of(verdict: Verdict, choices: Choices) -> tuple[Override, ...]:
    """Decisions of a person against the verdict, or where it left the decision to a person."""
    hidden = {cover.finding_id for cover in verdict.plan.covers}
    shown = tuple(Override(f, "uncovered", reason) for f, reason in choices.kept if f not in hidden)
    by_hand = tuple(Override(f, "covered", "") for f in choices.covered)
    drawn = tuple(Override(d.id, "covered by hand", "") for d in choices.drawn)
    left = tuple(
        Override(j.finding.id, "approved", "")
        for j in verdict.judgements
        if j.decision == Decision.REVIEW and j.finding.id not in hidden and j.finding.id not in dict(choices.kept)
    )
    return (*shown, *by_hand, *drawn, *left)
