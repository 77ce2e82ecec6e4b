import contextlib
import dataclasses
import datetime
import errno
import hashlib
import json
import os
import sqlite3
import stat
import subprocess
import sys
import types
import zlib

import numpy as np
import pytest
from PIL import Image

from screen.batch.codec import record_from, to_plain
from screen.batch.faults import unusable
from screen.batch.migrations import SCHEMA
from screen.batch.observations import NeedsPixelsError, Observation, Seen, UnopenedPhoto, decided, with_crops_of
from screen.batch.pictures import covered_further
from screen.batch.running import Task
from screen.batch.screening import Screened
from screen.batch.store import home, open_store
from screen.errors import OutputError
from screen.geometry import Box, corners
from screen.photo import photo_from_bytes, photo_of
from screen.records import (
    Cover,
    Crop,
    Decision,
    Evidence,
    FaceDetails,
    Finding,
    Judgement,
    Plan,
    Ruling,
    TextDetails,
    Verdict,
)
from screen.report.thumbnails import filled_picture, hidden_beside
from screen.report.to_json import verdict_line
from screen.roster import EMPTY, Person, Roster

BOX = Box(10, 20, 60, 90)
FACE = Finding("face", 0.97, BOX, FaceDetails(head=BOX, width=50), (Evidence("metadata", ("P1",), "Ann Lee"),), "f1")
TEXT = Finding("text", 0.9, BOX, TextDetails("student-id", "20240183", corners(BOX)), (), "f2")
VERDICT = Verdict(
    "class/IMG_1.jpg",
    "ab" * 32,
    (400, 300),
    (
        Judgement(
            FACE, (Ruling("website", Decision.REFUSE, "no-consent", "protected"), Ruling("display", Decision.KEEP))
        ),
        Judgement(TEXT, (Ruling("website", Decision.REDACT, "student-id", "student-id"),)),
    ),
    Plan(1, (Cover(BOX, "quad", corners(BOX), "f2"),), (Crop(BOX, "16:9", ("hand", "back"), 0.8),)),
    ("website", "display"),
)


def coded(kind, code):
    """An error as SQLite raises it."""
    error = kind("what SQLite says")
    error.sqlite_errorcode = code
    return error


@pytest.fixture
def photo(tmp_path, monkeypatch):
    monkeypatch.setenv("PHOTOSCREEN_HOME", str(tmp_path / "home"))
    path = tmp_path / "IMG_1.jpg"
    Image.fromarray(np.zeros((8, 8, 3), np.uint8)).save(path)
    return Task(path, "class/IMG_1.jpg")


@pytest.mark.parametrize("show_text", [False, True])
def test_a_verdict_comes_back_as_it_may_be_shown(show_text):
    plain = json.loads(json.dumps(to_plain(VERDICT, show_text)))
    again = record_from(plain, Verdict)
    assert verdict_line(again, show_text=True) == verdict_line(VERDICT, show_text)
    assert again.plan == VERDICT.plan
    assert again.decision == Decision.REFUSE
    assert again.decision_for("display") == Decision.KEEP


def test_what_is_private_is_not_stored():
    stored = json.dumps(to_plain(VERDICT))
    for secret in ("Ann", "protected", "20240183", "head"):
        assert secret not in stored


def test_values_of_another_form_are_refused():
    for plain in ({"@": "Verdict", "source": "x"}, {"@": "Nothing"}):
        with pytest.raises(ValueError, match="another form"):
            record_from(plain, Verdict)
    with pytest.raises(ValueError, match="no Verdict"):
        record_from(to_plain(BOX), Verdict)


def found_of(photo, *findings):
    digest = hashlib.sha256(photo.path.read_bytes()).hexdigest()
    seen = tuple(Seen(check, tuple(f for f in findings if f.check == check)) for check in ("face", "text", "metadata"))
    return Observation(digest, (400, 300), "", seen)


def verdict_of(photo, **changes):
    digest = hashlib.sha256(photo.path.read_bytes()).hexdigest()
    return dataclasses.replace(VERDICT, digest=digest, **changes)


@pytest.fixture
def few(policy):
    """A policy whose checks are those of found_of."""
    return dataclasses.replace(policy, checks=("face", "text", "metadata", "filename", "caption"))


