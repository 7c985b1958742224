"""The labelled texts of a data folder (see its README for sources and licences; none is copied)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from socialdesk.domain.mentions.insight import Sentiment

FILES: Final = ("en_tweets_rated.tsv", "en_reviews_rated.tsv", "tweets_8lang.tsv", "kk_reviews.tsv")
TWEET_LANGUAGES: Final = ("en", "de", "fr", "pt", "es", "it", "ar", "hi")
ALL_LANGUAGES: Final = ("en", "kk", "de", "fr", "pt", "es", "it", "ar", "hi")
RATED_FROM: Final = 0.5  # a mean rating of -4 to 4 this far from 0 is a mood (data/README.md)


@dataclass(frozen=True, slots=True)
class Sample:
    """One text with its true mood; `source`: the file, with its split or domain."""

    text: str
    mood: Sentiment
    source: str


class NoDataError(Exception):
    """The folder does not hold the files; its text is the sentence to show."""


def checked(folder: Path) -> Path:
    """The folder again. Raises NoDataError unless every file is there."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        raise NoDataError(f"There is no labelled data in {folder}: {missing[0]} is missing.")
    return folder


def samples(folder: Path, lang: str) -> list[Sample]:
    """All labelled texts of a language, in the order of the files."""
    if lang == "kk":
        return list(_kazakh(folder / "kk_reviews.tsv"))
    found = list(_tweets(folder / "tweets_8lang.tsv", lang))
    if lang == "en":
        found += _rated(folder / "en_tweets_rated.tsv")
        found += _rated(folder / "en_reviews_rated.tsv")
    return found


def _rows(path: Path) -> Iterator[list[str]]:
    """The lines after the head, cut at the tabs; the last cell is the text."""
    with path.open(encoding="utf-8", newline="\n") as lines:
        width = next(lines).count("\t")
        for line in lines:
            yield line.rstrip("\r\n").split("\t", width)


def _kazakh(path: Path) -> Iterator[Sample]:
    for label, domain, text in _rows(path):
        yield Sample(text, Sentiment[label.upper()], f"kk_reviews {domain}")


def _tweets(path: Path, wanted: str) -> Iterator[Sample]:
    for lang, split, label, text in _rows(path):
        if lang == wanted:
            yield Sample(text, Sentiment[label.upper()], f"tweets_8lang {split}")


def _rated(path: Path) -> Iterator[Sample]:
    for rating, text in _rows(path):
        yield Sample(text, mood_of(float(rating)), path.stem)


def mood_of(rating: float) -> Sentiment:
    """The mood that a mean rating of -4 to 4 stands for."""
    if abs(rating) < RATED_FROM:
        return Sentiment.NEUTRAL
    return Sentiment.POSITIVE if rating > 0 else Sentiment.NEGATIVE


def folds(samples: Sequence[Sample], n: int) -> list[list[int]]:
    """The positions in `n` parts of like make-up: the k-th text of a mood goes to part k mod n.
    Copies of a text go to the part of its first, so that none is judged by its own copy."""
    parts: list[list[int]] = [[] for _ in range(n)]
    part_of: dict[str, int] = {}
    n_seen: dict[Sentiment, int] = {}
    for position, sample in enumerate(samples):
        key = " ".join(sample.text.lower().split())
        if key not in part_of:
            part_of[key] = n_seen.get(sample.mood, 0) % n
            n_seen[sample.mood] = n_seen.get(sample.mood, 0) + 1
        parts[part_of[key]].append(position)
    return parts
