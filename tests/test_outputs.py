"""write_safe_copy: whole, proven, well named, or not there at all."""

import errno
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from screen import outputs
from screen.copies import writing
from screen.copies.choices import with_choices
from screen.copies.claims import Screen
from screen.copies.naming import name_of
from screen.copies.witnesses import Witnesses
from screen.copies.writing import sweep
from screen.errors import CheckError, OutputError, ProofError, UsageError
from screen.geometry import Box
from screen.photo import Photo, photo_from_bytes
from screen.policy import Policy
from screen.records import Cover, Decision, Finding, Judgement, NameDetails, Plan, Ruling, Verdict
from screen.redact import CopyOptions, encoded
from screen.roster import EMPTY, Person, Roster

PEOPLE = Roster(
    (
        Person("P1", first="Zoé", last="Lefèvre", student_number="1187-0042"),
        Person("P2", first="Rose", last="Boulanger"),
    )
)


def photo_named(name: str, kind: str = "JPEG", seed: int = 0) -> Photo:
    pixels = np.random.default_rng(seed).integers(0, 256, (60, 80, 3), np.uint8)
    return photo_from_bytes(encoded(pixels, kind), name)


def verdict_of(photo: Photo, *judgements: Judgement, covers: tuple[Cover, ...] = ()) -> Verdict:
    return Verdict(photo.source, photo.digest, photo.size, judgements, Plan(0, covers), ("website",))


def told(kind: str, text: str, where: str = "filename") -> Judgement:
    finding = Finding("filename", 1.0, None, NameDetails(kind, text, where), id="f1")
    return Judgement(finding, (Ruling("website", Decision.REDACT, "x"),))


def finds_nothing(photo: Photo, policy: Policy, roster: Roster) -> Verdict:
    return verdict_of(photo)


def always_finds(photo: Photo, policy: Policy, roster: Roster) -> Verdict:
    finding = Finding("face", 0.9, Box(5, 5, 25, 30), id="f1")
    judged = Judgement(finding, (Ruling("website", Decision.REDACT, "no-consent"),))
    return verdict_of(photo, judged, covers=(Cover(Box(60, 40, 70, 50), "ellipse", None, "f1"),))


@pytest.fixture
def write(tmp_path: Path, policy: Policy):
    def written(
        photo: Photo,
        *judgements: Judgement,
        screen: Screen = finds_nothing,
        roster: Roster = EMPTY,
        target: Path | None = None,
        **options: object,
    ):
        verdict = verdict_of(photo, *judgements)
        chosen = CopyOptions(**options)
        witnesses = Witnesses(screen, None, None)
        return outputs.write_safe_copy(photo, verdict, target or tmp_path / "out", chosen, policy, roster, witnesses)

    return written


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize(
    ("source", "kind", "name"),
    [
        ("a.jpg", "JPEG", "a.jpg"), ("class/4/a.JPG", "JPEG", "class/4/a.JPG"), ("a.jpe", "JPEG", "a.jpe"),
        ("a.png", "PNG", "a.png"), ("a.heic", "JPEG", "a.heic.jpg"), ("a.jpg", "PNG", "a.jpg.png"),
        ("a", "JPEG", "a.jpg"), ("/home/x/a.jpg", "JPEG", "a.jpg"), ("../x/a.jpg", "JPEG", "a.jpg"),
        ("été/学校 \u202ex.jpg", "JPEG", "été/学校 \u202ex.jpg"),
        ("double..dots..jpg", "JPEG", "double..dots..jpg"), (".hidden.jpg", "JPEG", ".hidden.jpg"),
    ],
)  # fmt: skip
def test_the_tree_is_mirrored_and_the_ending_fits(source: str, kind: str, name: str) -> None:
    photo = photo_named(source)
    assert str(name_of(verdict_of(photo), kind, CopyOptions(), EMPTY)) == name


def test_same_stem_other_ending_gives_two_copies(write, tmp_path: Path) -> None:
    """T27: formats that are written anew never meet in one name either."""
    for number, (name, kind) in enumerate([("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.JPG", "JPEG"), ("a.webp", "WEBP")]):
        write(photo_named(name, kind, number))
    heic = replace(photo_named("a.heic", seed=9), format="HEIF")
    write(heic)
    assert files(tmp_path / "out") == ["a.JPG", "a.heic.jpg", "a.jpg", "a.png", "a.webp"]