def test_results_are_found_again_for_the_same_photo_policy_and_roster(photo, policy):
    with open_store(policy, EMPTY) as store:
        key = store.key(photo)
        assert store.known(key, photo.source) is None
        store.put(key, Screened(verdict_of(photo), b"jpeg"))
    with open_store(policy, EMPTY) as store:
        assert store.key(photo) == key
        known = store.known(key, photo.source)
        assert known.thumbnail == b"jpeg"
        assert known.verdict.plan == VERDICT.plan
        assert store.pictures({photo.source: key})[photo.source] == b"jpeg"
        assert store.known(key, "other/name.jpg") is None
    changes = [
        open_store(dataclasses.replace(policy, purposes=("display",)), EMPTY),
        open_store(dataclasses.replace(policy, today=datetime.date(2027, 1, 1)), EMPTY),
        open_store(policy, Roster(digest="other")),
        open_store(policy, EMPTY.with_withdrawn(["P1"])),
    ]
    for change in changes:
        with change as store:
            assert store.key(photo) == key
            assert store.known(key, photo.source) is None  # what was found is not stored here
    with open_store(policy.changed("text", engine="null"), EMPTY) as store:
        assert store.key(photo) != key


def test_another_photo_or_sidecar_is_looked_at_again(photo, policy):
    with open_store(policy, EMPTY) as store:
        key = store.key(photo)
        assert store.key(Task(photo.path, "other/IMG_1.jpg")) == key
        photo.path.with_suffix(".xmp").write_text("<x/>")
        with_sidecar = store.key(photo)
        assert with_sidecar != key
        photo.path.write_bytes(photo.path.read_bytes() + b"\0")
        assert store.key(photo) != with_sidecar
        photo.path.unlink()
        assert store.key(photo) == ""
        assert store.known("", photo.source) is None


def test_a_file_that_changed_after_its_key_was_made_is_not_stored_under_it(photo, policy):
    with open_store(policy, EMPTY) as store:
        key = store.key(photo)
        photo.path.write_bytes(photo.path.read_bytes() + b"\0")
        store.put(key, Screened(verdict_of(photo), b"jpeg", found_of(photo, FACE)))
        assert store.known(key, photo.source) is None
        assert store.found(key) is None


def person(**answers):
    return Person("P1", first="Ann", last="Lee", naming=True, purposes={"website": True, "social": True}, **answers)


def test_changed_consent_is_judged_anew_from_what_was_found(photo, few):
    """The file is gone by then: nobody can have looked at it."""
    found = found_of(photo, dataclasses.replace(FACE, id="", evidence=()))
    rosters = {
        "yes": Roster((person(),), ("website", "social"), "a"),
        "withdrawn": Roster((person(),), ("website", "social"), "a", frozenset({"P1"})),
        "protected": Roster((person(protection_code="x"),), ("website", "social"), "b"),
    }
    with open_store(few, EMPTY) as store:
        key = store.key(photo)
        first = decided(found, photo.source, few, EMPTY)
        store.put(key, Screened(first, picture(first), found))
    photo.path.unlink()
    few = dataclasses.replace(few, named=(("f1", "P1"),))
    outcomes = {}
    for name, roster in rosters.items():
        with open_store(few, roster) as store:
            known = store.known(key, photo.source)
            assert verdict_line(known.verdict) == verdict_line(decided(found, photo.source, few, roster))
            outcomes[name] = {j.finding.check: j.decision for j in known.verdict.judgements}
    assert outcomes["yes"]["face"] == Decision.KEEP
    assert outcomes["withdrawn"]["face"] > Decision.KEEP
    assert outcomes["protected"]["face"] == Decision.REFUSE


def picture(verdict):
    pixels = np.full((300, 400, 3), 200, np.uint8)
    return filled_picture(photo_of(pixels).view(max_side=200), verdict.plan, hidden_beside(verdict))


def test_small_pictures_are_covered_further_and_never_uncovered(photo, few):
    bare = dataclasses.replace(FACE, id="", evidence=())
    nothing, face = found_of(photo), found_of(photo, bare)
    before, after = (decided(found, photo.source, few, EMPTY) for found in (nothing, face))
    clear = picture(before)
    more = covered_further(clear, before, after)
    for jpeg, dark in ((clear, False), (more, True)):
        assert (photo_from_bytes(jpeg, "x").pixels[27, 17].mean() < 80) == dark
    assert covered_further(more, after, after) is more
    uncovered = covered_further(more, after, before)
    assert photo_from_bytes(uncovered, "x").pixels[27, 17].mean() < 80


