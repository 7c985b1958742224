"""Learning from corrections: what it learns, when it learns nothing, how it is judged."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.features import BUCKETS, hashed
from socialdesk.analysis.learner import (
    MOST_SURE,
    PASSES,
    Example,
    Learned,
    Marks,
    Rows,
    held_out,
    judge,
    learn,
    logit,
)

LATE = ["my parcel is late", "the delivery came late again", "still late, where is the parcel"]
FINE = ["lovely cake", "the bread was good", "thank you for the cake", "what a good shop"]


def examples(n: int, prior: float = 0.0) -> list[Example]:
    chosen = random.Random(7)
    made = []
    for i in range(n):
        is_yes = i % 2 == 0
        text = chosen.choice(LATE if is_yes else FINE) + f" {chosen.choice('abcdefgh')}"
        made.append(Example(hashed(text), is_yes, prior if is_yes else -prior))
    return made


def test_it_tells_apart_what_it_was_shown():
    model = learn(examples(40))
    assert model.probability(hashed("the parcel was late")) > 0.7
    assert model.probability(hashed("good bread, lovely cake")) < 0.3


@pytest.mark.parametrize("is_yes", [True, False])
def test_one_answer_alone_teaches_nothing(is_yes):
    model = learn([Example(hashed(text), is_yes) for text in LATE])
    assert model == Learned()


def test_the_shipped_table_counts_until_something_else_was_learned():
    assert Learned().log_odds(hashed("any words"), 2.0) == pytest.approx(1.0)


def test_a_table_that_is_right_is_believed_more_one_that_is_wrong_less():
    assert learn(examples(60, prior=2.0)).prior_weight > 0.5
    assert learn(examples(60, prior=-2.0)).prior_weight < 0.5


def test_the_same_examples_give_the_same_weights():
    assert learn(examples(30)) == learn(examples(30))


def test_words_that_always_stand_together_are_learned_as_each_alone_would_be():
    """Bucket 2 stands where 1 does, 4 nowhere else than 3: what one pass over each bucket gives."""
    shown = [Example((1, 2), True), Example((1, 2, 3, 4), False), Example((5,), True)]
    model = learn(shown)
    assert model.weights[1] == model.weights[2] != 0
    assert model.weights[3] == model.weights[4] != model.weights[1]
    alone = learn([Example((1, 6), True), Example((1, 7, 3, 8), False), Example((5,), True)])
    assert alone.weights[6] != alone.weights[7]  # stands in one text only, each in its own


def test_rows_made_before_change_nothing():
    shown = examples(30, prior=1.0)
    assert learn(shown, Rows([e.buckets for e in shown])) == learn(shown)


def test_it_rests_between_any_two_texts_of_a_pass():
    rests = []
    assert learn(examples(30), rest=lambda: rests.append(1)) == learn(examples(30))
    assert len(rests) == 30 * (PASSES + 1)


def test_a_rare_answer_weighs_as_much_as_a_common_one():
    shown = [Example(hashed(LATE[0]), True)] + [Example(hashed(t), False) for t in FINE * 10]
    assert learn(shown).probability(hashed(LATE[0])) > 0.5


def test_the_newest_quarter_is_held_back_at_most_a_hundred():
    shown = examples(60)
    before, after = held_out(shown)
    assert [*before, *after] == shown and len(after) == 15
    assert len(held_out(examples(1000))[1]) == 100


def test_marks_count_what_was_right():
    answers = iter([True, True, False, False, True])
    shown = [Example((), is_yes) for is_yes in (True, False, True, False, True)]
    marks = judge(lambda _: next(answers), shown)
    assert marks == Marks(n_hits=2, n_false=1, n_missed=1, n_rest=1)
    assert marks.f1 == pytest.approx(2 / 3)
    assert Marks().f1 == Marks().balanced == 0


@given(st.lists(st.builds(Example, st.lists(st.integers(0, BUCKETS - 1), unique=True, max_size=9),
                          st.booleans(), st.floats(-1e9, 1e9)), max_size=9))  # fmt: skip
def test_any_examples_give_probabilities(shown):
    model = learn(shown)
    for e in shown:
        assert 0 <= model.probability(e.buckets, e.prior) <= 1


@given(st.floats(0, 1))
def test_probabilities_as_odds_stay_within_bounds(p):
    assert -MOST_SURE <= logit(p) <= MOST_SURE
