"""A stream that the table never saw: one source of English texts, with what a table says of them
that was learned from the other sources. Learned once a run: it takes a minute."""

from functools import cache
from pathlib import Path

from tests.eval.calibration import Shares
from tests.eval.labelled import Sample, samples
from tests.eval.measure_moods import _learned_without

Pair = tuple[Sample, Shares]


@cache
def stream(data: Path, source: str) -> tuple[Pair, ...]:
    """The texts of `source` in the order of their file."""
    shares, texts = _learned_without("en", samples(data, "en"), source)
    return tuple(zip(texts, shares, strict=True))