def test_long_names_are_shortened_and_stay_apart() -> None:
    """T37; names in other scripts and directions are in the table above."""
    names = set()
    for seed, letter in enumerate("ab"):
        photo = photo_named("é" * 123 + letter + ".jpg", seed=seed)
        name = name_of(verdict_of(photo), "PNG", CopyOptions(), EMPTY).name
        assert len(name.encode()) <= 250
        assert name.endswith(".png")
        names.add(name)
    assert len(names) == 2


@pytest.mark.parametrize(
    ("source", "judgement", "gone"),
    [
        ("trip/IMG_20240183.jpg", told("student-id", "20240183"), "20240183"),
        ("trip/Rose Boulanger.jpg", None, "boulanger"),
        ("Zoé Lefèvre/portrait.jpg", None, "lef"),
        ("zoe-lefevre_2/portrait.jpg", None, "lefevre"),
        ("4B/a.jpg", told("class", "4B", "folder"), "4b"),
        ("x/2026-03-14.jpg", told("date", "2026-03-14"), "2026"),
        ("1187-0042.jpg", None, "1187"),
    ],
)
def test_private_words_leave_the_name(source: str, judgement: Judgement | None, gone: str) -> None:
    """T23."""
    photo = photo_named(source)
    verdict = verdict_of(photo, *([judgement] if judgement else []))
    name = str(name_of(verdict, "JPEG", CopyOptions(), PEOPLE))
    assert gone not in name.casefold()
    assert name.endswith(".jpg")
    assert str(name_of(verdict, "JPEG", CopyOptions(names="keep"), PEOPLE)) == source


def test_neutral_names_stay_apart_and_come_out_the_same_again() -> None:
    one, two = (photo_named(name, seed=seed) for seed, name in enumerate(["Zoé Lefèvre/a.jpg", "Rose B/a.jpg"]))
    same = replace(one, source="Zoé/a.jpg")
    names = [str(name_of(verdict_of(photo), "JPEG", CopyOptions(), PEOPLE)) for photo in (one, two, one, same)]
    assert names[0] != names[1]
    assert names[0] == names[2]
    assert names[0] != names[3], "one photo in two folders gives two copies"
    assert all(name.startswith("folder/a-") for name in names)


def test_random_names_say_nothing_of_the_source() -> None:
    photo = photo_named("trip/IMG_1.jpg")
    names = {str(name_of(verdict_of(photo), "JPEG", CopyOptions(names="random"), EMPTY)) for _ in range(3)}
    assert len(names) == 3
    assert not any("IMG" in name for name in names)


def test_a_copy_is_written_with_its_proof(write, tmp_path: Path) -> None:
    copy = write(photo_named("class/a.jpg"))
    path = tmp_path / "out/class/a.jpg"
    assert copy.path == str(path)
    assert copy.source == "class/a.jpg"
    assert copy.proof.passed
    assert photo_from_bytes(path.read_bytes(), "a").digest == copy.proof.digest
    assert files(tmp_path / "out") == ["class/a.jpg"]


def test_the_copy_is_as_old_as_its_writing(write, tmp_path: Path) -> None:
    """T24."""
    source = tmp_path / "a.jpg"
    photo = photo_named("a.jpg")
    source.write_bytes(photo.file)
    os.utime(source, (1_000_000_000, 1_000_000_000))
    copy = write(photo)
    assert Path(copy.path).stat().st_mtime > 1_700_000_000
    assert source.stat().st_mtime == 1_000_000_000


def test_a_photo_that_is_not_to_be_published_gets_no_copy(write, tmp_path: Path) -> None:
    """A new name and a mask must not launder a photo of somebody who must never be shown."""
    refused = Judgement(Finding("face", 0.9, id="f1"), (Ruling("website", Decision.REFUSE, "no-consent"),))
    with pytest.raises(OutputError, match="not to be published"):
        write(photo_named("a.jpg"), refused)
    assert files(tmp_path) == []


def test_a_failed_proof_leaves_nothing(write, tmp_path: Path) -> None:
    with pytest.raises(ProofError, match="no safe copy"):
        write(photo_named("class/a.jpg"), screen=always_finds)
    assert files(tmp_path) == []


