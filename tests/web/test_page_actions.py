"""Every action of the page, and what it changes."""

import io

import pytest
from page_in_process import FACES, WRITING, photo_bytes
from PIL import Image

from screen.records import Decision


def finding(photo, name):
    return next(found for found in photo["findings"] if found["id"] == name)


def test_a_dropped_photo_is_screened_at_once(page):
    [item] = page.drop(("class.jpg", photo_bytes()))
    photo = page.photo(item["id"])
    assert (photo["state"], photo["decision"]) == ("ready", "redact")
    assert photo["label"] == "Cover first"
    assert {"no-consent", "student-id"} <= {reason["code"] for reason in photo["reasons"]}
    assert [f["check"] for f in photo["findings"]][:3] == ["face", "face", "text"]
    assert all(f["covered"] for f in photo["findings"][:3])
    assert photo["shown"] == [320, 240]
    assert photo["open_questions"] == ["embarrassing", "clothing", "context"]
    assert page.get("/api/state").json()["counts"] == page.get("/api/photos").json()["counts"]
    assert page.get("/api/photos").json()["counts"]["to_review"] == 1


def test_naming_somebody_who_agreed_uncovers_the_face(dropped):
    photo = dropped.act("name", finding="f1", person="P1")
    assert finding(photo, "f1")["person"] == {"id": "P1", "label": "Amina Lindqvist"}
    assert not finding(photo, "f1")["covered"]
    assert finding(photo, "f2")["covered"]
    photo = dropped.act("unname", finding="f1")
    assert finding(photo, "f1")["covered"]
    assert finding(photo, "f1")["person"] is None


@pytest.mark.parametrize(
    ("person", "said", "decision"),
    [
        ("P2", "Bo Ndiaye: the answer for social media is no.", "redact"),
        ("P3", "Chloé Martin must never be shown. This photo is not to be published.", "refuse"),
        ("P4", "Dan Amselem does not want to be shown.", "redact"),
        ("P5", "The consent for Eve Roy has run out.", "redact"),
        ("P6", "The parents of Fay Okoro do not agree with each other.", "redact"),
    ],
)
def test_naming_is_refused_with_the_reason_and_the_face_stays_covered(dropped, person, said, decision):
    answer = dropped.act("name", status=422, finding="f1", person=person)
    assert answer["error"] == {"code": "consent", "message": said}
    assert answer["photo"]["decision"] == decision
    face = finding(dropped.photo(), "f1")
    assert face["covered"]
    assert face["person"]["id"] == person  # the name is known now, so a protected child makes the photo refused
    assert not face["uncoverable"]
    refused = dropped.act("keep", status=422, finding="f1", reason="the mother agreed on the telephone")
    assert refused["error"]["code"] == "consent"
    assert finding(dropped.photo(), "f1")["covered"]


def test_naming_is_refused_in_french(start):
    page = start(lang="fr")
    page.drop(("classe.jpg", photo_bytes()))
    said = page.act("name", status=422, finding="f1", person="P4")["error"]["message"]
    assert "Dan Amselem" in said
    assert "does not" not in said


def test_a_purpose_that_is_not_asked_does_not_stand_against_a_name(dropped):
    dropped.client.post("/api/settings", json={"purposes": ["website"]})
    photo = dropped.act("name", finding="f1", person="P2")
    assert not finding(photo, "f1")["covered"]
    answer = dropped.client.post("/api/settings", json={"purposes": ["website", "social"]})
    assert [p["id"] for p in answer.json()["purposes"] if p["asked"]] == ["website", "social"]
    assert finding(dropped.photo(), "f1")["covered"]
    assert {p["id"]: p["decision"] for p in dropped.photo()["purposes"]} == {"website": "redact", "social": "redact"}


def test_nobody_unknown_can_be_named_and_writing_is_nobody(dropped, start):
    assert dropped.act("name", status=422, finding="f1", person="P99")["error"]["code"] == "person"
    assert dropped.act("name", status=422, finding="f3", person="P1")["error"]["code"] == "nobody"
    assert dropped.act("name", status=404, finding="f77", person="P1")["error"]["code"] == "finding"


def test_without_a_roster_nobody_can_be_named(start):
    from screen.roster import EMPTY

    page = start(roster=EMPTY)
    page.drop(("class.jpg", photo_bytes()))
    assert not finding(page.photo(), "f1")["nameable"]
    assert page.act("name", status=422, finding="f1", person="P1")["error"]["code"] == "roster"
    assert page.get("/api/people?q=am").json() == {"people": []}


