"""Marks and classes, in English and French practice."""

# ruff: noqa: E501  one rule a line is easier to read and compare
from __future__ import annotations

import re

from screen.patterns_rule import Rule, exact_rule, rule

_NUMBER = r"\d{1,3}(?:\s?[.,]\s?\d{1,2})?"
_COLON = r"\s?[:=\-–]?\s?"


def _of_a_total(match: re.Match[str]) -> bool:
    """Not more than the total, and not a sum or a date: 17/20, but not 1/2 + 1/4 and not 12/09/2025."""
    number = re.sub(r"\s", "", match["n"])
    value, total = float(number.replace(",", ".")), int(re.sub("[OoQDC]", "0", match["m"]))
    if len(number) == 3 and number.isdigit():
        value = min(value, value / 10)  # 14,5/20 whose comma was not seen
    return value <= total and not _is_maths(match)


def _is_maths(match: re.Match[str]) -> bool:
    """Is there a sum around it?"""
    return bool(re.search(r"[=×÷≈√π]|\d\s*[+*:x]\s*\d|\d\s-\s\d|²", match.string))


def _a_share(match: re.Match[str]) -> bool:
    """A mark in per cent, not a discount, a battery, a share of cotton or cocoa."""
    number = float(match["n"].replace(",", ".").replace(" ", ""))
    return number <= 100 and not _is_maths(match)


def _short_line(match: re.Match[str]) -> bool:
    """The class is all there is, or nearly: a sentence that says "in year 5" gives away less than a door sign."""
    return not _is_maths(match)


_GOODS = r"""(?:off|of(?=\W*$)|discount|sale|less|remise|r[ée]duction|de\sr[ée]duction|rabais|promo\w*|sold\w*|cotton|coton|wool|laine|cocoa|cacao|fat|mati\w*|
    recycl\w*|organic|bio|natur\w*|pur|pure|juice|jus|vol|alc\w*|charg\w*|battery|humid\w*|loaded|complete|download\w*|gratuit|free|extra|more|plus|de\splus)"""

#: Not marks or classes, though they look like some: later rules leave these parts alone.
NEVER: tuple[Rule, ...] = (
    rule("discount", "", r"(?:[\-–]\s?|(?:up\sto|jusqu['’][àa]|save|only|extra)\s)?" + _NUMBER + r"\s?%\s?" + _GOODS + r"\b"),
    rule("discount-before", "", r"(?:[\-–]\s?|\b(?:up\sto|jusqu['’][àa]|save|sale|sold\w*|promo\w*|remise|rabais)\s.{0,6})" + _NUMBER + r"\s?%"),
    rule("date", "", r"(?<![\d/.\-])\d{1,4}\s?(?P<sep>[/.\-])\s?\d{1,2}\s?(?P=sep)\s?\d{2,4}(?![\d/])"),
    # A digit of a date read as a letter: 2026-C3-18.
    exact_rule("date-misread", "", r"(?<![\w\-])20[0-3]\d-[01OIlCD][0-9OIlCDSB]-[0-3OIlCD][0-9OIlCDSB](?![\w\-])"),
    rule("price", "", r"(?:[€£$]\s?" + _NUMBER + r"|" + _NUMBER + r"\s?(?:€|£|\$|eur\b|ct\b|cts\b))(?:\s?/\s?\w+)?"),
    # A room is no class: Room 4B, Salle B12, Lab 3.
    rule("room", "", r"\b(?:room|rm|salle|lab|labo|laboratory|laboratoire|b[âa]timent|building|block|floor|[ée]tage|gate|porte|platform|quai|bus|ligne|line|hall|stage|lot|unit|apt|flat)(?:\b|(?=\d))\.?\s?:?\s?[A-Z]?\s?-?\d{1,4}\s?[A-Z]?\b"),
    exact_rule("pencil", "", r"\b[2-9][BH]\b(?=\s(?i:pencil|crayon|lead|mine))"),
)  # fmt: skip

_MARKS: tuple[Rule, ...] = (
    rule("award", "grade", r"\b(?:avec\s)?mention\b" + _COLON + r"(?:(?:tr[èe]s|assez)\s)?(?:bien|honorable|passable|excellent\w*|TB|AB|B|P)(?!\w)"),
    rule("average", "grade", r"\bmoy(?:enne|\.)?\b(?:\s(?:g[ée]n[ée]rale|de\s(?:la\s)?classe|annuelle|trimestrielle))?" + _COLON + _NUMBER + r"(?:\s?/\s?\d{2,3})?"),
    rule("gpa", "grade", r"\bG\.?P\.?A\.?" + _COLON + r"[0-5OlI]?\s?[.,]?\s?\d{0,2}"),
    rule("out-of", "grade", r"(?<![\d/.,+\-=×])(?:(?:tr\w?s|assez)\s?bien\s?|bien\s?|excellent\s|passable\s)?(?P<n>" + _NUMBER + r")\s?/\s?(?P<m>5|[1-9][0OoQDC5]|1[0OoQDC]{2})(?![\d/.,]\d|\w)", _of_a_total),
    rule("out-of-words", "grade", r"(?<!\d)" + _NUMBER + r"\s(?:out\sof|sur)\s(?:5|10|20|30|40|50|100)(?!\d)"),
    rule("labelled-mark", "grade", r"\b(?:notes?|score|mark|result|r[ée]sultat|overall|average|final|total|effort|attainment|progress|conduite|comportement|grade(?=\s?[:=]))\b\s?[:=+;.]?\s?(?:\d{1,3}(?:[.,]\d{1,2})?\s?%?(?!\s?[/€$£]|\w)|[A-F]\s?[+\-–*]*(?!\w))"),
    rule("per-cent", "grade", r"(?<![\w.,\-–+])(?P<n>\d{1,3}(?:[.,]\d)?)\s?[%٪](?!\w)", _a_share),
    # England's national curriculum and reading schemes; France's niveaux.
    rule("level", "grade", r"(?<!\w)(?:level|niveau)\s?[1-9][abc]?(?![\w/])", lambda match: match.group().strip() == match.string.strip() or _beside_name(match)),
    exact_rule("mark-sign", "grade", r"(?<![\w+\-])[A-F]\s?(?:[+＋]{1,2}|[\-–—−]|\*)(?![\w+\-–]|\s?[\dA-Z=])"),
    rule("appreciation", "grade", r"^\s*(?:tr[èe]s\sbien|assez\sbien|passable|insuffisant|(?:tr\w?s|assez)\s?bien\s?.{1,6}|non\sacquis|en\scours\sd['’]acquisition|acquis|meets\sexpectations|(?:working\s(?:towards|at|below|above))\b.*)\s*[.!]?\s*$"),
)  # fmt: skip


