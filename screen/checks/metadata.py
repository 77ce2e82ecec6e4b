"""Hidden data: what the file of a photo and the files beside it say that nobody sees in the picture."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import ClassVar

from screen.metadata import Fact, facts_of, upright_region
from screen.photo import Photo
from screen.records import Finding, MetadataDetails

#: Kinds that name people; what they say is compared with the roster. A credit names who made the photo, so it says
#: nothing about who is in it.
TELLING = frozenset({"name", "comment"})


@dataclass(frozen=True, slots=True)
class MetadataSettings:
    """What to report.

    Attributes:
        ignore: kinds of hidden data that are no finding: device, time, ... A safe copy holds none of them anyway.
        sidecars: look into the files beside the photo, too?
    """

    ignore: tuple[str, ...] = ()
    sidecars: bool = True


class MetadataCheck:
    """Find data that travels with the photo: place, time, device, names, thumbnails, further pictures."""

    id: ClassVar[str] = "metadata"
    title: ClassVar[str] = "Hidden data"
    settings: ClassVar[type[MetadataSettings]] = MetadataSettings

    def __init__(self, chosen: MetadataSettings) -> None:
        """Keep the chosen settings."""
        self.chosen = chosen

    def inspect(self, photo: Photo) -> Iterator[Finding]:
        """One finding for each kind and place in the file, one for each named region; none has a box.

        A file that holds several kinds gives several findings, so that each can be told in words.
        """
        facts = [fact for fact in photo.once("metadata-facts", facts_of) if self._counts(fact)]
        for fact in facts:
            if fact.kind == "region":
                yield _region(fact, photo)
        groups = dict.fromkeys((fact.kind, fact.where) for fact in facts if fact.kind != "region")
        for kind, where in groups:
            yield _finding([fact for fact in facts if (fact.kind, fact.where) == (kind, where)])

    def _counts(self, fact: Fact) -> bool:
        return fact.kind not in self.chosen.ignore and (self.chosen.sidecars or fact.where != "sidecar")


def _region(fact: Fact, photo: Photo) -> Finding:
    orientation = 1 if fact.upright else photo.exif_orientation
    place = upright_region(fact.region, orientation, photo.size) if fact.region else None
    return Finding("metadata", 1.0, None, MetadataDetails("region", fact.where, 1, _said([fact]), place))


def _finding(facts: list[Fact]) -> Finding:
    kind, where, count = facts[0].kind, facts[0].where, sum(fact.count for fact in facts)
    values = _said(facts)
    credit = "; ".join(values) if kind == "credit" else ""
    return Finding(
        "metadata", 1.0, None, MetadataDetails(kind, where, count, values if kind in TELLING else (), None, credit)
    )


def _said(facts: Iterable[Fact]) -> tuple[str, ...]:
    """What the facts say, without repeats."""
    return tuple(dict.fromkeys(fact.text for fact in facts if fact.text))
