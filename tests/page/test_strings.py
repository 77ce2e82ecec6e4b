"""The page's table of sentences: every key that scripts ask for is there, and none is there for nothing."""

from __future__ import annotations

import re
import string

import pytest
from drawn_page import ROOT

from screen.translation import LANGUAGES, words
from screen.web.strings import STRINGS, page_strings

SCRIPTS = "".join(path.read_text("utf-8") for path in sorted((ROOT / "screen" / "web" / "static").glob("*.js")))
#: Keys that scripts put together: pile_keep, proof_parts, ...
MADE = re.compile(r"^(pile|proof|promise_\w+|occasion|style)_")


def test_every_key_is_there() -> None:
    asked = set(re.findall(r'\bt\("(\w+)"', SCRIPTS))
    assert len(asked) > 100
    assert asked <= set(STRINGS)


def test_no_sentence_is_there_for_nothing() -> None:
    named = set(re.findall(r'"(\w+)"', SCRIPTS))
    assert [key for key in STRINGS if key not in named and not MADE.match(key)] == []


def test_every_step_of_the_proof_has_its_sentence() -> None:
    steps = set(re.findall(r'done\.append\("(\w+)"\)', (ROOT / "screen" / "proof.py").read_text("utf-8")))
    assert len(steps) >= 6
    assert {f"proof_{step}" for step in steps} <= set(STRINGS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_blanks_are_the_same_in_all_languages(lang: str) -> None:
    said = page_strings(words(lang))
    for key, english in STRINGS.items():
        ours, theirs = (one if isinstance(one, tuple) else (one,) for one in (english, said[key]))
        assert len(ours) == len(theirs)
        assert fields(ours[-1]) == fields(theirs[-1]), key


def fields(text: str) -> set[str]:
    return {name for _text, name, _spec, _how in string.Formatter().parse(text) if name}


def test_nothing_is_written_as_html() -> None:
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", SCRIPTS)
    assert not re.search(r"https?://(?!www\.w3\.org)", SCRIPTS)
