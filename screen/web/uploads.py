"""Photos dropped onto the page: read as a stream, bounded, into private files whose names the page does not choose."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from screen.translation import marked as _
from screen.web.errors import PageError

#: Bytes of one photo; 108-megapixel phones write 40 MB.
MOST_BYTES = 100 * 2**20
#: Bytes of a roster; one of 5000 people has less than one.
MOST_ROSTER = 20 * 2**20
#: Files in one request, and photos in one session.
MOST_FILES, MOST_PHOTOS = 100, 2000
#: Bytes of a file's name that are kept.
MOST_NAME = 200

TOO_LARGE = _("{name}: the file is larger than {most} MB. Save a smaller copy.")
TOO_MANY = _("These are too many photos at once. Drop fewer, or start photoscreen review with a folder.")
NO_FILES = _("Send photos as files of a form.")
BROKEN = _("The upload broke off. Drop the photos again.")
NO_ROOM = _("The upload cannot be stored: {why}.")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent: where it lies now, and what it was called."""

    path: Path
    name: str


@dataclass(slots=True)
class _Part:
    """A part of the form while it is read."""

    header: bytearray = field(default_factory=bytearray)
    value: bytearray = field(default_factory=bytearray)
    disposition: bytes = b""
    file: BinaryIO | None = None
    upload: Upload | None = None
    size: int = 0


class _Reader:
    """Callbacks of the parser: writes each file of the form field to a private file of its own."""

    def __init__(self, folder: Path, wanted: str, most_files: int, most_bytes: int) -> None:
        self.folder, self.wanted = folder, wanted
        self.most_files, self.most_bytes = most_files, most_bytes
        self.uploads: list[Upload] = []
        self.part = _Part()
        self.ended = False

    def callbacks(self) -> dict[str, object]:
        return {
            "on_part_begin": self.begin,
            "on_header_field": lambda data, start, end: self.part.header.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self.part.value.extend(data[start:end]),
            "on_header_end": self.header_end,
            "on_headers_finished": self.open,
            "on_part_data": self.write,
            "on_part_end": self.close,
            "on_end": self.end,
        }

    def begin(self) -> None:
        self.part = _Part()

    def header_end(self) -> None:
        if bytes(self.part.header).lower() == b"content-disposition":
            self.part.disposition = bytes(self.part.value)
        self.part.header.clear()
        self.part.value.clear()

    def open(self) -> None:
        _kind, options = parse_options_header(self.part.disposition)
        if options.get(b"name", b"").decode("utf-8", "replace") != self.wanted or b"filename" not in options:
            return
        if len(self.uploads) >= self.most_files:
            raise PageError(413, "too-many", TOO_MANY)
        path = self.folder / f"{secrets.token_hex(12)}.upload"
        self.part.file = path.open("xb")
        path.chmod(0o600)
        self.part.upload = Upload(path, plain_name(options[b"filename"].decode("utf-8", "replace")))
        self.uploads.append(self.part.upload)

    def write(self, data: bytes, start: int, end: int) -> None:
        if self.part.file is None or self.part.upload is None:
            return
        self.part.size += end - start
        if self.part.size > self.most_bytes:
            raise PageError(413, "too-large", TOO_LARGE, name=self.part.upload.name, most=self.most_bytes // 2**20)
        self.part.file.write(data[start:end])

    def close(self) -> None:
        if self.part.file is not None:
            self.part.file.close()

    def end(self) -> None:
        self.ended = True

    def forget(self) -> None:
        """Close and remove everything that was written."""
        self.close()
        for upload in self.uploads:
            upload.path.unlink(missing_ok=True)


async def read_files(
    stream: AsyncIterator[bytes],
    content_type: str,
    folder: Path,
    wanted: str = "files",
    most_files: int = MOST_FILES,
    most_bytes: int = MOST_BYTES,
) -> list[Upload]:
    """The files of a form, each in a private file of its own below the folder.

    Args:
        stream: the body of the request.
        content_type: its header.
        folder: private.
        wanted: name of the form field.
        most_files: so many files are taken.
        most_bytes: so many bytes of each.

    Raises:
        PageError: no form, too large, too many, broken off; nothing of it is left then.
    """
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data" or not options.get(b"boundary"):
        raise PageError(415, "no-form", NO_FILES)
    reader = _Reader(folder, wanted, most_files, most_bytes)
    with contextlib.ExitStack() as undo:
        undo.callback(reader.forget)
        try:
            parser = MultipartParser(options[b"boundary"], reader.callbacks())  # type: ignore[arg-type]
            async for piece in stream:
                parser.write(piece)
            parser.finalize()
        except FormParserError as error:
            raise PageError(400, "broken", BROKEN) from error
        except OSError as error:
            raise PageError(413, "no-room", NO_ROOM, why=error.strerror or "") from error
        if not reader.ended:
            raise PageError(400, "broken", BROKEN)
        if not reader.uploads:
            raise PageError(415, "no-files", NO_FILES)
        undo.pop_all()
    return reader.uploads


def plain_name(name: str) -> str:
    """The last part of a name that a browser sent, as data for the checks; never a path."""
    last = PurePosixPath(name.replace("\\", "/")).name.replace("\0", "")
    stem, dot, ending = last.rpartition(".")
    room = MOST_NAME - len(dot + ending)
    kept = (stem[:room] + dot + ending[:MOST_NAME]) if dot else last[:MOST_NAME]
    return kept if kept.strip(". ") else "photo"
