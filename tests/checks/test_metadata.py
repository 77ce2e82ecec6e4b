"""The metadata check: every place in which a file can hide something is told, and a bare picture is clear."""

import io
import json
import struct
import zlib
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from screen.checks.metadata import MetadataCheck, MetadataSettings
from screen.metadata.facts import upright_region
from screen.photo import Photo, open_photo, photo_from_bytes, photo_of
from screen.records import MetadataDetails
from screen.redact import encoded

PIXELS = np.random.default_rng(1).integers(0, 256, (40, 60, 3), np.uint8)
XMP = b"http://ns.adobe.com/xap/1.0/\0"
RDF = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" xmlns:digiKam="http://www.digikam.org/ns/1.0/"'
    ' xmlns:mwg-rs="http://www.metadataworkinggroup.com/schemas/regions/" xmlns:stArea="http://ns.adobe.com/xmp/sType/Area#"'
    ' xmlns:MP="http://ns.microsoft.com/photo/1.2/" xmlns:MPRI="http://ns.microsoft.com/photo/1.2/t/RegionInfo#"'
    ' xmlns:MPReg="http://ns.microsoft.com/photo/1.2/t/Region#" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" {attributes}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
)
MWG = (
    "<mwg-rs:Regions rdf:parseType='Resource'><mwg-rs:RegionList><rdf:Bag><rdf:li><rdf:Description mwg-rs:Name='Ada S'"
    " mwg-rs:Type='Face'><mwg-rs:Area stArea:x='0.25' stArea:y='0.5' stArea:w='0.1' stArea:h='0.2'"
    " stArea:unit='normalized'/></rdf:Description></rdf:li></rdf:Bag></mwg-rs:RegionList></mwg-rs:Regions>"
)
MICROSOFT = (
    "<MP:RegionInfo rdf:parseType='Resource'><MPRI:Regions><rdf:Bag><rdf:li MPReg:Rectangle='0.2, 0.4, 0.1, 0.2'"
    " MPReg:PersonDisplayName='Ada S'/></rdf:Bag></MPRI:Regions></MP:RegionInfo>"
)


def packet(body: str = "", attributes: str = "") -> bytes:
    return RDF.format(body=body, attributes=attributes).encode()


def jpeg_with(*segments: tuple[int, bytes], tail: bytes = b"") -> bytes:
    data = encoded(PIXELS, "JPEG")
    extra = b"".join(b"\xff" + bytes([mark]) + struct.pack(">H", len(body) + 2) + body for mark, body in segments)
    return data[:20] + extra + data[20:] + tail


def png_with(*chunks: tuple[bytes, bytes], tail: bytes = b"") -> bytes:
    data = encoded(PIXELS, "PNG")
    extra = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
    return data[:33] + extra + data[33:] + tail


def photoshop(kind: bytes, body: bytes) -> tuple[int, bytes]:
    return 0xED, b"Photoshop 3.0\0" + b"8BIM" + kind + b"\0\0" + struct.pack(">I", len(body)) + body


def exif_of(
    tags: dict[int, object], inner: dict[int, object] | None = None, gps: dict[int, object] | None = None
) -> bytes:
    exif = Image.Exif()
    exif.update(tags)
    if inner:
        exif.get_ifd(0x8769).update(inner)
    if gps:
        exif.get_ifd(0x8825).update(gps)
    return exif.tobytes()


def details_of(photo: Photo, **settings: object) -> list[MetadataDetails]:
    findings = list(MetadataCheck(MetadataSettings(**settings)).inspect(photo))  # type: ignore[arg-type]
    assert all(finding.box is None and finding.score == 1 for finding in findings)
    return [finding.details for finding in findings]  # type: ignore[misc]


def told(data: bytes, **settings: object) -> list[tuple[str, str]]:
    return [(details.kind, details.where) for details in details_of(photo_from_bytes(data, "a"), **settings)]


