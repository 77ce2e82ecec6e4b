"""The ledger: what went out, for whom, under which consent; withdrawals; and that nobody can change it unseen."""

from __future__ import annotations

import csv
import dataclasses
import datetime
import errno
import io
import multiprocessing
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from screen.errors import ExitCode
from screen.geometry import Box
from screen.judge import judge
from screen.ledger import Ledger, LedgerError, Override, Publication, publication_of, renewals_due
from screen.policy import Policy
from screen.records import Cover, Decision, Evidence, FaceDetails, Finding, MetadataDetails, Plan, Verdict
from screen.roster import Person, Roster

TODAY = datetime.date(2026, 10, 7)
NOW = datetime.datetime(2026, 10, 7, 12, 30, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
DAY = datetime.timedelta(1)
YES = {"website": True}
ROSTER = Roster((Person("P1", first="Zebulon", last="Quick", purposes=YES), Person("P2", purposes={})), digest="r" * 64)


def verdict(*shown_and_covered: str) -> Verdict:
    faces = tuple(
        Finding(
            "face", 0.9, Box(0, 0, 9, 9), FaceDetails(), (Evidence("review-page", (person,), "Zebulon"),), f"f{number}"
        )
        for number, person in enumerate(shown_and_covered, 1)
    )
    faces += (
        Finding(
            "metadata",
            1.0,
            None,
            MetadataDetails("name", "xmp", 1, ("Zebulon",)),
            (Evidence("metadata", ("P2",)),),
            "f8",
        ),
    )
    judged = judge(faces, policy(), ROSTER)
    covers = tuple(
        Cover(Box(0, 0, 9, 9), finding_id=j.finding.id) for j in judged if j.finding.box and j.decision > Decision.KEEP
    )
    return Verdict("a.jpg", "s" * 64, (10, 10), judged, Plan(0, covers), ("website",))


def policy() -> Policy:
    return Policy("p", TODAY, purposes=("website",))


def published(*people: str, copy: str = "c" * 64) -> Publication:
    return publication_of(
        verdict(*people),
        copy,
        policy(),
        ROSTER,
        operator="office",
        models=(("centerface", "1.5.0"),),
        overrides=(Override("f1", "uncovered", "=asked the parents"),),
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path) as opened:
        yield opened


def test_a_copy_is_noted_with_its_outcome_for_each_person() -> None:
    noted = published("P1", "P2")
    assert [(o.finding, o.shown, o.decision, o.people) for o in noted.outcomes] == [
        ("f1", True, "keep", ("P1",)),
        ("f2", False, "redact", ("P2",)),
        ("f8", False, "redact", ("P2",)),
    ]
    assert (noted.consent, noted.decision, noted.day) == ("r" * 64, "redact", "2026-10-07")
    assert noted.shows("P1")
    assert not noted.shows("P2")


def test_a_photo_cleared_as_it_is_covers_nobody() -> None:
    noted = published("P2", copy="s" * 64)
    assert noted.shows("P2")


def test_entries_come_back_as_they_were_written(ledger: Ledger) -> None:
    entry = ledger.record(published("P1"), NOW)
    (again,) = ledger.chain.entries()
    assert again == entry
    assert Publication.from_body(again.body) == published("P1")
    assert again.at == "2026-10-07T10:30:00+00:00"
    assert ledger.verify() == 1


def test_a_full_disk_is_told_and_nothing_is_half_written(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.record(published("P1"), NOW)
    ledger.chain._open().execute("PRAGMA max_page_count = 1")
    large = dataclasses.replace(published("P2"), name="n" * 100_000)
    with pytest.raises(LedgerError, match="disk is full") as told:
        ledger.record(large, NOW)
    assert told.value.exit_code is ExitCode.OUTPUT
    ledger.chain.close()
    assert ledger.verify() == 1
    ledger.record(published("P1"), NOW)
    assert ledger.verify() == 2

    def full(*given: object, **named: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("screen.ledger.chain.Path.write_text", full)
    with pytest.raises(LedgerError, match="disk is full"):
        ledger.record(published("P2"), NOW)


def test_an_empty_ledger_is_in_order(ledger: Ledger) -> None:
    assert ledger.verify() == 0
    assert ledger.withdrawals() == {}
    assert not ledger.chain.path.exists()


def test_withdrawing_lists_and_marks_every_publication_that_shows_the_person(ledger: Ledger) -> None:
    for people in (("P1",), ("P2",), ("P2", "P1")):
        ledger.record(published(*people), NOW)
    result = ledger.withdraw("P1", TODAY, "office", NOW)
    assert [item.number for item in result.affected] == [1, 3]
    assert ledger.marked() == {1, 3}
    assert ledger.withdraw("P9", TODAY, "office", NOW).affected == ()


def test_who_withdrew_is_shown_no_more(ledger: Ledger) -> None:
    """T52: withdrawn after publication."""
    assert verdict("P1").judgements[0].decision is Decision.KEEP
    ledger.withdraw("P1", TODAY, "office", NOW)
    roster = ledger.applied(ROSTER, TODAY)
    (judged,) = judge((verdict("P1").judgements[0].finding,), policy(), roster)
    assert judged.decision is Decision.REDACT
    assert judged.rulings[0].cause == "withdrawn"
    assert judged.rulings[0].reason == "no-consent"


def test_a_withdrawal_holds_from_its_day_on_and_until_a_new_consent_is_recorded(ledger: Ledger) -> None:
    ledger.withdraw("P1", TODAY + DAY, "office", NOW)
    assert ledger.applied(ROSTER, TODAY).withdrawn == frozenset()
    assert ledger.applied(ROSTER, TODAY + DAY).withdrawn == {"P1"}
    for recorded, wanted in ((TODAY + DAY, {"P1"}), (TODAY + 2 * DAY, set())):
        again = Roster((Person("P1", purposes=YES, recorded_on=recorded),))
        assert ledger.applied(again, TODAY + 3 * DAY).withdrawn == wanted


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE entries SET body = replace(body, 'redact', 'keep') WHERE number = 2",
        "UPDATE entries SET at = '2020-01-01' WHERE number = 2",
        "UPDATE entries SET kind = 'withdrawal' WHERE number = 1",
        "DELETE FROM entries WHERE number = 1",
        "DELETE FROM entries WHERE number = 2",
        "DELETE FROM entries WHERE number = 3",
        "DELETE FROM entries",
    ],
)
def test_a_broken_chain_is_detected(ledger: Ledger, damage: str) -> None:
    for people in (("P1",), ("P2",), ("P2", "P1")):
        ledger.record(published(*people), NOW)
    ledger.chain.close()
    with sqlite3.connect(ledger.chain.path) as connection:
        connection.executescript("DROP TRIGGER entries_stay; DROP TRIGGER entries_remain;")
        connection.execute(damage)
    connection.close()
    for use in (ledger.verify, ledger.marked, lambda: ledger.applied(ROSTER, TODAY), lambda: ledger.affected_by("P1")):
        with pytest.raises(LedgerError, match="Restore|restore") as caught:
            use()
        assert caught.value.exit_code is ExitCode.OUTPUT


def test_a_lost_head_or_file_is_detected(ledger: Ledger) -> None:
    for _ in range(2):
        ledger.record(published("P1"), NOW)
    ledger.chain.close()
    head = ledger.chain.head_path.read_bytes()
    ledger.chain.head_path.unlink()
    with pytest.raises(LedgerError):
        ledger.verify()
    ledger.chain.close()
    ledger.chain.head_path.write_bytes(head)
    assert ledger.verify() == 2
    ledger.chain.close()
    ledger.chain.path.unlink()
    with pytest.raises(LedgerError):
        ledger.verify()
    with pytest.raises(LedgerError):
        ledger.record(published("P1"), NOW)


def test_the_database_itself_refuses_changes(ledger: Ledger) -> None:
    ledger.record(published("P1"), NOW)
    ledger.chain.close()
    connection = sqlite3.connect(ledger.chain.path)
    for damage in ("DELETE FROM entries", "UPDATE entries SET at = ''"):
        with pytest.raises(sqlite3.IntegrityError, match="append only"):
            connection.execute(damage)
    connection.close()


def test_a_crash_between_entry_and_head_leaves_the_ledger_usable(ledger: Ledger) -> None:
    ledger.record(published("P1"), NOW)
    head = ledger.chain.head_path.read_bytes()
    ledger.record(published("P1"), NOW)
    ledger.chain.head_path.write_bytes(head)
    assert ledger.verify() == 2
    ledger.record(published("P1"), NOW)
    assert ledger.verify() == 3


def _write_many(folder: str) -> None:
    with Ledger(Path(folder)) as own:
        for _ in range(10):
            own.record(published("P1"), NOW)


def test_several_processes_write_one_chain(tmp_path: Path) -> None:
    processes = [
        multiprocessing.get_context("spawn").Process(target=_write_many, args=(str(tmp_path),)) for _ in range(3)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    with Ledger(tmp_path) as ledger:
        assert ledger.verify() == 30


def test_the_export_holds_no_name_and_no_formula(ledger: Ledger) -> None:
    ledger.record(published("P1", "P2"), NOW)
    ledger.withdraw("P1", TODAY, "=office", NOW)
    out = io.StringIO()
    assert ledger.export_csv(out) == 2
    rows = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["kind"] for row in rows] == ["publication", "withdrawal"]
    assert (rows[0]["people_shown"], rows[0]["people_covered"]) == ("P1", "P2")
    assert (rows[1]["withdrawn_person"], rows[1]["affected_entries"], rows[1]["operator"]) == ("P1", "1", "'=office")
    assert "Zebulon" not in out.getvalue()
    assert b"Zebulon" not in ledger.chain.path.read_bytes()


def test_only_the_owner_reads_the_ledger(ledger: Ledger) -> None:
    ledger.record(published("P1"), NOW)
    if ledger.chain.path.stat().st_mode & 0o777 != 0o666:  # Windows has no such bits
        assert ledger.chain.path.stat().st_mode & 0o077 == 0


def test_a_time_without_a_zone_is_a_fault(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="time zone"):
        ledger.record(published("P1"), NOW.replace(tzinfo=None))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(LedgerError, match="cannot be used"):
        Ledger(tmp_path / "file" / "home").record(published("P1"), NOW)


def test_renewals_due() -> None:
    people = (
        Person("A", valid_to=TODAY + 30 * DAY),
        Person("B", valid_to=TODAY + 31 * DAY),
        Person("C", valid_to=TODAY - DAY),
        Person("D", valid_to=TODAY, left_on=TODAY),
        Person("E"),
    )
    assert [person.person_id for person in renewals_due(Roster(people), TODAY)] == ["C", "A"]
