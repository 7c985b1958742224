"""A plan comes back as it was packed; a damaged one costs nothing but itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from socialdesk.domain.replies.picture import Picture, PictureFault, PictureRule, fault_of
from socialdesk.domain.replies.plan import (
    NO_PLAN,
    Plan,
    packed_plan,
    unpacked_pictures,
    unpacked_plan,
)

FILE = "ab" * 32 + ".png"
PICTURES = st.builds(
    Picture, st.sampled_from([FILE, "cd" * 32 + ".jpg"]), st.just("image/png"), st.text(max_size=40)
)
PLANS = st.builds(
    Plan, pictures=st.lists(PICTURES, max_size=4).map(tuple), send_at=st.integers(0, 1 << 50),
    is_dropped_if_written=st.booleans(), promise_at=st.integers(0, 1 << 50),
    promise_words=st.text(max_size=40), note=st.sampled_from(["", "dropped"]),
    by=st.text(max_size=20), comment=st.text(max_size=40),
)  # fmt: skip


@given(PLANS)
def test_it_comes_back(plan):
    assert unpacked_plan(packed_plan(plan)) == plan


@given(st.one_of(st.text(max_size=60), PLANS.map(lambda plan: packed_plan(plan)[:-3])))
def test_a_damaged_one_is_read_as_far_as_it_goes(text):
    assert isinstance(unpacked_plan(text), Plan)


def test_an_empty_one_is_short():
    assert packed_plan(NO_PLAN) == "{}"
    assert NO_PLAN.is_empty


@pytest.mark.parametrize("name", [
    "../workspace.db", "/etc/passwd", "ab.png", FILE + "x", f"..{FILE}", "CON", FILE.upper(),
    FILE.replace(".", ":"), f"{FILE}\0", "ab" * 32 + ".svg",
])  # fmt: skip
def test_no_other_file_can_be_named(name):
    assert unpacked_pictures([[name, "image/png", ""]]) == ()


RULE = PictureRule(2, 1_000, ("image/png",), 10)
ONE = Picture(FILE, "image/png", "A loaf")


@pytest.mark.parametrize(("pictures", "sizes", "needs_alt", "fault"), [
    ((), [], True, None),
    ((ONE, ONE), [10, 1_000], False, None),
    ((ONE,) * 3, [1] * 3, False, PictureFault.TOO_MANY),
    ((ONE,), [1_001], False, PictureFault.TOO_LARGE),
    ((Picture(FILE, "image/gif"),), [1], False, PictureFault.WRONG_TYPE),
    ((Picture(FILE, "image/png", "x" * 11),), [1], False, PictureFault.ALT_TOO_LONG),
    ((Picture(FILE, "image/png", "  "),), [1], False, None),
    ((Picture(FILE, "image/png", "  "),), [1], True, PictureFault.NO_ALT),
])  # fmt: skip
def test_what_a_network_takes(pictures, sizes, needs_alt, fault):
    found = fault_of(RULE, pictures, sizes, needs_alt=needs_alt)
    assert (found[0] if found else None) is fault


def test_a_network_without_pictures_takes_none():
    assert fault_of(None, (ONE,), [1]) == (PictureFault.NO_PICTURES, 0)
