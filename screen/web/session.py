"""The session: all photos of the page, the rules of now, and what happens to them; asked from several threads."""

from __future__ import annotations

import datetime
import hashlib
import threading
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from screen.ledger.noting import with_withdrawals
from screen.photo import is_picture
from screen.records import Failure, Verdict
from screen.rulings.deciding import what_stands_against
from screen.translation import marked as _
from screen.web.actions import Asked, Scene, after
from screen.web.choosing import Choices, History
from screen.web.comparing import alike_of
from screen.web.entries import FAILED, READY, SCREENING, WAITING, Entry, Saved, counts_of
from screen.web.errors import PageError
from screen.web.intake import Intake
from screen.web.judging import Basis, verdict_of
from screen.web.keeping import Keeper, Kept, still_there
from screen.web.progress import Progress
from screen.web.rules import NotAllowedError, Rules, Told, still_meant
from screen.web.uploads import MOST_PHOTOS, TOO_MANY, Upload
from screen.web.working import DROPPED, OPENED, Workshop

NO_PHOTO = _("There is no such photo in this session.")
OLD = _("This photo was changed meanwhile. Look at it again.")
NOT_READY = _("This photo is not screened yet.")
NOT_OURS = _("Photos of the folder cannot be taken out of the list.")


class Session:
    """All photos of the page.

    Args:
        rules: at first.
        workshop: where photos are screened.
        told: hears what changes.
        keeper: keeps what was found and chosen, for photos of a folder; None keeps nothing.
    """

    def __init__(self, rules: Rules, workshop: Workshop, told: Told, keeper: Keeper | None = None) -> None:
        self.rules, self.workshop, self.told, self.keeper = rules, workshop, told, keeper
        self.progress = Progress(told.busy)
        self.lock = threading.RLock()
        self._entries: dict[str, Entry] = {}
        self._last = 0
        self._intake = Intake(self)
        self._follows_clock = rules.policy.today == datetime.date.today()  # noqa: DTZ011  the day people mean

    def entries(self) -> list[Entry]:
        """All photos in order."""
        with self.lock:
            return list(self._entries.values())

    def entry(self, photo: str) -> Entry:
        """The photo of that id.

        Raises:
            PageError: there is none.
        """
        with self.lock:
            if photo not in self._entries:
                raise PageError(404, "photo", NO_PHOTO)
            return self._entries[photo]

    def ready(self, photo: str) -> tuple[Entry, Verdict]:
        """The photo of that id with its verdict.

        Raises:
            PageError: there is none, or it is not screened.
        """
        entry = self.entry(photo)
        if entry.verdict is None:
            raise PageError(404, "not-ready", NOT_READY)
        return entry, entry.verdict

    def counts(self) -> dict[str, int]:
        """How many photos there are of each kind."""
        return counts_of(self.entries())

    def add_folder(self, photos: Iterable[tuple[Path, str]], failures: Iterable[Failure]) -> None:
        """Put the photos of a folder on the list; they are looked up or screened in the background."""
        added = [self._add(path, name) for path, name in photos]
        for failure in failures:
            self.failed(self._add(Path(failure.source), failure.source), failure)
        self.progress.more("screen", len(added))
        self._intake.look_up(added)

    def add_uploads(self, uploads: Sequence[Upload]) -> list[Entry]:
        """Put dropped photos on the list and screen them.

        Raises:
            PageError: there are too many photos in the session.
        """
        with self.lock:
            if len(self._entries) + len(uploads) > MOST_PHOTOS:
                raise PageError(413, "too-many", TOO_MANY)
            added = [self._add(upload.path, upload.name, uploaded=True) for upload in uploads]
        for entry in added:
            if is_picture(entry.path):
                self.progress.more("screen", 1)
                self._intake.screen(entry, DROPPED, None)
            else:
                entry.path.unlink(missing_ok=True)
                self.failed(entry, Failure(entry.source, "not-a-photo", "no photo"))
        self.told.counts(self.counts())
        return added

    def remove(self, photo: str) -> Entry:
        """Take a dropped photo out of the list and delete it.

        Raises:
            PageError: there is none, or it is one of the folder.
        """
        entry = self.entry(photo)
        if not entry.uploaded:
            raise PageError(422, "folder", NOT_OURS)
        with self.lock:
            self._entries.pop(photo, None)
        if entry.state == WAITING and self.workshop.drop(photo):
            self._intake.one_less()
        entry.path.unlink(missing_ok=True)
        if entry.saved:
            Path(entry.saved.copy.path).unlink(missing_ok=True)
        self.told.counts(self.counts())
        return entry

    def open(self, photo: str) -> Entry:
        """The photo, about to be looked at: it is screened before others if it waits."""
        entry = self.entry(photo)
        if entry.state == WAITING:
            self.workshop.hurry(photo, OPENED)
        return entry

    def act(self, photo: str, version: int, asked: Asked) -> Entry:
        """Carry out an action on a photo.

        Raises:
            PageError: it is not there, was changed meanwhile, or the action is not possible.
            NotAllowedError: somebody was named who is not shown; the name is noted all the same.
        """
        with self.lock:
            entry, verdict = self.ready(photo)
            if version != entry.version:
                raise PageError(409, "version", OLD)
            if asked.do == "undo":
                return self._put(entry, entry.history.undone())
            scene = Scene(verdict, entry.choices, self.rules.policy, self.rules.roster)
            try:
                choices = after(scene, asked)
            except PageError:
                if asked.do == "approve" and asked.answers:
                    self._put(entry, entry.history.then(entry.choices.with_answers(asked.answers.items())))
                raise
            self._put(entry, entry.history.then(choices))
            if asked.do == "name":
                self._refuse_who_is_not_shown(entry, asked)
            return entry

    def set_rules(self, rules: Rules) -> None:
        """Judge all photos anew, from what was found.

        Raises:
            UsageError: the rules are wrong; they stay as they were.
        """
        with self.lock:
            judged = [(e, self._verdict(e, e.choices, rules)) for e in self._entries.values() if e.basis]
            self.rules = rules
            for entry, verdict in judged:
                entry.judge(verdict)
        self.told.counts(self.counts())

    def put_saved(self, photo: str, saved: Saved) -> None:
        """Note the safe copy of a photo."""
        with self.lock:
            entry = self._entries.get(photo)
            if entry is None:
                Path(saved.copy.path).unlink(missing_ok=True)
                return
            before = entry.saved
            if before and before.copy.path != saved.copy.path and still_there(before):
                Path(before.copy.path).unlink()
            entry.saved = saved
            entry.version += 1
            self._keep(entry)
        self._tell(entry)

    def stop(self) -> None:
        """End all work."""
        self._intake.stop()
        self.workshop.stop()
        if self.keeper:
            self.keeper.close()

    def _add(self, path: Path, source: str, uploaded: bool = False) -> Entry:
        with self.lock:
            self._last += 1
            entry = Entry(f"p{self._last}", path, source, uploaded)
            self._entries[entry.id] = entry
            return entry

    def looked(self, entry: Entry, basis: Basis) -> None:
        """Take what was found in a photo, and go on where a person stopped."""
        with self.lock:
            entry.basis = basis
            kept = self.keeper.kept(entry.path) if self.keeper and entry.key else None
            if kept:
                entry.history = History(still_meant(kept, self._meaning(entry), self.rules.roster))
                entry.saved = kept.saved if kept.saved and still_there(kept.saved) else None
            entry.judge(self._verdict(entry, entry.choices, self.rules))
            entry.state = READY
        self._tell(entry)

    def failed(self, entry: Entry, failure: Failure) -> None:
        """Note why a photo could not be screened."""
        with self.lock:
            entry.state, entry.failure = FAILED, failure
            entry.version += 1
        self._tell(entry)

    def started(self, entry: Entry) -> None:
        """Note that a photo is being screened."""
        entry.state = SCREENING
        self._tell(entry)

    def compare(self) -> None:
        """Tell which photos look like the same shot, once all are screened."""
        with self.lock:
            found = alike_of(self._entries.values(), self.rules.lang)
            changed = [entry for entry in self._entries.values() if entry.alike != found.get(entry.id, "")]
            for entry in changed:
                entry.alike = found.get(entry.id, "")
                entry.version += 1
        for entry in changed:
            self._tell(entry)

    def refresh(self) -> None:
        """Take in who took back consent since, and the day of today; all are judged anew where something changed.

        Raises:
            OutputError: the ledger is broken, so nobody knows.
        """
        rules = self.rules
        today = datetime.date.today() if self._follows_clock else rules.policy.today  # noqa: DTZ011  the day people mean
        roster = with_withdrawals(rules.roster, today)
        if roster.withdrawn != rules.roster.withdrawn or today != rules.policy.today:
            self.set_rules(replace(rules, policy=replace(rules.policy, today=today), roster=roster))

    def _verdict(self, entry: Entry, choices: Choices, rules: Rules) -> Verdict:
        assert entry.basis is not None  # noqa: S101  only photos that were screened are judged
        named = tuple((finding, person) for finding, person in choices.named if rules.roster.person(person))
        return verdict_of(entry.basis, entry.source, replace(choices, named=named), rules.policy, rules.roster)

    def _put(self, entry: Entry, history: History) -> Entry:
        verdict = self._verdict(entry, history.now, self.rules)
        entry.history = history
        entry.judge(verdict)
        self._keep(entry)
        self._tell(entry)
        return entry

    def _keep(self, entry: Entry) -> None:
        if self.keeper and entry.key:
            self.keeper.keep(entry.path, Kept(self._meaning(entry), entry.choices, entry.saved))

    def _meaning(self, entry: Entry) -> str:
        """Changes whenever f1, f2, ... might mean something else in this photo."""
        policy = self.rules.policy
        meaning = f"{entry.key} {policy.checks} {policy.tables.get('caption', {})} {entry.source}"
        # Hashed: the key holds the secret by which the store's findings are opened, and the source may name people.
        return hashlib.sha256(meaning.encode(errors="surrogateescape")).hexdigest()

    def _tell(self, entry: Entry) -> None:
        if entry.id in self._entries:
            self.told.photo(entry)
        self.told.counts(self.counts())

    def _refuse_who_is_not_shown(self, entry: Entry, asked: Asked) -> None:
        verdict = entry.verdict
        found = (j for j in verdict.judgements if j.finding.id == asked.finding) if verdict else iter(())
        causes = [cause for judgement in found for cause in what_stands_against(judgement)]
        if causes:
            raise NotAllowedError(causes, asked.person)
