"""Training: finds what there is to find, the same twice, and packs it as the program reads it."""

import math
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.mood_table import MoodTable
from socialdesk.domain.mentions.insight import Sentiment
from tests.eval.calibration import answer, calibrated, least_share, warmed
from tests.eval.labelled import Sample, folds
from tests.eval.moods import save, train
from tests.eval.regression import C, balanced, fit

NEG, POS = Sentiment.NEGATIVE, Sentiment.POSITIVE
GOOD = ("lovely frogs", "a lovely pond", "green and lovely")
BAD = ("awful frogs", "an awful pond", "green and awful")


def ponds(n: int = 60) -> list[Sample]:
    draw = Random(7)
    pairs = [(GOOD, POS), (BAD, NEG)] * (n // 2)
    return [
        Sample(f"{draw.choice(texts)} {k}", mood, "pond") for k, (texts, mood) in enumerate(pairs)
    ]


def test_two_classes_are_told_apart_on_texts_not_seen():
    table = train(ponds(), "xx")
    assert answer(table, "what a lovely day")[POS] > 0.6
    assert answer(table, "what an awful day")[NEG] > 0.6


def test_training_twice_gives_the_same_table_and_file(tmp_path: Path):
    for name in ("one", "two"):
        save(train(ponds(), "xx"), tmp_path / name, source="pond", licence="MIT")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
    assert MoodTable.read(tmp_path / "one") == train(ponds(), "xx")


def test_the_weights_are_where_the_loss_is_least():
    """At the minimum of |w|^2 / 2 + C sum of losses no weight and no bias wants to move."""
    rows = [[1, 2], [2, 3], [1, 3], [4], [2, 4], [1]]
    labels = [0, 0, 1, 1, 1, 0]
    weights, bias = fit(rows, labels, 2)
    slopes = dict.fromkeys(range(1, 5), 0.0)
    bias_slope = bias[0]
    for row, label, counts in zip(rows, labels, balanced(labels), strict=True):
        sign, norm = (1 if label == 0 else -1), 1 / math.sqrt(len(row))
        margin = sign * (bias[0] + norm * sum(weights[0][k] for k in row))
        pull = C * counts * sign / (1 + math.exp(margin))
        bias_slope -= pull
        for k in row:
            slopes[k] -= pull * norm
    for k, slope in slopes.items():
        assert weights[0][k] + slope == pytest.approx(0, abs=0.02)
    assert bias_slope == pytest.approx(0, abs=0.02)


def test_classes_count_alike_however_many_texts_they_have():
    counts = balanced([0, 0, 0, 1])
    assert sum(counts[:3]) == pytest.approx(counts[3]) == pytest.approx(2)


@given(st.lists(st.sampled_from([*GOOD, *BAD]), min_size=1, max_size=60), st.integers(2, 6))
def test_folds_part_the_texts_and_keep_copies_together(texts, n):
    samples = [Sample(text, POS if text in GOOD else NEG, "pond") for text in texts]
    parts = folds(samples, n)
    assert sorted(k for part in parts for k in part) == list(range(len(samples)))
    homes = [{n for n, part in enumerate(parts) for k in part if samples[k].text == text}
             for text in texts]  # fmt: skip
    assert all(len(home) == 1 for home in homes)


def test_a_calibrated_table_says_no_more_than_it_knows():
    """Labels drawn by lot: the shares must come out near even."""
    draw = Random(3)
    texts = [f"pond {draw.random()} {draw.choice(GOOD + BAD)}" for _ in range(80)]
    samples = [Sample(text, draw.choice((NEG, POS)), "pond") for text in texts]
    table = calibrated(train(samples, "xx"), samples)
    assert max(answer(table, "a lovely awful pond").values()) < 0.75
    assert table.least >= 0.6


def test_heat_evens_the_shares_and_keeps_their_order():
    shares = warmed({NEG: 0.8, POS: 0.2}, 2.0)
    assert 0.5 < shares[NEG] < 0.8
    assert sum(shares.values()) == pytest.approx(1)


def test_the_least_share_is_where_enough_of_the_told_are_right():
    shares = [{NEG: p, POS: 1 - p} for p in (0.95, 0.9, 0.85, 0.8, 0.7, 0.65, 0.62, 0.61)]
    truth = [NEG, NEG, NEG, NEG, NEG, NEG, POS, POS]
    assert least_share(shares, truth) == 0.62  # 6 of 7 are right; with the last one 6 of 8
