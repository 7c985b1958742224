"""Language of short texts. Russian has no labelled texts: there our own translations stand in."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from socialdesk.analysis.language import DEFAULT_LANGUAGES, OFFERED, Languages
from socialdesk.analysis.language_model import LanguageModel
from socialdesk.places import resource
from tests.eval.labelled import TWEET_LANGUAGES, samples
from tests.eval.report import Report

KAZAKH: Final = "әғқңөұүһі"
TYPED: Final = "агкноуухи"  # what stands for them on a Russian keyboard
_WITHOUT: Final = str.maketrans(KAZAKH + KAZAKH.upper(), TYPED + TYPED.upper())
_TRANSLATED: Final = re.compile(r'^msgstr(?:\[\d\])? "(.+)"$', re.MULTILINE)
_HOLE: Final = re.compile(r"\{\w+\}|\\.")
MIN_CHARS: Final = 25  # of a translation; shorter ones are words on buttons


def measure(data: Path) -> Iterator[Report]:
    model = LanguageModel(resource("models", "language.model"))
    reviews = [s.text for s in samples(data, "kk") if set(s.text.lower()) & set(KAZAKH)]
    tweets = {lang: [s.text for s in samples(data, lang)] for lang in TWEET_LANGUAGES}
    yield _default(Languages(DEFAULT_LANGUAGES, model), reviews, tweets["en"])
    yield _foreign(Languages(DEFAULT_LANGUAGES, model), tweets)
    yield _all(Languages(OFFERED, model), tweets)


def _default(languages: Languages, reviews: Sequence[str], english: Sequence[str]) -> Report:
    report = Report("language, kk ru en ticked", ("what", "n", "right", "unsure", "wrong", "goal"))
    for name, lang, texts, goal in (
        ("kk reviews with a Kazakh letter", "kk", reviews, 0.99),
        ("  the same typed without them", "kk", [typed_without(t) for t in reviews], 0.80),
        ("kk, our translations", "kk", translations("kk"), 0.99),
        (
            "  the same typed without them",
            "kk",
            [typed_without(t) for t in translations("kk")],
            0.80,
        ),
        ("ru, our translations", "ru", translations("ru"), 0.99),
        ("en tweets and review sentences", "en", english, None),
    ):
        _line(report, languages, name, lang, texts, goal)
    return report


def _foreign(languages: Languages, tweets: dict[str, list[str]]) -> Report:
    """A language nobody ticked shall be left alone: no wrong table rates it."""
    report = Report(
        "language nobody ticked (kk ru en are)", ("what", "n", "left alone", "taken for en", "goal")
    )
    for lang in ("de", "fr", "pt", "es", "it", "ar"):
        said = [languages.of(text) for text in tweets[lang]]
        report.add(lang, len(said), share(said.count(""), len(said)),
                   share(said.count("en"), len(said)))  # fmt: skip
    return report


def _all(languages: Languages, tweets: dict[str, list[str]]) -> Report:
    heads = ("what", "n", "right", "unsure", "wrong", "goal")
    report = Report(f"language, all {len(OFFERED)} ticked", heads)
    for lang in TWEET_LANGUAGES:
        name = "hi (mostly in Latin letters, mixed with English)" if lang == "hi" else lang
        _line(report, languages, f"{name} tweets", lang, tweets[lang], None)
    _line(report, languages, "ru, our translations", "ru", translations("ru"), None)
    _line(report, languages, "kk, our translations", "kk", translations("kk"), None)
    return report


def _line(
    report: Report,
    languages: Languages,
    name: str,
    lang: str,
    texts: Sequence[str],
    goal: float | None,
) -> None:
    said = [languages.of(text) for text in texts]
    n, n_right, n_unsure = len(said), said.count(lang), said.count("")
    cells = (share(n_right, n), share(n_unsure, n), share(n - n_right - n_unsure, n))
    report.add(name, n, *cells, goal=f"T13 {goal}" if goal else "",
               is_met=n_right / n >= goal if goal else None)  # fmt: skip


def share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}"


def typed_without(text: str) -> str:
    """Kazakh as it is typed where the keyboard has only the Russian letters."""
    return text.translate(_WITHOUT)


def translations(lang: str) -> list[str]:
    """The sentences of the program in a language."""
    catalogue = resource("i18n", lang, "LC_MESSAGES", "socialdesk.po").read_text("utf-8")
    texts = (_HOLE.sub(" ", text) for text in _TRANSLATED.findall(catalogue))
    return [text for text in dict.fromkeys(texts) if len(text) >= MIN_CHARS]
