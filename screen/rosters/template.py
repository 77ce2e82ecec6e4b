"""An empty roster with explanations."""

from __future__ import annotations

import csv
import io

from screen.policy import PURPOSES

#: Column, what it means, an example.
COLUMNS = (
    ("person_id", "your own key for the person, different in each row", "P001"),
    ("family_id", "the same for brothers and sisters", "F001"),
    ("first", "first names", "Ada"),
    ("last", "last name", "Example"),
    ("known_as", "the name used at school, if another", ""),
    ("class", "class", "4B"),
    ("student_number", "as on cards and lists", "20260001"),
    ("type", "pupil, staff or visitor", "pupil"),
    ("basis", "consent, public-task, legitimate-interest or objection", "consent"),
    *((purpose, "yes or no; empty means no", "yes" if purpose == "display" else "") for purpose in PURPOSES[:-1]),
    ("naming", "may the name stand beside the picture? yes or no", "no"),
    ("valid_from", "first day, as 2026-09-01; empty: no limit", "2026-09-01"),
    ("valid_to", "last day; empty: no limit", "2027-08-31"),
    ("parent_a", "answer of one parent: yes, no or empty", "yes"),
    ("parent_b", "answer of the other parent", ""),
    ("child_view", "what the child says: yes, no or empty", "yes"),
    ("protection_code", "any text: never to be shown; else leave empty", ""),
    ("biometric_parent_ok", "may a face print be kept, says a parent?", ""),
    ("biometric_child_ok", "and the child?", ""),
    ("left_on", "first day after leaving school", ""),
    ("withdrawn_on", "first day from which a withdrawal holds", ""),
    ("recorded_by", "who wrote this row", "office"),
    ("recorded_on", "when", "2026-09-01"),
    ("form_version", "of the consent form", "2026"),
)


def template_csv() -> str:
    """An empty roster: a row of explanations, the header, and no invented person who might be left in it.

    A reader takes the row that holds person_id for the header, so the explanations may stay.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\r\n")
    rows.writerow(meaning for _, meaning, _ in COLUMNS)
    rows.writerow(name for name, _, _ in COLUMNS)
    return text.getvalue()


def template_guide() -> tuple[tuple[str, str, str], ...]:
    """Column, what it means and an example, for the terminal and for docs/roster.md."""
    return COLUMNS