def test_uncovering_without_a_name_needs_a_reason(dropped):
    for reason in ("", "  ", "ok", None):
        assert dropped.act("keep", status=422, finding="f2", reason=reason)["error"]["code"] == "reason"
    photo = dropped.act("keep", finding="f2", reason=" A  visitor who\nagreed in writing ")
    assert not finding(photo, "f2")["covered"]
    assert finding(photo, "f2")["override"] == "A visitor who agreed in writing"
    photo = dropped.act("cover", finding="f2")
    assert finding(photo, "f2")["covered"]
    assert finding(photo, "f2")["override"] is None


def test_a_named_face_can_be_covered_again(dropped):
    dropped.act("name", finding="f1", person="P1")
    photo = dropped.act("cover", finding="f1")
    assert finding(photo, "f1")["covered"]
    photo = dropped.act("keep", finding="f1", reason="")
    assert not finding(photo, "f1")["covered"]


def test_what_may_be_a_face_is_covered_until_somebody_says_why_not(page):
    page.drop(("unclear.jpg", photo_bytes()))
    photo = page.photo()
    [candidate] = [f for f in photo["findings"] if f["decision"] == "review"]
    assert photo["decision"] == "review"
    assert candidate["covered"]
    assert candidate["box"]
    photo = page.act("keep", finding=candidate["id"], reason="a balloon")
    assert not finding(photo, candidate["id"])["covered"]
    photo = page.act("cover", finding=candidate["id"])
    assert finding(photo, candidate["id"])["covered"]


def test_covers_can_be_drawn_moved_and_erased(dropped):
    photo = dropped.act("draw", box=[250, 100, 300, 150])
    assert photo["drawn"] == [{"id": "c1", "box": [250, 100, 300, 150]}]
    photo = dropped.act("draw", box=[300, 200, 400, 260])
    assert photo["drawn"][1] == {"id": "c2", "box": [300, 200, 320, 240]}  # cut to the photo
    photo = dropped.act("move", cover="c1", box=[10, 10, 30, 30])
    assert photo["drawn"][0]["box"] == [10, 10, 30, 30]
    photo = dropped.act("erase", cover="c2")
    assert [drawn["id"] for drawn in photo["drawn"]] == ["c1"]
    assert dropped.act("erase", status=404, cover="c2")["error"]["code"] == "cover"
    for box in ([], [1, 2, 3], [50, 50, 50, 50], [50, 50, 52, 52], [900, 900, 990, 990], [30, 30, 10, 10]):
        assert dropped.act("draw", status=422, box=box)["error"]["code"] == "region"


def test_turning_turns_boxes_and_back(dropped):
    before = dropped.photo()
    photo = dropped.act("turn", by=1)
    assert photo["shown"] == [240, 320]
    left, top, right, bottom = finding(before, "f3")["box"]
    assert finding(photo, "f3")["box"] == [240 - bottom, left, 240 - top, right]
    drawn = dropped.act("draw", box=[10, 20, 60, 90])["drawn"]
    assert drawn[0]["box"] == [10, 20, 60, 90]
    photo = dropped.act("turn", by=-1)
    assert photo["shown"] == [320, 240]
    assert photo["drawn"][0]["box"] == [20, 180, 90, 230]
    assert finding(photo, "f3")["box"] == finding(before, "f3")["box"]


def test_a_sideways_photo_is_shown_as_the_copy_will_be(page):
    page.drop(("sideways.jpg", photo_bytes()))
    photo = page.photo()
    assert photo["shown"] == [240, 320]
    assert photo["turns"] == 0
    quad = next(f for f in photo["findings"] if f["check"] == "text")["quad"]
    assert quad[0][0] > quad[3][0]  # writing runs downwards now


def test_undo_goes_back_step_by_step(dropped):
    start = dropped.photo()
    assert not start["can_undo"]
    dropped.act("keep", finding="f1", reason="a visitor")
    dropped.act("draw", box=[250, 100, 300, 150])
    dropped.act("turn", by=1)
    photo = dropped.act("undo")
    assert photo["shown"] == [320, 240]
    assert photo["drawn"]
    photo = dropped.act("undo")
    assert not photo["drawn"]
    photo = dropped.act("undo")
    assert finding(photo, "f1")["covered"]
    assert not photo["can_undo"]
    assert dropped.act("undo")["findings"] == start["findings"]


