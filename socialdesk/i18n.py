"""Every text a person reads: `tr` and `trn` over the standard library's gettext.

One way for window, engine and command line, of which two have no Qt. English is the source text;
catalogues lie in resources/i18n/CODE/LC_MESSAGES/socialdesk.mo (`make i18n` makes them).

    tr("Signed in as {name}", name=handle)
    trn("{n} mention", "{n} mentions", n)

Holes are filled after the look-up, in one pass: a value that looks like a hole stays as it is, and
no attribute of a value can be reached (`str.format` could: "{m.token}").
2026-11: this leaf may import `places`, the other leaf, because the catalogues are resources; the
choice was this or the same folder argument in three entry points.
"""

import gettext
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from functools import cache
from typing import Final, TypeVar

from socialdesk.places import resource

DOMAIN: Final = "socialdesk"
SOURCE_LANGUAGE: Final = "en"
LANGUAGES: Final[Mapping[str, str]] = {"en": "English", "ru": "Русский", "kk": "Қазақша"}

Speech = tuple[str, gettext.NullTranslations]  # code, catalogue
T = TypeVar("T")

_HOLE: Final = re.compile(r"\{(\w+)\}")
_SIGNS: Final = {ord(","): "\N{NO-BREAK SPACE}", ord("."): ","}
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


class _Spoken:
    """The language in use. One reference, swapped whole: readers on other threads need no lock."""

    now: Speech = (SOURCE_LANGUAGE, gettext.NullTranslations())
    here: Final[ContextVar[Speech | None]] = ContextVar("here", default=None)  # see in_language

    @classmethod
    def found(cls) -> Speech:
        return cls.here.get() or cls.now


def tr(text: str, /, **values: object) -> str:
    """`text` in the user's language, its `{name}` holes filled from `values`.

    `text` must be a plain literal, or it is never found by `make i18n`; a hole without a value
    stays as typed.
    """
    return _filled(_Spoken.found()[1].gettext(text) if text else "", values)  # "" is the header


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """The form of the text that goes with `n` things; `{n}` is filled with `n`."""
    return _filled(_Spoken.found()[1].ngettext(one, many, n), {"n": n, **values})


def in_language(code: str, words: Callable[[], T]) -> T:
    """What `words` says in one of LANGUAGES, whatever is spoken around it: on this thread alone."""
    now = _Spoken.now
    before = _Spoken.here.set(now if now[0] == code else (code, _catalogue(code)))
    try:
        return words()
    finally:
        _Spoken.here.reset(before)


def in_source(words: Callable[[], str]) -> str:
    """What `words` says in English, whatever is spoken around it."""
    return in_language(SOURCE_LANGUAGE, words)


def set_language(code: str | None = None) -> str:
    """Speak `code` from now on (None: the system's language); the code in use.

    A language we do not have gives English. Widgets set their texts again on LanguageChange.
    """
    known = (code or system_language())[:2].lower()
    if known not in LANGUAGES:
        known = SOURCE_LANGUAGE
    _Spoken.now = (known, _catalogue(known))
    return known


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """Read by itself: `gettext.translation` also wants the names of all the world's languages."""
    if code == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    with resource("i18n", code, "LC_MESSAGES", f"{DOMAIN}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def language() -> str:
    """The code in use: `en`, `ru` or `kk`."""
    return _Spoken.found()[0]


def decimal(n: float, places: int = 1) -> str:
    """A number as the language in use writes it: "1,234.5", "1 234,5". The window's QLocale says
    the same (tested); engine and command line have none."""
    text = f"{n:,.{places}f}"
    return text if language() == SOURCE_LANGUAGE else text.translate(_SIGNS)


def system_language() -> str:
    """Two letters of what the system speaks; `en` where it does not say."""
    if sys.platform == "win32":
        import ctypes
        import locale

        name = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    else:
        name = next(filter(None, map(os.environ.get, _VARIABLES)), "")
    return name[:2].lower() if name[:2].isalpha() else SOURCE_LANGUAGE


def _filled(text: str, values: Mapping[str, object]) -> str:
    if not values:
        return text

    def value(hole: re.Match[str]) -> str:
        name = hole[1]
        return str(values[name]) if name in values else hole[0]

    return _HOLE.sub(value, text)
