"""What an image file and its sidecars carry beside the picture, as plain facts."""

from __future__ import annotations

from collections.abc import Iterator

from screen.containers import kind_of
from screen.metadata import exif, heif, jpeg, others, sidecars, xmp
from screen.metadata.facts import Fact, upright_region
from screen.photo import Photo

__all__ = ["Fact", "facts_of", "upright_region"]


def facts_of(photo: Photo) -> tuple[Fact, ...]:
    """Everything hidden in the photo's file and sidecars; nothing for a photo that came from no file.

    A part that cannot be read is a fact, too: it is there, and nobody knows what it says.
    """
    return (*_of_file(photo), *sidecars.facts(photo.sidecars))


def _of_file(photo: Photo) -> Iterator[Fact]:
    data, kind = photo.file, kind_of(photo.file)
    if kind == "JPEG":
        yield from jpeg.facts(data)
    elif kind:
        yield from others.facts(data)
    elif data[:4] in {b"II*\0", b"MM\0*"}:
        yield from exif.facts(data, pages=True)
    elif data[4:8] == b"ftyp":
        yield from heif.facts(data)
    elif data:
        yield from (fact for packet in xmp.packets(data) for fact in xmp.facts(packet))
    if photo.frames > 1:
        yield Fact("several-pictures", photo.format.lower() or "file", count=photo.frames - 1)
