"""The questions for posts: how many fit in the purse, in which dialect, and what they bring."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from socialdesk.domain.frozen import frozen
from socialdesk.networks.http import Value
from socialdesk.networks.x import prices
from socialdesk.networks.x.answers import names_parameter
from socialdesk.networks.x.dialect import POST, TWEET, Dialect
from socialdesk.networks.x.server import Paid, Server

LOOKUP: Final = 100  # ids in one question; the API's maximum


@frozen
class Listing:
    """One kind of list. `each`: the price of a post in it. `lowest`, `highest`: what X takes as
    `max_results`. `paging`: how it calls the token of the next page. `percent`: of the cap, that
    such a list may fill."""

    path: str
    each: int
    lowest: int
    highest: int
    paging: str
    percent: int = 100


def mentions_of(own_id: str) -> Listing:
    """Posts that name the account."""
    return Listing(f"/users/{own_id}/mentions", prices.OWN_READ, 5, 100, "pagination_token")


def own_posts_of(own_id: str) -> Listing:
    """The account's own posts, replies included."""
    return Listing(f"/users/{own_id}/tweets", prices.OWN_READ, 5, 100, "pagination_token")


SEARCH: Final = Listing(
    "/tweets/search/recent", prices.POST_READ, 10, 100, "next_token", prices.SEARCH_PERCENT
)


class Questions:
    """Remembers nothing but which dialect X understood last."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._dialect, self._is_understood = TWEET, False

    def page(
        self,
        listing: Listing,
        wanted: int,
        params: Mapping[str, Value],
        *,
        token: str = "",
        with_authors: bool = True,
    ) -> Paid:
        """At most `wanted` posts, fewer when the purse holds less. Raises SpendCapError when not
        even the fewest that X gives can be paid; else as `Server.ask`."""

        def ask(dialect: Dialect) -> Paid:
            each = prices.price_of_page(
                1, listing.each, with_authors=with_authors, n_refs=dialect.n_refs
            )
            left = self._server.purse.left(percent=listing.percent)
            n = max(listing.lowest, min(wanted, listing.highest, left // each))
            asked = {**params, "max_results": n, listing.paging: token}
            return self._server.ask(
                "GET", listing.path, n * each,
                lambda data: prices.cost_of_page(data, listing.each),
                params={**asked, **dialect.params(with_authors=with_authors)},
                percent=listing.percent,
            )  # fmt: skip

        return self._understood(ask)

    def lookup(self, ids: list[str], percent: int = 100) -> Paid:
        """Posts by their ids, at most LOOKUP of them; people do not come along, they cost twice
        as much as the posts, unless X names authors in no other way."""

        def ask(dialect: Dialect) -> Paid:
            with_authors = dialect is POST
            price = prices.price_of_page(
                len(ids), prices.POST_READ, with_authors=with_authors, n_refs=dialect.n_refs
            )
            return self._server.ask(
                "GET", "/tweets", price,
                lambda data: prices.cost_of_page(data, prices.POST_READ),
                params={"ids": ",".join(ids), **dialect.params(with_authors=with_authors)},
                percent=percent,
            )  # fmt: skip

        return self._understood(ask)

    def _understood(self, ask: Callable[[Dialect], Paid]) -> Paid:
        """The answer in the dialect of the last time, or in the other one when X refuses its
        parameter (a refusal is free), or anything before it ever understood us."""
        paid = ask(self._dialect)
        is_refused = paid.answer.status == 400 and not self._is_understood
        if is_refused or names_parameter(paid.answer, self._dialect.key):
            other = POST if self._dialect is TWEET else TWEET
            again = ask(other)
            if again.error is None:
                self._dialect, paid = other, again
        self._is_understood = self._is_understood or paid.error is None
        return paid


def id_part(remote_id: str) -> str:
    """The post's own id: ours are "id" or "id/conversation"."""
    return remote_id.partition("/")[0]


def token_of(data: Any) -> str:
    """Of the next page, "" = the last one."""
    meta = data.get("meta") if isinstance(data, Mapping) else None
    token = meta.get("next_token") if isinstance(meta, Mapping) else None
    return token if isinstance(token, str) else ""
