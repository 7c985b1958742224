"""The language of a text by its bytes: naive Bayes over pieces of up to six bytes.

Source: langid.py, Lui and Baldwin 2012, with the model of py3langid 0.4.0 (139 languages) cut down
to those offered here; see tests/eval/make_language.py. Log counts and the division by the root of
the length are py3langid's, so that a text gets the same answer from both.
"""

import math
import sys
import unicodedata
from array import array
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from socialdesk.analysis.mood_table import ZERO, softmax
from socialdesk.analysis.packed import ModelError, read_packed

FORMAT: Final = "socialdesk-language"
_LOG_2: Final = math.log1p(1)


class LanguageModel:
    """About 1.2 MB once loaded. The automaton's edges lie one after the other, those of a state
    together: a dictionary of them would take 5 MB to save a third of the time."""

    def __init__(self, path: Path) -> None:
        """Raises ModelError."""
        header, body = read_packed(path, FORMAT)
        try:
            self._unpack(header, body)
        except (KeyError, TypeError, ValueError, IndexError) as e:
            raise ModelError(path, "has a header that makes no sense") from e

    def _unpack(self, header: dict[str, Any], body: bytes) -> None:
        offered: list[str] = header["languages"]
        n = int(header["states"])
        if len(body) != (n - 1) * 4 + n * 4 + n + n * len(offered):
            raise ValueError("not the number of states")
        edges, back = _numbers(body[: n * 4 - 4]), _numbers(body[n * 4 - 4 : n * 8 - 4])
        owns, columns = body[n * 8 - 4 : n * 9 - 4], body[n * 9 - 4 :]
        self._columns = {
            lang: (float(prior), columns[k * n : (k + 1) * n])
            for k, (lang, prior) in enumerate(zip(offered, header["prior"], strict=True))
        }
        self._scale = float(header["scale"])
        self._bytes = body[: n * 4 - 4 : 4]  # of each edge: state << 8 | byte, the low one first
        self._starts = _starts(edges, n)
        self._back = back
        self._feature = array("i", [-1]) * n
        for state, is_own in enumerate(owns):
            self._feature[state] = state if is_own else self._feature[back[state]]

    def probabilities(self, text: str, among: Sequence[str]) -> dict[str, float]:
        """Per language of `among` that the file has, together 1; even ones for a text without a
        known piece."""
        raw = _encoded(text)
        counts = self._counted(raw)
        once = [state for state, count in counts.items() if count == 1]
        picked = itemgetter(*once) if len(once) > 1 else lambda column: [column[k] for k in once]
        often = [(state, math.log1p(count)) for state, count in counts.items() if count > 1]
        heat = math.sqrt(len(raw) or 1)
        sums = {}
        for lang in among:
            if lang in self._columns:
                prior, column = self._columns[lang]
                total = _LOG_2 * (sum(picked(column)) - ZERO * len(once))
                total += sum((column[state] - ZERO) * log for state, log in often)
                sums[lang] = (prior + self._scale * total) / heat if counts else 0.0
        return dict(zip(sums, softmax([*sums.values()]), strict=True)) if sums else {}

    def _counted(self, raw: bytes) -> Counter[int]:
        """How often each feature is met on the way through the bytes."""
        find, starts, back = self._bytes.find, self._starts, self._back
        state, met = 0, []
        for byte in raw:
            edge = find(byte, starts[state], starts[state + 1])
            while edge < 0 and state:
                state = back[state]
                edge = find(byte, starts[state], starts[state + 1])
            state = edge + 1
            met.append(state)
        counts = Counter(map(self._feature.__getitem__, met))
        del counts[-1]
        return counts


def _encoded(text: str) -> bytes:
    low = text.lower() if text.isupper() else text
    return unicodedata.normalize("NFC", low).encode("utf-8", "surrogatepass")


def _numbers(raw: bytes) -> "array[int]":
    """32-bit little-endian numbers."""
    values = array("I", raw)
    if sys.byteorder == "big":
        values.byteswap()
    return values


def _starts(edges: "array[int]", n: int) -> "array[int]":
    """Where the edges of each of `n` states begin, and the last end. Edge k leads to state k + 1;
    they ascend. Raises ValueError."""
    n_out = Counter(edge >> 8 for edge in edges)
    starts = array("I", [0, *accumulate(map(n_out.__getitem__, range(n)))])
    if starts[n] != len(edges) or sorted(edges) != edges.tolist():
        raise ValueError("edges out of order")
    return starts
