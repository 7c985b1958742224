"""Promises in a text are found in three languages, and what only looks like one is not."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from socialdesk.domain.crisis.promise import MAX_WORDS
from socialdesk.domain.crisis.promise_words import find_promise

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Asia/Almaty"))  # a Saturday


@pytest.mark.parametrize(("text", "due"), [
    ("We will tell you by 15:00.", "21 15:00"),
    ("You'll hear from us by 3 pm!", "21 15:00"),
    ("By 15:00, promise.", "21 15:00"),
    ("We answer within 2 hours.", "21 14:00"),
    ("We answer within the hour.", "21 13:00"),
    ("Give us a moment: in 30 minutes we know more.", "21 12:30"),
    ("We'll write to you tomorrow", "22 18:00"),
    ("You will have it by Friday.", "27 18:00"),
    ("We let you know by the end of the day", "21 18:00"),
    ("We will call you by 9:00", "22 09:00"),
    ("Hello! Thank you. We will write by 16:30. Bye", "21 16:30"),
    ("Ответим до 15:00.", "21 15:00"),
    ("Сообщим вам к 16:30", "21 16:30"),
    ("В течение 2 часов всё проверим", "21 14:00"),
    ("Ответим в течение часа", "21 13:00"),
    ("Завтра напишем вам", "22 18:00"),
    ("Сообщим в пятницу", "27 18:00"),
    ("Ответим до конца дня", "21 18:00"),
    ("Сағат 15:00-ге дейін жауап береміз", "21 15:00"),
    ("15:00-ге дейін хабарлаймыз", "21 15:00"),
    ("2 сағат ішінде жазамыз", "21 14:00"),
    ("Ертең хабарласамыз", "22 18:00"),
])  # fmt: skip
def test_a_promise_is_found(text, due):
    found = find_promise(text, NOW)
    assert found is not None
    assert found.due.strftime("%d %H:%M") == due
    assert found.words.casefold() in text.casefold()


@pytest.mark.parametrize("text", [
    "", "Thank you!", "We are open by 18:00", "We open tomorrow at nine", "See you tomorrow",
    "Version 2.0 is out", "We close by 15:00 on Sundays",
    "Мы работаем до 18:00", "Завтра скидки", "Магазин закрыт до 10:00",
    "Дүкен 18:00-ге дейін ашық", "Ертең келіңіз",
    "It took 2 hours", "by 25:99", "a" * 5_000,
])  # fmt: skip
def test_what_is_none_is_left_alone(text):
    assert find_promise(text, NOW) is None


def test_its_words_are_short_and_a_long_text_costs_little():
    text = "We will see. " * 2_000 + "We will tell you by 15:00."
    found = find_promise(text, NOW)
    assert found is not None and len(found.words) <= MAX_WORDS
