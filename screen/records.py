"""What the steps hand to each other: frozen records without behaviour beyond properties.

A field of a Details record may be marked in its metadata: ``PRIVATE`` never leaves the process in a report, ``READ``
is text read from the photo and masked unless people ask to see it.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from screen.errors import ExitCode
from screen.geometry import Box, Point, Quad

#: For dataclasses.field(metadata=...): never shown in reports, logs or JSON.
PRIVATE: Mapping[str, Any] = MappingProxyType({"private": True})
#: For dataclasses.field(metadata=...): text read from the photo, masked unless asked for.
READ: Mapping[str, Any] = MappingProxyType({"read": True})
#: What stands for text that is not shown; always as long, so that not even the length tells.
MASK = "••••"


class Decision(enum.IntEnum):
    """What is to be done, from mild to severe."""

    KEEP = 0
    REDACT = 1
    REVIEW = 2
    REFUSE = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Details:
    """What a check has to say beside box and score; each check has its own."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that points to people on the roster.

    Attributes:
        by: review-page, metadata, badge, caption, filename, student-id, class or print.
        person_ids: rows it fits; several mean that it is ambiguous.
        text: the name found; private.
        distance: of a face print, smaller is more alike; None for other evidence.
        runner_up: (person_id, distance) of the second best print, if any.
    """

    by: str
    person_ids: tuple[str, ...] = ()
    text: str = field(default="", repr=False, metadata=PRIVATE)
    distance: float | None = None
    runner_up: tuple[str, float] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check saw.

    Attributes:
        check: the id of the check.
        score: how sure it is, 0 to 1.
        box: where, in pixels of the upright photo; None for the photo as a whole.
        details: the check's own record; None if there is nothing to add.
        evidence: what points to people we know; empty until identify() has looked.
        id: f1, f2, ... in one photo; given by find().
    """

    check: str
    score: float
    box: Box | None = None
    details: Details | None = None
    evidence: tuple[Evidence, ...] = ()
    id: str = ""


@dataclass(frozen=True, slots=True)
class Landmark:
    """A named point of a face or hand: left-eye, right-eye, nose, left-mouth, right-mouth; wrist, ...

    Left and right are those of the picture.
    """

    name: str
    point: Point


@dataclass(frozen=True, slots=True)
class FaceDetails(Details):
    """A face.

    Attributes:
        identifiability: clear, marginal or none.
        pose: frontal or profile.
        width: of the face in pixels of the photo.
        head: the region to cover, hair and ears included.
        landmarks: what the model saw of eyes, nose and mouth; may be empty.
        prominence: subject or background.
        kind: face, or depicted (on a poster, screen, card or drawing).
        sharpness: of the face itself, 0 to 1; None if it is too small to tell.
        certainty: sure or doubtful (both are to be hidden: when in doubt, hide); unclear (below the line, but on a
            person: hidden too, and somebody should look); or weak (below the line: listed and kept, so that nothing is
            dropped silently).
        place: where an unclear or weak one is; its finding has no box, since no face was found there.
        targeted: how much the face is the aim of the photo, 0 to 1; None until identify() has looked.
    """

    identifiability: str = "clear"
    pose: str = "frontal"
    width: int = 0
    head: Box | None = field(default=None, metadata=PRIVATE)
    landmarks: tuple[Landmark, ...] = field(default=(), metadata=PRIVATE)
    prominence: str = "subject"
    kind: str = "face"
    sharpness: float | None = field(default=None, metadata=PRIVATE)
    certainty: str = "sure"
    place: Box | None = None
    targeted: float | None = field(default=None, metadata=PRIVATE)


@dataclass(frozen=True, slots=True)
class HandDetails(Details):
    """A hand: side is left, right or unknown (of its owner); landmarks are MediaPipe's 21 points."""

    side: str = "unknown"
    landmarks: tuple[Landmark, ...] = field(default=(), metadata=PRIVATE)


@dataclass(frozen=True, slots=True)
class Word:
    """A word that was read, and where: corners clockwise from the top left of the writing."""

    text: str
    quad: Quad
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class TextDetails(Details):
    """A line or some words of it.

    Attributes:
        category: student-id, name, grade, class, contact, school, unreadable or other.
        text: what was read; masked in reports.
        quad: where exactly; what is hidden is this, with a margin.
        words: the words of the line, for comparing them with the roster.
        rule: the name of the pattern that told the category; empty if none did.
    """

    category: str = "other"
    text: str = field(default="", repr=False, metadata=READ)
    quad: Quad | None = field(default=None, metadata=PRIVATE)
    words: tuple[Word, ...] = field(default=(), repr=False, metadata=PRIVATE)
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CodeDetails(Details):
    """A QR code, a barcode or a machine-readable zone: its kind; the payload never leaves the process."""

    kind: str = "qr"
    quad: Quad | None = field(default=None, metadata=PRIVATE)
    payload: str = field(default="", repr=False, metadata=PRIVATE)


@dataclass(frozen=True, slots=True)
class BlurDetails(Details):
    """How sharp the photo is where it matters, 0 to 1; cause is motion, focus or empty."""

    sharpness: float
    cause: str = ""


