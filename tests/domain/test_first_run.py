"""The first steps: each way through them is kept and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.brand_form import BrandForm, read_form, words_of
from socialdesk.domain.first_run import (
    STEPS,
    FirstRun,
    FirstStep,
    Stand,
    read_first_run,
    shows_itself,
)
from socialdesk.domain.rules.brand_words import read_brand_words

states = st.builds(
    FirstRun, st.sampled_from(FirstStep), st.frozensets(st.sampled_from(FirstStep)),
    st.sampled_from(Stand),
)  # fmt: skip
words = st.text(st.sampled_from("abc дә"), min_size=1).map(str.strip).filter(bool)


@given(states)
def test_what_is_kept_is_read_back(state: FirstRun) -> None:
    assert read_first_run(state.packed()) == state


@pytest.mark.parametrize("text", ["at=look", "at=moon done= stand=open", "x", "at=look done"])
def test_other_text_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_first_run(text)


def test_six_steps_done_one_by_one_end_it() -> None:
    state = FirstRun()
    for number in range(1, 7):
        assert (state.number, state.stand) == (number, Stand.OPEN)
        state = state.finish()
    assert (state.n_done, state.stand) == (6, Stand.OVER)


def test_a_skipped_step_is_passed_and_not_counted() -> None:
    state = FirstRun().skip().finish()
    assert (state.at, state.n_done) == (FirstStep.TRY, 1)


@given(states)
def test_back_never_leaves_the_steps_and_forgets_nothing(state: FirstRun) -> None:
    before = state.back()
    assert STEPS.index(before.at) == max(0, STEPS.index(state.at) - 1)
    assert (before.done, before.stand) == (state.done, state.stand)


def test_the_steps_show_themselves_in_a_new_workspace_and_where_they_stood_open() -> None:
    assert shows_itself(None, is_new=True)
    assert not shows_itself(None, is_new=False)
    assert shows_itself(FirstRun(), is_new=False)
    assert not shows_itself(FirstRun(stand=Stand.LATER), is_new=True)
    assert not shows_itself(FirstRun(stand=Stand.OVER), is_new=True)


@given(words, st.lists(words, unique=True), st.lists(words, unique=True), st.lists(words))
def test_the_fields_come_back_from_their_rules(name, spellings, must, never) -> None:
    form = BrandForm(name, tuple(spellings), tuple(must), tuple(never))
    assert read_form(form.lines()) == form


def test_without_a_name_the_first_spelling_takes_its_place() -> None:
    assert read_form(BrandForm("", ("Acme",)).lines()) == BrandForm("Acme")


def test_words_are_told_apart_by_comma_and_line_and_lose_their_signs() -> None:
    assert words_of("Acme Co, acme\n -jobs,, +Acme Co") == ("Acme Co", "acme", "jobs")


def test_the_rules_keep_what_the_fields_say() -> None:
    form = BrandForm("Dala Coffee", ("Дала кофе",), ("order",), ("jobs",))
    keep = read_brand_words(form.lines()).keep
    assert keep("Where is my order, dala coffee?")
    assert keep("Дала Кофе: order 12")
    assert not keep("Dala Coffee is nice")
    assert not keep("Dala Coffee: order jobs")
