"""Ways to reach somebody: e-mail addresses, phone numbers, addresses; and schools by their name."""

# ruff: noqa: E501  one rule a line is easier to read and compare
from __future__ import annotations

import re

from screen.patterns_rule import Rule, exact_rule, rule

_STREET = r"""(?:rue|avenue|av\.|boulevard|bd|chemin|all[ée]e|impasse|place|quai|route|cours|passage|square)"""
_ROAD = r"""(?:street|st\.?|road|rd\.?|lane|avenue|ave\.?|drive|close|crescent|court|gardens|grove|terrace|way|hill)"""


def _enough_digits(match: re.Match[str]) -> bool:
    """A phone number has 9 to 15 digits (ITU-T E.164), a spelled date or sum has not."""
    digits = re.sub(r"\D", "", match.group())
    return 9 <= len(digits) <= 15


RULES: tuple[Rule, ...] = (
    # Blanks beside @ and dots are what readers make of wide letters.
    rule("e-mail", "contact", r"[\w.+\-]+\s?[@©]\s?[\w\-]+(?:\s?[.,]\s?[a-z][\w\-]*)+"),
    rule("e-mail-part", "contact", r"\S+@\S*\w"),
    rule("handle", "contact", r"(?<![\w.])@\w{3,}"),
    # France: 0X or +33 X and four pairs. UK: 0 or +44 and nine or ten digits. Others: + and the country's code.
    rule("phone-fr", "contact", r"(?<![\w/])(?:(?:\+|00)\s?33\s?(?:\(0\)\s?)?|0)[1-9](?:[\s.\-]?\d\d){4}(?![\d/])"),
    rule("phone-uk", "contact", r"(?<![\w/])(?:\+44\s?(?:\(0\)\s?)?|\(?0)\d{2,4}\)?[\s.\-]?\d{3,4}[\s.\-]?\d{3,4}(?![\d/])", _enough_digits),
    rule("phone-international", "contact", r"(?<![\w/])(?:\+|00)\s?[1-9]\d{0,2}[\s.\-]?(?:\(?\d{1,4}\)?[\s.\-]?){2,6}\d{2}", _enough_digits),
    # North America: three and four digits, an area code before it or not.
    rule("phone-us", "contact", r"(?<![\w\-])(?:\(?[2-9]\d\d\)?[\s.\-]\s?)?(?:(?<=[\s.\-)])[2-9]|5)\d\d[\s.\-]\d{4}(?![\d\-])"),
    rule("phone-labelled", "contact", r"\b(?:t[ée]l(?:[ée]phone)?|phone|mobile|portable|fax|call|appel(?:ez)?)\b\s?[.:]*\s?(?P<it>[+\d][\d\s.\-()]{5,}\d)"),
    rule("address-fr", "contact", r"\b\d{1,4}\s?(?:bis|ter|quater)?\s?,?\s" + _STREET + r"\s+(?:de\s|du\s|des\s|d'|l')?\w.*"),
    exact_rule("address-en", "contact", r"\b\d{1,4}[A-Za-z]?,?\s(?:[A-Z][\w'’]+\s){1,3}(?i:" + _ROAD + r")(?![\w])"),
    exact_rule("postcode-uk", "contact", r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[ABD-HJLNP-UW-Z]{2}\b"),
    # A French postcode and its town.
    exact_rule("postcode-fr", "contact", r"\b(?:0[1-9]|[1-8]\d|9[0-8])\d{3}\s+[A-ZÉÈ][A-Za-zÀ-ÿ'\-]{2,}.*"),
    rule("school", "school", r".*\b(?:[ée]cole|coll[èe]ge|lyc[ée]e|maternelle|school|academy|acad[ée]mie|primary|grammar|kindergarten)\b.*", lambda match: _is_school(match.group())),
)  # fmt: skip


def _is_school(text: str) -> bool:
    """A school's own name: a kind of school and a name beside it, not "school report" or "back to school"."""
    words = [word for word in re.findall(r"[^\W\d_]+", text) if word[0].isupper()]
    generic = {
        "school",
        "report",
        "primary",
        "école",
        "ecole",
        "scolaire",
        "the",
        "back",
        "bulletin",
        "to",
        "high",
        "rules",
        "bus",
    }
    return len([word for word in words if word.casefold() not in generic]) >= 1 and len(words) >= 2
