"""Photos of a run that look like the same shot, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from screen.records import Failure, Verdict
from screen.translation import Words, visible
from screen.twins import SameShot, same_shots_in

#: Names that a sentence lists; the others are counted.
LISTED = 5


def same_shot_sentences(results: Sequence[Verdict | Failure], words: Words) -> tuple[str, ...]:
    """A sentence for each group of photos that look like one shot; those with a stricter one among them first."""
    shots = sorted(same_shots_in(results), key=lambda shot: not shot.strictest)
    return tuple(" ".join(_sentences(shot, words)) for shot in shots)


def _sentences(shot: SameShot, words: Words) -> list[str]:
    count, photos = len(shot.sources), _listed(shot.sources, words)
    # Two at least, so the form for one is never used.
    said = [
        words.plural(
            "{count} photo looks like the same shot: {photos}.",
            "{count} photos look like the same shot: {photos}.",
            count,
            photos=photos,
        )
    ]
    if shot.strictest:
        said.append(words.text("More was found in {photos}.", photos=_listed(shot.strictest, words)))
    return said


def _listed(sources: Sequence[str], words: Words) -> str:
    names = [visible(source) for source in sources[:LISTED]]
    more = len(sources) - len(names)
    return words.listed([*names, words.plural("{count} more", "{count} more", more)] if more else names)
