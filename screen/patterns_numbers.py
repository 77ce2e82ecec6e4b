"""Numbers that stand for a pupil, and check digits of them."""

# ruff: noqa: E501  one rule a line is easier to read and compare
from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping

from screen.folding import as_digits
from screen.patterns_rule import Rule, exact_rule, rule

#: A digit as it may be read.
_D = r"[0-9OoQDIl|!ZSBG]"
_LABEL = r"""(?:
    n\s?[°ºo]\s?(?:d['’]\s?)?(?:[ée]l[èe]ve|[ée]tudiant|matricule|ine)? | num[ée]ro(?:\sd['’][ée]l[èe]ve)? | matricule | i\.?n\.?e\.?
  | (?:student|pupil|admission|candidate|learner|card|exam)\s?(?:no|nr|num|number|id|[#°])?\.? | no\.? | nr\.? | id | u\.?p\.?n\.? | u\.?l\.?n\.?
)"""


def _mostly_digits(match: re.Match[str]) -> bool:
    """Half of its letters and digits at least were read as digits, and it has four of them."""
    found = match.group("it") if "it" in match.re.groupindex else match.group()
    digits, signs = sum(c.isdigit() for c in found), sum(c.isalnum() for c in found)
    return bool(digits >= max(4, signs / 2))


def _no_years(match: re.Match[str]) -> bool:
    """Not a school year or a span of years: 2025-2026, 1914-1918."""
    years = re.fullmatch(r"((?:19|20)\d\d)\D((?:19|20)\d\d)", as_digits(match.group()))
    return _mostly_digits(match) and not (years and int(years[1]) <= int(years[2]))


#: Official numbers, told by their form alone.
OFFICIAL: tuple[Rule, ...] = (
    # INE (France): ten digits and a letter, nine digits and two letters, or nine digits, a letter and a digit.
    exact_rule("ine", "student-id", r"(?<!\w)\d{9}(?:\d[A-Z]|[A-Z]{2}|[A-Z]\d)(?!\w)"),
    # UPN (England): a letter, eleven digits and a digit or letter.
    exact_rule("upn", "student-id", r"(?<!\w)[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?!\w)"),
)  # fmt: skip
RULES: tuple[Rule, ...] = (
    rule("born", "student-id", r"\b(?:n[ée]e?\s(?:le|on)|born(?:\son)?|d\.?o\.?b\.?|date\s(?:de\snaissance|of\sbirth))\b\s?:?\s*(?P<it>.*\d.*)"),
    # Labels used on cards and lists; the number has a digit among its first characters and four in all.
    rule("labelled-number", "student-id", r"(?<![\w])" + _LABEL + r"\s?[:.#]*\s?(?P<it>[A-Z]{0,3}[\-/\s]?" + _D + r"(?:[\-./\s]?[0-9A-Z]){3,17})(?!\w)", _mostly_digits),
    # Numbers in groups: 2024-0183, A-2024-0183, 1187-0042-7.
    rule("grouped-number", "student-id", r"(?<![\w\-/])(?:[A-Z]{1,3}\s?-\s?)?" + _D + r"{4}\s?[\-–—]\s?" + _D + r"{4}(?:\s?[\-–—]\s?[\dXOISBl])?(?![\w\-/])", _no_years),
    # A date whose strokes were read as digits is none: 1210912025.
    exact_rule("date-misread", "", r"(?<!\w)(?:0[1-9]|[12]\d|3[01])[/1Il|7](?:0[1-9]|1[0-2])[/1Il|7]20[0-3]\d(?!\w)"),
    # Eight to ten digits with or without two check digits (key modulo 97).
    rule("long-number", "student-id", r"(?<![\w\-/+.,])" + _D + r"{8,10}(?:\s\d\d)?(?![\w\-/])", _mostly_digits),
)  # fmt: skip


def mod11(digits: str) -> bool:
    """Does the last sign fit weights n, ..., 3, 2 modulo 11, X meaning 10, in one of both usual readings?"""
    body, last = digits[:-1], digits[-1].upper()
    if not body.isdigit() or not (last.isdigit() or last == "X"):
        return False
    check = 10 if last == "X" else int(last)
    total = sum(int(d) * weight for d, weight in zip(reversed(body), itertools.count(2), strict=False))
    return check in {total % 11, (11 - total % 11) % 11}


def mod97(digits: str) -> bool:
    """Are the last two digits 97 minus the rest modulo 97 (as of the French NIR), or does ISO 7064 MOD 97-10 hold?"""
    if not digits.isdigit() or len(digits) < 4:
        return False
    return 97 - int(digits[:-2]) % 97 == int(digits[-2:]) or int(digits) % 97 == 1


def luhn(digits: str) -> bool:
    """Does the Luhn formula hold (ISO/IEC 7812-1)?"""
    if not digits.isdigit():
        return False
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(n - 9 * (n > 9) for n in doubled) % 10 == 0


#: Check digits that a policy can name.
CHECKS: Mapping[str, Callable[[str], bool]] = {"mod11": mod11, "mod97": mod97, "luhn": luhn}
#: Digits that readers take for each other, to see whether one misreading explains a wrong check digit.
_SWAPS = {"0": "8", "1": "7", "3": "8", "5": "6", "6": "85", "7": "1", "8": "306", "9": "0"}


def check_holds(scheme: str, text: str) -> bool:
    """Does the check digit of a number hold, as read or with one digit misread?"""
    signs = as_digits(re.sub(r"[^0-9A-Za-z|!]", "", text))
    number = re.sub(r"[A-WYZ]", "", signs.upper())
    test = CHECKS[scheme]
    if test(number):
        return True
    others = (number[:i] + other + number[i + 1 :] for i, d in enumerate(number) for other in _SWAPS.get(d, ""))
    return any(test(other) for other in others)
