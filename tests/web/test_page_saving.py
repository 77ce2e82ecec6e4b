"""Safe copies from the page: approved, proven, noted in the ledger; and what is refused."""

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
from page_in_process import FACES, photo_bytes
from PIL import Image
from test_page_pictures import SMOOTH, detail

from screen.batch.store import home
from screen.errors import ProofError
from screen.ledger import Ledger, LedgerError


def noted():
    with Ledger(home()) as ledger:
        return [entry.body for entry in ledger.chain.entries()]


def save(page, *photos, status=202):
    answer = page.client.post("/api/save", json={"ids": list(photos or ["p1"])})
    assert answer.status_code == status, answer.text
    return answer.json()


def told(page):
    return [data for kind, data in page.events() if kind == "saved"]


def test_an_approved_photo_is_saved_proven_and_noted(dropped):
    source = dropped.desk.session.entry("p1").path.read_bytes()
    dropped.act("name", finding="f1", person="P1")
    dropped.approve()
    save(dropped)
    [done] = told(dropped)
    assert (done["id"], done["ok"], done["message"]) == ("p1", True, None)
    steps = done["copy"]["steps"]
    assert (steps[0], steps[-1]) == ("parts", "screened")
    assert "hidden" in steps
    photo = dropped.photo()
    assert photo["saved"]
    assert photo["copy"]["url"] == "/api/photos/p1/copy"
    answer = dropped.get(photo["copy"]["url"])
    assert answer.headers["content-disposition"].startswith("attachment")
    pixels = np.asarray(Image.open(io.BytesIO(answer.content)).convert("L"), float)
    assert detail(pixels, FACES[0]) > 3 * SMOOTH
    assert detail(pixels, FACES[1]) < SMOOTH
    [body] = noted()
    assert body["copy"] == hashlib.sha256(answer.content).hexdigest()
    assert body["source"] == hashlib.sha256(source).hexdigest()
    assert body["answers"] == [["clothing", "yes"], ["context", "yes"], ["embarrassing", "no"]]
    shown = {o["finding"]: (o["shown"], o["people"]) for o in body["outcomes"]}
    assert shown["f1"] == (True, ["P1"])
    assert shown["f2"] == (False, [])
    assert dropped.desk.session.entry("p1").path.read_bytes() == source


def test_what_a_person_decided_is_in_the_ledger_with_the_reason(dropped):
    dropped.act("keep", finding="f2", reason="a visitor who agreed in writing")
    dropped.act("draw", box=[250, 100, 300, 150])
    dropped.approve()
    save(dropped)
    [body] = noted()
    overrides = {(o["finding"], o["action"], o["reason"]) for o in body["overrides"]}
    assert overrides == {("f2", "uncovered", "a visitor who agreed in writing"), ("c1", "covered by hand", "")}


def test_what_may_be_a_face_is_uncovered_for_a_reason_that_is_noted(page):
    page.drop(("unclear.jpg", photo_bytes()))
    photo = page.photo()
    assert photo["decision"] == "review"
    assert page.approve()["reviewed"] == "approved"
    page.act("undo")
    [candidate] = [f["id"] for f in photo["findings"] if f["decision"] == "review"]
    assert page.act("keep", status=422, finding=candidate, reason="")["error"]["code"] == "reason"
    page.act("keep", finding=candidate, reason="a balloon")
    page.approve()
    save(page)
    [body] = noted()
    assert [(o["action"], o["reason"]) for o in body["overrides"]] == [("uncovered", "a balloon")]


def test_what_is_left_to_a_person_is_noted_as_approved(page):
    page.drop(("dark.jpg", photo_bytes()))
    assert page.photo()["decision"] == "review"
    page.approve()
    save(page)
    [body] = noted()
    assert [o["action"] for o in body["overrides"]] == ["approved"]


def test_only_approved_photos_with_all_answers_are_saved(dropped):
    assert save(dropped, status=422)["error"]["code"] == "not-approved"
    dropped.act("approve")
    assert save(dropped, status=422)["error"]["code"] == "questions"
    dropped.act("answer", question="embarrassing", answer="no")
    dropped.act("answer", question="clothing", answer="no")
    assert save(dropped, status=422)["error"]["code"] == "not-published"
    dropped.act("answer", question="clothing", answer="yes")
    dropped.act("answer", question="context", answer="no")
    dropped.act("turn", by=1)
    assert save(dropped, status=422)["error"]["code"] == "not-approved"
    assert save(dropped, "p1", "p9", status=404)["error"]["code"] == "photo"
    assert noted() == []
    dropped.act("approve")
    save(dropped)
    assert dropped.photo()["saved"]


def test_refused_and_withheld_photos_are_not_saved(dropped):
    dropped.approve()
    dropped.act("name", status=422, finding="f1", person="P3")
    assert save(dropped, status=422)["error"]["code"] == "not-published"
    dropped.act("undo")
    dropped.act("withhold")
    assert save(dropped, status=422)["error"]["code"] == "not-approved"
    assert noted() == []


def test_a_changed_photo_is_no_longer_saved_until_it_is_again(dropped):
    dropped.approve()
    save(dropped)
    dropped.act("turn", by=1)
    assert not dropped.photo()["saved"]
    assert dropped.photo()["copy"] is None
    assert dropped.get("/api/photos/p1/copy").status_code == 404
    dropped.act("approve")
    save(dropped)
    assert dropped.photo()["saved"]
    width, height = Image.open(io.BytesIO(dropped.get("/api/photos/p1/copy").content)).size
    assert height > width
    assert len(noted()) == 2


