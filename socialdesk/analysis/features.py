"""What of a text counts for a linear model: its words, word pairs and pieces of words, hashed.

Source: hashing trick, Weinberger et al. 2009; pieces with word marks, Bojanowski et al. 2017.
"""

import html
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeVar
from zlib import crc32

BUCKETS: Final = 65_536
# A post has 300 to 5,000 letters by its network's limit and says what it wants early; an article
# in a feed may have 65,000. Reading stops here, so that no text costs over some milliseconds.
MAX_CHARS: Final = 2_000

CACHED_WORDS: Final = 16_384  # 2,000 posts of 30 have 12,000 that differ; 5 MB when full
_V = TypeVar("_V")

LINK: Final = "_link_"
USER: Final = "_user_"
_PIECES: Final = (3, 4)  # letters

_LINK: Final = re.compile(r"https?://\S+|www\.\S+|\bhttp\b")
_USER: Final = re.compile(r"@[\w.]+(?:@[\w.-]+)?")
_DIGIT: Final = re.compile(r"\d")
_DIGITS: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_THRICE: Final = re.compile(r"([^ ])\1\1")  # without a choice of signs: a fifth of the time
_REPEATED: Final = re.compile(r"([^\W\d_]|[!?.])\1{2,}")
_TOKEN: Final = re.compile(rf"{LINK}|{USER}|[^\W_]+(?:['’][^\W_]+)*|[!?.]+|[^\w\s]")


def tidied(text: str) -> str:
    """The first MAX_CHARS in lower case, without entities; links, users and numbers as place
    holders; a letter repeated three times or more only twice."""
    low = html.unescape(text[:MAX_CHARS]).lower()
    if "http" in low or "www." in low:
        low = _LINK.sub(f" {LINK} ", low)
    if "@" in low:
        low = _USER.sub(f" {USER} ", low)
    # To see that there is nothing for an expression takes a fifth of its time, or less.
    if _DIGIT.search(low):
        low = _DIGITS.sub("0", low)
    return _REPEATED.sub(r"\1\1", low) if _THRICE.search(low) else low


def tokens(text: str) -> list[str]:
    """Words, place holders, runs of marks, single signs of a tidied text, in order."""
    return _TOKEN.findall(text)


def grams(words: Sequence[str]) -> Iterator[str]:
    """The features of the tokens by name: `great`, `not great`, `<gre`; repeats are not merged."""
    for word in words:
        yield from _own_grams(word)
    yield from _pairs(words)


def _own_grams(word: str) -> list[str]:
    """A token and, of a word, its pieces."""
    if not word[0].isalnum():
        return [word]
    marked = f"<{word}>"
    starts = range(len(marked))
    return [word, *[marked[at : at + n] for n in _PIECES for at in starts[: 1 - n]]]


def _pairs(words: Sequence[str]) -> Iterator[str]:
    for first, second in pairwise(words):
        yield f"{first} {second}"


def bucket(gram: str) -> int:
    """Where the weight of a feature stands, 0 to BUCKETS - 1."""
    return crc32(gram.encode("utf-8", "surrogatepass")) % BUCKETS


class ByWord(dict[str, _V]):
    """What `make` gives for a word, made at its first look-up; the words that were not met for the
    longest time go. A look-up takes a third of functools.lru_cache's. Safe on several threads."""

    def __init__(self, make: Callable[[str], _V]) -> None:
        super().__init__()
        self._make, self._older = make, dict[str, _V]()

    def __missing__(self, word: str) -> _V:
        if len(self) >= CACHED_WORDS:
            self._older = dict(self)
            self.clear()
        older = self._older
        made = self[word] = older[word] if word in older else self._make(word)
        return made


class _Hashed(NamedTuple):
    """Of a token: its own buckets, its letters, and its checksum as the first of a pair."""

    buckets: "array[int]"  # of two bytes: tuples take eight times the memory
    letters: bytes
    as_first: int


def _hashed_word(word: str) -> _Hashed:
    # Encoded together: no token holds a line break.
    letters = "\n".join(_own_grams(word)).encode("utf-8", "surrogatepass").split(b"\n")
    buckets = array("H", [crc32(gram) % BUCKETS for gram in letters])
    return _Hashed(buckets, letters[0], crc32(letters[0] + b" "))


_HASHED: Final = ByWord(_hashed_word)


def buckets_of(words: Sequence[str]) -> set[int]:
    """The buckets of the tokens, each once. Each counts 1 / root of their number, so that a long
    text speaks no louder than a short one."""
    known = [*map(_HASHED.__getitem__, words)]
    # As `bucket` of each of `_pairs`, whose checksum goes on where that of its first word ended.
    pairs = {crc32(other[1], one[2]) % BUCKETS for one, other in pairwise(known)}
    return pairs.union(*[one[0] for one in known])


def hashed(text: str) -> list[int]:
    """The same from the text as it came, in ascending order: what is learned from it, and in which
    order, is the same each time."""
    return sorted(buckets_of(tokens(tidied(text))))
