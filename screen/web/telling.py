"""What the session tells is sent to all open pages, in their language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from screen.web.entries import Entry
from screen.web.events import Hub
from screen.web.views import copy_of, item_of


class Telling:
    """Sends what changes as events.

    Args:
        hub: the events.
        lang: the page's language of now.
    """

    def __init__(self, hub: Hub, lang: Callable[[], str]) -> None:
        self.hub, self.lang = hub, lang

    def photo(self, entry: Entry) -> None:
        """A photo changed."""
        self.hub.tell("photo", item_of(entry, self.lang()))

    def counts(self, counts: dict[str, int]) -> None:
        """The numbers of photos of each kind changed."""
        self.hub.tell("counts", counts)

    def busy(self, busy: dict[str, Any] | None) -> None:
        """Work goes on, or is done."""
        self.hub.tell("progress", busy)

    def saved(self, entry: Entry, ok: bool, message: str) -> None:
        """A copy was saved, or why not."""
        data = {"id": entry.id, "ok": ok, "message": message or None, "copy": copy_of(entry) if ok else None}
        self.hub.tell("saved", data)
