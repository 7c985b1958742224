"""Stems of a playbook found in a text: watch words for alerts, warnings for who drafts.

A stem is matched from the start of a word in the case-folded NFKC text, so that «өрт» (fire) does
not fire on «төрт» (four); any ending may follow.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from socialdesk.domain.frozen import frozen
from socialdesk.domain.playbooks.playbook import Common, Playbook

# The apostrophes of phones, and blanks of any kind: "can’t\npay" is what "can't pay" looks for.
_APOSTROPHES: Final = str.maketrans("’ʼ`´", "''''")
# A word goes on after a mark that NFKC could not join with its letter.
_START: Final = r"(?<![\w\u0300-\u036f])"
_WORD: Final = re.compile(_START + r"\S")
_HEAD: Final = 2  # characters of a stem that it is looked up by


@frozen
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
    """The ids of the playbooks whose watch stems are in `text`, in their order.

    2026-11: the beginning of each word is looked up in a dictionary, 43 us for a mention of 200
    letters and all eight, whatever their number of stems; an expression per playbook took 70.
    """
    known = tuple(playbooks)
    index, plain, found = _index(known), folded(text), set[str]()
    for word in _WORD.finditer(plain):
        at = word.start()
        for stem, id_ in index.get(plain[at : at + _HEAD], ()):
            if plain.startswith(stem, at):
                found.add(id_)
    return tuple(p.id for p in known if p.id in found)


def lint(text: str, lang: str, common: Common) -> list[LintHit]:
    """What a reader may hear in a draft: blame, belittling, guesses. Warnings, never a refusal."""
    plain = folded(text)
    found = []
    for kind, by_lang in common.lint.items():
        stems = by_lang.get(lang, ())
        if words := tuple(s for s in stems if _pattern((s,)).search(plain)):
            found.append(LintHit(kind, words))
    return found


@lru_cache(16)
def _index(playbooks: tuple[Playbook, ...]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """First characters → (stem, playbook). The load check allows no stem shorter than these."""
    made: dict[str, list[tuple[str, str]]] = {}
    for playbook in playbooks:
        for stem in {folded(stem) for stems in playbook.watch.values() for stem in stems}:
            made.setdefault(stem[:_HEAD], []).append((stem, playbook.id))
    return {head: tuple(stems) for head, stems in made.items()}


@lru_cache(256)
def _pattern(stems: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for the stems; one that matches nothing when there are none."""
    if not stems:
        return re.compile(r"(?!)")
    return re.compile(_START + "(?:" + "|".join(re.escape(folded(s)) for s in stems) + ")")
