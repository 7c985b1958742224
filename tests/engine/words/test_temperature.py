"""The reasons of a check, in the numbers that a workspace may choose."""

import pytest

from socialdesk.domain.crisis.limits import CrisisLimits
from socialdesk.domain.temperature import Ground
from socialdesk.engine.words.temperature import ground_words
from socialdesk.i18n import set_language


@pytest.fixture(autouse=True)
def english():
    yield
    set_language("en")


@pytest.mark.parametrize("fewest", [1, 21])
def test_a_chosen_number_agrees_with_what_it_counts(fewest: int) -> None:
    limits = CrisisLimits(post_fewest=fewest)
    set_language("ru")
    assert ground_words(Ground.FEW, limits).startswith(f"Меньше {fewest} упоминания ")
    assert ground_words(Ground.NOT_RATED, limits).endswith(f" {fewest} упоминания.")


def test_one_alone_is_no_plural_in_english() -> None:
    limits = CrisisLimits(post_fewest=1)
    assert "1 mention in" in ground_words(Ground.FEW, limits)
    assert "1 mention is" in ground_words(Ground.NOT_RATED, limits)
