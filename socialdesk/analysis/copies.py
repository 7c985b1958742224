"""Mentions with nearly the same words: three-word shingles in an inverted index.

Source: Broder 1997, resemblance of documents. Measured: 77 µs a mention, and more found than by
MinHash at 490 µs. Kept for the newest mentions only, in memory: what is copied is copied soon.

The index names by a few bits of a shingle who may have it, and is never asked for more: those it
names often enough are compared shingle by shingle. So it takes two bytes for each, where a dict of
all shingles took a hundred (2026-11: 4 MB in place of 15; 10 µs more a mention).
"""

import re
import sys
from array import array
from collections import Counter
from typing import Final, TypeAlias
from zlib import crc32

SHINGLE: Final = 3  # words
FEWEST: Final = 2  # shingles; "thank you very much" from two people is no copy
LIKENESS: Final = 0.5  # Jaccard: shingles in both of all in either
KEPT: Final = 5_000  # mentions, 4 MB of posts of 30 words
MOST: Final = 200  # shingles of one mention: an article's rest is not looked at
COMMON: Final = 48  # mentions looked at for one bucket, the first in it: 40 and some that stray in
BUCKETS: Final = 1 << 16  # of the index: two mentions in each, or so; see _buckets_of

_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_LINK: Final = re.compile(r"https?://\S+|@[\w.@-]+")
_PLACE: Final = "H"  # array's two bytes: one of at most 65,536 places

Shingles: TypeAlias = "array[int]"  # of four bytes each, ascending
NONE: Final[Shingles] = array("I")


def shingles(text: str) -> Shingles:
    """Hashes of every three neighbouring words, each once; links and names do not count. Empty
    for a text too short to be a copy."""
    low = text.casefold()
    if "@" in low or "http" in low:  # to see that there is none takes a tenth of the expression
        low = _LINK.sub(" ", low)
    # Encoded together: no word holds a blank.
    joined = " ".join(_WORD.findall(low)[: MOST + SHINGLE - 1])
    words = joined.encode("utf-8", "surrogatepass").split(b" ")
    neighbours = zip(*[words[n:] for n in range(SHINGLE)], strict=False)
    found = set(map(crc32, map(b" ".join, neighbours)))
    return array("I", sorted(found)) if len(found) >= FEWEST else NONE


class Copies:
    """The newest `kept` mentions (at most 65,536) by their shingles. Used by one thread at a
    time."""

    def __init__(self, kept: int = KEPT) -> None:
        self._ids = array("q", bytes(8 * kept))  # by place; 0 = nobody is there
        self._shingles = [NONE] * kept  # by place
        self._buckets = [b""] * BUCKETS  # places, those of the longest known first
        self._places: dict[int, int] = {}  # by mention
        self._first: dict[int, int] = {}  # of a copy: the first of its group
        self._next = 0  # place to be taken: the longest known has it

    def __len__(self) -> int:
        return len(self._places)

    def add(self, id: int, found: Shingles, first: int = 0) -> None:
        """Remember a mention, `first` being the one it is a copy of (0 = none); what it had
        before is forgotten. The longest known goes when there are too many."""
        place = self._drop(id)
        if not found:
            return
        if place < 0:
            place, self._next = self._next, (self._next + 1) % len(self._ids)
            self._drop(self._ids[place])
        self._places[id], self._ids[place], self._shingles[place] = place, id, found
        if first:
            self._first[id] = first
        mine, buckets = _packed(place), self._buckets
        for number in _buckets_of(found):
            buckets[number] += mine

    def first_like(self, id: int, found: Shingles) -> int:
        """The first mention of the group that `id`, with these shingles, belongs to; 0 = none.
        Only earlier mentions (smaller ids) are looked at."""
        buckets, ids, both = self._buckets, self._ids, set(found)
        named = array(_PLACE, b"".join([buckets[n][: 2 * COMMON] for n in _buckets_of(found)]))
        fewest = LIKENESS * len(found)  # that are in both, where nothing else is
        likely = [place for place, n in Counter(named).items() if n >= fewest]
        best, most = 0, 0.0
        for other, place in sorted((ids[place], place) for place in likely):
            if other >= id or most == 1:
                break
            theirs = self._shingles[place]
            n = len(both.intersection(theirs))
            likeness = n / (len(found) + len(theirs) - n)
            if likeness >= LIKENESS and likeness > most:
                best, most = other, likeness
        return self._first.get(best, best)

    def _drop(self, id: int) -> int:
        """Where it was, -1 = nowhere."""
        place = self._places.pop(id, -1)
        if place >= 0:
            mine, buckets = _packed(place), self._buckets
            for number in _buckets_of(self._shingles[place]):
                buckets[number] = _without(buckets[number], mine)
            self._ids[place], self._shingles[place] = 0, NONE
            self._first.pop(id, None)
        return place


def _buckets_of(found: Shingles) -> "array[int]":
    """The low two bytes of each: at once, in place of a division for each."""
    return array("H", found.tobytes())[sys.byteorder == "big" :: 2]


def _without(bucket: bytes, place: bytes) -> bytes:
    """Mostly it is the first: the longest known goes."""
    if len(rest := bucket.removeprefix(place)) < len(bucket):
        return rest
    at = bucket.find(place)
    while at % 2:  # the end of one place and the beginning of the next
        at = bucket.find(place, at + 1)
    return bucket[:at] + bucket[at + 2 :]


def _packed(place: int) -> bytes:
    return array(_PLACE, (place,)).tobytes()
