"""Which photos of the page look like the same shot: nobody should publish the wrong one of two."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from screen.translation import marked as _
from screen.translation import visible, words
from screen.twins import same_shots_in
from screen.web.entries import Entry

ALIKE = _("Looks like the same shot as {names}.")
STRICTER = _("Looks like the same shot as {names}, where more has to be hidden. Compare them.")


def alike_of(entries: Iterable[Entry], lang: str) -> dict[str, str]:
    """A sentence for each photo that shows the same as others, by its id."""
    known = {entry.id: entry for entry in entries if entry.verdict is not None}
    verdicts = [replace(entry.verdict, source=photo) for photo, entry in known.items() if entry.verdict]
    said, found = words(lang), {}
    for group in same_shots_in(verdicts):
        for photo in group.sources:
            others = [other for other in group.sources if other != photo]
            stricter = group.strictest and photo not in group.strictest
            names = said.listed([visible(known[other].source) for other in (group.strictest if stricter else others)])
            found[photo] = said.text(STRICTER if stricter else ALIKE, names=names)
    return found
