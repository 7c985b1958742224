"""Cue words of a language: what tells of failure, danger, thanks, press and so on.

A list is a TOML file of our own words; a star stands for any ending, several words follow each
other. Found by the first letters of a word in a dictionary: 15 to 25 us a mention, where one
compiled `re` alternation of the same lists takes 10 to 20 times that. pyahocorasick would find the
stems as fast, but knows no word borders, and is one more compiled package to freeze.
"""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Final, Self

from socialdesk.analysis.packed import ModelError


class Cue(Enum):
    """What a word tells. The values are the names in the files."""

    FAILURE = "failure"
    DANGER = "danger"  # safety, legal, injury
    HELP = "help"
    THANKS = "thanks"
    PRAISE = "praise"
    IDEA = "idea"
    PRESS = "press"
    QUESTION = "question"
    SPAM = "spam"


# Kazakh letters as people type them on a Russian keyboard; yo, and the typographic apostrophe.
_FOLDED: Final = str.maketrans("әғқңөұүһіё’", "агкноуухие'")


def folded(word: str) -> str:
    """A lower-case word as it is compared: without the letters that many leave out."""
    return word.translate(_FOLDED)


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of a list: the words after the first, and what it tells."""

    rest: tuple[str, ...]
    name: str
    cue: Cue


Found = dict[Cue, dict[str, str]]  # per cue: the entry, and how the text has it


@dataclass(slots=True)
class Words:
    """The lists of one or several languages."""

    _whole: dict[str, list[_Entry]] = field(default_factory=dict)
    _stems: dict[str, list[_Entry]] = field(default_factory=dict)
    _lengths: tuple[int, ...] = ()

    @classmethod
    def read(cls, paths: Iterable[Path]) -> Self:
        """Raises ModelError."""
        words = cls()
        for path in paths:
            try:
                lists = tomllib.loads(path.read_text("utf-8"))
                for name, entries in lists.items():
                    words._add(Cue(name), entries)
            except (OSError, ValueError, TypeError, AttributeError) as e:
                raise ModelError(path, "is no list of words") from e
        words._lengths = tuple(sorted({len(stem) for stem in words._stems}))
        return words

    def _add(self, cue: Cue, entries: Sequence[str]) -> None:
        for entry in entries:
            first, *rest = folded(entry.lower()).split()
            home = self._stems if first.endswith("*") else self._whole
            home.setdefault(first.rstrip("*"), []).append(_Entry(tuple(rest), entry, cue))

    def found_in(self, tokens: Sequence[str]) -> Found:
        """Every entry that the tokens (see features.tokens) hold, once each, in their order."""
        plain = [folded(token) for token in tokens]
        found: Found = {}
        for n, word in enumerate(plain):
            for entry in self._whole.get(word, ()):
                _note(found, entry, n, plain, tokens)
            for length in self._lengths:
                if length > len(word):
                    break
                for entry in self._stems.get(word[:length], ()):
                    _note(found, entry, n, plain, tokens)
        return found


def _note(found: Found, entry: _Entry, n: int, plain: Sequence[str], tokens: Sequence[str]) -> None:
    """Keep the entry if the words after the n-th are its own."""
    end = n + 1 + len(entry.rest)
    if end > len(plain):
        return
    for wanted, word in zip(entry.rest, plain[n + 1 : end], strict=True):
        if not (word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted):
            return
    found.setdefault(entry.cue, {}).setdefault(entry.name, " ".join(tokens[n:end]))
