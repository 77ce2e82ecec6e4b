"""What would make a photo publishable, in sentences."""

from __future__ import annotations

from screen.records import Verdict
from screen.rulings.remedies import Remedy, remedies
from screen.translation import Words
from screen.translation import marked as _
from screen.words import purpose_name

#: By kind of remedy; {purposes} is where it helps.
SENTENCES = {
    "cover": _("For {purposes}: cover {findings}; a safe copy does."),
    "crop": _("For {purposes}: or use crop {crop}, which shows none of them."),
    "say": _("For {purposes}: say who {findings} is, if you know."),
    "ask": _("For {purposes}: or ask for consent of person {person}."),
}


def help_sentences(verdict: Verdict, words: Words) -> tuple[str, ...]:
    """What would make the photo publishable, one sentence for each way; names nobody, but ids of the roster."""
    return tuple(_sentence(remedy, words) for remedy in remedies(verdict))


def _sentence(remedy: Remedy, words: Words) -> str:
    return words.text(
        SENTENCES[remedy.kind],
        purposes=words.listed([purpose_name(purpose, words) for purpose in remedy.purposes]),
        findings=words.listed(remedy.findings) if remedy.findings else "",
        crop=remedy.crop,
        person=remedy.person_id,
    )