def test_crops_stay_only_while_nothing_in_them_is_to_be_hidden(photo, few):
    bare = dataclasses.replace(FACE, id="", evidence=())
    before, after = (decided(f, photo.source, few, EMPTY) for f in (found_of(photo), found_of(photo, bare)))
    over, beside = (
        Crop(Box(0, 0, 100, 100), "free", ("hand",), 0.9),
        Crop(Box(200, 0, 400, 300), "free", ("hand",), 0.8),
    )
    before = dataclasses.replace(before, plan=dataclasses.replace(before.plan, crops=(over, beside)))
    assert with_crops_of(after, before).plan.crops == (beside,)
    assert with_crops_of(before, before).plan.crops == (over, beside)
    refused = dataclasses.replace(
        after,
        judgements=tuple(
            dataclasses.replace(j, rulings=(Ruling("website", Decision.REFUSE),)) for j in after.judgements
        ),
    )
    assert with_crops_of(refused, before).plan.crops == ()


def test_a_photo_that_is_not_open_gives_no_pixels():
    photo = UnopenedPhoto("a.jpg", "00", (40, 30))
    assert (photo.source, photo.size) == ("a.jpg", (40, 30))
    for ask in (lambda: photo.pixels, lambda: photo.file, lambda: photo.view(max_side=10)):
        with pytest.raises(NeedsPixelsError):
            ask()


def test_checks_whose_findings_are_not_stored_need_the_photo(photo, few):
    with pytest.raises(NeedsPixelsError):
        decided(found_of(photo), photo.source, dataclasses.replace(few, checks=("face", "code")), EMPTY)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no modes")
@pytest.mark.parametrize("before", [False, True])
def test_only_this_user_can_read_the_store(photo, policy, before):
    if before:  # an older program made it for everybody
        home().mkdir(parents=True)
        (home() / "results.sqlite").touch(0o644)
    with open_store(policy, EMPTY) as store:
        store.put(store.key(photo), Screened(verdict_of(photo), b"", found_of(photo, TEXT)))
        for path in home().iterdir():
            assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_what_was_not_used_for_a_month_is_deleted(photo, policy):
    with open_store(policy, EMPTY) as store:
        key = store.key(photo)
        store.put(key, Screened(verdict_of(photo), b"x", found_of(photo, TEXT)))
        store.connection.execute("UPDATE photos SET used = date('now', '-30 days')")
        store.connection.commit()
    with open_store(policy, EMPTY) as store:
        store.connection.execute("UPDATE photos SET used = date('now', '-32 days')")
        store.connection.commit()
    with open_store(policy, EMPTY) as store:
        assert store.found(key) is None
        assert store.known(key, photo.source)
        store.connection.execute("UPDATE verdicts SET used = date('now', '-367 days')")
        store.connection.commit()
    with open_store(policy, EMPTY) as store:
        assert store.known(key, photo.source) is None


def test_use_keeps_what_was_found(photo, policy):
    with open_store(policy, EMPTY) as store:
        key = store.key(photo)
        store.put(key, Screened(verdict_of(photo), b"x", found_of(photo, TEXT)))
        store.connection.execute("UPDATE photos SET used = date('now', '-20 days')")
        assert store.found(key)
        [(used,)] = store.connection.execute("SELECT used = date('now') FROM photos")
        assert used


def test_a_broken_entry_is_ignored(photo, policy):
    with open_store(policy, EMPTY) as store:
        key = store.key(photo)
        store.put(key, Screened(verdict_of(photo), b"x", found_of(photo, TEXT)))
        for broken in (b"{", zlib.compress(b"{}"), zlib.compress(b"[1]")):
            store.connection.execute("UPDATE verdicts SET verdict = ?", (broken,))
            store.connection.execute("UPDATE photos SET found = ?", (broken,))
            store.connection.commit()
            assert store.known(key, photo.source) is None
            assert store.found(key) is None


def test_the_store_of_an_older_program_is_taken_over_with_its_copies(photo, policy):
    """The tables as version 1 made them."""
    home().mkdir(parents=True)
    old = sqlite3.connect(home() / "results.sqlite")
    old.executescript("""
        CREATE TABLE results (
            key TEXT PRIMARY KEY, verdict TEXT NOT NULL, thumbnail BLOB NOT NULL, stored TEXT DEFAULT CURRENT_TIMESTAMP
        ) WITHOUT ROWID;
        CREATE TABLE copies (
            place TEXT PRIMARY KEY, key TEXT NOT NULL, photo TEXT NOT NULL, path TEXT NOT NULL,
            copy TEXT NOT NULL, total INT NOT NULL, verdict TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX copies_by_key ON copies (key);
        INSERT INTO results (key, verdict, thumbnail) VALUES ('a', '{}', 'x');
        INSERT INTO copies VALUES ('place', 'key', 'photo', 'path', '{}', 1, '{}');
        PRAGMA user_version = 1;
    """)
    old.close()
    with open_store(policy, EMPTY) as store:
        assert store.connection.execute("SELECT place FROM copies").fetchall() == [("place",)]
        store.put(store.key(photo), Screened(verdict_of(photo), b"x"))
        assert store.known(store.key(photo), photo.source)
        assert store.connection.execute("PRAGMA user_version").fetchone() == (SCHEMA,)