def said(data: bytes) -> dict[str, tuple[str, ...]]:
    return {details.kind: details.values for details in details_of(photo_from_bytes(data, "a"))}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_bare_picture_is_clear(kind: str) -> None:
    assert told(encoded(PIXELS, kind)) == []


def test_a_photo_that_came_from_no_file_is_clear() -> None:
    assert details_of(photo_of(PIXELS)) == []


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (exif_of({0x010F: "Maker"}), "device"),
        (exif_of({0x0131: "Program 1.0"}), "device"),
        (exif_of({}, {0xA431: "SERIAL-1"}), "device"),
        (exif_of({}, {0x9003: "2026:03:14 10:00:00"}), "time"),
        (exif_of({}, None, {1: "N", 2: (48.0, 51.0, 0.0)}), "gps"),
        (exif_of({0x010E: "Ada at the board"}), "comment"),
        (exif_of({0x9C9E: "Ada;Tom".encode("utf-16-le")}), "name"),
        (exif_of({0x8298: "(c) Ada"}), "credit"),
        (exif_of({0x013B: "Ada"}), "credit"),
        (exif_of({}, {0x9286: b"ASCII\0\0\0Ada here"}), "comment"),
    ],
)
@pytest.mark.parametrize("holder", ["jpeg", "png", "webp", "tiff"])
def test_exif_is_told_by_kind_in_every_format(block: bytes, kind: str, holder: str) -> None:
    """T13."""
    tiff = block.removeprefix(b"Exif\0\0")
    if holder == "webp":
        out = io.BytesIO()
        Image.fromarray(PIXELS).save(out, "WEBP", exif=block)
        data = out.getvalue()
    elif holder == "tiff":
        photo = Photo("a", "0" * 64, PIXELS, tiff, "TIFF")
        assert kind in {details.kind for details in details_of(photo)}
        return
    else:
        data = jpeg_with((0xE1, b"Exif\0\0" + tiff)) if holder == "jpeg" else png_with((b"eXIf", tiff))
    assert told(data) == [(kind, "exif")]


def test_what_exif_says_in_words_is_kept_for_the_roster_but_not_who_made_the_photo() -> None:
    block = exif_of({0x010E: "Ada at the board", 0x9C9E: "Ada;Tom".encode("utf-16-le"), 0x8298: "(c) Tom"})
    details = {d.kind: d for d in details_of(photo_from_bytes(jpeg_with((0xE1, block)), "a"))}
    assert details["comment"].values == ("Ada at the board",)
    assert details["name"].values == ("Ada;Tom",)
    assert (details["credit"].values, details["credit"].credit) == ((), "(c) Tom")


def test_orientation_and_resolution_alone_are_no_finding() -> None:
    assert told(jpeg_with((0xE1, exif_of({0x0112: 6, 0x011A: 72.0, 0x0128: 2})))) == []


def test_the_thumbnail_is_told() -> None:
    """T14."""
    small = encoded(PIXELS[:10, :10], "JPEG")
    first = struct.pack("<H", 1) + struct.pack("<HHIHH", 0x0112, 3, 1, 1, 0) + struct.pack("<I", 26)
    second = (
        struct.pack("<H", 2) + struct.pack("<HHII", 0x0201, 4, 1, 56) + struct.pack("<HHII", 0x0202, 4, 1, len(small))
    )
    block = b"Exif\0\0II*\0" + struct.pack("<I", 8) + first + second + struct.pack("<I", 0) + small
    assert told(jpeg_with((0xE1, block))) == [("thumbnail", "exif")]


def test_two_exif_blocks_are_both_read() -> None:
    """T4."""
    data = jpeg_with((0xE1, exif_of({0x0112: 1})), (0xE1, exif_of({0x010E: "second"})))
    assert said(data) == {"comment": ("second",)}


