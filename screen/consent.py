"""identify(): compares what was seen, read and found in the file with the roster, and says who may be meant.

Evidence that belongs to a place (a named region, a badge) goes to the face there. A name that belongs to the photo as
a whole (file name, caption, keyword) is a finding of its own, and evidence for a face only where there is one person
in the picture, or where other evidence names the same person for that face.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass, replace

from screen.errors import UsageError
from screen.evidence.badges import wearer
from screen.evidence.pointers import CONFIRMED, NAMES, RecognitionSettings
from screen.evidence.targeting import with_targets
from screen.geometry import Box
from screen.matching import match_text
from screen.photo import Photo
from screen.policy import Policy
from screen.records import Evidence, FaceDetails, Finding, MetadataDetails, QualityDetails
from screen.roster import Roster
from screen.typed.names import caption_findings, metadata_evidence, source_findings


@dataclass(frozen=True, slots=True)
class ConsentSettings:
    """How people are looked for; the table [consent] of a policy.

    Attributes:
        classes: only these classes can be in the picture, beside staff and visitors; empty for all.
    """

    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Clue:
    """Evidence, and the face that it belongs to.

    Attributes:
        evidence: what points to people.
        face: index of the finding; None where its place tells none.
        anywhere: is it said of the photo as a whole? Writing far from any face is not.
    """

    evidence: Evidence
    face: int | None
    anywhere: bool = True


def identify(photo: Photo, findings: tuple[Finding, ...], policy: Policy, roster: Roster) -> tuple[Finding, ...]:
    """The findings with all evidence of who may be meant, and findings of names in file name and caption.

    Pure: the roster is compared with what is there; nobody is decided upon.

    Raises:
        UsageError: somebody named a face after a person whom the roster does not hold.
    """
    _known(policy, roster)
    here = can_be_there(roster, policy.settings("consent", ConsentSettings).classes)
    findings = match_text(findings, here, photo.size)
    findings = tuple(metadata_evidence(finding, here) for finding in findings)
    findings += (*source_findings(photo.source, here), *_captions(policy, here), *_missing_people(findings, policy))
    findings = _recognised(photo, numbered(findings), policy, here)
    return with_targets(_with_clues(findings, _clues(findings, policy)), photo.size)


def can_be_there(roster: Roster, classes: Iterable[str]) -> Roster:
    """The roster without pupils of other classes; protected people always stay, whatever class was given."""
    wanted = frozenset(map(_class_key, classes))
    return _narrowed(_Content(roster), wanted) if wanted else roster


class _Content:
    """A roster as a key of a cache: told apart by its digest, so that copies in other processes' tasks are the same."""

    __slots__ = ("key", "roster")

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.key = (roster.digest, roster.withdrawn) if roster.digest else (id(roster), roster.withdrawn)

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Content) and other.key == self.key


@functools.lru_cache(maxsize=4)
def _narrowed(content: _Content, wanted: frozenset[str]) -> Roster:
    roster = content.roster
    if not wanted & {_class_key(person.class_name) for person in roster.people}:
        return roster
    people = tuple(p for p in roster.people if not p.is_pupil or p.protected or _class_key(p.class_name) in wanted)
    return replace(roster, people=people, digest=f"{roster.digest} {sorted(wanted)}" if roster.digest else "")


def numbered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, new ones with the next free ids."""
    findings = tuple(findings)
    used = {finding.id for finding in findings}
    last = max((int(name[1:]) for name in used if name[:1] == "f" and name[1:].isdigit()), default=0)
    result = []
    for finding in findings:
        if not finding.id:
            last += 1
            finding = replace(finding, id=f"f{last}")  # noqa: PLW2901  the same finding, now with its id
        result.append(finding)
    return tuple(result)


def _recognised(photo: Photo, findings: tuple[Finding, ...], policy: Policy, roster: Roster) -> tuple[Finding, ...]:
    """The findings with what face prints suggest; as they are where recognition is off or nobody is enrolled.

    The prints of the photo are dropped here: a print of somebody who did not agree is never kept (GDPR article 9).

    Raises:
        MissingDependencyError: recognition is on, people are enrolled, and the extra is not installed.
    """
    chosen = policy.settings("recognition", RecognitionSettings)
    if not chosen.enabled or not roster.prints:
        return findings
    from screen.recognition.printing import print_model  # noqa: PLC0415
    from screen.recognition.suggesting import suggestions, usable_prints  # noqa: PLC0415

    faces = {index: finding.box for index, finding in enumerate(findings) if _is_face(finding) and finding.box}
    vectors = print_model().prints(photo, tuple(faces.values()))
    known = usable_prints(roster, policy.today, chosen.months)
    found = suggestions(dict(zip(faces, vectors, strict=True)), known, chosen.threshold)
    return tuple(
        replace(finding, evidence=(*finding.evidence, found[index])) if index in found else finding
        for index, finding in enumerate(findings)
    )


def _class_key(name: str) -> str:
    return "".join(name.casefold().split())


def _known(policy: Policy, roster: Roster) -> None:
    """Raises a UsageError for a person whom the roster does not hold: a slip here would show the wrong child."""
    for finding_id, person_id in policy.named:
        if roster.person(person_id) is None:
            raise UsageError(
                "{finding_id}={person_id}: the roster has no person {person_id!r}. Look at person_id there.",
                finding_id=finding_id,
                person_id=person_id,
            )


def _captions(policy: Policy, roster: Roster) -> tuple[Finding, ...]:
    text = policy.tables.get("caption", {}).get("text", "")
    return caption_findings(text, roster) if isinstance(text, str) else ()


def _missing_people(findings: Iterable[Finding], policy: Policy) -> tuple[Finding, ...]:
    """A finding where somebody said how many people there are, and fewer were found."""
    found = sum(finding.check == "back" or _is_face(finding) for finding in findings)
    if policy.expect is None or found >= policy.expect:
        return ()
    return (Finding("quality", 1.0, None, QualityDetails("fewer-people", float(policy.expect - found))),)


def _is_face(finding: Finding) -> bool:
    """Is this somebody's face, not a weak candidate and not a picture of one?"""
    details = finding.details
    if finding.check != "face":
        return False
    return not isinstance(details, FaceDetails) or (
        details.certainty in {"sure", "doubtful"} and details.kind != "depicted"
    )


