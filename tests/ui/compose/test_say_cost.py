"""What the composer says of a post that costs money."""

from socialdesk.domain.price import PostPrices
from socialdesk.ui.compose import say

PRICES = PostPrices(10_000, 15_000, 200_000)


def test_most_networks_take_nothing():
    assert say.cost(None, "See brand.kz") == ""


def test_a_link_is_named_as_what_makes_it_dear():
    assert say.cost(PRICES, "Yes, until eight.") == "costs $0.01"
    assert say.cost(PRICES, "See brand.kz") == "costs $0.20 because of the link"
