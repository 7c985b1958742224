"""G2: what makes a free text wait for a second look, and what does not."""

import time

import pytest

from socialdesk.domain.crisis import risk
from socialdesk.domain.crisis.risk import Asker, Limits, risks_of


@pytest.mark.parametrize(
    ("text", "flags"),
    [
        ("Thank you, we are looking into it.", ()),
        ("We open at 10:00 on 2026-11-21, order 123456.", ()),
        ("We will refund you $20.", ()),
        ("We will refund you 1 024,50 € today.", (risk.MONEY,)),
        ("You get your money back.", (risk.MONEY,)),
        ("Вернём вам деньги.", (risk.MONEY,)),
        ("Ақшаңызды қайтарамыз.", (risk.MONEY,)),
        ("This was our fault, our lawyer will write.", (risk.LIABILITY,)),
        ("Это по нашей вине.", (risk.LIABILITY,)),
        ("Бұл біздің кінәміз.", (risk.LIABILITY,)),
        ("Call Ann on +7 701 123 45 67.", (risk.PRIVATE,)),
        ("Write to ann.smith@mail.example.", (risk.PRIVATE,)),
        ("Your card 4111 1111 1111 1111 was charged.", (risk.PRIVATE,)),
        ("Dear Mr Smith, thank you.", (risk.PRIVATE,)),
        ("Мы знаем, где вы живёте.", (risk.THREAT,)),
        ("Сотрудник возвратил вещь в витрину.", (risk.MONEY,)),  # asks once too often, never less
    ],
)
def test_words_that_ask_for_a_look(text: str, flags: tuple[str, ...]) -> None:
    assert risks_of(text) == flags


def test_who_asks_may_be_named() -> None:
    asker = Asker(handles=("ann@pond.example",))
    assert risks_of("@ann@pond.example, we are on it.", asker) == ()


@pytest.mark.parametrize(
    ("asker", "flag"),
    [
        (Asker(is_safety=True), risk.SAFETY),
        (Asker(is_press=True), risk.PRESS),
        (Asker(reach=10_000), risk.REACH),
        (Asker(is_elsewhere=True), risk.INCIDENT),
    ],
)
def test_whom_it_answers_asks_for_a_look(asker: Asker, flag: str) -> None:
    assert risks_of("We are on it.", asker) == (flag,)


def test_the_limits_are_settings() -> None:
    assert risks_of("We refund you $20.", limits=Limits(money=10)) == (risk.MONEY,)
    assert risks_of("We are on it.", Asker(reach=10**6), Limits(reach=0)) == ()


def test_a_stem_is_looked_for_from_the_start_of_a_word() -> None:
    assert risks_of("Our courteous team pursues it.") == ()
    assert risks_of("We sue nobody.") == (risk.LIABILITY,)


@pytest.mark.parametrize("run", ["слово", "a.", "1", "1 ", "Mr Aa ", "+7 ", "12:30"])
def test_a_long_run_without_an_end_is_searched_at_once(run: str) -> None:
    started = time.thread_time()
    risks_of("We refund you " + run * (20_000 // len(run)))
    assert time.thread_time() - started < 1.0