@pytest.mark.parametrize(
    ("body", "kind", "values"),
    [
        (
            "<Iptc4xmpExt:PersonInImage><rdf:Bag><rdf:li>Ada S</rdf:li></rdf:Bag></Iptc4xmpExt:PersonInImage>",
            "name",
            ("Ada S",),
        ),
        ("<dc:subject><rdf:Bag><rdf:li>Ada</rdf:li><rdf:li>4B</rdf:li></rdf:Bag></dc:subject>", "name", ("Ada", "4B")),
        (
            "<digiKam:TagsList><rdf:Seq><rdf:li>People/Ada</rdf:li></rdf:Seq></digiKam:TagsList>",
            "name",
            ("People/Ada",),
        ),
        ("<dc:description><rdf:Alt><rdf:li>Ada</rdf:li></rdf:Alt></dc:description>", "comment", ("Ada",)),
        ("<dc:creator><rdf:Seq><rdf:li>Tom</rdf:li></rdf:Seq></dc:creator>", "credit", ()),
        ("<photoshop:City>Sampleton</photoshop:City>", "gps", ()),
        ("<xmp:CreateDate>2026-03-14</xmp:CreateDate>", "time", ()),
        ("<xmp:Secret>x</xmp:Secret>", "other", ()),
    ],
)
def test_xmp_is_told_by_kind(body: str, kind: str, values: tuple[str, ...]) -> None:
    """T15."""
    for data in (
        jpeg_with((0xE1, XMP + packet(body))),
        png_with((b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet(body))),
        png_with((b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(packet(body)))),
    ):
        details = details_of(photo_from_bytes(data, "a"))
        assert [(d.kind, d.where, d.values) for d in details] == [(kind, "xmp", values)]


def test_xmp_attributes_are_read_too() -> None:
    assert told(jpeg_with((0xE1, XMP + packet("", "photoshop:Credit='x' xmp:CreatorTool='y'")))) == [
        ("credit", "xmp"), ("device", "xmp"),
    ]  # fmt: skip


def test_extended_xmp_is_put_together() -> None:
    text = packet(f"<dc:description><rdf:Alt><rdf:li>Ada {'long ' * 20000}</rdf:li></rdf:Alt></dc:description>")
    head = b"http://ns.adobe.com/xmp/extension/\0" + b"0" * 32
    pieces = [text[at : at + 60000] for at in range(0, len(text), 60000)]
    segments = [(0xE1, head + struct.pack(">II", len(text), 60000 * n) + piece) for n, piece in enumerate(pieces)]
    assert len(segments) > 1
    assert said(jpeg_with(*segments))["comment"][0].startswith("Ada long")


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("schema", ["mwg", "microsoft"])
def test_a_named_region_lies_on_the_upright_picture(orientation: int, schema: str) -> None:
    body = MWG if schema == "mwg" else MICROSOFT
    photo = photo_from_bytes(jpeg_with((0xE1, exif_of({0x0112: orientation})), (0xE1, XMP + packet(body))), "a")
    (details,) = details_of(photo)
    assert (details.kind, details.values) == ("region", ("Ada S",))
    marked = np.zeros((40, 60, 3), np.uint8)
    marked[16:24, 12:18] = 255
    back = Image.fromarray(marked)
    exif = Image.Exif()
    exif[0x0112] = orientation
    out = io.BytesIO()
    back.save(out, "PNG", exif=exif)
    upright = photo_from_bytes(out.getvalue(), "a").pixels[:, :, 0] > 0
    if schema == "microsoft":
        assert details.region == upright_region((0.2, 0.4, 0.3, 0.6), 1, photo.size)
        return
    assert details.region is not None
    seen = np.zeros(upright.shape, bool)
    seen[details.region.as_slices()] = True
    assert seen[upright].all()
    assert seen.sum() <= upright.sum() + 60


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (jpeg_with((0xFE, b"Ada S")), ("comment", "jpeg-comment")),
        (jpeg_with(photoshop(b"\x04\x04", b"\x1c\x02\x19\0\x05Ada S")), ("name", "iptc")),
        (jpeg_with(photoshop(b"\x04\x0c", b"abcd")), ("thumbnail", "photoshop")),
        (jpeg_with(photoshop(b"\x0b\xb7", b"abcd")), ("other", "photoshop")),
        (jpeg_with((0xE4, b"VENDOR\0x")), ("other", "jpeg-segment")),
        (jpeg_with((0xE0, b"JFXX\0\x10x")), ("thumbnail", "jfif")),
        (jpeg_with((0xE2, b"MPF\0II*\0")), ("several-pictures", "mpf")),
        (jpeg_with(tail=b"\0\0\0\x18ftypmp42"), ("trailer", "trailer")),
        (jpeg_with(tail=encoded(PIXELS, "JPEG")), ("several-pictures", "trailer")),
        (png_with((b"tEXt", b"Comment\0Ada")), ("comment", "png-text")),
        (png_with((b"zTXt", b"Comment\0\0" + zlib.compress(b"Ada"))), ("comment", "png-text")),
        (png_with((b"tEXt", b"Author\0Ada")), ("credit", "png-text")),
        (png_with((b"tIME", bytes(7))), ("time", "png-time")),
        (png_with((b"prVt", b"x")), ("other", "chunk")),
        (png_with(tail=b"Ada"), ("trailer", "trailer")),
    ],
)  # fmt: skip
def test_every_other_place_is_told(data: bytes, what: tuple[str, str]) -> None:
    """T16, T17, T18, T20."""
    assert told(data) == [what]


