"""What a session goes by: the rules of now, who hears of changes, and what is carried over from an earlier run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from screen.policy import Policy
from screen.roster import Roster
from screen.translation import marked as _
from screen.web.choosing import Choices
from screen.web.entries import Entry
from screen.web.errors import PageError
from screen.web.keeping import Kept


@dataclass(frozen=True, slots=True)
class Rules:
    """What photos are judged by, and how they are shown and saved.

    Attributes:
        policy: the rules, purposes and occasion.
        roster: who agreed to what.
        lang: of every sentence.
        style: of covers in safe copies.
    """

    policy: Policy
    roster: Roster
    lang: str
    style: str = "blur"


class Told(Protocol):
    """Hears what changes."""

    def photo(self, entry: Entry) -> None:
        """A photo changed."""

    def counts(self, counts: dict[str, int]) -> None:
        """The numbers of photos of each kind changed."""

    def busy(self, busy: dict[str, Any] | None) -> None:
        """Work goes on, or is done."""


class NotAllowedError(PageError):
    """A name that was noted, though its face stays covered: the roster says no."""

    def __init__(self, causes: Sequence[tuple[str, str]], person: str) -> None:
        super().__init__(422, "consent", _("The roster does not allow this."))
        self.causes, self.person = tuple(causes), person


def still_meant(kept: Kept, key: str, roster: Roster) -> Choices:
    """What was chosen before, as far as it still means the same.

    Findings are numbered in each screening anew, so names and reasons for them hold only where nothing was found
    otherwise; and nobody can be named who has left the roster.
    """
    choices = kept.choices
    if kept.key != key:
        return Choices(drawn=choices.drawn, turns=choices.turns, withheld=choices.withheld, reason=choices.reason)
    named = tuple((finding, person) for finding, person in choices.named if roster.person(person))
    return replace(choices, named=named)
