"""How long rosters of several sizes take to read and to compare with a photo: python bench/roster.py."""

from __future__ import annotations

import csv
import datetime
import io
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from openpyxl import Workbook

from screen.consent import identify
from screen.geometry import Box
from screen.judge import judge
from screen.photo import photo_of
from screen.policy import load_policy
from screen.records import FaceDetails, Finding
from screen.rosters import read_roster
from screen.rosters.template import template_guide

FIRST = ("Ann", "Bob", "Chloé", "Émile", "Fatima", "Grace", "Hugo", "Jean-Baptiste", "Karim", "Léa", "Mark", "Noël")
LAST = ("Bell", "Chen", "Dubois", "de La Tour", "El Amrani", "Fox", "Garnier", "Hart-Okafor", "Ito", "Müller")


def rows(count: int) -> list[list[str]]:
    """A header and so many invented people."""
    names = [name for name, _, _ in template_guide()]
    table = [names]
    for number in range(count):
        row = {name: example for name, _, example in template_guide()}
        row |= {
            "person_id": f"P{number}",
            "first": FIRST[number % len(FIRST)],
            "last": f"{LAST[number % len(LAST)]} {number:x}",
        }
        table.append([{**row, "student_number": f"{20260000 + number}"}[name] for name in names])
    return table


def as_csv(table: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(table)
    return text.getvalue().encode()


def as_xlsx(table: list[list[str]]) -> bytes:
    book, data = Workbook(), io.BytesIO()
    for row in table:
        book.active.append(row)
    book.save(data)
    return data.getvalue()


def seconds(work: Callable[[], object]) -> float:
    """CPU seconds, the best of three."""
    times = []
    for _ in range(3):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def main() -> None:
    policy = load_policy("classroom", datetime.date(2026, 10, 7)).changed(
        "caption", text="Our class at the museum, 2026"
    )
    photo = photo_of(np.zeros((1200, 1600, 3), np.uint8), "trip/IMG_0001.jpg")
    faces = tuple(
        Finding("face", 0.9, Box(50 * n, 9, 50 * n + 40, 60), FaceDetails(), id=f"f{n}") for n in range(1, 26)
    )
    print("| people | read CSV, s | read XLSX, s | first photo, s | each further photo, s |")
    print("|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for count in (25, 500, 5000):
            path, book = Path(folder) / "r.csv", Path(folder) / "r.xlsx"
            path.write_bytes(as_csv(rows(count)))
            book.write_bytes(as_xlsx(rows(count)))
            roster = read_roster(path)
            started = time.process_time()
            judge(identify(photo, faces, policy, roster), policy, roster)
            first = time.process_time() - started
            times = (
                seconds(lambda path=path: read_roster(path)),
                seconds(lambda book=book: read_roster(book)),
                first,
                seconds(lambda roster=roster: judge(identify(photo, faces, policy, roster), policy, roster)),
            )
            print(f"| {count} | " + " | ".join(f"{value:.3f}" for value in times) + " |")


if __name__ == "__main__":
    main()
