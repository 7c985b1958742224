"""Facts: independent checks, and what they come to."""

from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.fact import (
    Check,
    FactState,
    Says,
    SourceKind,
    carries_proof,
    same_source,
    state_after,
    tally,
)

checks = st.builds(
    Check,
    st.sampled_from(SourceKind),
    st.sampled_from(["log", "Log ", "monitor", "Dana", "police", "https://a.example/1/"]),
    st.sampled_from(Says),
)


def yes(ref: str, kind: SourceKind = SourceKind.SEEN) -> Check:
    return Check(kind, ref, Says.YES)


@given(st.lists(checks, max_size=8))
def test_repeating_a_check_never_adds_a_source(found: list[Check]):
    again = tally([*found, *found[-1:]])
    assert again == tally(found)


@given(st.lists(checks, max_size=8), st.integers(1, 3))
def test_independent_checks_are_never_more_than_sources(found: list[Check], n_needed: int):
    told = tally(found)
    assert told.n_yes <= len({same_source(check.source_ref) for check in found})
    if told.confirms(n_needed):
        assert not told.has_no and told.n_yes >= n_needed
        assert not told.only_lacks_checks(n_needed)


@given(st.lists(checks, max_size=8), st.integers(1, 3))
def test_a_worse_severity_never_confirms_more(found: list[Check], n_needed: int):
    assert tally(found).confirms(n_needed) or not tally(found).confirms(n_needed + 1)


def test_a_source_is_one_however_it_is_typed():
    assert same_source(" HTTPS://A.example/1/ ") == same_source("https://a.example/1")
    assert same_source("\uff24ana") == same_source("dana")


def test_what_a_source_said_last_counts():
    found = [yes("dana"), Check(SourceKind.PERSON, "Dana", Says.NO), yes("log")]
    assert tally(found).has_no and tally(found).n_yes == 1


def test_posts_alone_confirm_nothing():
    found = [yes("a", SourceKind.POST), yes("b", SourceKind.POST)]
    assert not tally(found).confirms(2)
    assert tally([*found, yes("c")]).confirms(3)


def test_what_a_person_said_of_a_fact_stands_whatever_is_checked():
    for state in (FactState.FALSE, FactState.UNKNOWABLE):
        assert state_after(state, [yes("a"), yes("b"), yes("c")], 2) is state


def test_a_denial_leans_on_more_than_word_of_mouth():
    word = [yes("a"), yes("b", SourceKind.PERSON)]
    assert not carries_proof(FactState.CONFIRMED, word)
    assert carries_proof(FactState.CONFIRMED, [*word, yes("c", SourceKind.DOCUMENT)])
    assert not carries_proof(FactState.OPEN, [yes("c", SourceKind.DOCUMENT)])
