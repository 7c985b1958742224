"""From labelled texts to a language's table of moods: training, rounding, calibration."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from socialdesk.analysis.features import BUCKETS, hashed
from socialdesk.analysis.mood_table import FORMAT, ZERO, MoodTable
from socialdesk.analysis.packed import write_packed
from socialdesk.domain.mentions.insight import Sentiment
from tests.eval.labelled import Sample
from tests.eval.regression import fit

ORDER: Final = (Sentiment.NEGATIVE, Sentiment.NEUTRAL, Sentiment.POSITIVE)
STEPS: Final = 127


def train(samples: Sequence[Sample], lang: str) -> MoodTable:
    """A table learned from these texts alone, its weights rounded to whole steps."""
    moods = tuple(mood for mood in ORDER if any(sample.mood is mood for sample in samples))
    rows = [hashed(sample.text) for sample in samples]
    weights, bias = fit(rows, [moods.index(sample.mood) for sample in samples], len(moods))
    scale = max(max(map(abs, row)) for row in weights) / STEPS
    return MoodTable(
        lang,
        moods,
        tuple(bytes(ZERO + round(weight / scale) for weight in row) for row in weights),
        tuple(bias),
        scale,
    )


def save(table: MoodTable, path: Path, *, source: str, licence: str) -> None:
    """Write the table as the program reads it."""
    header = {
        "format": FORMAT,
        "lang": table.lang,
        "moods": [mood.name.lower() for mood in table.moods],
        "buckets": BUCKETS,
        "scale": table.scale,
        "bias": list(table.bias),
        "heat": table.heat,
        "least": table.least,
        "pull": table.pull,
        "cue": table.cue,
        "source": source,
        "licence": licence,
    }
    write_packed(path, header, b"".join(table.weights))


def log_loss(shares: Sequence[dict[Sentiment, float]], truth: Sequence[Sentiment]) -> float:
    """Mean surprise at the true moods; what the best `heat` makes smallest."""
    return -sum(math.log(max(p[t], 1e-9)) for p, t in zip(shares, truth, strict=True)) / len(truth)
