"""A planned post read: its topic, what its shape invites, and the verdict."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.analysis.temperature import (
    MAX_TERMS,
    days_on,
    is_list_of_days,
    judge,
    shape_flags,
    shown_term,
    topic_terms,
)
from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.temperature import Flag, Ground, Mood, Verdict

LIMITS = CrisisLimits()
QUIET = Mood(40, 40, 4)
BAD = Mood(40, 40, 28)
SOME = Mood(40, 40, 12)  # 30 %


def terms(text: str, *names: str) -> list[str]:
    return [shown_term(word) for word in topic_terms(text, names)]


def flags(text: str, *, after: bool = False, date: bool = False) -> set[Flag]:
    return set(shape_flags(text, is_after_stand_down=after, has_date=date))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ask our director anything #AskBank", ["askbank*", "bank*", "director*"]),
        ("#askbank", ["askbank*", "bank*"]),
        ("#oven_is_hot", ["oven_is_hot*", "oven*"]),
        ("Our ovens' heat, our oven's heat", ["oven*", "heat*"]),
        ("Наша доставка: спросите о доставке", ["достав*"]),
        ("Наубайхана туралы. Наубайханамыз", ["наубайха*", "наубайханам*"]),
        ("see https://shop.example/delivery @bob@pond.example 2026", []),
        ("so we go up and on", []),
        ("", []),
    ],
)
def test_the_topic_is_made_of_hashtags_and_long_words_outside_the_stop_list(text, found):
    assert terms(text) == found


def test_brand_names_count_when_they_stand_in_the_text_however_short():
    words = "BMW\n-jobs\n+motor\nkia*\nrusty nail"
    assert terms("New: BMW i4, the Kias, and rusty nail", words)[:3] == [
        "bmw",
        "kia*",
        "rusty nail",
    ]
    assert "bmw" not in terms("A new bike", words)


def test_no_more_terms_than_anybody_searches_for():
    assert len(terms(" ".join(f"word{'a' * n}" for n in range(100)))) == MAX_TERMS


@pytest.mark.parametrize(
    "text",
    [
        "Ask our director anything", "Ask us!", "Our chef is here #AskChef", "Tell us about it.",
        "What do you love about our bread?", "Share your best moment with us",
        "Что вам нравится у нас? 🍞 #хлеб", "Спросите нашего директора", "Расскажите нам!",
        "Задавайте ваши вопросы", "#СпросиПекаря сегодня в 12", "Делитесь фото",
        "Директорға сұрақтарыңызды қойыңыз", "#сұраДиректор", "Бізге айтыңыз!",
        "Пікіріңізді қалдырыңыз", "Нан ұнай ма?", "ask me anything",
    ],
)  # fmt: skip
def test_an_open_invitation_is_known_in_three_languages(text):
    assert Flag.INVITATION in flags(text)


@pytest.mark.parametrize(
    "text",
    [
        "We bake at five every day.", "Looking for a gift? Come to Abai street.",
        "Мы печём с пяти утра.", "Тегін жеткізу бүгіннен басталады.", "#Task done",
        "The basket is full", "New masks arrived #mask", "Is it late? No: https://a.example/?b=1",
    ],
)  # fmt: skip
def test_plain_news_invites_nobody(text):
    assert flags(text) == set()


@pytest.mark.parametrize(
    "text",
    ["lol our oven", "Just kidding", "Bread jokes 😂", "Хахаха", "Шутка дня", "Ну и день ))",
     "Қалжың айтамыз", "hahaha"],
)  # fmt: skip
def test_a_joke_is_known(text):
    assert Flag.JOKE in flags(text)


def test_a_bracket_that_closes_two_others_is_no_smile():
    assert Flag.JOKE not in flags("Open (also on Sunday (since May))")


@pytest.mark.parametrize(
    "text",
    ["We celebrate ten years", "Happy birthday to us 🎉", "Поздравляем!", "Ура, мы открылись",
     "Құттықтаймыз", "Мерекемен!", "Party at ours"],
)  # fmt: skip
def test_a_celebration_counts_only_soon_after_a_stand_down(text):
    assert Flag.CELEBRATION in flags(text, after=True)
    assert Flag.CELEBRATION not in flags(text)


def test_a_day_of_the_users_list_is_a_flag():
    assert flags("Bread", date=True) == {Flag.DATE}


DAYS = "12-16 Independence Day\n2026-02-13 The fire\n\n02-29 Leap\n"


def test_days_come_every_year_or_once():
    assert days_on(DAYS, date(2027, 12, 16)) == ("Independence Day",)
    assert days_on(DAYS, date(2026, 2, 13)) == ("The fire",)
    assert days_on(DAYS, date(2027, 2, 13)) == ()
    assert days_on(DAYS, date(2028, 2, 29)) == ("Leap",)
    assert days_on("12-16", date(2026, 12, 16)) == ("12-16",)


def test_a_list_of_days_is_checked():
    assert is_list_of_days(DAYS)
    assert is_list_of_days("")
    for wrong in ("13-01 x", "02-30 x", "tomorrow", "2026-02-29 x", "12-16x"):
        assert not is_list_of_days(wrong), wrong


@pytest.mark.parametrize(
    ("month", "lately", "n_unresolved", "shape", "n_incidents", "verdict", "grounds"),
    [
        (QUIET, Mood(), 0, (), 0, Verdict.GREEN, ()),
        (QUIET, Mood(), 0, (), 1, Verdict.RED, (Ground.INCIDENT,)),
        (Mood(), Mood(), 0, (), 1, Verdict.RED, (Ground.INCIDENT,)),
        (BAD, Mood(), 0, (), 0, Verdict.RED, (Ground.NEGATIVE,)),
        (Mood(40, 40, 20), Mood(), 0, (), 0, Verdict.RED, (Ground.NEGATIVE,)),
        (Mood(40, 40, 19), Mood(), 0, (), 0, Verdict.AMBER, (Ground.SOME_NEGATIVE,)),
        (QUIET, Mood(10, 10, 5), 0, (), 0, Verdict.RED, (Ground.NEGATIVE,)),
        (QUIET, Mood(9, 9, 9), 0, (), 0, Verdict.GREEN, ()),
        (SOME, Mood(), 0, (), 0, Verdict.AMBER, (Ground.SOME_NEGATIVE,)),
        (SOME, Mood(), 0, (Flag.INVITATION,), 0, Verdict.RED, (Ground.INVITATION_NEGATIVE,)),
        (SOME, Mood(), 0, (Flag.JOKE,), 0, Verdict.AMBER, (Ground.SOME_NEGATIVE, Ground.FLAG)),
        (QUIET, Mood(), 5, (Flag.INVITATION,), 0, Verdict.RED, (Ground.INVITATION_UNRESOLVED,)),
        (QUIET, Mood(), 5, (), 0, Verdict.AMBER, (Ground.UNRESOLVED,)),
        (QUIET, Mood(), 3, (), 0, Verdict.AMBER, (Ground.UNRESOLVED,)),
        (QUIET, Mood(), 2, (), 0, Verdict.GREEN, ()),
        (QUIET, Mood(), 0, (Flag.DATE,), 0, Verdict.AMBER, (Ground.FLAG,)),
        (Mood(9, 9, 9), Mood(9, 9, 9), 9, (Flag.INVITATION,), 0, Verdict.LITTLE, (Ground.FEW,)),
        (Mood(9, 9, 0), Mood(), 0, (), 0, Verdict.LITTLE, (Ground.FEW,)),
        (Mood(40, 9, 0), Mood(), 0, (), 0, Verdict.LITTLE, (Ground.NOT_RATED,)),
        (Mood(40, 0, 0), Mood(), 3, (), 0, Verdict.AMBER, (Ground.UNRESOLVED,)),
    ],
)
def test_the_verdict_follows_from_the_numbers(
    month, lately, n_unresolved, shape, n_incidents, verdict, grounds
):
    assert judge(month, lately, n_unresolved, shape, n_incidents, LIMITS) == (verdict, grounds)


CHOSEN = CrisisLimits(
    post_fewest=20, post_red_percent=80, post_inviting_percent=60, post_amber_percent=40,
    post_inviting_unresolved=8, post_amber_unresolved=6,
)  # fmt: skip


@pytest.mark.parametrize(
    ("month", "n_unresolved", "shape", "verdict", "grounds"),
    [
        (Mood(40, 40, 32), 0, (), Verdict.RED, (Ground.NEGATIVE,)),
        (Mood(40, 40, 31), 0, (), Verdict.AMBER, (Ground.SOME_NEGATIVE,)),
        (Mood(40, 40, 24), 0, (Flag.INVITATION,), Verdict.RED, (Ground.INVITATION_NEGATIVE,)),
        (Mood(40, 40, 15), 5, (), Verdict.GREEN, ()),
        (QUIET, 8, (Flag.INVITATION,), Verdict.RED, (Ground.INVITATION_UNRESOLVED,)),
        (QUIET, 6, (), Verdict.AMBER, (Ground.UNRESOLVED,)),
        (Mood(19, 19, 19), 0, (), Verdict.LITTLE, (Ground.FEW,)),
        (Mood(40, 19, 19), 0, (), Verdict.LITTLE, (Ground.NOT_RATED,)),
    ],
)
def test_it_is_judged_by_the_limits_that_were_chosen(month, n_unresolved, shape, verdict, grounds):
    assert judge(month, Mood(), n_unresolved, shape, 0, CHOSEN) == (verdict, grounds)


moods = st.integers(0, 60).flatmap(
    lambda n: st.integers(0, n).flatmap(
        lambda rated: st.builds(Mood, st.just(n), st.just(rated), st.integers(0, rated))
    )
)
ORDER = {Verdict.GREEN: 0, Verdict.AMBER: 1, Verdict.RED: 2}


@given(moods, moods, st.integers(0, 9), st.sets(st.sampled_from(Flag)), st.integers(0, 2))
def test_few_mentions_are_never_green_and_a_verdict_has_its_grounds(
    month, lately, n_unresolved, shape, n_incidents
):
    verdict, grounds = judge(month, lately, n_unresolved, tuple(shape), n_incidents, LIMITS)
    if month.n < 10 or month.n_rated < 10:
        assert verdict is not Verdict.GREEN
    assert bool(grounds) is (verdict is not Verdict.GREEN)


@given(moods, st.integers(0, 9), st.sets(st.sampled_from(Flag)))
def test_one_more_complaint_never_makes_it_cooler(month, n_unresolved, shape):
    before, _ = judge(month, Mood(), n_unresolved, tuple(shape), 0, LIMITS)
    after, _ = judge(month, Mood(), n_unresolved + 1, tuple(shape), 0, LIMITS)
    if Verdict.LITTLE not in (before, after):
        assert ORDER[after] >= ORDER[before]


@given(st.text(max_size=400))
def test_any_text_can_be_read(text):
    topic_terms(text, [text])
    shape_flags(text, is_after_stand_down=True, has_date=False)
    days_on(text, date(2026, 11, 22))
    is_list_of_days(text)
