"""Templates that answered mentions like this one before."""

from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.replies.suggestion import PastUse, suggest

LATE, HOURS, THANKS = 1, 2, 3
USES = [
    PastUse(LATE, "my order is late, where is it", 1),
    PastUse(LATE, "the order came two hours late", 1),
    PastUse(LATE, "заказ опоздал на два часа", 1),
    PastUse(LATE, "опять опоздали с заказом", 1),
    PastUse(HOURS, "when do you open on sunday", 2),
    PastUse(HOURS, "are you open tomorrow", 2),
    PastUse(HOURS, "until when are you open", 2),
    PastUse(THANKS, "best bread in town", 3),
]


def best(text: str, intent: int = 0) -> int:
    found = suggest(USES, text, intent)
    return found[0].template_id if found else 0


def test_the_template_used_for_such_words_is_suggested_and_says_why():
    (first, *_) = suggest(USES, "Where is my order? It is late!")
    assert first.template_id == LATE
    assert "late" in first.because
    assert first.n_uses == 4
    assert best("are you open on saturday?") == HOURS


def test_another_ending_is_the_same_word():
    assert best("вы опоздали!") == LATE


def test_nothing_is_suggested_by_chance_or_from_one_use():
    assert best("do you have parking for bicycles") == 0
    assert best("best bread ever") == 0  # used once: no habit
    assert suggest([], "late order") == []


def test_the_intent_helps_but_is_never_the_only_reason():
    assert best("order", 1) == LATE
    assert all(s.because for s in suggest(USES, "zzz", 2))


@given(st.text(max_size=300), st.integers(0, 7))
def test_any_text_is_answered_best_first(text, intent):
    found = suggest(USES, text, intent)
    assert [s.score for s in found] == sorted((s.score for s in found), reverse=True)
