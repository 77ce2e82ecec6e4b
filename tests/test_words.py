"""The sentences: every one is translated, every record has one, and none says too much."""

from __future__ import annotations

import gettext
import re
import string
from collections.abc import Iterator

import pytest
import typer
from catalogue import ROOT, catalogue_of, reasons_page, wanted

from screen import sentences, translation
from screen.cli.app import app
from screen.cli.helps import help_sentences
from screen.errors import UsageError
from screen.geometry import Box
from screen.policy import CHECKS, OCCASIONS, PURPOSES
from screen.reasons import REASONS
from screen.records import (
    BlurDetails,
    CodeDetails,
    Decision,
    Details,
    FaceDetails,
    Failure,
    Finding,
    HandDetails,
    Judgement,
    MetadataDetails,
    NameDetails,
    OrientationDetails,
    Plan,
    QualityDetails,
    Ruling,
    TextDetails,
    TwinDetails,
    Verdict,
)
from screen.report.to_json import details_json, verdict_json
from screen.words import Words, explain, explain_failure, reason_words, seen_words, system_language, visible, words

OTHERS = tuple(lang for lang in translation.LANGUAGES if lang != "en")
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def fields_of(message: str | tuple[str, ...]) -> list[set[str]]:
    texts = (message,) if isinstance(message, str) else message
    return [{name for _text, name, _spec, _how in string.Formatter().parse(text) if name} for text in texts]


@pytest.mark.parametrize("lang", OTHERS)
def test_no_sentence_lacks_a_translation(lang: str) -> None:
    catalogue = catalogue_of(lang)
    lacking = []
    for message in wanted():
        found = catalogue.get(message.id) if message.id else None
        if message.id and (
            found is None or found.fuzzy or not all([found.string] if isinstance(found.string, str) else found.string)
        ):
            lacking.append(message.id)
    assert not lacking, "run: python tests/catalogue.py, and translate in screen/locale"
    assert len(list(wanted())) > 150


@pytest.mark.parametrize("lang", OTHERS)
def test_translations_have_the_fields_of_the_sentence_and_nothing_that_is_gone(lang: str) -> None:
    known = {message.id for message in wanted()}
    for message in catalogue_of(lang):
        assert message.id in known
        if message.id:
            fields = set().union(*fields_of(message.id))
            assert all(set(found) <= fields for found in fields_of(message.string))
            assert fields_of(message.string)[-1] == fields


class Strict(gettext.NullTranslations):
    """A catalogue that breaks on what the extraction did not see, so that nothing stays English unnoticed."""

    def __init__(self) -> None:
        super().__init__()
        self.known = {message.id for message in wanted()}
        self.asked: set[object] = set()

    def gettext(self, message: str) -> str:
        assert message in self.known
        self.asked.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        assert (msgid1, msgid2) in self.known
        self.asked.add((msgid1, msgid2))
        return super().ngettext(msgid1, msgid2, n)


@pytest.fixture
def strict(monkeypatch: pytest.MonkeyPatch) -> Iterator[Strict]:
    catalogue = Strict()
    monkeypatch.setattr(translation, "_catalogue", lambda lang: catalogue)
    words.cache_clear()
    yield catalogue
    words.cache_clear()


def every_details() -> Iterator[tuple[str, Details | None]]:
    for identifiability in ("clear", "marginal", "none"):
        for pose in ("frontal", "profile"):
            yield "face", FaceDetails(identifiability, pose)
    yield "face", FaceDetails(kind="depicted")
    yield "face", FaceDetails(certainty="doubtful")
    yield "face", FaceDetails(certainty="unclear")
    yield "face", FaceDetails(certainty="weak")
    yield "face", None
    yield "hand", HandDetails()
    yield "back", None
    for category in ("student-id", "name", "grade", "class", "contact", "school", "unreadable", "other"):
        yield "text", TextDetails(category, "20241234")
    for kind in ("qr", "barcode", "mrz", "new"):
        yield "code", CodeDetails(kind)
    yield "blur", BlurDetails(0.1)
    for turns in range(4):
        yield "orientation", OrientationDetails(turns)
    for kind in (
        "gps",
        "device",
        "time",
        "name",
        "region",
        "thumbnail",
        "credit",
        "comment",
        "trailer",
        "several-pictures",
    ):
        yield "metadata", MetadataDetails(kind, "exif", values=("Zoélie",))
    for kind in ("name", "student-id", "date", "class", "grade", "contact", "tag", "special-population", "new"):
        for where in ("filename", "folder", "caption"):
            yield "caption" if where == "caption" else "filename", NameDetails(kind, "Zoélie", where)
    for kind in ("dark", "burnt-out", "small", "portrait", "several-frames", "new"):
        yield "quality", QualityDetails(kind)
    yield "plate", None