def test_a_copy_that_cannot_be_screened_again_leaves_nothing(write, tmp_path: Path) -> None:
    def breaks(photo: Photo, policy: Policy, roster: Roster) -> Verdict:
        raise CheckError("broke")

    with pytest.raises(CheckError):
        write(photo_named("a.jpg"), screen=breaks)
    assert files(tmp_path) == []


def test_what_the_proof_finds_is_hidden_too(write) -> None:
    rounds = []

    def finds_once(photo: Photo, policy: Policy, roster: Roster) -> Verdict:
        rounds.append(photo.pixels.copy())
        if len(rounds) > 1:
            return verdict_of(photo)
        judged = Judgement(Finding("face", 0.9, Box(5, 5, 25, 30), id="f1"), (Ruling("website", Decision.REVIEW, "x"),))
        return verdict_of(photo, judged, covers=(Cover(Box(2, 2, 28, 33), "ellipse", None, "f1", Box(5, 5, 25, 30)),))

    photo = photo_named("a.png", "PNG")
    copy = write(photo, screen=finds_once)
    assert copy.proof.rounds == 2
    assert np.array_equal(rounds[0], photo.pixels)
    assert (rounds[1] != photo.pixels).any(axis=2)[5:30, 5:25].mean() > 0.99


def test_what_is_only_worth_having_as_it_is_gets_one_try(tmp_path: Path, policy: Policy) -> None:
    photo = photo_named("a.png", "PNG")
    witnesses = Witnesses(always_finds, None, None)
    with pytest.raises(ProofError, match="round 1"):
        outputs.write_safe_copy(
            photo, verdict_of(photo), tmp_path / "out", CopyOptions(), policy, EMPTY, witnesses, tries=1
        )
    assert files(tmp_path) == []


def test_without_the_second_screening_a_missed_face_would_pass(write, monkeypatch: pytest.MonkeyPatch) -> None:
    """The promise rests on this step: switched off, the copy above is written."""
    monkeypatch.setattr("screen.proof.prove_screened", lambda copy, claim, step: None)
    assert write(photo_named("a.jpg"), screen=always_finds).proof.passed


