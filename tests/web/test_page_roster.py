"""A roster opened in the page: for teachers who start it by an icon."""

import pytest
from page_in_process import photo_bytes

from screen.ledger.noting import own_ledger
from screen.roster import EMPTY

CSV = "person_id,first,last,class,website,social\nP1,Amina,Lindqvist,4B,yes,yes\nP2,Bo,Ndiaye,4B,no,no\n"


def send(page, text, name="roster.csv", status=200):
    answer = page.client.post("/api/roster", files=[("file", (name, text.encode(), "text/csv"))])
    assert answer.status_code == status, answer.text
    return answer.json()


def finding(photo, name):
    return next(found for found in photo["findings"] if found["id"] == name)


@pytest.fixture
def bare(start):
    page = start(roster=EMPTY)
    page.drop(("class.jpg", photo_bytes()))
    return page


def test_an_opened_roster_lets_people_be_named_and_is_deleted(bare):
    assert not bare.get("/api/state").json()["roster"]["given"]
    assert send(bare, CSV)["roster"] == {"given": True, "people": 2}
    assert not finding(bare.act("name", finding="f1", person="P1"), "f1")["covered"]
    assert [path.suffix for path in bare.desk.uploads.iterdir()] == [".upload"]  # the photo


def test_a_roster_with_errors_is_not_used_and_the_first_one_is_told(bare):
    send(bare, CSV)
    broken = CSV + "P1,Twice,Lee,4B,yes,yes\n"
    message = send(bare, broken, status=422)["error"]["message"]
    assert "4" in message
    assert bare.get("/api/state").json()["roster"]["people"] == 2
    for name, text in (("roster.exe", "MZ"), ("../../roster.csv", ""), ("x", "\0\0")):
        send(bare, text, name, status=422)
    assert len(list(bare.desk.uploads.iterdir())) == 1


def test_another_roster_judges_anew_and_forgets_who_is_not_on_it(bare):
    send(bare, CSV)
    bare.act("name", finding="f1", person="P1")
    send(bare, CSV.replace("Lindqvist,4B,yes,yes", "Lindqvist,4B,no,no"))
    assert finding(bare.photo(), "f1")["covered"]
    send(bare, CSV.replace("P1", "P7"))
    assert finding(bare.photo(), "f1")["covered"]
    assert bare.act("undo")["decision"] == "redact"


def test_consent_that_was_withdrawn_counts(bare):
    import datetime

    with own_ledger() as ledger:
        ledger.withdraw("P1", datetime.date(2026, 1, 1), "me", datetime.datetime.now(datetime.UTC))
    send(bare, CSV)
    answer = bare.act("name", status=422, finding="f1", person="P1")
    assert "withdrawn" in answer["error"]["message"]


def test_only_one_file_of_bearable_size_is_taken(bare, monkeypatch):
    monkeypatch.setattr("screen.web.app.MOST_ROSTER", 50)
    send(bare, CSV, status=413)
    two = [("file", ("a.csv", b"x", "text/csv")), ("file", ("b.csv", b"x", "text/csv"))]
    assert bare.client.post("/api/roster", files=two).status_code == 413
    assert bare.client.post("/api/roster", json={}).status_code == 415
