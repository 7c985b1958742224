"""One company page on LinkedIn."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.linkedin.api import Api
from socialdesk.networks.linkedin.comments import MS, read_comment
from socialdesk.networks.linkedin.notices import Got, read_below, read_notices
from socialdesk.networks.linkedin.replies import (
    asked_spot,
    below,
    change_reply,
    comment_path,
    comments_path,
    delete_reply,
    look_for_reply,
    send_reply,
)
from socialdesk.networks.linkedin.urns import Spot, quoted
from socialdesk.networks.linkedin.walk import after_step, begin_round
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.values import text_of, text_or

MAX_COMMENT: Final = 1250  # characters; the page of another program says so, not LinkedIn
MIN_POLL_S: Final = 600
MAX_DIRECT: Final = 1  # comments asked for by themselves in one second look

CAN: Final = (
    Can.FETCH | Can.REPLY | Can.THREAD | Can.EDIT | Can.DELETE | Can.RECHECK
)  # fmt: skip


class LinkedInConnector(PartialConnector):
    """Remote ids: see `urns`. Cursor: see `walk`. `own`: the page's URN."""

    def __init__(self, api: Api, own: str) -> None:
        self._api, self._own = api, own

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """A page of notices, then the comments under one post that they name."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
        walk, got = begin_round(cursor, since), Got()
        if walk.start >= 0 and walk.has_room:
            walk, got = read_notices(self._api, self._own, walk)
        if walk.todo:
            walk, below_it = read_below(self._api, self._own, walk)
            got = got.joined(below_it)
        keep = read_brand_words(watch.brand_words).keep
        wanted = {m.uri: m for m in got.mentions if _ms(m) >= walk.origin and keep(m.body)}
        in_order = sorted(wanted.values(), key=lambda mention: mention.published_at)
        after = after_step(walk)
        return Page(
            tuple(in_order), got.rejects, after.saved(), more=after.is_under_way, gone=got.gone
        )

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """What stands below the comment, or beside an answer; of a post nothing, it could be
        hundreds."""
        spot = asked_spot(remote_id)
        if not spot.comment:
            return ()
        around = below(self._api, self._own, spot.parent)
        return tuple(mention for mention in around if mention.remote_id != remote_id)

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Those under the post of the first, with one call: the rest is looked at another time.
        Only a 404 means that a comment is gone."""
        asked = {remote_id: asked_spot(remote_id) for remote_id in remote_ids}
        spots = {one: spot for one, spot in asked.items() if spot.comment}
        if not spots:  # of members' posts nothing can be asked
            return Recheck((), ())
        post = next(iter(spots.values())).post
        together = [one for one, spot in spots.items() if spot.post == post]
        listed = self._listed(post)
        known = {m.remote_id: m for m in listed if m.remote_id in together}
        gone = []
        for remote_id in [one for one in together if one not in known][:MAX_DIRECT]:
            mention = self._maybe_comment(spots[remote_id])
            if mention is None:
                gone.append(remote_id)
            else:
                known[remote_id] = mention
        return Recheck(tuple(known.values()), tuple(gone))

    def reply(self, outgoing: Outgoing) -> Posted:
        """As the page."""
        return send_reply(self._api, self._own, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among the page's own comments under the parent."""
        return look_for_reply(self._api, self._own, outgoing)

    def edit(self, remote_id: str, text: str) -> Posted:
        """A partial update."""
        return change_reply(self._api, self._own, remote_id, text)

    def delete(self, remote_id: str) -> None:
        """DELETE as the page."""
        delete_reply(self._api, self._own, remote_id)

    def card(self) -> Card:
        """The page."""
        return Card(
            own=read_page(self._api, self._own), can=CAN, length=LengthRule(MAX_COMMENT),
            server="www.linkedin.com", min_poll_s=MIN_POLL_S,
        )  # fmt: skip

    # --- second looks ---

    def _listed(self, post: str) -> tuple[Mention, ...]:
        try:
            items, _ = self._api.elements(comments_path(post))
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return ()
            raise
        return read_each(items, lambda item: read_comment(item, self._own))[0]

    def _maybe_comment(self, spot: Spot) -> Mention | None:
        try:
            item = self._api.get(comment_path(spot))
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return None
            raise
        try:
            return read_comment(item, self._own)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as e:
            raise BadAnswerError("a comment came unreadably") from e


def read_page(api: Api, own: str) -> Author:
    """The page's name, by its own URN. Raises BadAnswerError."""
    data = api.get(f"organizations/{quoted(own.rpartition(':')[2])}")
    try:
        name = text_of(data["localizedName"])
    except (KeyError, TypeError) as e:
        raise BadAnswerError("the page came unreadably") from e
    handle = text_or(data.get("vanityName")) or name
    return Author(own, handle, name, url=f"https://www.linkedin.com/company/{quoted(handle)}")


def _ms(mention: Mention) -> int:
    return int((mention.edited_at or mention.published_at).timestamp() * MS)