@dataclass(frozen=True, slots=True)
class OrientationDetails(Details):
    """Clockwise quarter turns that set the picture right, and what told so (exif, faces, text, persons, scene)."""

    turns: int
    told_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetadataDetails(Details):
    """A kind of hidden data.

    Attributes:
        kind: gps, device, time, name, region, thumbnail, credit, comment, trailer, several-pictures or other.
        where: the place in the file: exif, xmp, iptc, jpeg-comment, png-text, sidecar, ...
        count: how many entries of this kind there.
        values: texts found (names, captions), for comparing with the roster; never shown.
        region: the part of the photo to which it belongs (a named face), if it says so.
        credit: who made the photo and how to name them, so that a post can give credit; masked in reports.
    """

    kind: str
    where: str
    count: int = 1
    values: tuple[str, ...] = field(default=(), repr=False, metadata=PRIVATE)
    region: Box | None = field(default=None, metadata=PRIVATE)
    credit: str = field(default="", metadata=READ)


@dataclass(frozen=True, slots=True)
class NameDetails(Details):
    """Something private in a file name, folder name or caption.

    Attributes:
        kind: name, student-id, date, class, grade, contact, tag (an @mention) or special-population.
        text: the words found; masked in reports.
        where: filename, folder or caption.
    """

    kind: str
    text: str = field(default="", repr=False, metadata=READ)
    where: str = "filename"


@dataclass(frozen=True, slots=True)
class QualityDetails(Details):
    """Not fit to post.

    Attributes:
        kind: dark, burnt-out, small, small-for-print, portrait, mirrored, screenshot, several-frames, ...
        value: what was measured.
    """

    kind: str
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class TwinDetails(Details):
    """Another photo of the run looks like the same shot: its source, and the share of its look that differs, 0 to 1."""

    twin: str
    differing: float = 0.0


@dataclass(frozen=True, slots=True)
class Ruling:
    """The decision on one finding for one purpose.

    Attributes:
        purpose: where the photo is to be published.
        decision: what is to be done.
        reason: what an ordinary report may show; empty where nothing is to be said.
        cause: the true one, for those who may see it; private.
    """

    purpose: str
    decision: Decision
    reason: str = ""
    cause: str = field(default="", metadata=PRIVATE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A finding with what the policy says of it, purpose by purpose."""

    finding: Finding
    rulings: tuple[Ruling, ...]

    @property
    def decision(self) -> Decision:
        """The most severe over the purposes asked."""
        return max((ruling.decision for ruling in self.rulings), default=Decision.KEEP)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Reason codes of all rulings that are more than keep, without repeats, in order."""
        return tuple(dict.fromkeys(r.reason for r in self.rulings if r.decision > Decision.KEEP and r.reason))


@dataclass(frozen=True, slots=True)
class Cover:
    """A region to hide.

    Attributes:
        box: holds all of it.
        shape: ellipse (a head), quad (text, a code) or box.
        quad: the corners, for the shape quad.
        finding_id: what it hides; empty for a region drawn by a person.
        inside: must be wholly covered whatever the shape: the face's own box, for the shape ellipse.
        strength: how much stronger than asked it is hidden; the proof raises it where a first try was not enough.
    """

    box: Box
    shape: str = "box"
    quad: Quad | None = None
    finding_id: str = ""
    inside: Box | None = None
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Crop:
    """A part worth showing: aspect 16:9 or free; shows hand, back, ...; score is its worth, 0 to 1; why in a word."""

    box: Box
    aspect: str
    shows: tuple[str, ...]
    score: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to hide, where to cut and how to turn (clockwise quarter turns, applied last)."""

    turns: int = 0
    covers: tuple[Cover, ...] = ()
    crops: tuple[Crop, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for one photo.

    Attributes:
        likeness: what it looks like, to find the same shot again in a run; hex, no report shows it.
    """

    source: str
    digest: str
    size: tuple[int, int]
    judgements: tuple[Judgement, ...]
    plan: Plan
    purposes: tuple[str, ...]
    likeness: str = ""

    @property
    def decision(self) -> Decision:
        """The most severe over findings and purposes."""
        return max((judgement.decision for judgement in self.judgements), default=Decision.KEEP)

    def decision_for(self, purpose: str) -> Decision:
        """The most severe over the findings, for one purpose."""
        rulings = (ruling for judgement in self.judgements for ruling in judgement.rulings)
        return max((ruling.decision for ruling in rulings if ruling.purpose == purpose), default=Decision.KEEP)


@dataclass(frozen=True, slots=True)
class Failure:
    """A photo that could not be screened: error is a short stable word, message a sentence for people."""

    source: str
    error: str
    message: str


@dataclass(frozen=True, slots=True)
class Proof:
    """What was shown of a written copy.

    Attributes:
        digest: SHA-256 of the bytes that were proven.
        passed: did every step hold?
        steps: the names of the steps that were run, in order.
        reason: the sentence that tells why it failed; empty if it passed.
        rounds: how many times something new had to be hidden first.
    """

    digest: str
    passed: bool
    steps: tuple[str, ...]
    reason: str = ""
    rounds: int = 1


@dataclass(frozen=True, slots=True)
class SafeCopy:
    """A written and proven copy: source name, path as text, and its proof."""

    source: str
    path: str
    proof: Proof
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """The results of several photos, in the order in which they were done."""

    results: tuple[Verdict | Failure, ...]

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """Those that were screened."""
        return tuple(result for result in self.results if isinstance(result, Verdict))

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Those that were not."""
        return tuple(result for result in self.results if isinstance(result, Failure))

    @property
    def exit_code(self) -> ExitCode:
        """NOT_SCREENED wins over FINDINGS; CLEAR only when every photo was screened and may be published as it is."""
        if self.failures:
            return ExitCode.NOT_SCREENED
        if any(verdict.decision > Decision.KEEP for verdict in self.verdicts):
            return ExitCode.FINDINGS
        return ExitCode.CLEAR
