"""Everything that is read from the words of one mention, in one pass over them.

2026-11: one hashed linear model per language, as text.md §2 measured, in pure Python: scikit-learn
and numpy would cost 150 MB and 4 s at start for the same figures. A language without a table is
not rated, never neutral; so is one whose file is damaged, which is logged once.
"""

import logging
import math
import re
import threading
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from socialdesk.analysis.features import LINK, MAX_CHARS, buckets_of, tidied, tokens
from socialdesk.analysis.intent import Signs, intent_of
from socialdesk.analysis.language import DEFAULT_LANGUAGES, Languages
from socialdesk.analysis.language_model import LanguageModel
from socialdesk.analysis.mood_table import MoodTable
from socialdesk.analysis.packed import ModelError
from socialdesk.analysis.reading import Reading
from socialdesk.analysis.vader import Vader
from socialdesk.analysis.words import Cue, Found, Words
from socialdesk.domain.mentions.insight import Sentiment

WORD_LISTS: Final = ("en", "ru", "kk")
# Kazakhs write Russian words among Kazakh ones; a text in no known language gets every list.
LISTS_FOR: Final = {"kk": ("kk", "ru"), "": WORD_LISTS}
QUESTION_MARKS: Final = re.compile(r"[?¿؟]")
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = re.compile(r"\d{3}|\d[\d ,.]{2,}\d")
_TAG: Final = re.compile(r"#\w")
_T = TypeVar("_T")
_log = logging.getLogger(__name__)


class _Moods(NamedTuple):
    """`shares`, `buckets`: none without a table. `negativity`: VADER's. `least`: the table's."""

    shares: dict[Sentiment, float]
    negativity: float
    least: float
    buckets: Collection[int] = ()


class TableReader:
    """Reads with the files of one folder; each is loaded at the first text that needs it."""

    def __init__(self, folder: Path, languages: Sequence[str] = DEFAULT_LANGUAGES) -> None:
        """`folder`: resources/models. `languages`: those the operator ticked, ISO 639-1."""
        self._folder, self._ticked = folder, tuple(languages)
        self._lock = threading.RLock()
        self._loaded: dict[str, object] = {}
        self._vader = Vader()

    def read(self, text: str, hint: str = "") -> Reading:
        """See reading.Reader. Only the first MAX_CHARS count, see features."""
        text = text[:MAX_CHARS]
        lang = self._languages().of(text, hint)
        words = tokens(tidied(text))
        found = self._words(lang).found_in(words)
        asks = QUESTION_MARKS.search(text) is not None
        moods = self._moods(lang, text, words, found, asks)
        sentiment, confidence = _told(moods)
        signs = _signs(text, words, found, moods.shares, asks)
        intent, intent_confidence = intent_of(signs)
        return Reading(
            lang=lang,
            sentiment=sentiment,
            confidence=confidence,
            p_negative=moods.shares.get(Sentiment.NEGATIVE),
            negativity=moods.negativity,
            intent=intent,
            intent_confidence=intent_confidence,
            failure_words=tuple(found.get(Cue.FAILURE, ())),
            danger_words=tuple(found.get(Cue.DANGER, ())),
            has_number=_has_number(text),
            has_question=signs.has_question_mark,
            asks_help=Cue.HELP in found,
            gives_thanks=Cue.THANKS in found,
            n_words=signs.n_words,
            is_link_only=bool(signs.n_links) and not signs.n_words,
            buckets=moods.buckets,
        )

    def _moods(
        self, lang: str, text: str, words: Sequence[str], found: Found, asks: bool
    ) -> _Moods:
        table = self._table(lang) if lang else None
        if table is None or not words:
            return _Moods({}, 0.0, 0.0)
        compound = self._vader.compound(text) if table.pull else 0.0
        n_bad, n_good = n_cues(found)
        buckets = buckets_of(words)
        shares = table.probabilities(buckets, compound, n_bad, n_good)
        if not table.knows_neutral and not n_bad and asks:
            shares = _halved(shares)
        return _Moods(shares, max(0.0, -compound), table.least, buckets)

    def _languages(self) -> Languages:
        return self._once("language", lambda: Languages(self._ticked, self._model()))

    def _model(self) -> LanguageModel | None:
        try:
            return LanguageModel(self._folder / "language.model")
        except ModelError as e:
            _log.error("language is told by rules alone: %s", e)
            return None

    def _table(self, lang: str) -> MoodTable | None:
        return self._once(f"moods-{lang}", lambda: self._read_table(lang))

    def _read_table(self, lang: str) -> MoodTable | None:
        path = self._folder / f"moods-{lang}.model"
        if not path.exists():
            return None
        try:
            return MoodTable.read(path)
        except ModelError as e:
            _log.error("texts in %s are not rated: %s", lang, e)
            return None

    def _words(self, lang: str) -> Words:
        return self._once(f"words-{lang}", lambda: self._read_words(LISTS_FOR.get(lang, (lang,))))

    def _read_words(self, langs: Sequence[str]) -> Words:
        try:
            folder = self._folder / "words"
            return Words.read(folder / f"{lang}.toml" for lang in langs if lang in WORD_LISTS)
        except ModelError as e:
            _log.error("no cue words: %s", e)
            return Words()

    def _once(self, name: str, load: Callable[[], _T]) -> _T:
        """What `load` gave the first time; a dictionary is read without the lock."""
        if name not in self._loaded:
            with self._lock:
                if name not in self._loaded:
                    self._loaded[name] = load()
        found: _T = self._loaded[name]  # type: ignore[assignment]  # one name, one type
        return found


def n_cues(found: Found) -> tuple[int, int]:
    """How many words of failure and of praise there are, as the tables count them."""
    n_bad = len(found.get(Cue.FAILURE, ())) + len(found.get(Cue.DANGER, ()))
    return n_bad, len(found.get(Cue.PRAISE, ())) + len(found.get(Cue.THANKS, ()))


def _halved(shares: dict[Sentiment, float]) -> dict[Sentiment, float]:
    """Half as sure. A table learned from good and bad reviews alone has never seen a question
    that means no harm, and would call half of them bad."""
    roots = {mood: math.sqrt(share) for mood, share in shares.items()}
    total = sum(roots.values())
    return {mood: root / total for mood, root in roots.items()}


def _told(moods: _Moods) -> tuple[Sentiment, float]:
    """The mood to show and its share; UNSURE below the table's least."""
    if not moods.shares:
        return Sentiment.NOT_RATED, 0.0
    best = max(moods.shares, key=moods.shares.__getitem__)
    share = moods.shares[best]
    return (best if share >= moods.least else Sentiment.UNSURE), share


def _has_number(text: str) -> bool:
    """That there is no digit at all is seen in a quarter of the time."""
    return _DIGIT.search(text) is not None and _NUMBER.search(text) is not None


def _signs(
    text: str, words: Sequence[str], found: Found, moods: dict[Sentiment, float], asks: bool
) -> Signs:
    real = [word for word in words if word[0].isalnum()]
    return Signs(
        found=found,
        moods=moods or None,
        n_words=len(real),
        n_links=words.count(LINK),
        n_tags=len(_TAG.findall(text)),
        has_question_mark=asks,
        first_word_asks=bool(real) and real[0] in found.get(Cue.OPENING, ()),
    )
