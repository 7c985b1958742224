"""Stems of a playbook found in a text: watch words for alerts, warnings for who drafts.

A stem is matched from the start of a word in the case-folded NFKC text, so that «өрт» (fire) does
not fire on «төрт» (four); any ending may follow.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from socialdesk.domain.playbook import Common, Playbook

# The apostrophes of phones, and blanks of any kind: "can’t\npay" is what "can't pay" looks for.
_APOSTROPHES: Final = str.maketrans("’ʼ`´", "''''")
# A word goes on after a mark that NFKC could not join with its letter.
_START: Final = r"(?<![\w\u0300-\u036f])"


@dataclass(frozen=True, slots=True)
class LintHit:
    """A kind of `Common.lint` and what was found of it, as the list has it, in its order."""

    kind: str
    words: tuple[str, ...]


def folded(text: str) -> str:
    """The text as stems are compared: NFKC, case folded, single blanks, plain apostrophes."""
    wide = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))  # ´ would fall apart
    return " ".join(unicodedata.normalize("NFKC", wide.casefold()).split())


def watch_hits(text: str, playbook: Playbook) -> bool:
    """Whether any watch stem, in any language, begins a word of `text`."""
    return bool(which_watch(text, (playbook,)))


def which_watch(text: str, playbooks: Iterable[Playbook]) -> tuple[str, ...]:
    """The ids of the playbooks whose watch stems are in `text`, which is folded once for all."""
    plain = folded(text)
    return tuple(p.id for p in playbooks if _pattern(_stems(p)).search(plain))


def lint(text: str, lang: str, common: Common) -> list[LintHit]:
    """What a reader may hear in a draft: blame, belittling, guesses. Warnings, never a refusal."""
    plain = folded(text)
    found = []
    for kind, by_lang in common.lint.items():
        stems = by_lang.get(lang, ())
        if words := tuple(s for s in stems if _pattern((s,)).search(plain)):
            found.append(LintHit(kind, words))
    return found


def _stems(playbook: Playbook) -> tuple[str, ...]:
    return tuple(stem for stems in playbook.watch.values() for stem in stems)


@lru_cache(256)
def _pattern(stems: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for the stems; one that matches nothing when there are none."""
    if not stems:
        return re.compile(r"(?!)")
    return re.compile(_START + "(?:" + "|".join(re.escape(folded(s)) for s in stems) + ")")
