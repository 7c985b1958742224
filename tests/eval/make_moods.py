"""Makes resources/models/moods-*.model from a folder of labelled texts.

    python -m tests.eval.make_moods DATA [LANG ...] [--check]

With `--check` nothing is written: every table is learned again and compared with the repository's.
On one machine the bytes must be the same; elsewhere, where log and exp may differ in their last
digit, no weight may be off by more than one step. About half a minute a language.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from socialdesk.analysis.mood_table import MoodTable
from socialdesk.places import resource
from tests.eval.calibration import calibrated
from tests.eval.labelled import NoDataError, Sample, checked, samples
from tests.eval.moods import save, train

TWEETS: Final = "cardiffnlp/xlm-t, data/sentiment (Apache-2.0)"
RATED: Final = "cjhutto/vaderSentiment, hutto_ICWSM_2014 (MIT, (c) 2016 C.J. Hutto)"
REVIEWS: Final = "IS2AI/KazSAnDRA (CC BY 4.0, ISSAI, Nazarbayev University)"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a shipped table is learned from. `pull`, `cue`: see MoodTable; both
    helped in each language and whenever one source of texts was kept out of training."""

    source: str
    licence: str
    pull: float = 0.0
    cue: float = 0.0


def _tweets(labels: str) -> Recipe:
    return Recipe(f"{TWEETS}; labels: {labels}", "Apache-2.0; see resources/models/README.md")


# Hindi is left out: .35 where guessing gives .33 is no rating.
RECIPES: Final[Mapping[str, Recipe]] = {
    "en": Recipe(
        f"{RATED}; {TWEETS}; labels: SemEval-2017 task 4",
        "MIT and Apache-2.0; see resources/models/README.md",
        pull=1.0,
        cue=0.8,
    ),
    "kk": Recipe(REVIEWS, "CC BY 4.0", cue=1.0),
    "de": _tweets("SB-10k"),
    "fr": _tweets("DEFT 2017"),
    "pt": _tweets("SentiBR"),
    "es": _tweets("InterTASS 2017"),
    "it": _tweets("SENTIPOLC 2016"),
    "ar": _tweets("SemEval-2017 task 4"),
}


def learned(texts: Sequence[Sample], lang: str) -> MoodTable:
    """The table as it ships: of all texts, calibrated by five-fold cross-validation."""
    table = replace(train(texts, lang), pull=RECIPES[lang].pull, cue=RECIPES[lang].cue)
    return calibrated(table, texts)


def path_of(lang: str) -> Path:
    return resource("models", f"moods-{lang}.model")


def make(folder: Path, lang: str) -> str:
    """Learn and write a table; a line about it."""
    table = learned(samples(folder, lang), lang)
    save(table, path_of(lang), source=RECIPES[lang].source, licence=RECIPES[lang].licence)
    return f"{lang}: {path_of(lang).stat().st_size:,} bytes"


def check(folder: Path, lang: str) -> str:
    """Learn a table again; a line with the largest difference. Raises ValueError above a step."""
    again, shipped = learned(samples(folder, lang), lang), MoodTable.read(path_of(lang))
    pairs = zip(again.weights, shipped.weights, strict=True)
    off = max(abs(a - b) for ours, theirs in pairs for a, b in zip(ours, theirs, strict=True))
    if off > 1:
        raise ValueError(f"{lang}: a weight is {off} steps off")
    return f"{lang}: {'the same, bit for bit' if again == shipped else f'within {off} step'}"


def main(args: Sequence[str]) -> int:
    """Makes or checks the named languages, all without names."""
    names = [arg for arg in args if not arg.startswith("--")]
    act = check if "--check" in args else make
    try:
        folder = checked(Path(names[0] if names else ""))
        for lang in names[1:] or RECIPES:
            sys.stdout.write(f"{act(folder, lang)}\n")
            sys.stdout.flush()
    except (NoDataError, ValueError) as e:
        sys.stderr.write(f"{e}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
