"""What is typed into the search field, as terms and faults."""

import unicodedata
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from socialdesk.domain.mentions.status import Status
from socialdesk.domain.queue.rows import SearchFault
from socialdesk.domain.queue.search import MAX_TERMS, Ask, Has, Is, Operator, Word, parse
from socialdesk.domain.queue.search_values import (
    Span,
    first_second,
    network_meant,
    reach_span,
    time_span,
)

NOW = datetime(2026, 11, 21, 12, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("late refund", ((Word("late"),), (Word("refund", is_beginning=True),))),
        ("late ", ((Word("late"),),)),
        ("re", ((Word("re"),),)),
        ("ref", ((Word("ref", is_beginning=True),),)),
        ("退", ((Word("退", is_beginning=True),),)),
        ('"very late"', ((Word("very late"),),)),
        ("„sehr spät“", ((Word("sehr spät"),),)),
        ('«сказал "нет" он»', ((Word('сказал "нет" он'),),)),
        ('label:"«Рожь» и чай"', ((Ask(Operator.LABEL, "«Рожь» и чай"),),)),
        ('-label:"vip: gold"', ((Ask(Operator.LABEL, "vip: gold", is_not=True),),)),
        ("label:vip:gold", ((Ask(Operator.LABEL, "vip:gold"),),)),
        ('"late” ', ((Word("late"),),)),
        ("-spam late ", ((Word("spam", is_not=True),), (Word("late"),))),
        ('-"no thanks"', ((Word("no thanks", is_not=True),),)),
        ("a OR b c", ((Word("a"), Word("b")), (Word("c"),))),
        ("late refund OR money ", ((Word("late"),), (Word("refund"), Word("money")))),
        ("OR late ", ((Word("late"),),)),
        ("or late ", ((Word("or"),), (Word("late"),))),
        ("status:open", ((Ask(Operator.STATUS, Status.OPEN),),)),
        ("-is:vip", ((Ask(Operator.IS, Is.VIP, is_not=True),),)),
        ("HAS:Note", ((Ask(Operator.HAS, Has.NOTE),),)),
        ('label:"late delivery"', ((Ask(Operator.LABEL, "late delivery"),),)),
        ("from:@ann@pond.example", ((Ask(Operator.FROM, "@ann@pond.example"),),)),
        ("reach:>1k", ((Ask(Operator.REACH, Span(1001)),),)),
        ("before:2026-11", ((Ask(Operator.BEFORE, Span(date=(2026, 11, 0))),),)),
        ("lang:pt-BR", ((Ask(Operator.LANG, "pt-br"),),)),
        ("https://shop.example/a", ((Word("https://shop.example/a", is_beginning=True),),)),
        ("12:30 ", ((Word("12:30"),),)),
        ("😀", ((Word("😀"),),)),
        ("... !! -", ()),
        ("   ", ()),
    ],
)
def test_terms(text, groups):
    found = parse(text)
    assert found.groups == groups
    assert found.faults == ()


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("colour:red late", SearchFault(0, 6, "unknown_operator", "colour")),
        ("late status:opn", SearchFault(12, 15, "bad_value", "opn", "status")),
        ("before:2026-13", SearchFault(7, 14, "bad_value", "2026-13", "before")),
        ("reach:many", SearchFault(6, 10, "bad_value", "many", "reach")),
        ('late "very', SearchFault(5, 10, "open_quote", "very")),
        ("late from:", SearchFault(5, 10, "empty_operator", "from")),
        ("sentiment:angry", SearchFault(10, 15, "bad_value", "angry", "sentiment")),
        ("incident:fire", SearchFault(9, 13, "bad_value", "fire", "incident")),
        ('is:"  loud"', SearchFault(6, 10, "bad_value", "loud", "is")),
        ("reach:2k..1", SearchFault(6, 11, "bad_value", "2k..1", "reach")),
        ('account:""', SearchFault(0, 10, "empty_operator", "account")),
        ('-label:" "', SearchFault(1, 10, "empty_operator", "label")),
    ],
)
def test_faults_say_where_and_why(text, fault):
    assert parse(text).faults == (fault,)


def test_an_unknown_operator_is_searched_for_as_words():
    assert parse("colour:red ").groups == ((Word("colour red"),),)


def test_a_wrong_value_fits_nothing_even_turned_round():
    assert parse("-status:opn").groups == ((Ask(Operator.STATUS, None),),)


def test_an_operator_being_typed_is_passed_over():
    assert parse("late from:").groups == ((Word("late"),),)


@pytest.mark.promise(31)
@settings(max_examples=2000)
@given(st.text())
def test_any_string_is_a_search(text):
    found = parse(text)
    assert sum(map(len, found.groups)) <= MAX_TERMS
    assert all(0 <= f.start <= f.end <= len(text) for f in found.faults)


NAMES = st.text(st.sampled_from("aЖә1 :-«»„“”'OR"), min_size=1, max_size=12)


@given(NAMES, st.booleans(), st.text(" \t", max_size=2), st.text(" x", max_size=3))
def test_any_name_in_quotes_is_asked_for_whole(name, is_not, blanks, after):
    """As a label may be called, whose names have no straight quotes."""
    text = f'{"-" * is_not}label:"{blanks}{name}{blanks}" {after}'
    ask = parse(text).groups[0][0] if parse(text).groups else None
    if any(c.isalnum() for c in name):
        assert ask == Ask(Operator.LABEL, name.strip(), is_not)
        assert text[ask.start :].startswith(name.strip())
    else:
        assert not isinstance(ask, Ask) or ask.value is None


@given(st.text(max_size=20))
def test_a_networks_name_means_the_same_however_it_is_written(name):
    meant = network_meant(name)
    for written in (unicodedata.normalize("NFD", name), f" {name}-", name.replace(" ", "")):
        assert network_meant(written) == meant


@pytest.mark.parametrize("name", ["Поштa", "Почтовый ящик", "ПОШТА ЖӘШІГІ", "почтовыи\u0306ящик"])
def test_a_mailbox_is_meant_in_any_case_and_form(name):
    assert (network_meant(name) == "imap") == (name != "Поштa")


@pytest.mark.parametrize(
    ("word", "span"),
    [
        ("1000", Span(1000)), (">=2k", Span(2000)), (">5", Span(6)), ("<1m", Span(0, 999_999)),
        ("<=10", Span(0, 10)), ("=7", Span(7, 7)), ("100..2k", Span(100, 2000)),
        (">1..2", None), ("k", None), ("-1", None), ("1.5k", None),
    ],
)  # fmt: skip
def test_reach(word, span):
    assert reach_span(word) == span


@pytest.mark.parametrize("word", ["2026-02-30", "2026-00", "99", "1899", "tomorrowish", "7x"])
def test_what_is_no_time(word):
    assert time_span(word) is None


@pytest.mark.parametrize(
    ("word", "first"),
    [
        ("2026", "2026-01-01"), ("2026-11", "2026-11-01"), ("2026-11-21", "2026-11-21"),
        ("today", "2026-11-21"), ("вчера", "2026-11-20"), ("2d", "2026-11-19 12:30"),
        ("3h", "2026-11-21 09:30"), ("1w", "2026-11-14 12:30"),
    ],
)  # fmt: skip
def test_times_begin_where_the_person_lives(word, first):
    zone = ZoneInfo("Asia/Almaty")
    span = time_span(word)
    assert span is not None
    wanted = datetime.fromisoformat(first).replace(tzinfo=zone)
    assert first_second(span, NOW.replace(tzinfo=zone)) == int(wanted.timestamp())
