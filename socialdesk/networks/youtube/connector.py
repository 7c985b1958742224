"""One signed-in YouTube channel."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck
from socialdesk.networks.google.api import GoogleApi
from socialdesk.networks.youtube.inbox import Inbox
from socialdesk.networks.youtube.people import read_own, read_profile
from socialdesk.networks.youtube.replies import (
    change_reply,
    delete_reply,
    is_reply_public,
    look_for_reply,
    send_reply,
)
from socialdesk.networks.youtube.searching import search_videos
from socialdesk.networks.youtube.threads import look_again, read_around

CAN: Final = (
    Can.FETCH | Can.REPLY | Can.KEYWORD | Can.THREAD | Can.PROFILE | Can.EDIT | Can.DELETE
    | Can.RECHECK | Can.SEEN
)  # fmt: skip
MIN_POLL_S: Final = 120  # with looking again some 1,700 of a day's 10,000 units; an answer takes 50
LENGTH: Final = LengthRule(10_000)


class YouTubeConnector:
    """Cursor: `progress.Progress` for the own channel, a `Walk` for a search."""

    def __init__(self, api: GoogleApi, own_id: str) -> None:
        self._api, self._own_id = api, own_id

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """Comments on the own channel, or videos that a search finds."""
        keep = read_brand_words(watch.brand_words).keep
        match watch.kind:
            case WatchKind.MENTIONS:
                return Inbox(self._api, self._own_id).next_page(cursor, since, keep)
            case WatchKind.KEYWORD:
                return search_videos(self._api, self._own_id, watch.query, cursor, since, keep)
            case _:
                raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The video, the head of the thread and its replies."""
        return read_around(self._api, self._own_id, remote_id)

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """By id, 50 in a call."""
        return look_again(self._api, self._own_id, remote_ids)

    def profile(self, author_remote_id: str) -> Author:
        """The channel, subscribers included where it shows them."""
        return read_profile(self._api, author_remote_id)

    def reply(self, outgoing: Outgoing) -> Posted:
        """YouTube honours no key: see `replies`."""
        return send_reply(self._api, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """In the thread, or among the comments of the video."""
        return look_for_reply(self._api, self._own_id, outgoing)

    def edit(self, remote_id: str, text: str) -> Posted:
        """In place."""
        return change_reply(self._api, remote_id, text)

    def delete(self, remote_id: str) -> None:
        """404 means that it is done."""
        delete_reply(self._api, remote_id)

    def is_public(self, remote_id: str) -> bool | None:
        """YouTube may hold a comment back without a word."""
        return is_reply_public(self._api, remote_id)

    def card(self) -> Card:
        """The own channel as it is now."""
        return card_of(read_own(self._api))

    def sign_out(self) -> None:
        """Revoke the grant, which YouTube's terms ask for."""
        self._api.sign_out()


def card_of(own: Author) -> Card:
    """The capability record of a channel."""
    return Card(
        own=own,
        can=CAN,
        length=LENGTH,
        software="YouTube Data API v3",
        server="youtube.com",
        min_poll_s=MIN_POLL_S,
    )
