"""Feeds as a network: an address is all it takes."""

from collections.abc import Mapping

import requests

from socialdesk.domain.account import Secret, WatchKind
from socialdesk.domain.errors import BadAnswerError, ConnectorError
from socialdesk.networks.base import (
    Field,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.feeds.connector import (
    CAN,
    MIN_POLL_S,
    FeedConnector,
    feed_card,
    get_feed,
)
from socialdesk.networks.feeds.discovery import feeds_of, typed_address
from socialdesk.networks.feeds.documents import Document, read_document
from socialdesk.networks.feeds.guards import decoded
from socialdesk.networks.feeds.links import is_secret
from socialdesk.networks.partial import NoBrowserSignIn


class FeedNetwork(NoBrowserSignIn):
    """A keyless source. An address that is a secret itself (Google Alerts) is kept as one."""

    info = NetworkInfo(
        key="feeds",
        label="Feed",
        about=said("Blogs, news, podcasts and alerts that have a feed"),
        can=CAN,
        sign_in=SignIn.NONE,
        fields=(
            Field(
                "url",
                said("Address"),
                said("A feed (RSS, Atom, JSON), a Google Alerts feed, or a page that has a feed"),
            ),
        ),
        min_poll_s=MIN_POLL_S,
        first_watch=WatchKind.FEED,
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> FeedConnector:
        """`settings`: `url`; an address that is a secret is `secret` instead."""
        return FeedConnector(http, secret.value if secret else settings.get("url", ""))

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Read the feed once, or find that of the page. Raises BadAnswerError: there is none."""
        url, document = find_feed(http, typed_address(fields["url"]))
        secret = Secret(url) if is_secret(url) else None
        return SignedIn({} if secret else {"url": url}, secret, feed_card(url, document))


def find_feed(http: requests.Session, url: str) -> tuple[str, Document]:
    """The feed at `url`, else the first that works of those its page names or sites have."""
    answer = get_feed(http, url, {})
    try:
        return answer.moved_to or url, read_document(answer)
    except BadAnswerError as e:
        if not e.is_html:
            raise
        not_found = e
    page = decoded(answer.body, answer.headers.get("Content-Type", ""))
    for link in feeds_of(page, answer.url):
        try:
            return link, read_document(get_feed(http, link, {}))
        except ConnectorError:
            continue
    raise not_found


NETWORK = FeedNetwork()
