"""Cue words of a language: what tells of failure, danger, thanks, press and so on.

A list is a TOML file of our own words; a star stands for any ending, several words follow each
other. Found by the first letters of a word in a dictionary: 8 us a mention of 75 letters. One
compiled `re` alternation of the 572 English lines takes 48 and tells neither which line it was nor
what overlaps. pyahocorasick knows no word borders, and would be one
more compiled package to freeze for at most those 8 us.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final, Self

from socialdesk.analysis.features import ByWord
from socialdesk.analysis.packed import ModelError
from socialdesk.domain.frozen import frozen


class Cue(StrEnum):
    """What a word tells. The values are the names in the files. (A plain Enum hashes in Python
    code: 30 us a mention.)"""

    FAILURE = "failure"
    DANGER = "danger"  # safety, legal, injury
    HELP = "help"
    THANKS = "thanks"
    PRAISE = "praise"
    IDEA = "idea"
    PRESS = "press"
    QUESTION = "question"
    OPENING = "opening"  # asks when it comes first
    SPAM = "spam"


# Kazakh letters as people type them on a Russian keyboard; yo, and the typographic apostrophe.
_FOLDED: Final = str.maketrans("әғқңөұүһіё’", "агкноуухие'")


def folded(word: str) -> str:
    """A lower-case word as it is compared: without the letters that many leave out."""
    return word.translate(_FOLDED)


@frozen
class Entry:
    """One line of a list: the words after the first, and what it tells. `next_begins`: letters the
    first of `rest` begins with, "" without one."""

    rest: tuple[str, ...]
    name: str
    cue: Cue
    next_begins: str


Found = Mapping[Cue, Sequence[str]]  # as the text has them, distinct, in its order
_Match = tuple[Entry, int, int]  # from which token to before which


class Words:
    """The lists of one or several languages."""

    def __init__(self) -> None:
        self._whole: dict[str, list[Entry]] = {}
        self._stems: dict[str, list[Entry]] = {}
        self._lengths: tuple[int, ...] = ()  # of the stems
        self._shortest = 0
        self._beginnings: frozenset[str] = frozenset()  # of the stems, as long as the shortest
        self._begun_by: ByWord[tuple[Entry, ...]] = ByWord(self._entries_begun_by)

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
        words._shortest = min(words._lengths, default=0)
        words._beginnings = frozenset(stem[: words._shortest] for stem in words._stems)
        return words

    def _add(self, cue: Cue, entries: Sequence[str]) -> None:
        for entry in entries:
            first, *rest = folded(entry.lower()).split()
            home = self._stems if first.endswith("*") else self._whole
            next_begins = rest[0].rstrip("*") if rest else ""
            found = Entry(tuple(rest), entry, cue, next_begins)
            home.setdefault(first.rstrip("*"), []).append(found)

    def entries(self) -> Iterator[Entry]:
        """All lines of all lists."""
        for several in (*self._whole.values(), *self._stems.values()):
            yield from several

    def found_in(self, tokens: Sequence[str]) -> Found:
        """What the tokens (see features.tokens) hold, each entry of the lists once. Of two that
        overlap the longer counts: "still waiting" is one sign of failure."""
        words = _all_folded(tokens)
        matches: dict[Cue, list[_Match]] = {}
        for n, word in enumerate(words):
            if word in self._whole or word[: self._shortest] in self._beginnings:
                following = words[n + 1] if n + 1 < len(words) else ""
                for entry in self._begun_by[word]:
                    # Fourteen lines a mention begin with words like "not"; hardly one goes on so.
                    if following.startswith(entry.next_begins) and (end := _end(entry, n, words)):
                        matches.setdefault(entry.cue, []).append((entry, n, end))
        return {cue: _told_apart(several, tokens) for cue, several in matches.items()}

    def _entries_begun_by(self, word: str) -> tuple[Entry, ...]:
        entries = [*self._whole.get(word, ())]
        for length in self._lengths:
            if length <= len(word):
                entries += self._stems.get(word[:length], ())
        return tuple(entries)


def _all_folded(tokens: Sequence[str]) -> Sequence[str]:
    """At once: no token holds a space."""
    joined = " ".join(tokens)
    return tokens if joined.isascii() else folded(joined).split(" ")


def _end(entry: Entry, start: int, words: Sequence[str]) -> int:
    """Where the entry ends that begins at `start`; 0 when other words follow."""
    end = start + 1 + len(entry.rest)
    if end > len(words):
        return 0
    for word, wanted in zip(words[start + 1 : end], entry.rest, strict=True):
        if word != wanted and not (wanted.endswith("*") and word.startswith(wanted[:-1])):
            return 0
    return end


def _told_apart(matches: Sequence[_Match], tokens: Sequence[str]) -> list[str]:
    """The texts of the matches without those inside a longer one and without repeats."""
    if len(matches) == 1:
        _, start, end = matches[0]
        return [" ".join(tokens[start:end])]
    texts: dict[str, str] = {}
    last_end = 0
    for entry, start, end in sorted(matches, key=lambda match: (match[1], -match[2])):
        if end > last_end:
            texts.setdefault(entry.name, " ".join(tokens[start:end]))
            last_end = end
    return list(texts.values())