def test_a_copy_that_fails_its_proof_is_told_and_gone(dropped, monkeypatch):
    def fails(*args, **kwargs):
        raise ProofError("{source}: no safe copy was kept.", source="class.jpg")

    monkeypatch.setattr("screen.web.saving.write_safe_copy", fails)
    dropped.approve()
    save(dropped)
    [done] = told(dropped)
    assert not done["ok"]
    assert "no safe copy was kept" in done["message"]
    assert not dropped.photo()["saved"]
    assert noted() == []
    assert dropped.get("/api/state").json()["busy"] is None


def test_a_copy_that_cannot_be_noted_does_not_go_out(dropped, monkeypatch):
    def fails(*args, **kwargs):
        raise LedgerError("{path}: the ledger cannot be used ({error}).", path="ledger", error="full")

    monkeypatch.setattr("screen.web.saving.note_outgoing", fails)
    dropped.approve()
    save(dropped)
    [done] = told(dropped)
    assert not done["ok"]
    assert not dropped.photo()["saved"]
    assert not list(dropped.desk.saver.private.rglob("*.jpg"))


def test_copies_of_a_folder_go_beside_it_with_the_tree_mirrored(start, tmp_path):
    folder = tmp_path / "class"
    (folder / "trip").mkdir(parents=True)
    (folder / "trip" / "a.jpg").write_bytes(photo_bytes())
    page = start(folder)
    before = (folder / "trip" / "a.jpg").read_bytes()
    page.approve()
    save(page)
    copy = tmp_path / "class-safe" / "trip" / "a.jpg"
    assert copy.exists()
    assert (folder / "trip" / "a.jpg").read_bytes() == before
    page.act("turn", by=1)
    page.act("approve")
    save(page)
    assert [done["ok"] for done in told(page)] == [True, True]
    assert len(list((tmp_path / "class-safe").rglob("*.*"))) == 1


def test_a_file_of_somebody_else_is_never_replaced(start, tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "a.jpg").write_bytes(photo_bytes())
    page = start(folder)
    (tmp_path / "class-safe" / "a.jpg").write_bytes(b"mine")
    page.approve()
    save(page)
    [done] = told(page)
    assert not done["ok"]
    assert (tmp_path / "class-safe" / "a.jpg").read_bytes() == b"mine"


def test_all_copies_come_in_one_archive(page):
    page.drop(("class.jpg", photo_bytes()), ("class.jpg", photo_bytes(seed=4)))
    assert page.get("/api/copies.zip").status_code == 404
    for photo in ("p1", "p2"):
        page.approve(photo)
    save(page, "p1", "p2")
    answer = page.get("/api/copies.zip")
    assert "attachment" in answer.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert len(set(names)) == 2
        assert all(info.date_time == (1980, 1, 1, 0, 0, 0) for info in archive.infolist())
        first = archive.read(names[0])
    assert first == page.get("/api/photos/p1/copy").content


def test_a_crop_is_what_is_saved(start, monkeypatch):
    from screen.geometry import Box
    from screen.records import Crop

    crop = Crop(Box(100, 140, 300, 230), "16:9", ("hand",), 0.8)
    monkeypatch.setattr("screen.planning.suggest_crops", lambda *_: (crop,))
    page = start()
    page.drop(("class.jpg", photo_bytes(writing=False)))
    page.act("crop", index=0)
    page.approve()
    save(page)
    assert Image.open(io.BytesIO(page.get("/api/photos/p1/copy").content)).size == (200, 90)
    page.act("name", status=422, finding="f1", person="P3")  # nobody may see this photo, so no crop of it is offered
    assert page.photo()["crops"] == []
    page.act("undo")
    assert page.photo()["crops"][0]["chosen"]


@pytest.mark.parametrize("body", [{"ids": []}, {"ids": "p1"}, {}, {"ids": ["p1"], "out": "elsewhere"}])
def test_only_ids_can_be_sent_to_be_saved(dropped, body):
    assert dropped.client.post("/api/save", json=body).status_code == 400


def test_names_in_a_file_name_do_not_reach_the_copy(page):
    page.drop(("Amina_Lindqvist.jpg", photo_bytes()))
    page.approve()
    save(page)
    name = page.photo()["copy"]["name"]
    assert "amina" not in name.lower()
    assert Path(name).suffix == ".jpg"


def test_consent_taken_back_while_the_page_is_open_counts_before_anything_is_saved(dropped):
    import datetime

    dropped.act("name", finding="f1", person="P1")
    dropped.approve()
    with Ledger(home()) as ledger:
        ledger.withdraw("P1", datetime.date(2026, 1, 1), "me", datetime.datetime.now(datetime.UTC))
    assert save(dropped, status=422)["error"]["code"] == "not-approved"
    assert dropped.photo()["findings"][0]["covered"]


def test_what_is_saved_or_on_its_way_is_not_made_again(dropped):
    dropped.approve()
    dropped.workshop.held = []
    assert save(dropped) == {"saving": 1}
    assert save(dropped) == {"saving": 0}
    dropped.workshop.release()
    assert dropped.get("/api/state").json()["busy"] is None
    assert save(dropped, "p1", "p1") == {"saving": 0}
    assert [done["ok"] for done in told(dropped)] == [True, True]
    assert len(noted()) == 1
