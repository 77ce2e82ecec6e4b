"""Labels and what stands beside or below them, and packs of keywords."""

# ruff: noqa: E501  one rule a line is easier to read and compare
from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """Words that announce something.

    Attributes:
        name: the rule's name.
        category: of what they announce.
        pattern: of a line that begins with the label; group "it" is what follows it on the same line.
        value: what follows must look like this as a whole.
        below: may the value stand below, as on badges and forms?
    """

    name: str
    category: str
    pattern: re.Pattern[str]
    value: re.Pattern[str]
    below: bool = True


def _label(name: str, category: str, pattern: str, value: str, below: bool = True) -> Label:
    whole = rf"^\W*(?:{pattern})(?P<it>.*)$"
    return Label(name, category, re.compile(whole, re.IGNORECASE), re.compile(rf"^\W*(?:{value})\W*$"), below)


#: One to five words with a capital at the start of one, letters only.
_NAME = r"(?=.*[A-ZÀ-Þ])[^\W\d_][^\d_:=]{1,40}"
_ANY_MARK = r"\d{1,3}(?:[.,]\d{1,2})?(?:\s?/\s?\d{2,3})?\s?%?|[A-F]\s?[+\-−–*]{0,2}"

LABELS: tuple[Label, ...] = (
    _label("label:name", "name", r"(?:(?:full|first|last|family|given|sur|student|pupil|child)\s?['’]?s?\s?)?names?\s*(?:[:.]+|$)|surname\s*(?:[:.]+|$)|(?:nom(?:s)?(?:\s?(?:et|/|&)\s?)?(?:pr[ée]noms?)?|pr[ée]noms?)\s*(?:[:.]+|$)|(?:[ée]l[èe]ve|pupil|student|teacher|parent|professeur|ma[îi]tresse|enseignante?|responsable)\s*:", _NAME),
    _label("label:badge", "name", r"(?:hello|hi|bonjour|salut)?\W*(?:my\s?name\s?is|i\s?am\s?called|je\s?m['’]?\s?appelle|moi\W{0,2}c['’]?est|mon\s?pr[ée]nom\s?est)\b", _NAME),
    _label("label:role", "name", r"(?:visitor|visiteu(?:r|se)|helper|volunteer|b[ée]n[ée]vole|guest|invit[ée]e?|intern|stagiaire|coach|animat(?:eur|rice))\s*$", r"(?!(?i:parking|entrance|entr[ée]e|only|cent(?:re|er)|desk|badge|pass|information|reception|accueil|toilets?)\b)" + _NAME),
    _label("label:by", "name", r"(?:written|made|drawn|painted|fait|[ée]crit|dessin[ée]|r[ée]alis[ée])\s(?:by|par)\b\s*:?", _NAME, False),
    _label("label:class", "class", r"(?:class|classe|form|year|grade|tutor\sgroup|division)\s*(?:[:.]+|$)", r"[\w°ᵉ\- ]{1,9}", False),
    _label("label:number", "student-id", r"(?:n\s?[°ºo]|no|nr|id|ine|upn|num[ée]ro|matricule|student\s?(?:no|number|id)|(?:carte|card)\s?(?:no|n°|number))(?![^\W\d])\s*[.:]*\s*", r"(?=(?:.*\d){4})[A-Z0-9OIlSB\-./ ]{4,20}", False),
    _label("label:mark", "grade", r"(?:notes?|score|marks?|result|r[ée]sultat|total|grade|moyenne|overall|average)\s*[:.=]*\s*$", _ANY_MARK),
)  # fmt: skip

_SUBJECTS = """
maths math mathematics mathematiques english anglais francais french histoire history science sciences svt physics
physique chemistry chimie biology biologie art arts geographie geography sport sports eps pe music musique latin
german allemand spanish espagnol technologie technology ict informatique computing lecture reading writing ecriture
dictee spelling religion re philosophie drama theatre
"""
#: School subjects: what stands beside one in a report is a mark; as words they are no names (Art).
SUBJECTS = frozenset(_SUBJECTS.split())

_MONTHS = """
january february march april may june july august september october november december janvier fevrier mars avril mai
juin juillet aout septembre octobre novembre decembre summer autumn winter spring dimanche
"""
#: Months and days that are names too.
MONTHS = frozenset(_MONTHS.split())

_PACKS = {
    "medical": r"allerg\w*|epi-?pens?|asthma\w*|asthme|inhalers?|diab[eè]t\w*|[ée]pilep\w*|medications?|m[ée]dicaments?|medical\s(?:needs|conditions|information)|p\.?a\.?i\.?(?=\s|$)|anaphyla\w*|intol[ée]ran\w*",
    "special-needs": r"special\s(?:educational\s)?needs|sen(?:d|co)?\s(?:register|list|support|pupils)|i\.?e\.?p\.?s?(?=\s|$)|ehcp|dyslexi\w*|dyspraxi\w*|autis\w*|adhd|tdah|aesh|ulis|segpa|besoins\s[ée]ducatifs|free\sschool\smeals|pupil\spremium",
    "behaviour": r"behaviou?r\s(?:chart|log|points|list)|detentions?|sanctions?|punitions?|retenue|comportement|names?\son\sthe\sboard|sad\sface|warnings?\b.*\bnames?|merits?\s(?:list|chart)",
    "seating": r"seating\splan|plan\sde\s(?:la\s)?classe|where\swe\ssit",
}  # fmt: skip
PACKS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE) for name, words in _PACKS.items()
}

#: Titles before a last name: how staff are called.
TITLED = re.compile(
    r"(?<!\w)(?:M(?:r|rs|s|iss|me|lle|ile)s?\.?|Monsieur|Madame|Mademoiselle)\s?\s(?P<it>[A-ZÀ-Þ][\w'’\-]+(?:\s[A-ZÀ-Þ][\w'’\-]+)?)"
)