def verdict_of(check: str, details: Details | None, decision: Decision, reason: str) -> Verdict:
    finding = Finding(check, 0.9, Box(1, 1, 5, 5), details, (), "f1")
    judgement = Judgement(finding, (Ruling("website", decision, reason, "protected"),))
    return Verdict("a.jpg", "00", (10, 10), (judgement,), Plan(), ("website",))


def test_every_record_has_a_sentence_in_the_catalogue(strict: Strict) -> None:
    seen = set()
    for check, details in every_details():
        for decision in Decision:
            explained = explain(verdict_of(check, details, decision, "no-consent"), "en")
            (finding,) = explained.findings
            assert finding.sentence.endswith(".") or check == "plate"
            assert "Zoélie" not in str(explained)
            assert "20241234" not in str(explained)
            assert "protected" not in str(explained)
            seen.add(finding.sentence)
    assert len(seen) > 60
    assert {check for check, _details in every_details()} >= set(CHECKS)
    assert set(CHECKS) == set(sentences.CHECKS)


def test_every_reason_failure_and_purpose_is_in_the_catalogue(strict: Strict) -> None:
    for code in REASONS:
        sentence, _step = reason_words(code, words("en"))
        assert sentence.endswith(".")
    for error in (*sentences.FAILURES, "something-new"):
        explained = explain_failure(Failure("a.jpg", error, "secret /home/path"), "en")
        assert explained.sentence
        assert explained.next_step
        assert "secret" not in str(explained)
    assert set(sentences.PURPOSES) == set(PURPOSES)
    assert set(sentences.OCCASIONS) == set(OCCASIONS)


def test_unknown_reasons_and_checks_of_plugins_go_by_their_own_names() -> None:
    assert reason_words("number-plate\n", words("fr")) == ("number-plate\\u000a", "")
    explained = explain(verdict_of("plate", None, Decision.REDACT, "number-plate"), "fr")
    assert explained.findings[0].check == "plate"
    assert explained.findings[0].sentence == "plate\u00a0: quelque chose a été trouvé. number-plate"


def test_what_needs_something_comes_first() -> None:
    kept, covered = (
        Judgement(Finding(check, 0.9, None, None, (), number), (Ruling("website", decision, "name"),))
        for check, number, decision in (("hand", "f1", Decision.KEEP), ("text", "f2", Decision.REDACT))
    )
    explained = explain(Verdict("a.jpg", "00", (10, 10), (kept, covered), Plan(), ("website",)), "en")
    assert [finding.finding_id for finding in explained.findings] == ["f2", "f1"]
    assert explained.purposes == (("website", "Cover first"),)


def test_french_counts_and_lists() -> None:
    french = words("fr")
    count = "{count} photo was screened.", "{count} photos were screened."
    assert french.plural(*count, 0) == "0 photo a été contrôlée."
    assert french.plural(*count, 2) == "2 photos ont été contrôlées."
    assert french.number(1234.5).replace("\u202f", " ") == "1 234,5"
    assert french.listed(["a", "b", "c"]) == "a, b et c"
    assert words("en").listed(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize(
    ("settings", "lang"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "fr_CA"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "C"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "fr_BE.UTF-8"}, "fr"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ({"LANGUAGE": "fr", "LC_ALL": "C"}, "fr"),
    ],
)
def test_language_of_the_system(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], lang: str) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    for variable, value in settings.items():
        monkeypatch.setenv(variable, value)
    assert system_language() == lang


def test_unknown_language_is_refused() -> None:
    with pytest.raises(UsageError, match="Use en or fr"):
        Words("de")


def test_visible_shows_what_would_not_show() -> None:
    assert visible("a\nb\x1b[0m\u202egpj.exe\u200b\udce9\U000e0041") == (
        "a\\u000ab\\u001b[0m\\u202egpj.exe\\u200b\\udce9\\U000e0041"
    )
    kept = "é ß Ωµ 日本語 فصل/צלם हिन्दी 👩‍🏫 'quoted'"
    assert visible(kept) == kept