def test_a_colour_profile_is_no_finding() -> None:
    assert told(jpeg_with((0xE2, b"ICC_PROFILE\0\1\1" + bytes(40)))) == []


def test_further_frames_and_comments_of_a_gif_are_told() -> None:
    out = io.BytesIO()
    image = Image.fromarray(PIXELS).convert("P")
    image.save(out, "GIF", save_all=True, append_images=[image.rotate(90)], comment=b"Ada", loop=0)
    assert sorted(told(out.getvalue())) == [("comment", "gif-comment"), ("several-pictures", "gif")]


def test_imagemagicks_profiles_are_unpacked() -> None:
    block = exif_of({0x010E: "Ada"})
    text = f"\nexif\n{len(block):8d}\n{block.hex()}\n".encode()
    assert told(png_with((b"zTXt", b"Raw profile type exif\0\0" + zlib.compress(text)))) == [("comment", "exif")]


def test_heif_items_are_told() -> None:
    """T19."""
    pillow_heif = pytest.importorskip("pillow_heif")
    heif = pillow_heif.from_pillow(Image.fromarray(np.repeat(np.repeat(PIXELS, 4, 0), 4, 1)))
    heif.add_from_pillow(Image.fromarray(PIXELS))
    heif[0].info["thumbnails"] = [64]
    out = io.BytesIO()
    heif.save(out, exif=exif_of({0x010E: "Ada"}), xmp=packet("<photoshop:City>x</photoshop:City>"), primary_index=0)
    found = set(told(out.getvalue()))
    assert {("comment", "exif"), ("gps", "xmp"), ("thumbnail", "item"), ("several-pictures", "heif")} <= found


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.xmp", packet("<dc:subject><rdf:Bag><rdf:li>Ada</rdf:li></rdf:Bag></dc:subject>"), "name"),
        ("a.xmp", packet(MWG), "region"),
        ("a.jpg.json", json.dumps({"people": [{"name": "Ada"}]}).encode(), "name"),
        ("a.jpg.json", json.dumps({"geoData": {"latitude": 48.8, "longitude": 2.3}}).encode(), "gps"),
        ("a.jpg.json", json.dumps({"photoTakenTime": {}}).encode(), "time"),
        ("a.jpg.json", b"[1]", "other"),
        ("a.jpg.json", b"{", "other"),
        ("a.AAE", b"<plist/>", "other"),
        ("a.xmp", b"no xml", "other"),
    ],
)
def test_sidecars_are_told(name: str, data: bytes, kind: str) -> None:
    photo = replace(photo_from_bytes(encoded(PIXELS, "JPEG"), "a"), sidecars=((name, data),))
    assert [(d.kind, d.where) for d in details_of(photo)] == [(kind, "sidecar")]
    assert details_of(photo, sidecars=False) == []


