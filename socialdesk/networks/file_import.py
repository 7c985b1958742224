"""Files that other programs wrote, as a source: nothing is fetched, all was read by an import."""

from collections.abc import Mapping
from typing import Final

import requests

from socialdesk.domain.account import Can, Card, Secret
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author
from socialdesk.networks.base import (
    Connector,
    KeepSecret,
    NetworkInfo,
    SignedIn,
    SignIn,
    said,
)
from socialdesk.networks.partial import NoBrowserSignIn, PartialConnector

KEY: Final = "import"
CARD: Final = Card(Author("files", "CSV, JSON"), Can(0), LengthRule(10_000), server="")


class FileConnector(PartialConnector):
    """There is nobody to ask."""

    def card(self) -> Card:
        """Nothing can be done there."""
        return CARD


class FileNetwork(NoBrowserSignIn):
    """What the registry lists; choosing it opens a file."""

    info = NetworkInfo(
        key=KEY,
        label="CSV, JSON",
        can=Can(0),
        sign_in=SignIn.NONE,
        fields=(),
        min_poll_s=3600,
        about=said("What another program exported: mentions, reviews, comments"),
        first_watch=None,
    )

    def connect(
        self,
        http: requests.Session,
        settings: Mapping[str, str],
        secret: Secret | None,
        keep_secret: KeepSecret,
    ) -> Connector:
        """A connector that asks nobody."""
        return FileConnector()

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """There is nothing to sign in to."""
        return SignedIn({}, None, CARD)


NETWORK: Final = FileNetwork()
