"""How each picture is stored: bare, turned, with metadata that must not go out, or as HEIC."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import piexif
import pillow_heif
from PIL import Image

QUALITY = 84


def plain(name: str) -> Callable[[Path, np.ndarray], Path]:
    """A JPEG without metadata."""

    def save(folder: Path, pixels: np.ndarray) -> Path:
        path = folder / f"{name}.jpg"
        Image.fromarray(pixels).save(path, quality=QUALITY, optimize=True)
        return path

    return save


def sideways_by_exif(folder: Path, pixels: np.ndarray) -> Path:
    """Stored lying on its side; EXIF says how to turn it, as most phones do."""
    exif = {"0th": {piexif.ImageIFD.Orientation: 6, piexif.ImageIFD.Model: b"Sample Phone 7"}}
    path = folder / "visitor-from-space.jpg"
    Image.fromarray(np.rot90(pixels)).save(path, quality=QUALITY, optimize=True, exif=piexif.dump(exif))
    return path


def sideways_pixels(folder: Path, pixels: np.ndarray) -> Path:
    """Lying on its side, and nothing says so."""
    return plain("computer-corner")(folder, np.rot90(pixels, 3))


def with_hidden_data(folder: Path, pixels: np.ndarray) -> Path:
    """Cut to one person, but the thumbnail still shows both; place, camera and names of faces are in it."""
    kept = pixels[:, : round(0.68 * pixels.shape[1])]
    small = Image.fromarray(pixels)
    small.thumbnail((320, 320))
    thumbnail = io.BytesIO()
    small.save(thumbnail, "JPEG", quality=70)
    exif = {
        "0th": {
            piexif.ImageIFD.Make: b"Sample",
            piexif.ImageIFD.Model: b"Sample Phone 7",
            piexif.ImageIFD.DateTime: b"2026:03:12 10:15:12",
            piexif.ImageIFD.ImageDescription: b"Eileen Collins and Grace Hopper at the science prize day",
            piexif.ImageIFD.Artist: b"Pia Winterhalder",
        },
        "Exif": {
            piexif.ExifIFD.DateTimeOriginal: b"2026:03:12 10:15:12",
            piexif.ExifIFD.BodySerialNumber: b"SP7-0042-1187",
        },
        "GPS": {
            piexif.GPSIFD.GPSLatitudeRef: b"N",
            piexif.GPSIFD.GPSLatitude: ((0, 1), (0, 1), (36, 1)),
            piexif.GPSIFD.GPSLongitudeRef: b"W",
            piexif.GPSIFD.GPSLongitude: ((25, 1), (0, 1), (36, 1)),
        },
        "1st": {piexif.ImageIFD.Compression: 6},
        "thumbnail": thumbnail.getvalue(),
    }
    path = folder / "IMG_20260312_101512.jpg"
    made = io.BytesIO()
    Image.fromarray(kept).save(made, "JPEG", quality=QUALITY, optimize=True, exif=piexif.dump(exif))
    data = made.getvalue()
    end = 4 + struct.unpack(">H", data[4:6])[0]
    body = b"http://ns.adobe.com/xap/1.0/\0" + XMP.encode()
    path.write_bytes(data[:end] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + data[end:])
    return path


#: Names of faces, as photo managers write them; the second face was cut off, its name was not.
XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/"
 xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/">
<dc:subject><rdf:Bag><rdf:li>prize day</rdf:li><rdf:li>class 4B</rdf:li></rdf:Bag></dc:subject>
<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Eileen Collins</rdf:li><rdf:li>Grace Hopper</rdf:li></rdf:Bag>
</Iptc4xmpExt:PersonInImage>
<mwg-rs:Regions rdf:parseType="Resource"><mwg-rs:RegionList><rdf:Bag>
<rdf:li rdf:parseType="Resource"><mwg-rs:Name>Eileen Collins</mwg-rs:Name><mwg-rs:Type>Face</mwg-rs:Type>
<mwg-rs:Area stArea:x="0.51" stArea:y="0.39" stArea:w="0.1" stArea:h="0.16" stArea:unit="normalized"/></rdf:li>
</rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def as_heic(folder: Path, pixels: np.ndarray) -> Path:
    """HEIC, as phones store it, without metadata."""
    path = folder / "science-fair.heic"
    pillow_heif.from_pillow(Image.fromarray(pixels)).save(path, quality=62)
    return path


SAVERS: dict[str, Callable[[Path, np.ndarray], Path]] = {
    "craft-table": plain("craft-table"),
    "visitor": sideways_by_exif,
    "computer-corner": sideways_pixels,
    "rehearsal": plain("rehearsal"),
    "prize-day": with_hidden_data,
    "science-fair": as_heic,
    "name-badge": plain("Amina_Lindqvist_card"),
    "report-card": plain("report-card"),
    "whiteboard": plain("whiteboard-4B"),
    "library": plain("library-notice"),
}