def _beside_name(match: re.Match[str]) -> bool:
    """Something stands before it in the line, as in a list of pupils."""
    return match.start() > 0 and match.end() == len(match.string.rstrip())


_CLASSES: tuple[Rule, ...] = (
    rule("year", "class", r"(?<!\w)(?:year|yr|grade|class|form|primary|reception|key\sstage|k\.?s\.?)\s?\.?\s?(?:1[0-3]|[1-9])\s?[A-H]?(?![\w/.,%]|\s?[A-Za-z]{3})", _short_line),
    # A class after its label with a misread sign: Class 43, Class Ge B.
    rule("class-misread", "class", r"^\W*classe?\s(?:[1-9][0-9]?[A-H0-9]?|[A-Z][a-z0-9]?\s?[A-H])\W*$"),
    rule("classe", "class", r"(?<!\w)classe\s?(?:de\s)?:?\s?(?:[1-6]\s?(?:[èe]me|[èe]|e)|C[EM][12]|CP|[1-9])\s?[A-H\d]?(?!\w)"),
    # France: cours préparatoire, élémentaire, moyen; sixième to terminale; maternelle.
    exact_rule("cours", "class", r"(?<![\w\-])C\s?[EM]\s?[12Il](?:\s?[A-H])?(?![\w\-])|(?<![\w\-.])CP\s?[A-H]?(?![\w\-.])"),
    rule("college", "class", r"(?<![\w,.])[3-6]\s?(?:[èe]me|[èe]|ᵉ)\s?[A-H1-9]?(?![\w/])", _short_line),
    rule("lycee", "class", r"(?<!\w)(?:2\s?n?de|1\s?[èe]re|terminale|tle|seconde)\s?(?:[A-H]|\d{1,2}|STMG|ST2S|STI2D|ES|L|S)(?!\w)"),
    # A figure and a letter alone on a door or a list: 4B, 10C. P4: fourth year of primary school in Scotland.
    exact_rule("door-sign", "class", r"(?<![\w\-/.,+=×:])(?:1[0-3]|[1-9])\s?[A-H](?![\w\-/=+×°]|\s?[%=×])", _short_line),
    exact_rule("primary", "class", r"(?<![\w\-/.,])P[1-7](?:\s?[A-H])?(?![\w\-/])"),
)  # fmt: skip

#: Words before a number that make it a room, a date, a class or a page.
NO_MARK = re.compile(
    r"\b(?:room|rm|salle|lab|labo|page|p|chapter|chapitre|lesson|le[çc]on|ex\w*|week|semaine|day|jour|table|group\w*|team|unit\w*|"
    r"jan\w*|f[ée]v\w*|feb\w*|mar\w*|a[pv]r\w*|ma[iy]|ju[inl]\w*|ao[uû]t|aug\w*|sep\w*|oct\w*|nov\w*|d[ée]c\w*|"
    r"mon\w*|tue\w*|wed\w*|thu\w*|fri\w*|sat\w*|sun\w*|lun\w*|mer\w*|jeu\w*|ven\w*|sam\w*|dim\w*|year|class\w*|grade)(?:\b|(?=\d))",
    re.IGNORECASE,
)

RULES: tuple[Rule, ...] = (*NEVER, *_MARKS, *_CLASSES)
#: What is a mark on a paper, a chart or a report with other marks or names, and anything elsewhere: a lone letter, and
#: what readers make of marks in handwriting: "t-", "17/0", "9V%", "Levd 4", "Nete 12".
WEAK: tuple[Rule, ...] = (
    exact_rule("weak:mark", "grade", r"^\s*[A-F]\s*[.,]?\s*$"),
    exact_rule("weak:mark-sign", "grade", r"^\s*[A-Za-z0-9]\s?[+\-–—*]\s*$"),
    rule("weak:fraction", "grade", r"^\s*\w{1,2}(?:[.,]\w)?\s?/\s?\w{1,3}\s*$"),
    # The stroke of a fraction is read as another upright sign: "14,5120", "8V0", "STO".
    exact_rule("weak:stroke", "grade", r"^\s*[0-9SBOIlZ]{1,2}(?:[.,][0-9SO])?\s?[1IlVTUN|]\s?[1-9Z]?[0OoUCDQ]{1,2}\s*$", lambda match: not match.string.strip().isdigit() or len(match.string.strip()) >= 4),
    rule("weak:per-cent", "grade", r"^\s*\w{1,3}\s?%\s*$"),
    rule("weak:word-number", "grade", r"^\W*[^\W\d_]{2,8}\s?[:;.+=]?\s?\d{1,3}(?:[.,]\d{1,2})?\s?%?\s*$", lambda match: not NO_MARK.search(match.string)),
    exact_rule("weak:mark-end", "grade", r"\s(?P<it>[A-F])$"),
)  # fmt: skip
