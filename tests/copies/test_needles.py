"""Names and numbers of the roster, searched in the bytes of a copy."""

import numpy as np
import pytest

from screen.copies.claims import Claim
from screen.copies.needles import CHUNK, holds_long_word, holds_word, needles_of
from screen.photo import photo_from_bytes
from screen.policy import Policy
from screen.proof import prove
from screen.records import Plan, Verdict
from screen.redact import CopyOptions, encoded
from screen.roster import Person, Roster

PEOPLE = Roster((Person("P1", first="Zoé", last="Lefèvre", known_as="Fi", student_number="1187-0042"),))
NOISE = np.random.default_rng(6).integers(0, 256, 3 * CHUNK, np.uint8).tobytes()


@pytest.mark.parametrize("code", ["utf-8", "utf-16-le", "utf-16-be", "latin-1"])
@pytest.mark.parametrize("word", ["Lefèvre", "LEFÈVRE", "lefevre", "Lefevre", "1187-0042"])
@pytest.mark.parametrize("place", [0, 5, CHUNK - 3, CHUNK, 3 * CHUNK])
def test_a_long_word_is_found_wherever_it_is_and_however_it_is_written(word: str, code: str, place: int) -> None:
    data = NOISE[:place] + word.encode(code) + NOISE[place:]
    assert holds_long_word(data, needles_of(PEOPLE))


def test_noise_the_end_of_a_word_and_short_names_are_no_words_of_a_picture() -> None:
    assert not holds_long_word(NOISE, needles_of(PEOPLE))
    assert not holds_long_word(NOISE + b"Lefevr", needles_of(PEOPLE))
    assert not holds_long_word(b"", needles_of(PEOPLE))
    assert not holds_long_word(b"xFiZoe", needles_of(PEOPLE))
    assert holds_word(b"by fi", needles_of(PEOPLE)), "in other parts of a file they are"
    assert not holds_word(b"", needles_of(PEOPLE))


def test_a_roster_of_a_whole_school_is_searched_as_by_hand() -> None:
    rng = np.random.default_rng(2)
    names = ["".join(chr(97 + letter) for letter in rng.integers(0, 26, rng.integers(4, 9))) for _ in range(2000)]
    school = needles_of(Roster(tuple(Person(f"P{n}", first=name) for n, name in enumerate(names))))
    few = NOISE[: CHUNK // 8]
    for data in (few, few + names[7].upper().ljust(6, "x").encode(), few + b"\0" + names[-1].encode("utf-16-le")):
        assert holds_long_word(data, school) is any(word in data for word in school if len(word) >= 6)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_somebody_called_fi_gets_copies_too(policy: Policy, kind: str) -> None:
    """Every JPEG file says JFIF."""
    photo = photo_from_bytes(encoded(np.full((60, 80, 3), 90, np.uint8), kind), "a")
    nothing = Verdict("a", photo.digest, photo.size, (), Plan(), ("website",))
    claim = Claim(photo, nothing, CopyOptions(), policy, PEOPLE, lambda *given: nothing)
    assert prove(photo.file, "a", claim).passed
