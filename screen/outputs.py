"""write_safe_copy: name, write beside, prove, rename; a copy that fails its proof is gone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from screen.copies.claims import Claim
from screen.copies.naming import name_of
from screen.copies.quieting import quieted
from screen.copies.witnesses import Witnesses
from screen.copies.writing import beside, put, sweep
from screen.errors import OutputError, Phrase, ProofError
from screen.geometry import Box
from screen.photo import ENDINGS, Photo
from screen.policy import Policy
from screen.proof import ROUNDS, attempt
from screen.records import Decision, SafeCopy, Verdict
from screen.redact import CopyOptions, packed
from screen.roster import Roster

__all__ = ["ROUNDS", "CopyOptions", "claim_of", "sweep", "write_safe_copy"]


class Journal(Protocol):
    """Notes copies, so that a later run knows them again."""

    def note(self, copy: SafeCopy) -> None:
        """Note a proven copy that is about to get its name."""

    def may_replace(self, path: Path) -> bool:
        """Is what lies there an earlier copy of the same photo, unchanged since?"""
        ...


def write_safe_copy(  # noqa: PLR0913, PLR0917  all of it is needed to write one copy; crop and label only for crops
    photo: Photo,
    verdict: Verdict,
    target: Path,
    options: CopyOptions,
    policy: Policy,
    roster: Roster,
    witnesses: Witnesses | None = None,
    crop: Box | None = None,
    label: str = "",
    journal: Journal | None = None,
    tries: int = ROUNDS,
) -> SafeCopy:
    """The written and proven copy of a photo, with everything in verdict.plan.covers hidden.

    Args:
        photo: the photo.
        verdict: of this photo; its plan says what to hide, its findings what may stay.
        target: the folder below which the source's own folders are mirrored; or, with the ending of a picture, the
            file itself.
        options: style, format, names.
        policy: for screening the copy again.
        roster: for screening the copy again, and for the names and numbers that must not be in it.
        witnesses: who looks at the copy again; those of the program if None.
        crop: the part to keep, in pixels of the photo.
        label: put behind the stem of the name: crop-1.
        journal: notes each copy before it gets its name, and knows earlier copies of this photo.
        tries: how often it is made, each time with what the proof before has found hidden too. 1 for what is only
            worth having as it is.

    Raises:
        OutputError: it cannot be written there, or the photo is not to be published at all.
        ProofError: the copy did not pass its proof; it is gone.
        CheckError: the copy could not be screened again; it is gone.
        MissingDependencyError: a model or engine for screening it again is not there.
    """
    if verdict.decision == Decision.REFUSE:
        raise OutputError("{source}: this photo is not to be published, so no copy was written.", source=photo.source)
    claim = claim_of(photo, verdict, options, policy, roster, witnesses, crop)
    for number in range(1, tries + 1):
        pixels, quiet = quieted(photo, claim.verdict, options, claim.faces)
        claim = replace(claim, verdict=quiet)
        copy = packed(photo, pixels, quiet.plan, options, crop)
        path, name = _target(target, claim, copy.format, label)
        ours = journal is not None and journal.may_replace(path)
        replaces = options.overwrite or ours
        _refuse_others(path, replaces)
        with beside(path, copy.data) as part:
            tried = attempt(part.read_bytes(), name, claim, number)
            if tried.proof.passed:
                if not ours:  # a bare photo and its copy may be equal, byte for byte
                    _refuse_sources(path, photo)
                proven = SafeCopy(photo.source, str(path), tried.proof, copy.notes)
                if journal:
                    journal.note(proven)
                put(part, path, replaces)
                return proven
        if tried.covers is None:
            break
        claim = replace(claim, verdict=replace(verdict, plan=replace(verdict.plan, covers=tried.covers)))
    raise ProofError(
        "{source}: no safe copy was kept. The proof failed (round {rounds}): {reason} Cover more by hand, or do not "
        "publish this photo.",
        source=photo.source,
        rounds=tried.proof.rounds,
        reason=Phrase(tried.proof.reason),
    )


def claim_of(
    photo: Photo,
    verdict: Verdict,
    options: CopyOptions,
    policy: Policy,
    roster: Roster,
    witnesses: Witnesses | None = None,
    crop: Box | None = None,
) -> Claim:
    """What a copy of the photo is to be, for prove(); who looks for faces is asked where the policy does."""
    witnesses = witnesses or Witnesses()
    seen = "face" in policy.checks
    faces, prints = (witnesses.faces, witnesses.prints) if seen else (None, None)
    return Claim(photo, verdict, options, policy, roster, witnesses.screen, faces, prints, crop)


def _target(target: Path, claim: Claim, kind: str, label: str) -> tuple[Path, str]:
    """The path of the copy, and its name as it was made; its folder lies below the target, links followed.

    Raises:
        OutputError: a link leads out of the target, or a folder of that name is there.
    """
    exact = target.suffix.lower() in ENDINGS and not target.is_dir()
    name = target.name if exact else str(name_of(claim.verdict, kind, claim.options, claim.roster, label))
    folder = target.parent if exact else target
    path = folder / name
    if not path.parent.resolve().is_relative_to(folder.resolve()):
        raise OutputError(
            "{path}: a link leads out of {target}. Choose another folder with --out.", path=path, target=target
        )
    if path.is_dir():
        raise OutputError("{path}: there is a folder of that name. Choose another folder with --out.", path=path)
    return path, name


def _refuse_others(path: Path, replaces: bool) -> None:
    """Never write over a file, unless it may be replaced.

    Raises:
        OutputError: there is one.
    """
    if not replaces and path.exists():
        raise OutputError("{path}: there is such a file already. Use --overwrite, or choose another folder.", path=path)


def _refuse_sources(path: Path, photo: Photo) -> None:
    """Never write over the source, whatever the options say.

    Raises:
        OutputError: the file that is there is the source.
    """
    same_size = bool(photo.file) and path.is_file() and path.stat().st_size == len(photo.file)
    if same_size and hashlib.sha256(path.read_bytes()).hexdigest() == photo.digest:
        raise OutputError(
            "{path}: this is the photo itself, and is never written over. Choose another folder.", path=path
        )