@pytest.mark.parametrize(
    "body",
    [
        b"<x:xmpmeta><unclosed></x:xmpmeta>",
        b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><x:xmpmeta>&b;</x:xmpmeta>",
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><x:xmpmeta>&a;</x:xmpmeta>",
        b"",
        bytes(40),
    ],
)
def test_hostile_xmp_is_told_and_never_expanded(body: bytes) -> None:
    assert told(jpeg_with((0xE1, XMP + body))) == [("other", "xmp")]


@pytest.mark.parametrize("block", [b"", b"II*\0\xff\xff\xff\xff", b"II*\0\x08\0\0\0\xff\xff", bytes(30)])
def test_broken_exif_is_told(block: bytes) -> None:
    assert told(jpeg_with((0xE1, b"Exif\0\0" + block))) == [("other", "exif")]


def test_an_exif_loop_ends() -> None:
    block = b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x010E, 2, 2, 0x41) + struct.pack("<I", 8)
    assert told(jpeg_with((0xE1, b"Exif\0\0" + block)))


def test_a_tag_that_claims_millions_of_values_is_given_up() -> None:
    entry = struct.pack("<HHII", 0x9400, 3, 4_000_000, 40)
    block = b"II*\0" + struct.pack("<IH", 8, 1) + entry + struct.pack("<I", 0) + bytes(40)
    assert told(jpeg_with((0xE1, b"Exif\0\0" + block)))


def test_a_bomb_of_compressed_text_is_read_to_its_limit() -> None:
    engine = zlib.compressobj(9)
    packed = b"".join(engine.compress(bytes(1 << 20)) for _ in range(64)) + engine.flush()
    data = png_with((b"zTXt", b"Comment\0\0" + packed))
    (details,) = details_of(Photo("a", "0" * 64, PIXELS, data, "PNG"))
    assert (details.kind, details.where) == ("comment", "png-text")
    assert len(details.values[0]) == 4 * 2**20


def test_kinds_can_be_left_out() -> None:
    data = jpeg_with((0xE1, exif_of({0x010F: "Maker", 0x010E: "Ada"})))
    assert told(data, ignore=("device",)) == [("comment", "exif")]


def test_what_was_read_is_marked_as_private() -> None:
    """Reports leave private fields out, and mask those that were read."""
    marks = {field.name: dict(field.metadata) for field in fields(MetadataDetails)}
    assert (marks["values"], marks["region"], marks["credit"]) == ({"private": True}, {"private": True}, {"read": True})


def test_files_of_the_real_world_are_all_told(shared_data: Path) -> None:
    """In each file of the collection at least that is found which a byte-level parser found."""
    rows = [json.loads(line) for line in (shared_data / "metadata/real/real.jsonl").read_text("utf-8").splitlines()]
    for row in rows:
        details = details_of(open_photo(shared_data / "metadata/real/photos" / row["file"]))
        kinds, holds = {d.kind for d in details}, row["holds"]
        wanted = {
            "comment": "comment", "gps": "gps", "xmp_gps": "gps", "thumb_bytes": "thumbnail", "heif_thumb": "thumbnail",
            "face_regions": "region", "person_in_image": "name", "mpf": "several-pictures", "makernote": "device",
        }  # fmt: skip
        missing = [kind for key, kind in wanted.items() if holds.get(key) and kind not in kinds]
        assert not missing, (row["file"], missing, holds)
        assert kinds & {"trailer", "several-pictures"} or not holds.get("trailing_bytes"), row["file"]
        names = {name.strip() for name in holds.get("region_names", ()) if name.strip()}
        assert names <= {value for d in details if d.kind == "region" for value in d.values}, row["file"]
