"""One Facebook Page: its comments, the posts that name it, and answers as the Page.

Cursor: see `meta.rounds.Round`. A round reads the newest posts of the Page with the comments
below them, then the posts that tag it. A new comment on an older post is met once a day, and one
on a post older than the newest SWEPT_POSTS when somebody opens its thread.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.facebook.posts import (
    COMMENT_FIELDS,
    POST_FIELDS,
    TAGGED,
    comments_of,
    is_on_page,
    nested_comments,
    post_id_of,
    read_comment,
    read_post,
    root_of,
)
from socialdesk.networks.facebook.replies import (
    look_for_post,
    look_for_reply,
    posted,
    send_post,
    send_reply,
)
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.meta.gathering import Part, Reader, dated, gather, gather_below, in_order
from socialdesk.networks.meta.graph import Graph, listing, node
from socialdesk.networks.meta.rechecks import by_ids, in_list, joined
from socialdesk.networks.meta.rounds import Round, begin_round, page_of, step_on
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.values import id_of, text_of, text_or

FEED_PAGE: Final = 25  # posts
FEED_POSTS: Final = 50  # of the newest, whose comments are read at every round
SWEPT_POSTS: Final = 500  # the same once a day
WITH_POST: Final = 25  # comments that come with a post
PAGE_SIZE: Final = 100  # comments, or posts that tag us; the API's maximum
STAGES: Final = ("feed", "tagged")
MIN_POLL_S: Final = 120
READS: Final = Can.FETCH | Can.THREAD | Can.RECHECK
ANSWERS: Final = Can.REPLY | Can.EDIT | Can.DELETE
CAN: Final = READS | ANSWERS | Can.POST
LENGTH: Final = LengthRule(8_000)

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError)


class FacebookConnector(PartialConnector):
    """Remote ids are Facebook's own; those of posts elsewhere begin with "tag/". `can`: what the
    person's tasks on the Page allow."""

    def __init__(self, graph: Graph, page_id: str, can: Can) -> None:
        self._graph, self._page_id, self._can = graph, page_id, can

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """One answer's worth of the round under way."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, "Facebook searches nothing for a Page")
        walk = begin_round(cursor, since)
        answer, part = self._read_below(walk) if walk.todo else self._read_list(walk)
        after = step_on(walk, part, answer, n_stages=len(STAGES))
        return page_of(part, after, answer, read_brand_words(watch.brand_words))

    def _read_list(self, walk: Round) -> tuple[Answer, Part]:
        edge = STAGES[min(walk.stage, len(STAGES) - 1)]
        is_feed = edge == "feed"
        fields = f"{POST_FIELDS},{nested_comments(WITH_POST)}" if is_feed else POST_FIELDS
        params: dict[str, Value] = {
            "fields": fields,
            "limit": FEED_PAGE if is_feed else PAGE_SIZE,
            "after": walk.at,
        }
        answer = self._graph.get(f"{self._page_id}/{edge}", params)
        # A tag may be put on an old post, so those are taken whatever their age.
        reader = self._reader(walk, walk.floor if is_feed else walk.start)
        n_wanted = SWEPT_POSTS if walk.is_sweep else FEED_POSTS
        n_least = n_wanted - walk.n_read if is_feed else 0
        part = gather(listing(answer.data), reader)
        return answer, dated(part, answer.data["data"], "created_time", walk.floor, n_least)

    def _read_below(self, walk: Round) -> tuple[Answer, Part]:
        below = walk.todo[0]
        params: dict[str, Value] = {
            "fields": COMMENT_FIELDS,
            "filter": "stream",
            "order": "reverse_chronological",
            "limit": PAGE_SIZE,
            "after": below.at,
        }
        answer = self._graph.get_if_there(f"{node(below.id)}/comments", params)
        reader = self._reader(walk, walk.floor)
        return answer, gather_below(listing(answer.data), {"id": below.id}, below, reader)

    def _reader(self, walk: Round, post_floor: datetime) -> Reader:
        def post(item: Any) -> Mention | None:
            kind = Kind.POST if _author_id(item) == self._page_id else Kind.MENTION
            mention = read_post(item, self._page_id, kind)
            return mention if mention.published_at >= post_floor else None

        return Reader(
            floor=walk.floor,
            post=post,
            comment=lambda item, above: read_comment(item, self._page_id, post_id_of(above)),
            post_id=post_id_of,
            below=comments_of,
        )

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The post and its newest comments of all levels; () for a post that is not ours."""
        if remote_id.startswith(TAGGED):
            return ()
        root = remote_id if is_on_page(remote_id, self._page_id) else ""
        root = root or root_of(remote_id, self._page_id)
        if not root:
            return ()
        fields = f"{POST_FIELDS},{nested_comments(PAGE_SIZE)}"
        try:
            post = self._graph.get(node(root), {"fields": fields}).data
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return ()
            raise
        page = self._page_id
        above, _ = read_each([post], lambda item: read_post(item, page, Kind.CONTEXT))
        below, _ = read_each(
            comments_of(post).items, lambda item: read_comment(item, page, root, Kind.CONTEXT)
        )
        return in_order(m for m in (*above, *below) if m.remote_id != remote_id)

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Many at once by their ids. Posts that tag us are looked for among those that do."""
        asked = list(dict.fromkeys(remote_ids))
        tags = [one for one in asked if one.startswith(TAGGED)]
        posts = [one for one in asked if is_on_page(one, self._page_id)]
        comments = [one for one in asked if one not in {*tags, *posts}]
        page = self._page_id
        return joined(
            (
                by_ids(self._graph, posts, POST_FIELDS, lambda item: read_post(item, page)),
                by_ids(
                    self._graph, comments, COMMENT_FIELDS, lambda item: read_comment(item, page)
                ),
                in_list(
                    self._graph,
                    f"{page}/tagged",
                    tags,
                    POST_FIELDS,
                    lambda item: read_post(item, page),
                ),
            )
        )

    def reply(self, outgoing: Outgoing) -> Posted:
        """A comment as the Page. Facebook has no key: a repeat could post it twice."""
        return send_reply(self._graph, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among the newest comments under the parent."""
        return look_for_reply(self._graph, self._page_id, outgoing)

    def post(self, outgoing: Outgoing) -> Posted:
        """A post of the Page."""
        return send_post(self._graph, self._page_id, outgoing)

    def find_post(self, outgoing: Outgoing) -> Posted | None:
        """Among the Page's newest posts."""
        return look_for_post(self._graph, self._page_id, outgoing)

    def edit(self, remote_id: str, text: str) -> Posted:
        """Other words for a comment or post of ours."""
        self._graph.post(node(remote_id), {"message": text})
        return posted(remote_id)

    def delete(self, remote_id: str) -> None:
        """Take it off the Page."""
        self._graph.delete(node(remote_id))

    def card(self) -> Card:
        """The Page as it is now; what may be done with it was told at sign-in."""
        fields = "id,name,username,link,followers_count,picture{url}"
        page = self._graph.get(self._page_id, {"fields": fields}).data
        return Card(read_page(page), self._can, LENGTH, "facebook", "facebook.com", MIN_POLL_S)


def read_page(page: Any) -> Author:
    """A Page as the author of what it posts. Raises BadAnswerError."""
    try:
        name = text_of(page["name"])
        picture = page.get("picture") or {}
        followers = page.get("followers_count")
        return Author(
            remote_id=id_of(page["id"]),
            handle=text_or(page.get("username")) or name,
            name=name,
            url=text_or(page.get("link")),
            avatar_url=text_or((picture.get("data") or {}).get("url")),
            n_followers=followers if isinstance(followers, int) else None,
        )
    except _UNREADABLE as e:
        raise BadAnswerError("a Page we cannot read") from e


def _author_id(item: Any) -> str:
    who = item.get("from") if isinstance(item, dict) else None
    return text_or(who.get("id")) if isinstance(who, dict) else ""
