"""A review goes on after a restart; of dropped photos nothing is kept; one page at a time."""

import os
import sqlite3
import stat

import pytest
from page_in_process import photo_bytes
from test_page_saving import save

from screen.batch.store import home
from screen.errors import OutputError, UsageError
from screen.web.choosing import Choices, Drawn
from screen.web.folders import FOLDER, PLACE, own_room
from screen.web.keeping import FILE_NAME, Keeper, Kept


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "class"
    made.mkdir()
    (made / "a.jpg").write_bytes(photo_bytes())
    (made / "b.jpg").write_bytes(photo_bytes(seed=5))
    return made


def finding(photo, name):
    return next(found for found in photo["findings"] if found["id"] == name)


def test_a_review_goes_on_where_it_stopped(start, folder):
    page = start(folder)
    page.act("name", finding="f1", person="P1")
    page.act("keep", finding="f2", reason="a visitor")
    page.act("draw", box=[250, 100, 300, 150])
    page.approve()
    save(page)
    page.act("withhold", photo="p2", reason="a tear")
    page.close()
    again = start(folder)
    assert again.workshop.urgencies == []  # nothing was screened anew
    photo = again.photo()
    assert not finding(photo, "f1")["covered"]
    assert finding(photo, "f1")["person"]["id"] == "P1"
    assert finding(photo, "f2")["override"] == "a visitor"
    assert photo["drawn"] == [{"id": "c1", "box": [250, 100, 300, 150]}]
    assert photo["reviewed"] == "approved"
    assert photo["saved"]
    assert len(photo["answers"]) == 3
    assert again.photo("p2")["reviewed"] == "withheld"
    assert again.get(photo["thumb"]).status_code == 200


def test_other_rules_of_the_next_run_judge_what_was_found(start, folder, rules):
    from dataclasses import replace

    page = start(folder)
    page.act("name", finding="f1", person="P1")
    page.approve()
    page.close()
    again = start(folder, policy=replace(rules.policy, purposes=("press",)))
    assert again.workshop.urgencies == []
    assert finding(again.photo(), "f1")["covered"]  # nobody asked her for the press
    assert again.photo()["reviewed"] is None


def test_consent_that_was_withdrawn_meanwhile_covers_the_face_again(start, folder, rules):
    page = start(folder)
    page.act("name", finding="f1", person="P1")
    page.approve()
    page.close()
    again = start(folder, roster=rules.roster.with_withdrawn(["P1"]))
    assert finding(again.photo(), "f1")["covered"]
    assert again.photo()["reviewed"] is None


def test_people_who_left_the_roster_are_no_longer_named(start, folder, rules):
    from dataclasses import replace

    page = start(folder)
    page.act("name", finding="f1", person="P1")
    page.close()
    others = replace(rules.roster, people=rules.roster.people[1:], digest="other")
    assert finding(start(folder, roster=others).photo(), "f1")["person"] is None


def test_names_are_not_carried_over_to_another_picture(start, folder):
    page = start(folder)
    page.act("name", finding="f1", person="P1")
    page.act("draw", box=[250, 100, 300, 150])
    page.act("withhold", reason="a tear")
    page.close()
    (folder / "a.jpg").write_bytes(photo_bytes(seed=77))
    photo = start(folder).photo()
    assert photo["reviewed"] == "withheld"
    assert finding(photo, "f1")["person"] is None
    assert finding(photo, "f1")["covered"]
    assert photo["drawn"]  # more cover does no harm


def test_a_copy_that_somebody_changed_is_no_longer_saved(start, folder, tmp_path):
    page = start(folder)
    page.approve()
    save(page)
    page.close()
    (tmp_path / "class-safe" / "a.jpg").write_bytes(b"other")
    assert not start(folder).photo()["saved"]


def test_of_dropped_photos_nothing_is_kept(page):
    page.drop(("Amina_secret_name.jpg", photo_bytes()))
    page.act("name", finding="f1", person="P1")
    page.get("/api/photos/p1/picture")
    page.close()
    kept = b"".join(path.read_bytes() for path in home().rglob("*") if path.is_file())
    assert b"secret" not in kept
    assert b"P1" not in kept
    assert not (home() / FOLDER).exists()
    assert not (home() / PLACE).exists()


def test_the_file_is_private_and_names_no_paths(start, folder):
    page = start(folder)
    page.act("name", finding="f1", person="P1")
    path = home() / FILE_NAME
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    data = path.read_bytes()
    assert b"a.jpg" not in data or b"class/a.jpg" not in data
    assert str(folder).encode() not in data


def test_what_was_not_used_for_a_month_is_deleted(tmp_path):
    keeper = Keeper(tmp_path)
    keeper.keep(tmp_path / "a.jpg", Kept("k", Choices(named=(("f1", "P1"),)), None))
    assert keeper.kept(tmp_path / "a.jpg").choices.named == (("f1", "P1"),)
    keeper.close()
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    with connection:
        connection.execute("UPDATE choices SET used = date('now', '-40 days')")
    connection.close()
    keeper = Keeper(tmp_path)
    assert keeper.kept(tmp_path / "a.jpg") is None
    keeper.close()


def test_choices_come_back_as_they_were(tmp_path):
    from screen.geometry import Box

    choices = Choices(
        (("f1", "P1"),), (("f2", "é ’"),), ("f3",), (Drawn("c1", Box(1, 2, 3, 4)),), 3, Box(5, 6, 7, 8), (("q", "yes"),)
    )
    keeper = Keeper(tmp_path)
    keeper.keep(tmp_path, Kept("k", choices, None))
    assert keeper.kept(tmp_path).choices == choices
    keeper._run("UPDATE choices SET data = ?", '{"choices": {"named": 3}, "saved": null}')
    assert keeper.kept(tmp_path) is None
    keeper.close()


def test_a_damaged_file_is_told(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"no database" * 100)
    with pytest.raises(OutputError, match=FILE_NAME):
        Keeper(tmp_path)


def test_a_full_disk_is_told_and_nothing_has_to_be_deleted(tmp_path):
    keeper = Keeper(tmp_path)
    keeper._run("PRAGMA max_page_count = 1")
    with pytest.raises(OutputError, match="disk is full"):
        keeper._run("INSERT INTO choices VALUES ('a', 'k', hex(zeroblob(1000000)), 'now')")
    keeper.close()


def test_a_second_page_tells_where_the_first_one_is(start, rules):
    page = start()
    with pytest.raises(UsageError) as refused, own_room():
        pass
    assert page.desk.keys.address in refused.value.message
    if os.name == "posix":
        assert stat.S_IMODE((home() / PLACE).stat().st_mode) == 0o600
        assert stat.S_IMODE(page.desk.uploads.parent.stat().st_mode) == 0o700
    page.close()
    with own_room() as room:
        assert room.folder.is_dir()


def test_what_a_killed_page_left_is_swept(rules):
    left = home() / FOLDER / "killed" / "uploads"
    left.mkdir(parents=True)
    (left / "photo.upload").write_bytes(b"pixels")
    with own_room() as room:
        assert not left.exists()
        (room.folder / "x").write_bytes(b"pixels")
    assert not (home() / FOLDER).exists()
