"""The product's sentences for people, in English and French.

English stands in the code; the other languages stand in ``screen/locale/LANG.po``, read with Babel when they are first
needed. A sentence names what was seen and what to do, never whom.
"""

from __future__ import annotations

import functools
import gettext
import io
import locale
import os
import sys
import unicodedata
from pathlib import Path

from screen.errors import UsageError

#: Languages that are offered; the first one is that of the code.
LANGUAGES = ("en", "fr")
#: Where languages are asked for, in gettext's order.
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def marked(message: str) -> str:
    """The message itself; marks a sentence of a table for the catalogues."""
    return message


class Words:
    """Sentences in one language.

    Args:
        lang: en or fr, as the attribute of the same name.

    Raises:
        UsageError: the language is not offered.
    """

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise UsageError("There is no language {lang!r}. Use {listed}.", lang=lang, listed=" or ".join(LANGUAGES))
        self.lang = lang
        self._catalogue = _catalogue(lang)

    def text(self, message: str, /, **values: object) -> str:
        """The message in this language, with {names} replaced by the values."""
        found = self._catalogue.gettext(message)
        return found.format(**values) if values else found

    def plural(self, one: str, many: str, count: int, /, **values: object) -> str:
        """The message for so many things; {count} stands for the number."""
        return self._catalogue.ngettext(one, many, count).format(count=self.number(count), **values)

    def forms(self, one: str, many: str) -> tuple[str, str]:
        """The message for one thing and for many, {names} left in, for a reader who counts by itself."""
        return self._catalogue.ngettext(one, many, 1), self._catalogue.ngettext(one, many, 2)

    def number(self, value: float) -> str:
        """A number as this language writes it."""
        from babel.numbers import format_decimal  # noqa: PLC0415

        return format_decimal(value, locale=self.lang)

    def listed(self, things: list[str] | tuple[str, ...]) -> str:
        """Things as a list in a sentence: a, b and c."""
        from babel.lists import format_list  # noqa: PLC0415

        return format_list(list(things), locale="en_GB" if self.lang == "en" else self.lang)


@functools.cache
def words(lang: str | None = None) -> Words:
    """The sentences of a language; of the system's language if None.

    Raises:
        UsageError: the language is not offered.
    """
    return Words(lang or system_language())


def system_language() -> str:
    """The first offered language that the system asks for; English if it asks for none of them."""
    for name in _asked_for():
        short = name.replace("-", "_").split("_")[0].split(".")[0].lower()
        if short in LANGUAGES:
            return short
        if short in {"c", "posix"}:
            break
    return LANGUAGES[0]


def visible(name: str) -> str:
    r"""The name with everything that does not show, or that moves other text about, written as \u escapes.

    File names may hold line breaks, terminal commands, right-to-left overrides (U+202E) that make ``exe.jpg`` of
    ``gpj.exe``, and bytes that are no text. Letters of all scripts stay as they are.
    """
    return "".join(_shown(character) for character in name)


def _shown(character: str) -> str:
    if (
        unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"}
        and character not in "\u200c\u200d"
    ):
        return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
    return character


def _asked_for() -> list[str]:
    for variable in _VARIABLES:
        if value := os.environ.get(variable):
            return value.split(":")
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        return [locale.windows_locale.get(number, "")]
    return [locale.getlocale()[0] or ""]


@functools.cache
def _catalogue(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language, compiled in memory; English needs none."""
    if lang == LANGUAGES[0]:
        return gettext.NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with (Path(__file__).parent / "locale" / f"{lang}.po").open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
