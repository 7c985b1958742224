"""VADER's word lists for English, loaded at the first text: 2 MB that other languages do not need.

Only the engine's process may come here. Source: Hutto and Gilbert, ICWSM 2014; the rules are those
of vaderSentiment 3.3.2 (MIT), step by step, so that a text gets the same number from both (tested).
Its own analyzer looks at every word in Python and takes five times as long (2026-11: 47 µs a
mention of 190 letters); here only the words of its lists are looked at.
"""

import math
import re
import threading
from collections.abc import Mapping, Sequence
from string import punctuation
from typing import Final

from socialdesk.analysis.features import MAX_CHARS

CAPITALS: Final = 0.733  # what a word in capitals among others adds
DENIED: Final = -0.74  # times this
FADING: Final = (1.0, 0.95, 0.9)  # of a word one, two, three places before
SHORTEST: Final = 3  # letters of a word; what is left of less may be a face, as ":)"
EXCLAIMED: Final = 0.292  # each "!", four at most
ASKED: Final = 0.18  # each "?" of two or three
ASKED_OFTEN: Final = 0.96
MOST_MARKS: Final = (4, 3)  # "!", "?"
SPREAD: Final = 15.0

# No face is ASCII. An expression of all 1,212 faces goes through them one by one at each letter:
# 23 µs a mention.
_NOT_ASCII: Final = re.compile(r"[^\x00-\x7f]")


class Vader:
    """Safe on several threads."""

    _lock: Final = threading.Lock()

    def __init__(self) -> None:
        self._rules: _Rules | None = None

    def compound(self, text: str) -> float:
        """-1 (bad) to 1 (good), 0 = no word of the lists. Reads the first MAX_CHARS: its time
        may grow with the square of the length."""
        rules = self._rules
        if rules is None:
            with self._lock:
                rules = self._rules = self._rules or _Rules()
        return rules.compound(text[:MAX_CHARS])


