"""How photos come into the session: looked up in the store, or screened by a worker in the background."""

from __future__ import annotations

import contextlib
import functools
import logging
import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from screen.batch.observations import Observation
from screen.batch.running import Task
from screen.batch.screening import Screened, screen_task
from screen.batch.store import Store, open_store
from screen.errors import OutputError, ScreenError
from screen.records import Failure
from screen.web.entries import Entry
from screen.web.judging import Basis
from screen.web.working import FOLDER

if TYPE_CHECKING:
    from screen.web.session import Session

log = logging.getLogger(__name__)


class Intake:
    """Looks photos up and has the rest screened.

    Args:
        session: whose photos; hears what becomes of each.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._stopped = threading.Event()

    def look_up(self, entries: Sequence[Entry]) -> None:
        """Take what was found before from the store, and have the rest screened; in the background."""
        threading.Thread(target=self._look_up, args=(entries,), name="look-up", daemon=True).start()

    def screen(self, entry: Entry, urgency: int, found: Observation | None) -> None:
        """Have a photo screened; what was found in it before is not looked for again."""
        rules = self.session.rules
        work = functools.partial(screen_task, policy=rules.policy, roster=rules.roster, thumbnails=True)
        task = Task(entry.path, entry.source, entry.id, seen=found.seen if found else None)
        started: Callable[[], None] = functools.partial(self.session.started, entry)
        self.session.workshop.add(urgency, work, task, started, functools.partial(self._done, entry, found))

    def one_less(self) -> None:
        """One photo is screened, or will not be; at the end of all, those of one shot are looked for."""
        self.session.progress.done("screen")
        if self.session.progress.now() is None:
            self.session.compare()

    def stop(self) -> None:
        """Look nothing up any more."""
        self._stopped.set()

    def _look_up(self, entries: Sequence[Entry]) -> None:
        rules = self.session.rules
        for entry in entries:
            if self._stopped.is_set():
                return
            try:
                with open_store(rules.policy, rules.roster) as store:
                    self._look_up_one(entry, store)
            except Exception as error:
                log.debug("fault while looking a photo up", exc_info=error)
                self.screen(entry, FOLDER, None)

    def _look_up_one(self, entry: Entry, store: Store) -> None:
        entry.key = store.key(Task(entry.path, entry.source))
        found = store.found(entry.key)
        known = store.known(entry.key, entry.source) if found else None
        basis = Basis.of(known, found) if known else None
        if basis:
            self.session.looked(entry, basis)
            self.one_less()
        else:
            self.screen(entry, FOLDER, found)

    def _done(self, entry: Entry, found: Observation | None, result: Any) -> None:
        basis = Basis.of(result, found) if isinstance(result, Screened) else None
        if basis:
            self._store(entry, result)
            self.session.looked(entry, basis)
        else:
            word = "missing-model" if isinstance(result, ScreenError) else "fault"
            failure = result if isinstance(result, Failure) else Failure(entry.source, word, str(result))
            self.session.failed(entry, failure)
        self.one_less()

    def _store(self, entry: Entry, result: Screened) -> None:
        """Keep what was found for the next run; of dropped photos nothing is kept."""
        rules = self.session.rules
        if entry.key:
            with contextlib.suppress(OutputError), open_store(rules.policy, rules.roster) as store:
                store.put(entry.key, result)
