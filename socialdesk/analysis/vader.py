"""VADER's word lists for English, loaded at the first text: 6 MB that other languages do not need.

Only the engine's process may come here. Source: Hutto and Gilbert, ICWSM 2014.
"""

import threading
from typing import Final, Protocol

from socialdesk.analysis.features import MAX_CHARS


class _Analyzer(Protocol):
    def polarity_scores(self, text: str) -> dict[str, float]: ...


class Vader:
    """Safe on several threads."""

    _lock: Final = threading.Lock()

    def __init__(self) -> None:
        self._analyzer: _Analyzer | None = None

    def compound(self, text: str) -> float:
        """-1 (bad) to 1 (good), 0 = no word of the lists. Reads the first MAX_CHARS: its time
        grows with the square of the length."""
        if self._analyzer is None:
            with self._lock:
                self._analyzer = self._analyzer or _loaded()
        return self._analyzer.polarity_scores(text[:MAX_CHARS])["compound"]


def _loaded() -> _Analyzer:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer: _Analyzer = SentimentIntensityAnalyzer()
    return analyzer
