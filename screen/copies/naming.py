"""What a safe copy is called: the tree mirrored, private words out of the names."""

from __future__ import annotations

import functools
import hashlib
import re
import secrets
from collections.abc import Iterable
from pathlib import PurePath, PurePosixPath

from screen.folding import fold
from screen.records import NameDetails, Verdict
from screen.redact import ENDINGS, CopyOptions
from screen.roster import Roster

#: Bytes of a file name that every common file system takes.
MOST_NAME = 240
#: Shorter names of people are looked for as whole words all the same; single letters are not names.
LEAST_WORD = 2
#: Letters for made-up names: without vowels and digits, so that no name, number or word comes about.
LETTERS = "bcdfghjkmnpqrstvwxyz"


def name_of(verdict: Verdict, kind: str, options: CopyOptions, roster: Roster, label: str = "") -> PurePosixPath:
    """The path of the safe copy below its folder.

    Relative sources keep their folders; absolute ones, and those with "..", keep only their last name.

    Args:
        verdict: of the photo; its filename findings tell which names are private.
        kind: JPEG, PNG or WEBP, as written.
        options: how to name.
        roster: whose names and numbers are private.
        label: is put behind the stem: crop-1.
    """
    source = PurePath(verdict.source)
    whole = not source.is_absolute() and ".." not in source.parts and not source.drive
    folders = list(source.parts[:-1]) if whole else []
    stem = _stem(source.name, kind)
    if options.names == "random":
        folders = _neutral_folders(folders, roster, verdict)[0]
        return PurePosixPath(*folders, f"photo-{_letters(secrets.token_hex(16), 12)}{ENDINGS[kind][0]}")
    if options.names == "neutral":
        folders, changed = _neutral_folders(folders, roster, verdict)
        private = _is_private(stem[0], _private_words(verdict, "filename"), roster) or _told(verdict, "filename")
        if private or changed:
            stem = f"{'photo' if private else stem[0]}-{_letters(_digest(verdict), 8)}", ENDINGS[kind][0]
    return PurePosixPath(*folders, _fitting(stem[0] + (f"-{label}" if label else ""), stem[1], _digest(verdict)))


def _digest(verdict: Verdict) -> str:
    """A number that is the same in each run, and another one for the same photo in another folder.

    Nobody who lacks the photo itself can find the name of its folder by trying names.
    """
    return hashlib.sha256(f"{verdict.digest}\n{verdict.source}".encode(errors="surrogateescape")).hexdigest()


def _stem(name: str, kind: str) -> tuple[str, str]:
    """Stem and ending: the ending stays where it suits the format, or another one is added; so names never meet."""
    suffix = PurePosixPath(name).suffix
    if suffix.lower() in ENDINGS[kind]:
        return name[: -len(suffix)], suffix
    return name, ENDINGS[kind][0]


def _fitting(stem: str, ending: str, digest: str) -> str:
    """The name, shortened where file systems would not take it; the digest keeps shortened names apart."""
    if len((stem + ending).encode("utf-8", "surrogateescape")) <= MOST_NAME:
        return stem + ending
    room = MOST_NAME - len(ending) - 9
    kept = stem.encode("utf-8", "surrogateescape")[:room].decode("utf-8", "ignore")
    return f"{kept}-{_letters(digest, 8)}{ending}"


def _letters(digest: str, count: int) -> str:
    """A hexadecimal number in LETTERS, its last places."""
    number, letters = int(digest, 16), ""
    for _ in range(count):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def _neutral_folders(folders: list[str], roster: Roster, verdict: Verdict) -> tuple[list[str], bool]:
    """The folders without those that hold something private, and whether there were any."""
    words = _private_words(verdict, "folder")
    private = [_is_private(folder, words, roster) for folder in folders]
    if _told(verdict, "folder") and not any(private):
        private = [True] * len(folders)
    return ["folder" if hide else folder for folder, hide in zip(folders, private, strict=True)], any(private)


def _told(verdict: Verdict, where: str) -> bool:
    """Did the filename check find something private there?"""
    return any(
        isinstance(details := judgement.finding.details, NameDetails)
        and judgement.finding.check == "filename"
        and details.where == where
        for judgement in verdict.judgements
    )


def _private_words(verdict: Verdict, where: str) -> set[str]:
    """What the filename check read there, folded."""
    found = (judgement.finding for judgement in verdict.judgements if judgement.finding.check == "filename")
    texts = (f.details.text for f in found if isinstance(f.details, NameDetails) and f.details.where == where)
    return {fold(text) for text in texts if text.strip()}


def _is_private(name: str, words: Iterable[str], roster: Roster) -> bool:
    plain = fold(name)
    return any(word in plain for word in words) or bool(roster_words(roster) & words_of(name))


def roster_words(roster: Roster) -> frozenset[str]:
    """Names and numbers of everybody on the roster, folded, word by word."""
    return _roster_words(tuple((p.first, p.last, p.known_as, p.student_number) for p in roster.people))


@functools.lru_cache(maxsize=4)
def _roster_words(rows: tuple[tuple[str, ...], ...]) -> frozenset[str]:
    names = {word for row in rows for text in row[:3] for word in words_of(text)}
    numbers = {fold(row[3]).strip() for row in rows}
    return frozenset(word for word in names | numbers if len(word) >= LEAST_WORD)


def words_of(text: str) -> frozenset[str]:
    """Words and numbers of a text, folded: runs of letters and digits, with hyphens and without, and their parts."""
    plain = fold(text)
    long = re.findall(r"[^\W_]+(?:-[^\W_]+)*", plain)
    short = re.findall(r"[^\W_]+", plain)
    return frozenset([*long, *short, *re.findall(r"[^\W\d_]+|\d+", plain)])
