"""Facts of the files beside a photo: XMP, lists of edits, and the JSON that photo services export."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from screen.metadata import xmp
from screen.metadata.facts import Fact

WHERE = "sidecar"


def facts(files: Iterable[tuple[str, bytes]]) -> Iterator[Fact]:
    """What sidecars say, given as (name, bytes)."""
    for name, data in files:
        ending = name.lower().rpartition(".")[2]
        if ending == "xmp":
            yield from xmp.facts(data, WHERE)
        elif ending == "json":
            yield from _json(data)
        elif data.strip():
            yield Fact("other", WHERE)


def _json(data: bytes) -> Iterator[Fact]:
    """Google's export: people, description, places and times; anything else is told as other."""
    try:
        said = json.loads(data)
    except (ValueError, RecursionError):
        yield Fact("other", WHERE)
        return
    known = list(_known(said)) if isinstance(said, dict) else []
    yield from known or [Fact("other", WHERE)]


def _known(said: dict[str, Any]) -> Iterator[Fact]:
    people = said.get("people")
    for person in people if isinstance(people, list) else ():
        if isinstance(person, dict) and person.get("name"):
            yield Fact("name", WHERE, str(person["name"]))
    for key in ("description", "title"):
        if isinstance(said.get(key), str) and said[key].strip():
            yield Fact("comment", WHERE, said[key])
    for key in ("geoData", "geoDataExif"):
        place = said.get(key)
        if isinstance(place, dict) and (place.get("latitude") or place.get("longitude")):
            yield Fact("gps", WHERE)
    yield from (Fact("time", WHERE) for key in ("creationTime", "photoTakenTime") if key in said)