def test_the_store_of_a_newer_program_is_left_alone(photo, policy):
    with open_store(policy, EMPTY) as store:
        store.connection.execute("PRAGMA user_version = 999")
    with pytest.raises(OutputError, match="newer"), open_store(policy, EMPTY):
        pass
    with sqlite3.connect(home() / "results.sqlite") as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (999,)
    connection.close()


def test_a_damaged_store_says_what_to_do(photo, policy):
    home().mkdir(parents=True)
    (home() / "results.sqlite").write_bytes(b"no database at all, but long enough to be looked at as one" * 20)
    with pytest.raises(OutputError, match="damaged"), open_store(policy, EMPTY):
        pass


def test_a_full_disk_is_told_as_such_and_nothing_has_to_be_deleted(policy):
    with open_store(policy, EMPTY):
        pass
    with pytest.raises(OutputError, match="disk is full") as told, open_store(policy, EMPTY) as store:
        store.connection.executescript("PRAGMA max_page_count = 1; CREATE TABLE more AS SELECT zeroblob(1000000)")
    assert "damaged" not in told.value.message
    assert "Delete" not in told.value.message


@pytest.mark.parametrize(
    ("error", "free", "word"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), 10**9, "disk is full"),
        (OSError(errno.EACCES, "Permission denied"), 0, "cannot be used"),
        (coded(sqlite3.OperationalError, sqlite3.SQLITE_FULL), 10**9, "disk is full"),
        (coded(sqlite3.OperationalError, sqlite3.SQLITE_IOERR_SHMSIZE), 4096, "disk is full"),
        (coded(sqlite3.OperationalError, sqlite3.SQLITE_IOERR_SHMSIZE), 10**9, "cannot be used"),
        (coded(sqlite3.OperationalError, sqlite3.SQLITE_CANTOPEN), 0, "disk is full"),
        (coded(sqlite3.OperationalError, sqlite3.SQLITE_BUSY), 0, "cannot be used"),
        (coded(sqlite3.DatabaseError, sqlite3.SQLITE_CORRUPT), 0, "damaged"),
        (coded(sqlite3.DatabaseError, sqlite3.SQLITE_NOTADB), 0, "damaged"),
    ],
)
def test_only_a_damaged_store_is_to_be_deleted(tmp_path, monkeypatch, error, free, word):
    monkeypatch.setattr("screen.disks.shutil.disk_usage", lambda path: types.SimpleNamespace(free=free))
    told = unusable(tmp_path / "results.sqlite", error)
    assert word in told.message
    assert ("Delete" in told.message) is (word == "damaged")


def test_two_runs_may_write_at_once(photo, policy):
    with open_store(policy, EMPTY) as one, open_store(policy, EMPTY) as other:
        key = one.key(photo)
        one.put(key, Screened(verdict_of(photo), b"1"))
        other.put(key, Screened(verdict_of(photo), b"2"))
        other.put(key, Screened(verdict_of(photo, source="b.jpg"), b"3"))
        assert one.known(key, photo.source).thumbnail == b"2"
        assert one.known(key, "b.jpg").thumbnail == b"3"


def test_a_second_program_that_ends_takes_nothing_from_the_first(photo, policy):
    """Whoever closes a database as the last one removes its log. Locks say whether somebody is left, and those of a
    process are gone as soon as it closes any descriptor of that file (fcntl(2)), also one that SQLite knows nothing of.
    """
    ended = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT count(*) FROM photos'); c.close()"
    with open_store(policy, EMPTY) as store:
        key = store.key(photo)
        store.put(key, Screened(verdict_of(photo), b"1"))
        with open_store(policy, EMPTY):  # a copy is written, or the page saves
            pass
        path = home() / "results.sqlite"
        subprocess.run([sys.executable, "-c", ended, str(path)], check=True)
        assert path.with_name("results.sqlite-wal").is_file()
        store.put(key, Screened(verdict_of(photo, source="b.jpg"), b"2"))
    with contextlib.closing(sqlite3.connect(path)) as after:
        assert after.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert after.execute("SELECT count(*) FROM verdicts").fetchone() == (2,)