def test_an_action_on_an_old_version_is_refused(dropped):
    version = dropped.photo()["version"]
    dropped.act("turn", by=1)
    answer = dropped.client.post("/api/photos/p1/actions", json={"version": version, "do": "turn", "by": 1})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "version"
    assert dropped.photo()["turns"] == 1


def test_approval_holds_for_what_was_approved_and_no_more(dropped):
    photo = dropped.approve()
    assert photo["reviewed"] == "approved"
    assert photo["open_questions"] == []
    photo = dropped.act("keep", finding="f1", reason="a visitor")
    assert photo["reviewed"] is None
    photo = dropped.act("undo")
    assert photo["reviewed"] == "approved"
    dropped.client.post("/api/settings", json={"purposes": ["display"]})
    assert dropped.photo()["reviewed"] is None


def test_withholding_and_reopening(dropped):
    photo = dropped.act("withhold", reason="the child is crying")
    assert photo["reviewed"] == "withheld"
    assert dropped.get("/api/photos").json()["counts"]["withheld"] == 1
    assert dropped.act("reopen")["reviewed"] is None
    dropped.act("withhold", reason=None)
    assert dropped.approve()["reviewed"] == "approved"


def test_a_bad_answer_stands_against_publication(dropped):
    answers = {"embarrassing": "yes", "clothing": "yes", "context": "yes"}
    refused = dropped.act("approve", status=422, answers=answers)
    assert "embarrassing" in refused["error"]["message"]
    photo = dropped.photo()
    assert photo["answers"] == answers
    assert not photo["can_approve"]
    assert photo["why_not"] == refused["error"]["message"]
    photo = dropped.act("answer", question="embarrassing", answer="no")
    assert photo["can_approve"]
    photo = dropped.act("answer", question="context", answer="no")
    assert photo["can_approve"]  # it is noted
    for question, answer in (("mood", "yes"), ("context", "not"), ("", "yes")):
        assert dropped.act("answer", status=422, question=question, answer=answer)["error"]["code"] == "question"


def test_a_refused_photo_cannot_be_approved_and_points_at_nobody(dropped):
    dropped.act("name", status=422, finding="f1", person="P3")
    photo = dropped.photo()
    assert photo["decision"] == "refuse"
    assert not photo["can_approve"]
    assert dropped.approve(status=422)["error"]["code"] == "not-published"
    first, second = finding(photo, "f1"), finding(photo, "f2")
    assert (first["title"], first["decision"]) == (second["title"], second["decision"])
    assert not first["uncoverable"]
    assert not second["uncoverable"]
    assert dropped.act("keep", status=422, finding="f1", reason="for a reason")["error"]["code"] == "consent"


def test_unknown_actions_and_bodies_are_refused(dropped):
    for body in (
        {"version": 1, "do": "publish"},
        {"version": 1},
        {"do": "undo"},
        {"version": "1", "do": "undo"},
        {"version": 1, "do": "undo", "policy": "internal"},
        {"version": 1, "do": "turn", "by": 2},
        {"version": 1, "do": "draw", "box": [1, 2, 3, 4, 5]},
        {"version": 1, "do": "draw", "box": ["1", 2, 3, 4]},
        [],
    ):
        answer = dropped.client.post("/api/photos/p1/actions", json=body)
        assert answer.status_code == 400, body
        assert answer.json()["error"]["code"] == "wrong"


def test_settings_judge_all_photos_anew_without_pixels(dropped, monkeypatch):
    def never(*args, **kwargs):
        raise AssertionError("a photo was opened")

    monkeypatch.setattr("screen.photo.open_photo", never)
    monkeypatch.setattr("screen.web.pictures.open_photo", never)
    state = dropped.client.post("/api/settings", json={"purposes": ["display"], "occasion": "open-event"}).json()
    assert [o["id"] for o in state["occasions"] if o["chosen"]] == ["open-event"]
    assert [p["id"] for p in dropped.photo()["purposes"]] == ["display"]
    state = dropped.client.post("/api/settings", json={"style": "fill", "lang": "fr"}).json()
    assert state["lang"] == "fr"
    assert [s["id"] for s in state["styles"] if s["chosen"]] == ["fill"]
    assert dropped.photo()["label"] == "À couvrir"
    for wrong in ({"purposes": []}, {"purposes": ["moon"]}, {"occasion": "party"}, {"style": "none"}, {"lang": "de"}):
        assert dropped.client.post("/api/settings", json=wrong).status_code == 422
    assert dropped.get("/api/state").json()["lang"] == "fr"


