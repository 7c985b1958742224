"""The reader on the tables that ship: what it says, what it leaves open, and that nothing hurts."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from shutil import copytree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.analysis.reader import TableReader
from socialdesk.domain.mentions.insight import Intent, Sentiment
from socialdesk.places import resource

READER = TableReader(resource("models"))


@pytest.mark.parametrize(
    ("text", "lang", "sentiment", "intent"),
    [
        ("Worst service ever, my order never arrived and nobody answers", "en",
         Sentiment.NEGATIVE, Intent.COMPLAINT),
        ("Thank you, the best bread in town, we love it!", "en",
         Sentiment.POSITIVE, Intent.PRAISE),
        ("Do you open on Sunday, and when?", "en", Sentiment.NEUTRAL, Intent.QUESTION),
        ("Өте керемет, рахмет, бәрі ұнады!", "kk", Sentiment.POSITIVE, Intent.PRAISE),
        ("Тапсырыс кешікті, курьер телефонын көтермейді, өте нашар", "kk",
         Sentiment.NEGATIVE, Intent.COMPLAINT),
        ("Заказ так и не привезли, никто не отвечает, ужас", "ru",
         Sentiment.NOT_RATED, Intent.COMPLAINT),
        ("Подскажите, до скольки вы работаете сегодня?", "ru",
         Sentiment.NOT_RATED, Intent.QUESTION),
    ],
)  # fmt: skip
def test_clear_texts_are_understood(text, lang, sentiment, intent):
    reading = READER.read(text)
    assert (reading.lang, reading.sentiment, reading.intent) == (lang, sentiment, intent)


def test_a_language_without_a_table_is_not_rated_rather_than_neutral():
    reading = READER.read("Отличный хлеб, спасибо пекарю, приду ещё!")
    assert reading.lang == "ru"
    assert reading.sentiment is Sentiment.NOT_RATED
    assert reading.p_negative is None


@pytest.mark.parametrize(
    "text", ["", "   ", "😀😀", "!!!", "12345", "@ann", "\ud800", "漢字のテスト"]
)
def test_nothing_to_read_is_nothing_claimed(text):
    reading = READER.read(text)
    assert (reading.lang, reading.sentiment) == ("", Sentiment.NOT_RATED)


def test_the_words_that_counted_are_given_as_written_and_once():
    reading = READER.read("LATE again, late, late! Refund order 4412. My son is in hospital")
    assert reading.failure_words == ("late", "refund")
    assert reading.danger_words == ("hospital",)
    assert reading.has_number


def test_a_link_alone_is_seen():
    assert READER.read("https://news.example/a").is_link_only
    assert not READER.read("look: https://news.example/a").is_link_only


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400), st.sampled_from(["", "en", "kk-KZ", "xx", "ru_RU", "\0"]))
def test_any_text_is_read_the_same_twice_and_within_bounds(text, hint):
    reading = READER.read(text, hint)
    assert READER.read(text, hint) == reading
    assert 0 <= reading.confidence <= 1 and 0 <= reading.intent_confidence <= 1
    assert reading.p_negative is None or 0 <= reading.p_negative <= 1
    assert (reading.p_negative is None) == (reading.sentiment is Sentiment.NOT_RATED)


def test_threads_that_meet_at_the_first_text_get_the_same_answer():
    reader = TableReader(resource("models"))
    text = "the delivery is late, please help"
    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(lambda _: reader.read(text), range(32)))
    assert answers == {READER.read(text)}


def test_a_damaged_table_leaves_its_language_unrated(tmp_path: Path, expect_log, caplog):
    expect_log("texts in en are not rated")
    folder = copytree(resource("models"), tmp_path / "models")
    (folder / "moods-en.model").write_bytes(b"not a table")
    reader = TableReader(folder)
    readings = [reader.read("the delivery is late") for _ in range(2)]
    assert {reading.sentiment for reading in readings} == {Sentiment.NOT_RATED}
    assert readings[0].failure_words == ("late",)
    assert len(caplog.records) == 1  # said once
