"""Whether an alert names its cause: a planted phrase among real texts of other things.

A window of 40 everyday texts and 12 that speak of one cause in their own words, against the 300
texts before. Right in the top three: a phrase with a word of the cause. Right among the first five
that are listed: a phrase most of whose mentions speak of the cause.
"""

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from socialdesk.engine.alerts.phrases import drivers
from tests.eval.labelled import samples

SEED: Final = 20261122
N_BEFORE, N_EVERYDAY, N_CAUSE = 300, 40, 12
CAUSES: Final = (
    "parcel locker", "gift card", "card reader", "almond cake", "glass shards", "loyalty points",
    "app update", "delivery van", "price increase", "broken oven", "wrong invoice", "night shift",
    "refund form", "power cut", "data leak", "mouldy bread", "parking fine", "fake account",
    "lost luggage", "water damage", "smart meter", "roaming bill", "ticket queue", "raw chicken",
)  # fmt: skip
SHAPES: Final = (
    "the {cause} ruined my day, {rest}", "{rest} and now the {cause} again",
    "why the {cause}? {rest}",
    "{rest} fix the {cause}", "still waiting because of the {cause}. {rest}", "{cause}: {rest}",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Explained:
    """Shares, and milliseconds a window (median)."""

    n: int
    top3: float
    p5: float
    ms: float


def explained(data: Path) -> Explained:
    """Each cause five times, in other company."""
    texts = [sample.text for sample in samples(data, "en")]
    draw = random.Random(SEED)
    hits: list[bool] = []
    shares: list[float] = []
    times: list[float] = []
    for cause in CAUSES * 5:
        now, before = _window(texts, cause, draw)
        about = [cause in text for text in now]
        began = time.perf_counter()
        found = [topic.phrase for topic in drivers(now, before, (), 8)]
        times.append(1000 * (time.perf_counter() - began))
        words = set(cause.split())
        hits.append(any(words & set(phrase.split()) for phrase in found[:3]))
        right = [_is_about(phrase, now, about) for phrase in found[:5]]
        shares.append(sum(right) / max(1, len(right)))
    return Explained(
        len(hits), sum(hits) / len(hits), sum(shares) / len(shares), sorted(times)[len(times) // 2]
    )


def _is_about(phrase: str, now: Sequence[str], about: Sequence[bool]) -> bool:
    held = [
        is_cause for text, is_cause in zip(now, about, strict=True) if phrase in text.casefold()
    ]
    return sum(held) * 2 > len(held)


def _window(texts: Sequence[str], cause: str, draw: random.Random) -> tuple[list[str], list[str]]:
    """(now, before), in no order."""
    chosen = draw.sample(range(len(texts)), N_BEFORE + N_EVERYDAY + N_CAUSE)
    before = [texts[n] for n in chosen[:N_BEFORE]]
    now = [texts[n] for n in chosen[N_BEFORE : N_BEFORE + N_EVERYDAY]]
    for n in chosen[N_BEFORE + N_EVERYDAY :]:
        now.append(draw.choice(SHAPES).format(cause=cause, rest=_tame(texts[n])))
    draw.shuffle(now)
    return now, before


def _tame(text: str) -> str:
    """Eight words of it, without braces."""
    return " ".join(text.replace("{", "").replace("}", "").split()[:8])
