"""Why a crop is suggested, in sentences that can be said in any language."""

from __future__ import annotations

from collections.abc import Sequence

from screen.geometry import Box
from screen.records import Crop
from screen.translation import Words
from screen.translation import marked as _

#: Pixels that the long side of a post should have: what networks show at most without enlarging it.
LONG_SIDE = 1080

#: What a crop shows, said of it.
WHY = {
    ("hand",): _("Shows hands at work and no face."),
    ("back",): _("Shows the back of a head and no face; look whether you would recognise the person."),
    ("back", "hand"): _("Shows hands and the back of a head, no face; look whether you would recognise the person."),
    ("face",): _("Shows only people whose consent is on the roster."),
    ("scene",): _("Turns an upright photo into a wide one, as most networks show it best."),
}
SMALL = _("It is smaller than posts should be.")


def why_of(shows: Sequence[str], box: Box) -> tuple[str, ...]:
    """Sentences in English, as the catalogue has them: what a crop shows, and whether it is small.

    Args:
        shows: hand, back, face or scene, sorted.
        box: the crop in pixels of the photo.
    """
    small = (SMALL,) if max(box.width, box.height) < LONG_SIDE else ()
    return (WHY[tuple(shows)], *small)


def crop_words(crop: Crop, words: Words) -> str:
    """Why a crop is suggested, in the language of words."""
    return " ".join(words.text(sentence) for sentence in why_of(crop.shows, crop.box))
