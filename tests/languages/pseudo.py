"""A language nobody speaks: every text of the program in brackets, with accents, and much longer.

It shows what no real catalogue can: what is not in brackets on the screen never passed tr(), or is
data; and what is cut here would be cut in the longest of real languages. Holes stay holes.
"""

import gettext
import re
from dataclasses import dataclass
from functools import cache

from socialdesk import i18n
from tests.tools import translations

OPEN, CLOSE = "⟦", "⟧"
STRETCH = 0.4  # so much longer; Russian and Kazakh are a fifth to a third longer than English
RTL_LETTERS = "אבגדהוזחטיךכלםמןנסעףפץצקרש"
_ACCENTED = str.maketrans("aceiounAEIOUNyYsSzZ", "åçéîöüñÅÉÎÖÜÑýÝšŠžŽ")
_MIRRORED = str.maketrans("abcdefghijklmnopqrstuvwxyz", RTL_LETTERS)
_HOLE = re.compile(r"(\{\w+\})")
_MARKS = re.compile(r"[⟦⟧]")


@cache
def known_texts() -> frozenset[str]:
    """What `make i18n` finds in the program as it is now. The catalogues may be a day behind."""
    found: set[str] = set()
    for message in translations.extracted():
        found.update((message.id,) if isinstance(message.id, str) else message.id)
    return frozenset(found - {""})


def pseudo(text: str, *, is_mirrored: bool = False) -> str:
    """`text` as that language says it: brackets, strange letters, and padding where there are
    letters at all. Blanks at the ends stay outside of the brackets."""
    core = text.strip()
    if not any(c.isalpha() for c in _HOLE.sub("", core)):
        return text
    before, after = text[: text.index(core)], text[text.index(core) + len(core) :]
    letters = _MIRRORED if is_mirrored else _ACCENTED
    parts = (
        p if _HOLE.fullmatch(p) else p.lower() if is_mirrored else p for p in _HOLE.split(core)
    )
    said = "".join(p if _HOLE.fullmatch(p) else p.translate(letters) for p in parts)
    return f"{before}{OPEN}{said}{_padding(len(core), is_mirrored)}{CLOSE}{after}"


def _padding(n: int, is_mirrored: bool) -> str:
    """Words, so that the text can wrap where the real one could."""
    word = " בג" if is_mirrored else " ~õ"
    return (word * round(n * STRETCH / len(word) + 0.5))[: max(1, round(n * STRETCH))].rstrip()


def outside_brackets(text: str) -> str:
    """What of a shown text is data, or was never translated."""
    depth, out = 0, []
    for char in text:
        depth += (char == OPEN) - (char == CLOSE)
        if depth <= 0 and not _MARKS.match(char):
            out.append(char)
    return "".join(out)


@dataclass
class PseudoCatalogue(gettext.NullTranslations):
    """Speaks every text that stands in the catalogues' template; another stays as it is, and is so
    found: `tr` of a text that nobody marked is never translated."""

    is_mirrored: bool = False

    def gettext(self, message: str) -> str:
        return (
            pseudo(message, is_mirrored=self.is_mirrored) if message in known_texts() else message
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def speak_pseudo(*, is_mirrored: bool = False, code: str = "en") -> None:
    """From now on every text is asked of the pseudo catalogue. Dates are those of `code`."""
    i18n._Spoken.now = (code, PseudoCatalogue(is_mirrored))
