"""The rules of a policy as a list, each with its decision, its reason code and the source that it follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from screen.evidence.pointers import RecognitionSettings
from screen.policy import Policy
from screen.reasons import REASONS
from screen.records import Decision
from screen.roster import EMPTY
from screen.rulings.rules import POOR, JudgeSettings, Rules

_WORDS = {
    "student-id": "student number",
    "tag": "tag of a person",
    "special-population": "word about a special population",
}


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule of a policy, for people.

    Attributes:
        title: what it is about, in English.
        decision: what the verdict says then.
        reason: its code; empty where nothing is said.
        source: the guidance that it follows.
        setting: what changes it in a policy file; empty for what no policy can change.
    """

    title: str
    decision: Decision
    reason: str
    source: str
    setting: str = ""


def listed_rules(policy: Policy) -> tuple[ListedRule, ...]:
    """The rules of a policy, the ones about people first.

    Raises:
        UsageError: a setting of [judge] or [recognition] is unknown or has the wrong type.
    """
    rules = Rules.of(policy, EMPTY)
    return (*_people(policy, rules.judge, rules.recognition), *_writing(rules.judge), *_picture(rules), *_file())


def _rule(title: str, decision: Decision, reason: str, setting: str = "") -> ListedRule:
    return ListedRule(title, decision, reason, REASONS[reason].source, setting)


def _people(policy: Policy, judge: JudgeSettings, recognition: RecognitionSettings) -> Iterator[ListedRule]:
    redact, review, keep, refuse = Decision.REDACT, Decision.REVIEW, Decision.KEEP, Decision.REFUSE
    yield _rule("Somebody with a protection code, from behind or covered too", refuse, "no-consent")
    yield _rule("A pupil may be in the picture, for the purpose personal", refuse, "personal-account")
    yield _rule("A person who did not agree to this purpose on this day", redact, "no-consent")
    yield _rule("A face that nothing says whose it is", redact, "no-consent")
    if policy.occasion == "open-event" and judge.incidental:
        title = "The same in the background of an open event, not clear"
        yield _rule(title, review, "incidental", "[judge] incidental, [policy] occasion")
    yield _rule("Consent, but the name stands beside the picture without a yes in naming", redact, "named-in-picture")
    yield _rule("Several people fit", review, "ambiguous")
    yield _rule("Consent, but only a name says who it is", review, "weak-evidence")
    if recognition.enabled:
        yield _rule("Consent, but only recognition says who it is", review, "recognition-only", "[recognition] enabled")
    yield _rule("A face on a poster, a screen, a card or a drawing", review, "depicted")
    decision, reason = (keep, "not-identifiable") if judge.keep_unidentifiable else (redact, "no-consent")
    yield _rule("A face too small or blurred to recognise", decision, reason, "[judge] keep_unidentifiable")
    yield _rule("A candidate on a person that may be a face", review, "may-be-a-face")
    decision, reason = (keep, "weak") if judge.keep_weak else (review, "may-be-a-face")
    yield _rule("A candidate that is probably no face", decision, reason, "[judge] keep_weak")
    yield _rule("Hands and backs of heads", keep, "no-face")
    yield _rule("A person whom somebody named and who agreed", keep, "consent")


def _writing(judge: JudgeSettings) -> Iterator[ListedRule]:
    for kind in judge.text:
        yield _rule(f"In the picture: {_WORDS.get(kind, kind)}", Decision.REDACT, kind, "[judge] text")
    yield _rule("In the picture: a name that may be shown", Decision.KEEP, "naming-allowed")
    yield _rule("In the picture: words about a special population", Decision.REVIEW, "special-population")
    if judge.unreadable_height:
        title = f"Writing from {judge.unreadable_height} pixels on that could not be read"
        yield _rule(title, Decision.REVIEW, "unreadable", "[judge] unreadable_height")
    yield _rule("QR codes and barcodes", Decision.REDACT, "code")
    for where, kinds in (("file name", judge.filename), ("folder name", judge.folder)):
        for kind in kinds:
            reason = {"name": "name-in-filename", "special-population": kind}.get(kind, "private-filename")
            setting = "[judge] filename" if where == "file name" else "[judge] folder"
            yield _rule(f"In the {where}: {_WORDS.get(kind, kind)}", Decision.REDACT, reason, setting)
    for kind in judge.caption:
        reason = {"name": "name-in-caption", "tag": kind, "special-population": kind}.get(kind, "private-caption")
        yield _rule(f"In the caption: {_WORDS.get(kind, kind)}", Decision.REVIEW, reason, "[judge] caption")


def _picture(rules: Rules) -> Iterator[ListedRule]:
    yield _rule(f"Blurred, from a score of {rules.blurred} on", Decision.REVIEW, "blurred", "[blur] threshold")
    yield _rule("On its side", Decision.REDACT, "sideways")
    yield _rule("On its head", Decision.REDACT, "upside-down")
    for kind in sorted(POOR):
        decision = Decision.REVIEW if kind in rules.judge.poor else Decision.KEEP
        yield _rule(f"Quality: {kind}", decision, kind, "[judge] poor")
    yield _rule("Same shot as a photo in which more was found", Decision.REVIEW, "stricter-twin")
    yield _rule("Several pictures in one file", Decision.REDACT, "several-pictures")
    yield _rule("Fewer people found than were said to be there", Decision.REVIEW, "fewer-people-found")


def _file() -> Iterator[ListedRule]:
    yield _rule("Hidden in the file: position", Decision.REDACT, "gps")
    yield _rule("Hidden in the file: names, captions, named faces", Decision.REDACT, "names-in-metadata")
    yield _rule("Hidden in the file: another picture", Decision.REDACT, "hidden-picture")
    yield _rule("Hidden in the file: device, time and all else", Decision.REDACT, "hidden-data")