def test_people_are_found_by_the_beginnings_of_their_names(page):
    found = page.get("/api/people?q=am").json()["people"]
    assert found == [
        {"id": "P1", "label": "Amina Lindqvist", "class": "4B"},
        {"id": "P4", "label": "Dan Amselem", "class": "5A"},
    ]
    assert [p["id"] for p in page.get("/api/people?q=4b chlo").json()["people"]] == ["P3"]
    assert [p["id"] for p in page.get("/api/people?q=CHLOE").json()["people"]] == ["P3"]
    assert len(page.get("/api/people").json()["people"]) == 6
    assert page.get("/api/people?q=zz").json()["people"] == []


def test_crops_can_be_chosen(start, monkeypatch):
    from screen.geometry import Box
    from screen.records import Crop

    crop = Crop(Box(100, 140, 300, 230), "16:9", ("hand",), 0.8)
    monkeypatch.setattr("screen.planning.suggest_crops", lambda *_: (crop,))
    page = start()
    page.drop(("class.jpg", photo_bytes(writing=False)))
    [shown] = page.photo()["crops"]
    assert shown["box"] == [100, 140, 300, 230]
    assert not shown["chosen"]
    assert page.get(shown["preview"]).status_code == 200
    assert page.act("crop", index=0)["crops"][0]["chosen"]
    assert page.act("crop", status=422, index=3)["error"]["code"] == "crop"
    assert not page.act("crop", index=None)["crops"][0]["chosen"]
    assert page.get("/api/photos/p1/crops/7").status_code == 404


def test_a_photo_is_the_only_thing_that_dropping_needs_and_can_be_taken_out(dropped):
    path = dropped.desk.session.entry("p1").path
    assert path.exists()
    assert dropped.client.delete("/api/photos/p1").status_code == 204
    assert not path.exists()
    assert dropped.get("/api/photos").json()["photos"] == []
    assert dropped.get("/api/photos/p1").status_code == 404
    assert dropped.client.delete("/api/photos/p1").status_code == 404


def test_changes_are_told(dropped):
    dropped.events().clear()
    dropped.act("turn", by=1)
    kinds = [kind for kind, _data in dropped.events()]
    assert kinds == ["photo", "counts"]
    assert dropped.events()[0][1]["version"] == dropped.photo()["version"]


def test_photos_that_wait_are_told_as_waiting(page):
    page.workshop.held = []
    [item] = page.drop(("class.jpg", photo_bytes()))
    assert item["state"] == "waiting"
    assert page.photo()["decision"] is None
    busy = page.get("/api/state").json()["busy"]
    assert (busy["job"], busy["done"], busy["total"]) == ("screen", 0, 1)
    for path in ("thumb", "picture", "peek?finding=f1", "crops/0", "copy"):
        assert page.get(f"/api/photos/p1/{path}").status_code == 404, path
    assert page.act("turn", status=404, by=1)["error"]["code"] == "not-ready"
    page.workshop.release()
    assert page.photo()["state"] == "ready"
    assert page.get("/api/state").json()["busy"] is None
    assert page.desk.session.entry("p1").decision == Decision.REDACT


def test_faces_and_writing_are_where_they_were_drawn(dropped):
    photo = dropped.photo()
    for name, box in (("f1", FACES[0]), ("f2", FACES[1]), ("f3", WRITING)):
        left, top, right, bottom = finding(photo, name)["box"]
        assert left <= box.left
        assert top <= box.top
        assert right >= box.right
        assert bottom >= box.bottom


def test_photos_of_one_shot_are_told(page):
    page.drop(("a.jpg", photo_bytes()), ("b.png", photo_bytes(kind="PNG")), ("other.jpg", photo_bytes((), seed=9)))
    first, second, other = page.get("/api/photos").json()["photos"]
    assert first["alike"] == "Looks like the same shot as b.png."
    assert second["alike"] == "Looks like the same shot as a.jpg."
    assert other["alike"] is None


def test_one_shot_in_which_less_was_found_is_told(page):
    large = io.BytesIO()
    Image.open(io.BytesIO(photo_bytes())).resize((640, 480)).save(large, "JPEG", quality=95)
    page.drop(("a.jpg", photo_bytes()), ("large.jpg", large.getvalue()))  # the drawn checks see one size only
    first, second = page.get("/api/photos").json()["photos"]
    assert (first["decision"], second["decision"]) == ("redact", "keep")
    assert second["alike"] == "Looks like the same shot as a.jpg, where more has to be hidden. Compare them."
    assert first["alike"] == "Looks like the same shot as large.jpg."