class _Rules:
    """The lists, and how their words count beside each other. "Low" words are in lower case."""

    def __init__(self) -> None:
        from vaderSentiment.vaderSentiment import (
            BOOSTER_DICT,
            NEGATE,
            SPECIAL_CASES,
            SentimentIntensityAnalyzer,
        )

        made = SentimentIntensityAnalyzer()
        self._lexicon: Mapping[str, float] = made.lexicon
        self._boosters: Mapping[str, float] = BOOSTER_DICT
        self._phrases: Mapping[str, float] = SPECIAL_CASES
        self._denials = frozenset(NEGATE)
        # Faces of several signs are met sign by sign: those never match as a whole.
        self._faces: Mapping[str, str] = {
            face: told for face, told in made.emojis.items() if len(face) == 1
        }

    def compound(self, text: str) -> float:
        if not text.isascii() and not self._faces.keys().isdisjoint(text):
            text = _NOT_ASCII.sub(self._told, text)
        # Without marks around them; a face stays whole.
        words = [
            bare if len(bare := word.strip(punctuation)) >= SHORTEST else word
            for word in text.split()
        ]
        low = [*map(str.lower, words)]
        values = self._values(words, low)
        return _between_ones(_emphasized(sum(_turned(values, low)), text))

    def _told(self, sign: re.Match[str]) -> str:
        """A face in words, apart from what stands before it; another sign as it is."""
        told = self._faces.get(sign[0])
        if told is None:
            return sign[0]
        at, text = sign.start(), sign.string
        return ("" if at == 0 or text[at - 1] == " " else " ") + told

    def _values(self, words: Sequence[str], low: Sequence[str]) -> list[tuple[int, float]]:
        """(place, value) of the words that have one, with what the words around make of it."""
        counting = [n for n, word in enumerate(low) if word in self._lexicon]
        has_capitals = bool(counting) and 0 < sum(map(str.isupper, words)) < len(words)
        of_each = [(n, self._value(words, low, n, has_capitals)) for n in counting]
        return [(n, value) for n, value in of_each if value]

    def _value(self, words: Sequence[str], low: Sequence[str], n: int, has_capitals: bool) -> float:
        """Of word `n`, which is in the lexicon. `has_capitals`: some words are, not all."""
        if low[n] in self._boosters or low[n : n + 2] == ["kind", "of"]:
            return 0.0
        value = self._plain_value(low, n)
        if has_capitals and words[n].isupper():
            value += CAPITALS if value > 0 else -CAPITALS
        for back, fading in enumerate(FADING, 1):
            if back <= n and low[n - back] not in self._lexicon:
                is_loud = has_capitals and words[n - back].isupper()
                value += fading * self._boost(low[n - back], value, is_loud)
                value = self._denied(value, low, n, back)
                if back == len(FADING):
                    value = self._in_a_phrase(value, low, n)
        return self._with_least(value, low, n)

    def _plain_value(self, low: Sequence[str], n: int) -> float:
        """Where "no" stands before it, the other way round; "no" before such a word is nothing."""
        if "no" in low[max(0, n - 2) : n] or (
            n > 2 and low[n - 3] == "no" and low[n - 1] in ("or", "nor")
        ):
            return self._lexicon[low[n]] * DENIED
        if low[n] == "no" and n + 1 < len(low) and low[n + 1] in self._lexicon:
            return 0.0
        return self._lexicon[low[n]]

    def _boost(self, word: str, value: float, is_loud: bool) -> float:
        boost = self._boosters.get(word, 0.0)
        if boost and value < 0:
            boost = -boost
        if boost and is_loud:
            boost += CAPITALS if value > 0 else -CAPITALS
        return boost

    def _denied(self, value: float, low: Sequence[str], n: int, back: int) -> float:
        """What the word `back` places before makes of it: "not", "never so", "without doubt"."""
        far = low[n - back]
        if back > 1:
            between = low[n - back + 1 : n]
            is_so = between[-1] in ("so", "this")
            # Three places before, "so" right before it is enough: as the original has it.
            if (far == "never" and between[0] in ("so", "this")) or (back == 3 and is_so):
                return value * 1.25
            if far == "without" and "doubt" in between:
                return value
        return value * DENIED if far in self._denials or "n't" in far else value

    def _in_a_phrase(self, value: float, low: Sequence[str], n: int) -> float:
        """As "the bomb" and "kiss of death" have values of their own; "kind of" before it."""
        third, second, first, here = low[n - 3 : n + 1]
        before = (f"{third} {second} {first}", f"{third} {second}", f"{second} {first}")
        for phrase in (f"{first} {here}", f"{second} {first} {here}", before[2], *before[:2]):
            if phrase in self._phrases:
                value = self._phrases[phrase]
                break
        for end in (n + 2, n + 3):
            if end <= len(low) and (phrase := " ".join(low[n:end])) in self._phrases:
                value = self._phrases[phrase]
        for phrase in before:
            value += self._boosters.get(phrase, 0.0)
        return value

    def _with_least(self, value: float, low: Sequence[str], n: int) -> float:
        """With "least" before it turns round, but not with "at least" and "very least"."""
        if n == 0 or low[n - 1] != "least" or "least" in self._lexicon:
            return value
        return value if n > 1 and low[n - 2] in ("at", "very") else value * DENIED


def _turned(values: Sequence[tuple[int, float]], low: Sequence[str]) -> list[float]:
    """What stands before a "but" counts half, what stands after it half as much again. `values`:
    (place, value), none of them 0."""
    turned = [value for _, value in values]
    if "but" in low:
        but = low.index("but")
        for n in range(len(turned)):
            first = turned.index(turned[n])  # as the original: of equal ones the first
            place = values[first][0]
            turned[first] *= 0.5 if place < but else 1.5 if place > but else 1.0
    return turned


def _emphasized(total: float, text: str) -> float:
    n_exclaimed, n_asked = min(text.count("!"), MOST_MARKS[0]), text.count("?")
    emphasis = n_exclaimed * EXCLAIMED
    if n_asked > 1:
        emphasis += n_asked * ASKED if n_asked <= MOST_MARKS[1] else ASKED_OFTEN
    return total + emphasis if total > 0 else total - emphasis if total < 0 else 0.0


def _between_ones(total: float) -> float:
    share = total / math.sqrt(total * total + SPREAD)
    return round(min(1.0, max(-1.0, share)), 4)
