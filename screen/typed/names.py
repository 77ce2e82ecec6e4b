"""Names and numbers of the roster in text that people typed: captions, file names, metadata.

Typed text is read letter by letter, so a single name counts only where it is exact. A name that is a word too (Rose,
Mark, Will) counts only where it stands as a name: with a capital inside of a sentence, or alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from screen.names import NameMatch, Strength, names_in
from screen.numbers import numbers_in
from screen.records import Evidence, Finding, MetadataDetails, NameDetails
from screen.roster import Roster
from screen.typed.sources import name_parts

_SENTENCE_STARTS = re.compile(r"(?:^|[.!?:…\n]\s*|[-–—•*]\s)$")
_LISTED = re.compile(r"\s*(?:,|;|&|\+|/|\band\b|\bet\b|['’]s\b)", re.IGNORECASE)


def typed_names(text: str, roster: Roster) -> tuple[NameMatch, ...]:
    """The names of the roster in typed text that count as names."""
    return tuple(match for match in names_in(text, roster) if _counts(match, text, roster))


def _counts(match: NameMatch, text: str, roster: Roster) -> bool:
    if match.strength is Strength.FULL:
        return True
    if match.strength is Strength.PART:
        return match.exact
    return match.exact and _stands_as_a_name(match, text, roster)


def _stands_as_a_name(match: NameMatch, text: str, roster: Roster) -> bool:
    """Does a name that is a word too stand where a name would? For protected people a capital is enough."""
    rest = re.sub(r"[\W\d_]+", "", text[: match.start] + text[match.end :])
    if not rest:
        return True
    if not text[match.start].isupper() or text.isupper():
        return False
    inside = not _SENTENCE_STARTS.search(text[: match.start])
    listed = bool(_LISTED.match(text, match.end))
    return inside or listed or any(person.protected for person in roster.persons(match.person_ids))


def caption_findings(caption: str, roster: Roster) -> tuple[Finding, ...]:
    """A finding for each name and number of the roster in a caption."""
    return _findings("caption", "caption", caption, roster) if caption.strip() else ()


def source_findings(source: str, roster: Roster) -> tuple[Finding, ...]:
    """A finding for each name and number of the roster in the names of the file and its folders."""
    return tuple(
        finding for where, name in name_parts(source) for finding in _findings("filename", where, spread(name), roster)
    )


def spread(name: str) -> str:
    """A file name as words: AnneByrne_4B gives Anne Byrne 4B."""
    apart = re.sub(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[^\W\d_]{2})(?=\d)|(?<=\d)(?=[^\W\d_]{3})", " ", name)
    return re.sub(r"[_+.]+", " ", apart)


def _findings(check: str, where: str, text: str, roster: Roster) -> tuple[Finding, ...]:
    names = [("name", check, match) for match in typed_names(text, roster)]
    numbers = [("student-id", "student-id", match) for match in numbers_in(text, roster) if match.exact]
    return tuple(
        Finding(check, 1.0, None, NameDetails(kind, words, where), (Evidence(by, match.person_ids, words),))
        for kind, by, match in (*names, *numbers)
        for words in (text[match.start : match.end],)
    )


def metadata_evidence(finding: Finding, roster: Roster) -> Finding:
    """A metadata finding with evidence for the names of the roster in its values; others as they are.

    In the name of a region or a person every name counts: nothing else is written there.
    """
    details = finding.details
    if not isinstance(details, MetadataDetails) or not details.values:
        return finding
    names = details.kind == "region" or details.region is not None
    found = [match for value in details.values for match in _metadata_names(value, roster, names=names)]
    return replace(finding, evidence=(*finding.evidence, *_evidence(found))) if found else finding


def _metadata_names(value: str, roster: Roster, *, names: bool) -> list[tuple[str, NameMatch]]:
    text = spread(value)
    matches = names_in(text, roster) if names else typed_names(text, roster)
    return [(text[match.start : match.end], match) for match in matches]


def _evidence(found: Iterable[tuple[str, NameMatch]]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(Evidence("metadata", match.person_ids, words) for words, match in found))
