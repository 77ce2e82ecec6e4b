"""How far long work is, for the page."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any


class Progress:
    """Counts jobs of each kind, and tells how far they are.

    Args:
        told: hears of it; None when nothing is left to do.
    """

    def __init__(self, told: Callable[[dict[str, Any] | None], None]) -> None:
        self.told = told
        self._lock = threading.Lock()
        self._total: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._began: dict[str, float] = {}

    def more(self, job: str, count: int) -> None:
        """So many more are to be done."""
        if not count:
            return
        with self._lock:
            self._began.setdefault(job, time.monotonic())
            self._total[job] = self._total.get(job, 0) + count
            self._done.setdefault(job, 0)
        self.told(self.now())

    def done(self, job: str) -> None:
        """One more is done."""
        with self._lock:
            if job not in self._total:
                return
            self._done[job] += 1
            if self._done[job] >= self._total[job]:
                for table in (self._total, self._done):
                    table.pop(job, None)
                self._began.pop(job, None)
        self.told(self.now())

    def now(self) -> dict[str, Any] | None:
        """What goes on: saving before screening; None if nothing does."""
        with self._lock:
            for job in ("save", "screen"):
                if job in self._total:
                    done, total = self._done[job], self._total[job]
                    spent = time.monotonic() - self._began[job]
                    left = round(spent / done * (total - done)) if done else None
                    return {"job": job, "done": done, "total": total, "seconds_left": left}
        return None
