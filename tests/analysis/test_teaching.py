"""Which lessons are used, and when: judged on answers they had not seen."""

import pytest

from socialdesk.analysis.features import hashed
from socialdesk.analysis.learner import packed, unpacked
from socialdesk.analysis.lessons import LABEL_SURE, Lessons
from socialdesk.analysis.reading import Reading
from socialdesk.analysis.teaching import (
    MIN_NEW,
    Case,
    teach_intents,
    teach_label,
    teach_moods,
    teach_priority,
)
from socialdesk.domain.learning import Why
from socialdesk.domain.mentions.insight import Intent, Sentiment

UNRATED = Reading("ru", n_words=4)
PLAIN = Reading("en", Sentiment.NEUTRAL, 0.8, 0.1, n_words=4)


def cases(n: int, reading: Reading, is_told: bool = True) -> list[Case]:
    """Late deliveries and good bread in turn; `is_told` False: the words say nothing."""
    made = []
    for i in range(n):
        is_bad = i % 2 == 0
        words = (
            ("доставка опять опоздала" if is_bad else "вкусный хлеб спасибо") if is_told else "да"
        )
        mood = Sentiment.NEGATIVE if is_bad else Sentiment.POSITIVE
        made.append(Case(f"{words} {i % 7}", reading, mood))
    return made


def test_russian_is_rated_once_there_are_enough_corrections_and_not_before():
    none, report = teach_moods("ru", cases(MIN_NEW - 2, UNRATED))
    assert none is None and report.why is Why.FEW
    lesson, report = teach_moods("ru", cases(MIN_NEW, UNRATED))
    assert lesson is not None
    assert report.is_used and report.n_right_before == -1
    lessons = Lessons({"ru": lesson})
    text = "доставка опоздала"
    assert lessons.applied(UNRATED, hashed(text)).sentiment is Sentiment.NEGATIVE
    assert Lessons().applied(UNRATED, hashed(text)).sentiment is Sentiment.NOT_RATED


def test_without_a_table_a_lesson_that_guesses_is_not_used():
    none, report = teach_moods("ru", cases(MIN_NEW * 2, UNRATED, is_told=False))
    assert none is None and report.why is Why.WEAK


def test_one_sided_corrections_are_not_enough():
    same = [Case("спасибо", UNRATED, Sentiment.POSITIVE)] * MIN_NEW
    assert teach_moods("ru", same)[1].why is Why.ONE_SIDED


def test_a_table_that_does_better_stays_in_use():
    sure = [
        Case(c.text, Reading("en", c.sentiment, 0.99,
                             0.99 if c.sentiment is Sentiment.NEGATIVE else 0.01), c.sentiment)
        for c in cases(40, PLAIN, is_told=False)
    ]  # fmt: skip
    wrong_at_first = [Case(c.text, c.reading, Sentiment.POSITIVE if i < 30 else c.sentiment)
                      for i, c in enumerate(sure)]  # fmt: skip
    report = teach_moods("en", [*wrong_at_first[:29], *sure[29:]])[1]
    assert report.n_right_before == report.n_held
    assert report.is_used == (report.n_right == report.n_held)


def test_the_words_that_counted_are_named():
    _, report = teach_moods("ru", cases(MIN_NEW, UNRATED))
    words = dict(report.words)
    assert "опоздала" in words["negative"] and "хлеб" in words["positive"]
    assert "спасибо" not in words["positive"]  # a word without content of its own


def test_kinds_are_learned_beside_what_was_read():
    taught = [Case(f"когда вы открыты {i % 5}", UNRATED, intent=Intent.QUESTION) for i in range(12)]
    taught += [Case(f"реклама казино {i % 5}", UNRATED, intent=Intent.SPAM) for i in range(12)]
    taught = [taught[i // 2 + 12 * (i % 2)] for i in range(24)]
    models, report = teach_intents(taught)
    assert report.is_used and set(models) == {Intent.QUESTION, Intent.SPAM}
    found = Lessons(intents=models).applied(UNRATED, hashed("казино реклама"))
    assert found.intent is Intent.SPAM
    assert teach_intents(taught[:5]) == ({}, report.__class__("intent", 5, 10))


def test_a_label_is_suggested_where_it_fits_and_nowhere_else():
    answers = [(f"please send the money back {i % 9}", True) if i % 2 else
               (f"lovely cake number {i % 9}", False) for i in range(90)]  # fmt: skip
    model, report = teach_label("refund", answers)
    assert model is not None
    assert report.is_used and report.key == "label:refund"
    lessons = Lessons(labels={7: model})
    assert model.probability(hashed("send my money back")) >= LABEL_SURE
    assert lessons.label(hashed("send my money back please")) == 7
    assert lessons.label(hashed("lovely cake")) == 0
    assert teach_label("refund", answers[:20])[1].why is Why.FEW


def test_what_is_raised_by_hand_is_learned():
    texts = ("nice bread", "the mayor writes about us")
    answers = [(f"{texts[i % 2]} {i % 9}", i % 2 == 1) for i in range(80)]
    model, report = teach_priority(answers)
    assert report.is_used
    lessons = Lessons(raised=model)
    assert lessons.likeness_to_raised(hashed("the mayor writes")) > 0
    assert lessons.likeness_to_raised(hashed("nice bread")) < 0
    assert Lessons().likeness_to_raised([]) == 0


def test_models_come_back_as_they_were_and_damage_is_noticed():
    lesson, _ = teach_moods("ru", cases(MIN_NEW, UNRATED))
    assert lesson is not None
    models = {"negative": lesson.negative, "positive": lesson.positive}
    text = packed(models)
    assert unpacked(text) == models
    for damage in (b"", b"{}", text[:-4], b"[1]\n", b"{\n"):
        if damage == b"{}":
            assert unpacked(damage) == {}
            continue
        with pytest.raises(ValueError):
            unpacked(damage)