def test_an_existing_file_is_never_replaced_unless_asked(write, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out/a.jpg").write_bytes(b"mine")
    with pytest.raises(OutputError, match="--overwrite"):
        write(photo_named("a.jpg"))
    assert (tmp_path / "out/a.jpg").read_bytes() == b"mine"
    write(photo_named("a.jpg"), overwrite=True)
    assert (tmp_path / "out/a.jpg").read_bytes() != b"mine"


def test_a_file_that_comes_while_the_copy_is_proven_is_not_replaced(write, tmp_path: Path) -> None:
    def meanwhile(photo: Photo, policy: Policy, roster: Roster) -> Verdict:
        (tmp_path / "out/a.jpg").write_bytes(b"mine")
        return verdict_of(photo)

    with pytest.raises(OutputError, match="already"):
        write(photo_named("a.jpg"), screen=meanwhile)
    assert (tmp_path / "out/a.jpg").read_bytes() == b"mine"
    assert files(tmp_path) == ["out/a.jpg"]


def test_the_source_is_never_replaced_even_when_asked(write, tmp_path: Path) -> None:
    """T30, T38."""
    photo = photo_named("a.jpg")
    (tmp_path / "a.jpg").write_bytes(photo.file)
    with pytest.raises(OutputError, match="the photo itself"):
        write(photo, target=tmp_path, overwrite=True)
    assert (tmp_path / "a.jpg").read_bytes() == photo.file
    assert files(tmp_path) == ["a.jpg"]


@pytest.mark.parametrize("name", ["d" * 120 + "/" + "e" * 120 + "/été.jpg", "学校/\u202egpj.jpg", "line\nbreak.jpg"])
def test_long_and_foreign_paths_are_written_as_they_are(write, tmp_path: Path, name: str) -> None:
    """T37."""
    assert Path(write(photo_named(name)).path) == tmp_path / "out" / name
    assert files(tmp_path / "out") == [name]


def test_one_output_file_for_two_photos_is_refused(write, tmp_path: Path) -> None:
    """T28."""
    first = write(photo_named("a.jpg"), target=tmp_path / "one.jpg")
    assert first.path == str(tmp_path / "one.jpg")
    with pytest.raises(OutputError):
        write(photo_named("b.jpg", seed=1), target=tmp_path / "one.jpg")


def test_a_link_out_of_the_folder_is_not_followed(write, tmp_path: Path) -> None:
    """T31."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/class").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputError, match="link"):
        write(photo_named("class/a.jpg"))
    assert files(tmp_path / "elsewhere") == []


def test_a_person_may_keep_findings_and_cover_regions() -> None:
    photo = photo_named("a.jpg")
    covers = (Cover(Box(5, 5, 20, 20), "ellipse", None, "f1"), Cover(Box(30, 5, 40, 20), "ellipse", None, "f2"))
    judgements = [Judgement(Finding("face", 0.9, cover.box, id=cover.finding_id), ()) for cover in covers]
    verdict = verdict_of(photo, *judgements, covers=covers)
    chosen = with_choices(verdict, ["f2"], [(50, 40, 90, 55)])
    assert chosen.plan.covers == (covers[0], Cover(Box(50, 40, 80, 55), "box"))
    for keep, regions in ((["f9"], []), ([], [(1, 2, 3)]), ([], [(50, 40, 50, 55)]), ([], [(500, 40, 600, 55)])):
        with pytest.raises(UsageError):
            with_choices(verdict, keep, regions)


@pytest.mark.parametrize("step", ["write", "fsync", "link"])
def test_a_full_disk_leaves_nothing(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    """T36."""

    def full(*args: object, **kwargs: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if step == "write":
        monkeypatch.setattr(Path, "open", full)
    elif step == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        monkeypatch.setattr(os, "link", full)
        monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OutputError, match="No space left"):
        write(photo_named("a.jpg"))
    assert files(tmp_path) == []


def test_an_interrupted_copy_leaves_nothing(write, tmp_path: Path) -> None:
    def interrupted(photo: Photo, policy: Policy, roster: Roster) -> Verdict:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(photo_named("a.jpg"), screen=interrupted)
    assert files(tmp_path) == []


def test_file_systems_without_links_work_too(write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*args: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    write(photo_named("a.jpg"))
    with pytest.raises(OutputError):
        write(photo_named("a.jpg", seed=1))
    assert files(tmp_path) == ["out/a.jpg"]


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_killed_process_leaves_no_copy_and_no_strays_after_the_next_run(tmp_path: Path) -> None:
    """T36, T70: killed between writing and proving, for real."""
    script = (
        "import os, signal, sys; from pathlib import Path; from screen.copies.writing import beside\n"
        "with beside(Path(sys.argv[1]) / 'class' / 'a.jpg', b'x' * 100000): os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert [path.suffix for path in tmp_path.rglob("*") if path.is_file()] == [".part"]
    assert sweep(tmp_path) == 1
    assert files(tmp_path) == []


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="only Linux tells that a process is defunct")
def test_the_file_of_a_process_that_ended_unasked_for_is_a_stray(tmp_path: Path) -> None:
    """A killed process stays in the table until its parent asks how it ended; that is no running process."""
    ended = subprocess.Popen([sys.executable, "-c", ""])  # nobody waits for it
    while not writing._is_defunct(ended.pid):
        time.sleep(0.01)
    (tmp_path / f"{writing.PREFIX}{writing._machine()}-{ended.pid}-00{writing.SUFFIX}").write_bytes(b"x")
    try:
        assert sweep(tmp_path) == 1
    finally:
        ended.wait()
    assert not writing._is_defunct(os.getpid())


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    """T70: SIGKILL leaves a file beside; the next run takes it away, but not that of a run that goes on."""
    dead = 2**22 + 12_345
    machine = writing._machine()
    stray = tmp_path / "a" / f"{writing.PREFIX}{machine}-{dead}-00{writing.SUFFIX}"
    alive = tmp_path / "a" / f"{writing.PREFIX}{machine}-{os.getppid()}-00{writing.SUFFIX}"
    foreign = tmp_path / f"{writing.PREFIX}00000000-{dead}-00{writing.SUFFIX}"
    old = tmp_path / f"{writing.PREFIX}00000000-{dead}-01{writing.SUFFIX}"
    stray.parent.mkdir()
    for path in (stray, alive, foreign, old, tmp_path / "a/b.part"):
        path.write_bytes(b"x")
    os.utime(old, (1, 1))
    assert sweep(tmp_path) == 2
    assert files(tmp_path) == sorted([str(alive.relative_to(tmp_path)), foreign.name, "a/b.part"])
