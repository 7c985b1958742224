"""The limits of crisis mode: their defaults, what they may be, and what is kept of them."""

from dataclasses import asdict, fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.crisis.limits import (
    BOUNDS,
    PREFIX,
    CrisisLimits,
    crossed,
    fits,
    is_limit,
    limits_of,
)


def test_without_settings_they_are_those_of_the_specification():
    assert limits_of({}) == CrisisLimits()


def test_each_has_bounds_and_its_default_lies_within():
    assert list(BOUNDS) == [field.name for field in fields(CrisisLimits)]
    assert all(fits(name, str(value)) for name, value in asdict(CrisisLimits()).items())


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"post_red_percent": 29}, ("post_red_percent", "post_amber_percent")),
        ({"post_amber_percent": 31}, ("post_inviting_percent", "post_amber_percent")),
        ({"post_amber_unresolved": 6}, ("post_inviting_unresolved", "post_amber_unresolved")),
        ({"post_red_percent": 30, "post_amber_unresolved": 5}, None),
        ({}, None),
    ],
)
def test_red_never_begins_below_amber(
    chosen: dict[str, int], names: tuple[str, str] | None
):  # fmt: skip
    assert crossed(CrisisLimits(**chosen)) == names


def test_a_setting_is_one_of_them_or_not():
    assert is_limit("crisis_mute_h")
    assert not is_limit("mute_h") and not is_limit("crisis_mode") and not is_limit("theme")


@pytest.mark.parametrize("kept", ["0", "61", "-3", "3.5", "soon", "", "９９９"])
def test_nonsense_in_the_file_counts_as_the_default(kept: str):
    assert limits_of({"crisis_look_min": kept}).look_min == CrisisLimits().look_min


@given(st.dictionaries(st.sampled_from([PREFIX + name for name in BOUNDS]), st.text(max_size=4)))
def test_whatever_is_kept_none_is_out_of_bounds(kept: dict[str, str]):
    for name, value in asdict(limits_of(kept)).items():
        low, high = BOUNDS[name]
        assert low <= value <= high
