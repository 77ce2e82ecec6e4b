import json

import numpy as np
import pytest
from PIL import Image

from screen.batch.codec import record_from, to_plain
from screen.batch.running import Task
from screen.batch.screening import Screened
from screen.batch.store import open_store
from screen.geometry import Box, corners
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
from screen.report.to_json import verdict_line
from screen.roster import EMPTY, Roster

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


def test_results_are_found_again_for_the_same_photo_policy_and_roster_only(photo, policy):
    with open_store(policy, EMPTY, False) as store:
        key = store.key(photo)
        assert store.get(key) is None
        store.put(key, Screened(VERDICT, b"jpeg"), False)
    with open_store(policy, EMPTY, False) as store:
        assert store.key(photo) == key
        known = store.get(key)
        assert known.thumbnail == b"jpeg"
        assert known.verdict.plan == VERDICT.plan
    changes = [
        open_store(policy.changed("text", engine="null"), EMPTY, False),
        open_store(policy, Roster(digest="other"), False),
        open_store(policy, EMPTY.with_withdrawn(["P1"]), False),
        open_store(policy, EMPTY, True),
    ]
    for change in changes:
        with change as store:
            assert store.get(store.key(photo)) is None


def test_another_photo_name_or_sidecar_is_looked_at_again(photo, policy):
    with open_store(policy, EMPTY, False) as store:
        key = store.key(photo)
        assert store.key(Task(photo.path, "other/IMG_1.jpg")) != key
        photo.path.with_suffix(".xmp").write_text("<x/>")
        with_sidecar = store.key(photo)
        assert with_sidecar != key
        photo.path.write_bytes(photo.path.read_bytes() + b"\0")
        assert store.key(photo) != with_sidecar
        photo.path.unlink()
        assert store.key(photo) is None


def test_a_store_of_another_version_is_emptied_and_a_broken_entry_ignored(photo, policy):
    with open_store(policy, EMPTY, False) as store:
        key = store.key(photo)
        store.put(key, Screened(VERDICT, b""), False)
        store.connection.execute("UPDATE results SET verdict = '{'")
        store.connection.commit()
        assert store.get(key) is None
        store.put(key, Screened(VERDICT, b""), False)
        store.connection.execute("PRAGMA user_version = 999")
    with open_store(policy, EMPTY, False) as store:
        assert store.get(key) is None


def test_two_runs_may_write_at_once(photo, policy):
    with open_store(policy, EMPTY, False) as one, open_store(policy, EMPTY, False) as other:
        one.put("a", Screened(VERDICT, b"1"), False)
        other.put("a", Screened(VERDICT, b"2"), False)
        other.put("b", Screened(VERDICT, b"3"), False)
        assert one.get("a").thumbnail == b"2"
        assert one.get("b").thumbnail == b"3"