def _clues(findings: tuple[Finding, ...], policy: Policy) -> list[Clue]:
    """All evidence with the place of the face it belongs to."""
    faces = [(index, finding.box) for index, finding in enumerate(findings) if finding.check == "face" and finding.box]
    candidates = [(index, place) for index, finding in enumerate(findings) if (place := _candidate_place(finding))]
    indexes = {finding.id: index for index, finding in enumerate(findings) if finding.check in {"face", "back"}}
    named = ((indexes.get(finding_id), person_id) for finding_id, person_id in policy.named)
    clues = [Clue(Evidence(CONFIRMED, (person_id,)), index) for index, person_id in named if index is not None]
    others = [finding for finding in findings if finding.check not in {"face", "back"}]
    clues.extend(
        Clue(evidence, _place(finding, evidence, faces, candidates), finding.check != "text")
        for finding in others
        for evidence in finding.evidence
        if evidence.by in NAMES
    )
    return clues


def _place(
    finding: Finding, evidence: Evidence, faces: list[tuple[int, Box]], candidates: list[tuple[int, Box]]
) -> int | None:
    """The face to which evidence belongs by its place, as an index of the findings."""
    if isinstance(finding.details, MetadataDetails):
        face = in_region(finding.details.region, faces)
        return face if face is not None else in_region(finding.details.region, candidates)
    if finding.check == "text" and finding.box and evidence.by in {"badge", "student-id"}:
        return wearer(finding.box, faces)
    return None


def _candidate_place(finding: Finding) -> Box | None:
    """Where a candidate is that the face check did not count; None for all else."""
    details = finding.details
    return details.place if isinstance(details, FaceDetails) and finding.box is None else None


def in_region(region: Box | None, faces: Iterable[tuple[int, Box]]) -> int | None:
    """The face that a named region means: the one that shares most with it, if it shares a fifth of the smaller."""
    if region is None:
        return None
    shared = [(region.shared_area(box) / min(region.area, box.area), index) for index, box in faces]
    best = max(shared, default=(0.0, -1))
    return best[1] if best[0] >= 0.2 else None


def _with_clues(findings: tuple[Finding, ...], clues: list[Clue]) -> tuple[Finding, ...]:
    placed: dict[int, list[Evidence]] = {}
    for clue in clues:
        if clue.face is not None:
            placed.setdefault(clue.face, []).append(clue.evidence)
    alone = _only_person(findings)
    # What lies over the face says more than what is said of the whole photo, which may mean somebody outside of it.
    alone = None if alone in placed else alone
    for clue in clues:
        if clue.face is None:
            for index in _meant(clue.evidence, placed, alone if clue.anywhere else None):
                placed.setdefault(index, []).append(clue.evidence)
    return tuple(
        _pointed(finding, tuple(dict.fromkeys(placed[index]))) if index in placed else finding
        for index, finding in enumerate(findings)
    )


def _pointed(finding: Finding, evidence: tuple[Evidence, ...]) -> Finding:
    """The finding with its evidence; a candidate that somebody named, or a region names, is a face after all."""
    details, place = finding.details, _candidate_place(finding)
    if isinstance(details, FaceDetails) and place is not None:
        finding = replace(finding, box=place, details=replace(details, certainty="doubtful", place=None))
    return replace(finding, evidence=(*finding.evidence, *evidence))


def _meant(evidence: Evidence, placed: dict[int, list[Evidence]], alone: int | None) -> list[int]:
    """The faces that a name for the whole photo belongs to: the only person, or those who are that person already."""
    same = {
        index
        for index, others in placed.items()
        if any(set(other.person_ids) & set(evidence.person_ids) for other in others)
    }
    return sorted(same | ({alone} if alone is not None else set()))


def _only_person(findings: tuple[Finding, ...]) -> int | None:
    """The only face; where there is none, the only back of a head; None if there is nobody or more than one."""
    faces = [index for index, finding in enumerate(findings) if _is_face(finding)]
    people = faces or [index for index, finding in enumerate(findings) if finding.check == "back"]
    return people[0] if len(people) == 1 else None
