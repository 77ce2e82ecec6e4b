"""One photo of the session: where it lies, what was found, what a person chose, what was saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from screen.records import Decision, Failure, SafeCopy, Verdict
from screen.web.choosing import Choices, History, mark_of
from screen.web.judging import Basis

WAITING, SCREENING, READY, FAILED = "waiting", "screening", "ready", "failed"


@dataclass(frozen=True, slots=True)
class Saved:
    """A proven safe copy, and the mark of what it shows."""

    copy: SafeCopy
    mark: str


@dataclass(slots=True, eq=False)
class Entry:
    """A photo of the session; only the session changes it, holding its lock.

    Attributes:
        id: p1, p2, ...; the only thing by which the page can name a photo.
        path: of the image file.
        source: the name it goes by.
        uploaded: dropped onto the page, so that its file is ours and goes at the end.
        state: waiting, screening, ready or failed.
        basis: what it is judged from; None until it was screened.
        verdict: under the rules of now, as the person chose; None until it was screened.
        history: what the person chose.
        failure: why it could not be screened.
        version: counts everything that changes.
        mark: changes with everything that a safe copy would show.
        saved: the safe copy, if there is one.
        key: what is found in it is stored under this; empty for dropped photos, of which nothing is kept.
        alike: the sentence that tells which other photos show the same; empty if none does.
    """

    id: str
    path: Path
    source: str
    uploaded: bool = False
    state: str = WAITING
    basis: Basis | None = None
    verdict: Verdict | None = None
    history: History = field(default_factory=History)
    failure: Failure | None = None
    version: int = 1
    mark: str = ""
    saved: Saved | None = None
    key: str = ""
    alike: str = ""

    @property
    def choices(self) -> Choices:
        """What the person chose, as it is now."""
        return self.history.now

    def judge(self, verdict: Verdict) -> None:
        """Take the verdict on what the person chose by now, and count it as a change."""
        self.verdict, self.mark = verdict, mark_of(verdict, self.choices)
        self.version += 1

    @property
    def reviewed(self) -> str | None:
        """Approved (just as it is now) or withheld; None if nobody has decided."""
        if self.choices.withheld:
            return "withheld"
        return "approved" if self.choices.approved and self.choices.approved == self.mark else None

    @property
    def is_saved(self) -> bool:
        """Is there a safe copy of what would be shown now?"""
        return self.saved is not None and self.saved.mark == self.mark

    @property
    def decision(self) -> Decision | None:
        """Of the verdict; None until there is one."""
        return self.verdict.decision if self.verdict else None


def counts_of(entries: list[Entry]) -> dict[str, int]:
    """How many photos there are of each kind, for the page."""
    counts = dict.fromkeys(
        (
            "all",
            "waiting",
            "keep",
            "redact",
            "review",
            "refuse",
            "failed",
            "to_review",
            "approved",
            "withheld",
            "saved",
        ),
        0,
    )
    counts["all"] = len(entries)
    for entry in entries:
        if entry.state in {WAITING, SCREENING}:
            counts["waiting"] += 1
        elif entry.state == FAILED:
            counts["failed"] += 1
        elif entry.decision is not None:
            counts[str(entry.decision)] += 1
            counts[entry.reviewed or "to_review"] += 1
            counts["saved"] += entry.is_saved
    return counts
