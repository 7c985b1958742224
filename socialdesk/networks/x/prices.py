"""What X takes for a call, in millionths of a US dollar.

Source: docs.x.com "Pricing", page of 2026-08-22; X's developer console is the authority. Reads are
charged per thing returned. Two gaps of that page are closed upwards: authors that come along with
posts count as read users, and a link makes any post cost the price of a link.
"""

from collections.abc import Mapping
from typing import Any, Final

from socialdesk.domain.price import PostPrices

OWN_READ: Final = 1_000  # own mentions and own posts, when the account owns the developer app
POST_READ: Final = 5_000
USER_READ: Final = 10_000
REPLY: Final = 10_000  # to who named or answered us
POST: Final = 15_000
LINK_POST: Final = 200_000
DELETE: Final = 10_000

# Of the month's cap; what is left is for mentions and replies.
SEARCH_PERCENT: Final = 90
RECHECK_PERCENT: Final = 50


POSTING: Final = PostPrices(REPLY, POST, LINK_POST)


def price_of_page(n: int, each: int, *, with_authors: bool, n_refs: int = 0) -> int:
    """The most that a page of `n` posts can cost: every one by somebody else, each with `n_refs`
    other posts that come along."""
    return n * (each + (USER_READ if with_authors else 0) + n_refs * POST_READ)


def cost_of_page(data: Any, each: int) -> int:
    """What a page did cost: posts and people that came, also those we cannot read."""
    if not isinstance(data, Mapping):
        return 0
    with_it = data.get("includes")
    includes = with_it if isinstance(with_it, Mapping) else {}
    n_refs = _n(includes.get("tweets")) + _n(includes.get("posts"))
    return each * _n(data.get("data")) + USER_READ * _n(includes.get("users")) + POST_READ * n_refs


def _n(things: Any) -> int:
    if isinstance(things, list):
        return len(things)
    return 1 if things else 0