def test_a_rule_for_everybody_says_so() -> None:
    personal = verdict_of("face", FaceDetails(), Decision.REFUSE, "personal-account")
    (finding,) = explain(personal, "en").findings
    assert "staff's own accounts" in finding.sentence
    assert finding.next_steps == ("Use an account of the school.",)
    (finding,) = explain(verdict_of("face", FaceDetails(), Decision.REFUSE, "no-consent"), "en").findings
    assert (finding.sentence, finding.next_steps) == ("Not everybody in this photo may be shown.", ())


def test_sentences_are_short_and_plain() -> None:
    """At most 25 words a sentence, and no words of programmers: what a newspaper would print."""
    jargon = re.compile(
        r"\b(EXIF|XMP|IPTC|metadata|bounding|box|redact|pixelate|parse|invalid|null|boolean|hash)\b", re.IGNORECASE
    )
    helps = set(help_sentences(typer.main.get_command(app)))  # these have to name the words that options take
    for message in wanted():
        for text in (message.id,) if isinstance(message.id, str) else message.id:
            for sentence in re.split(r"(?<=[.!?:;]) ", text):
                assert len(sentence.split()) <= 25, sentence
            assert text in helps or not jargon.search(text), text


def test_docs_name_every_reason_with_its_source() -> None:
    assert (ROOT / "docs" / "reasons.md").read_text("utf-8") == reasons_page(), "run: python tests/catalogue.py"


def test_docs_name_every_field_and_word_of_the_json() -> None:
    text = (ROOT / "docs" / "verdict.md").read_text("utf-8")
    named = set(re.findall(r"`([^` ]+)`", text))
    for _check, details in every_details():
        assert set(details_json(details)) <= named
    line = verdict_json(verdict_of("face", FaceDetails(), Decision.REDACT, "no-consent"), show_people=True)
    assert {*line, *line["findings"][0], *line["plan"]} <= named
    assert {*CHECKS, *sentences.FAILURES, *sentences.TEXTS, *map(str, Decision)} <= named


@pytest.mark.parametrize(
    ("score", "turns", "sentence"),
    [
        (0.98, 0, "The photo is the right way up."),
        (0.0, 0, "Nothing in the photo tells for certain which way up it is."),
        (0.3, 0, "Nothing in the photo tells for certain which way up it is."),
        (0.95, 1, "The photo lies on its side."),
    ],
)
def test_nobody_is_told_that_a_photo_is_upright_where_nothing_says_so(score: float, turns: int, sentence: str) -> None:
    details = OrientationDetails(turns, ("faces",) if score else ())
    judgement = Judgement(Finding("orientation", score, None, details, id="f1"), (Ruling("website", Decision.KEEP),))
    (said,) = explain(Verdict("a.jpg", "00", (10, 10), (judgement,), Plan(), ("website",)), "en").findings
    assert said.sentence == sentence


@pytest.mark.parametrize(
    ("cause", "told"), [("motion", "shook"), ("focus", "focus"), ("empty", "outline"), ("", "sharp enough")]
)
def test_a_blurred_photo_is_told_why(cause: str, told: str) -> None:
    decision, reason = (Decision.REVIEW, "blurred") if cause else (Decision.KEEP, "")
    finding = Finding("blur", 0.9 if cause else 0.1, None, BlurDetails(0.6, cause), id="f1")
    judgement = Judgement(finding, (Ruling("website", decision, reason),))
    (said,) = explain(Verdict("a.jpg", "00", (10, 10), (judgement,), Plan(), ("website",)), "en").findings
    assert told in said.sentence
    assert ("too blurred to see what happens" in said.sentence) == bool(cause)


def test_a_stricter_twin_is_named() -> None:
    finding = Finding("quality", 0.9, None, TwinDetails("class/other.jpg", 0.1), id="f1")
    judgement = Judgement(finding, (Ruling("website", Decision.REVIEW, "stricter-twin"),))
    verdict = Verdict("a.jpg", "00", (10, 10), (judgement,), Plan(), ("website",))
    (said,) = explain(verdict, "en").findings
    assert "same shot" in said.sentence
    assert said.next_steps == ("Compare the two at full size, and publish one of them only.",)
    assert seen_words(judgement, verdict, words("en")) == "Another photo looks like the same shot: class/other.jpg."
