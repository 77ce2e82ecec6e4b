"""Private things in names of files and in captions, told by their form: numbers, dates, marks, contacts, words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from screen.folding import fold
from screen.patterns import spans_in

#: A kind of records.NameDetails, and the words found.
Found = tuple[str, str]

#: Words that tell of a special population (MCPS: never in tags or captions), English and French, folded; ``*`` stands
#: for any ending. Only what says nothing else in a school: "support" and "unit" alone are not here.
SPECIAL_WORDS = (
    *("special education", "special ed", "sped", "senco", "special need*", "special school*", "iep", "ehcp", "esol"),
    *("send pupil*", "send unit*", "send provision", "send class*", "sen pupil*", "sen unit*", "eal pupil*", "esl"),
    *("504 plan*", "ell student*", "english learner*", "newcomer class*", "refugee*", "asylum seeker*", "autis*"),
    *("asperger*", "adhd", "dyslexi*", "dyspraxi*", "down syndrome", "down's syndrome", "disabled", "disabilit*"),
    *("wheelchair*", "deaf", "blind pupil*", "blind student*", "hearing impaired", "visually impaired", "homeless*"),
    *("foster child*", "foster carer*", "foster famil*", "foster parent*", "foster care", "adopted child*"),
    *("adopted pupil*", "looked after child*", "children in care", "child in care", "young carer*", "title i student*"),
    *("free school meal*", "free lunch*", "reduced lunch*", "pupil premium", "speech therapy", "behaviour unit*"),
    *("behavior unit*", "resource room", "medical need*", "cancer", "chemotherapy", "epilep*", "diabet*"),
    *("ulis", "segpa", "upe2a", "pai", "pps", "ppre", "rased", "avs", "aesh", "itep", "ime", "mdph", "sessad"),
    *("allophone*", "primo arrivant*", "refugie*", "demandeur* d'asile", "besoins particuliers", "handicap*"),
    *("besoins educatifs", "autisme", "tdah", "eleve* dys", "enfant* dys", "trisomi*", "malentendant*", "sourd*"),
    *("malvoyant*", "aveugle*", "fauteuil roulant", "famille* d'accueil", "place* en foyer", "aide sociale"),
    *("enfant* adopte*", "enfant* place*", "boursier*", "boursiere*", "classe relais", "dispositif relais"),
)
_TAG = re.compile(r"(?<![\w.@])@[\w][\w.\-]+")
_DATES = re.compile(
    r"(?<!\d)(?:"
    # Year first, as cameras and phones write it, with or without the time.
    r"(?:19|20)\d\d[-_. ]?(?:0[1-9]|1[0-2])[-_. ]?(?:0[1-9]|[12]\d|3[01])"
    r"(?:[-_. tT]*(?:at |à )?[0-2]\d[-_.:hH]?[0-5]\d(?:[-_.:m]?[0-5]\d\d{0,4})?)?"
    # Day or month first.
    r"|(?:0?[1-9]|[12]\d|3[01])[-_./](?:0?[1-9]|[12]\d|3[01])[-_./](?:19|20)?\d\d"
    # Milliseconds since 1970, as messengers write it.
    r"|1[3-9]\d{11}"
    r")(?!\d)"
)
_WORDED_DATES = re.compile(
    r"(?<!\w)\d{1,2}(?:st|nd|rd|th|er)?[ _-](?:jan|feb|f[ée]v|mar|apr|avr|may|mai|june?|juin|july?|juil|aug|ao[ûu]t|"
    r"sep|oct|nov|d[ée]c)\w*(?:[ _-](?:19|20)?\d\d)?(?!\w)",
    re.IGNORECASE,
)
#: Names that cameras, phones, messengers and this program give, which say nothing of people.
_DEVICE = re.compile(
    r"(?<![A-Za-z\d])(?:(?:[a-z]{0,3}img|_?mg|dsc[nf]?|dscf|pxl|mvi|vid|gopr|gp\d\d|dji|sam|cimg|hpim|kif|imag|"
    r"pict|pic|picture|image|photo|foto|scan|screenshot|wa|edit|copy|copie|untitled)[-_ ]?\d{1,7}(?!\d)"
    r"|p\d{7}(?!\d)|\d{3}[-_]\d{4}(?!\d)|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{32,64})(?![a-z\d])",
    re.IGNORECASE,
)
#: A number with a word before it that says whose; digits alone are what cameras and websites count with.
_NUMBER = re.compile(
    r"(?<![^\W\d_])(?:id|[ée]l[èe]ve|pupil|student|matricule|ine|upn|no|nr|n°|num[ée]ro|num)[-_ .#:]*"
    r"(?:no|nr|n°|id)?[-_ .#:]*(?P<it>[a-z]{0,2}-?\d{4,12})(?!\d)",
    re.IGNORECASE,
)
_BARE_NUMBERS = frozenset({"long-number", "grouped-number"})
_WANTED = frozenset({"student-id", "grade", "class", "contact"})


def in_caption(text: str, special: Iterable[str]) -> tuple[Found, ...]:
    """What is private in a caption, without repeats; names of people are the roster's affair."""
    tags = [("tag", match.group()) for match in _TAG.finditer(text)]
    rest = _TAG.sub(" ", text)
    return _unique((*tags, *_special(text, special), *_patterns(rest)))


def in_name(name: str, special: Iterable[str], own_numbers: Iterable[str] = ()) -> tuple[Found, ...]:
    """What is private in the name of a file or folder, ending left out, without repeats.

    Args:
        name: of the file or folder.
        special: words that tell of a special population.
        own_numbers: regular expressions of the school's own numbers.
    """
    dates = [match.group().strip() for pattern in (_DATES, _WORDED_DATES) for match in pattern.finditer(name)]
    rest = _WORDED_DATES.sub(" ", _DATES.sub(" ", _DEVICE.sub(" ", name)))
    words = rest.replace("_", " ").replace("+", " ")
    numbers = [("student-id", match["it"]) for match in _NUMBER.finditer(rest)]
    numbers += [("student-id", match.group()) for own in own_numbers for match in re.finditer(own, name)]
    tags = [("tag", match.group()) for match in _TAG.finditer(rest)]
    found = (("date", date) for date in dates)
    patterns = (pair for pair in _patterns(words, _BARE_NUMBERS) if not pair[1].isdigit())
    return _unique((*found, *tags, *_special(words, special), *numbers, *patterns))


def special_words(text: str, words: Iterable[str]) -> Iterator[str]:
    """The words of a list that stand in a text; case and accents do not count."""
    folded = re.sub(r"[_\s]+", " ", fold(text))
    for word in words:
        pattern = re.escape(fold(word)).replace(r"\*", r"\w*").replace(r"\ ", r"[ -]")
        if match := re.search(rf"(?<!\w){pattern}(?!\w)", folded):
            yield match.group()


def _special(text: str, words: Iterable[str]) -> Iterator[Found]:
    for word in special_words(text, words):
        yield "special-population", word


def _patterns(text: str, left_out: frozenset[str] = frozenset()) -> Iterator[Found]:
    for span in spans_in(text):
        if span.category in _WANTED and span.rule not in left_out:
            yield span.category, text[span.start : span.end].strip()


def _unique(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple(dict.fromkeys(found))
