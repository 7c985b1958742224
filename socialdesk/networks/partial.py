"""A connector that can nothing yet: what a network has no call for, its connector leaves as it is
here. Screens ask the card's abilities and never come this far; the desk is told plainly if they do.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NoReturn

import requests

from socialdesk.domain.account import Watch
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.networks.base import OAuthStart, Page, Recheck, SignedIn


class PartialConnector:
    """Every call of `base.Connector` but `card`. Override what the network can."""

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """Nothing comes from here."""
        return Page((), (), cursor)

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """No thread is known."""
        return ()

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Nothing can be told."""
        return Recheck((), ())

    def profile(self, author_remote_id: str) -> Author:
        """Refused."""
        _cannot("shows no profiles")

    def reply(self, outgoing: Outgoing) -> Posted:
        """Refused."""
        _cannot("takes no replies from here")

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """None was ever sent."""
        return None

    def edit(self, remote_id: str, text: str) -> Posted:
        """Refused."""
        _cannot("changes no reply")

    def delete(self, remote_id: str) -> None:
        """Refused."""
        _cannot("deletes no reply")

    def sign_out(self) -> None:
        """Nothing to revoke there."""


class NoBrowserSignIn:
    """The half of a `base.Network` without a sign-in in the browser: a key, a password, nothing."""

    def begin_oauth(
        self, http: requests.Session, fields: Mapping[str, str], redirect_uri: str
    ) -> OAuthStart:
        """Never asked for."""
        raise RefusedError(Refusal.OTHER, "nobody signs in there in the browser")

    def finish_oauth(
        self, http: requests.Session, start: OAuthStart, code: str, redirect_uri: str
    ) -> SignedIn:
        """Never asked for."""
        raise RefusedError(Refusal.OTHER, "nobody signs in there in the browser")


class OnlyBrowserSignIn:
    """The half of a `base.Network` without a sign-in by typed fields."""

    def sign_in(self, http: requests.Session, fields: Mapping[str, str]) -> SignedIn:
        """Never asked for."""
        raise RefusedError(Refusal.OTHER, "one signs in there in the browser")


def _cannot(what: str) -> NoReturn:
    raise RefusedError(Refusal.PERMISSION, f"this network {what}")
