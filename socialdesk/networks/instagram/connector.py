"""One professional Instagram account: comments on its media, photo tags, hashtags, answers.

Cursor: see `meta.rounds.Round`. A round reads the newest media with their newest comments; where
the number of comments under one has changed, it reads deeper, because a reply to an old comment
moves nothing to the top. Who names us in a caption or comment elsewhere is told to servers only (by
webhook), so a program on a desk cannot know.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Kind, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import BrandWords, read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.http import Answer, Value
from socialdesk.networks.instagram.hashtags import hashtag_id, recent_media
from socialdesk.networks.instagram.posts import (
    COMMENT_FIELDS,
    HASHTAG,
    MEDIA_FIELDS,
    OWN,
    SITE,
    TAGGED,
    comment_fields,
    comments_of,
    long_replies,
    media_id_of,
    media_with_comments,
    node_id_of,
    read_comment,
    read_media,
    with_replies,
)
from socialdesk.networks.instagram.replies import look_for_reply, send_reply
from socialdesk.networks.meta.gathering import (
    Below,
    Part,
    Reader,
    dated,
    gather,
    gather_below,
    in_order,
)
from socialdesk.networks.meta.graph import (
    Graph,
    answered_at,
    inner_listing,
    listing,
    node,
)
from socialdesk.networks.meta.long_lived import LongLived
from socialdesk.networks.meta.rechecks import by_ids, in_list, joined
from socialdesk.networks.meta.rounds import Round, begin_round, page_of, step_on
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.values import count_or_none, text_of, text_or

MEDIA_PAGE: Final = 25
MEDIA: Final = 50  # of the newest, whose comments are read at every round
SWEPT_MEDIA: Final = 300  # the same once a day
WITH_MEDIA: Final = 10  # comments that come with media
COMMENT_PAGE: Final = 20  # each with WITH_REPLIES replies: 200 in one answer
TAG_PAGE: Final = 50
DEEP_PAGES: Final = 5  # of comments that are read whatever their age, where their number changed
MIN_POLL_S: Final = 180
ALWAYS: Final = Can.FETCH | Can.REPLY | Can.DELETE | Can.THREAD | Can.RECHECK
WITH_FACEBOOK: Final = Can.HASHTAG | Can.PROFILE
CAN: Final = ALWAYS | WITH_FACEBOOK
LENGTH: Final = LengthRule(2_200)
ME_FIELDS: Final = "username,name,followers_count,profile_picture_url"


@frozen
class Me:
    """Our account. `has_facebook`: signed in through Facebook, which alone opens photo tags,
    hashtags and other professionals' profiles."""

    ig_id: str
    username: str  # in small letters
    has_facebook: bool


class InstagramConnector(PartialConnector):
    """Remote ids of comments are Instagram's own; those of media begin with "media/", "tag/" or
    "hashtag/". `tokens`: to be renewed; None = nothing to renew."""

    def __init__(self, graph: Graph, me: Me, tokens: LongLived | None = None) -> None:
        self._graph, self._me, self._tokens = graph, me, tokens
        self._stages = ("media", "tags") if me.has_facebook else ("media",)

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """One answer's worth of the round under way."""
        walk = begin_round(cursor, since)
        words = read_brand_words(watch.brand_words)
        if watch.kind is WatchKind.HASHTAG and self._me.has_facebook:
            return self._fetch_hashtag(watch, walk, words)
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, "this sign-in searches nothing on Instagram")
        answer, part = self._read_below(walk) if walk.todo else self._read_list(walk)
        if self._tokens is not None and not walk.began:
            self._tokens.renew_when_due(answered_at(answer))
        after = step_on(walk, part, answer, n_stages=len(self._stages))
        return page_of(part, after, answer, words)

    def _read_list(self, walk: Round) -> tuple[Answer, Part]:
        edge = self._stages[min(walk.stage, len(self._stages) - 1)]
        if edge == "tags":
            return self._read_tags(walk)
        params: dict[str, Value] = {
            "fields": media_with_comments(WITH_MEDIA),
            "limit": MEDIA_PAGE,
            "after": walk.at,
        }
        answer = self._graph.get(f"{self._me.ig_id}/media", params)
        listed = listing(answer.data)
        part = gather(listed, self._reader(walk))
        deeper = [
            below
            for item in listed.items
            if node_id_of(item) and (walk.is_first or _is_changed(item, walk))
            for below in long_replies(
                inner_listing(item.get("comments")).items, node_id_of(item), DEEP_PAGES
            )
        ]
        counts = {node_id_of(item): _count(item) for item in listed.items if node_id_of(item)}
        part = replace(part, todo=(*part.todo, *deeper), counts=counts)
        n_least = (SWEPT_MEDIA if walk.is_sweep else MEDIA) - walk.n_read
        return answer, dated(part, listed.items, "timestamp", walk.floor, n_least)

    def _read_tags(self, walk: Round) -> tuple[Answer, Part]:
        """A tag may be put on old media, so these are taken whatever their age."""
        params: dict[str, Value] = {"fields": MEDIA_FIELDS, "limit": TAG_PAGE, "after": walk.at}
        answer = self._graph.get(f"{self._me.ig_id}/tags", params)
        listed = listing(answer.data)
        mentions, rejects = read_each(
            listed.items, lambda item: self._since(walk, item, TAGGED, Kind.MENTION)
        )
        part = Part(mentions, rejects, after=listed.after, n_posts=len(listed.items))
        return answer, dated(part, listed.items, "timestamp", walk.floor, 0)

    def _since(self, walk: Round, item: Any, place: str, kind: Kind) -> Mention | None:
        mention = read_media(item, self._me.username, place, kind)
        return mention if mention.published_at >= walk.start else None

    def _read_below(self, walk: Round) -> tuple[Answer, Part]:
        below = walk.todo[0]
        kind, node_id, media_id = _parts(below)
        is_media = kind == "m"
        params: dict[str, Value] = {
            "fields": comment_fields() if is_media else COMMENT_FIELDS,
            "limit": COMMENT_PAGE if is_media else TAG_PAGE,
            "after": below.at,
        }
        edge = "comments" if is_media else "replies"
        answer = self._graph.get_if_there(f"{node(node_id)}/{edge}", params)
        listed = listing(answer.data)
        above = {"id": node_id if is_media else media_id}
        part = gather_below(with_replies(listed), above, below, self._reader(walk))
        is_deep = is_media and (below.n > 0 or walk.is_first)
        more = long_replies(listed.items, node_id, DEEP_PAGES) if is_deep else ()
        return answer, replace(part, todo=(*more, *part.todo))  # replies first: `todo` stays short

    def _reader(self, walk: Round) -> Reader:
        me = self._me.username

        def post(item: Any) -> Mention | None:
            mention = read_media(item, me, OWN, Kind.POST)
            return mention if mention.published_at >= walk.floor else None

        return Reader(
            floor=walk.floor,
            post=post,
            comment=lambda item, media: read_comment(item, me, node_id_of(media)),
            post_id=lambda media: f"m/{node_id_of(media)}" if node_id_of(media) else "",
            below=comments_of,
            is_changed=lambda media: _is_changed(media, walk),
            n_deep=DEEP_PAGES,
        )

    def _fetch_hashtag(self, watch: Watch, walk: Round, words: BrandWords) -> Page:
        """Every round asks first whether this hashtag is still among those counted."""
        tag_id = walk.tag_id if walk.began else ""
        tag_id = tag_id or hashtag_id(self._graph, self._me.ig_id, watch.query)
        answer = recent_media(self._graph, self._me.ig_id, tag_id, walk.at)
        listed = listing(answer.data)

        def read(item: Any) -> Mention | None:
            mention = read_media(item, self._me.username, HASHTAG, Kind.POST)
            return mention if mention.published_at >= walk.floor else None

        mentions, rejects = read_each(listed.items, read)
        part = Part(mentions, rejects, after=listed.after, n_posts=len(listed.items))
        part = dated(part, listed.items, "timestamp", walk.floor, 0)
        after = step_on(replace(walk, tag_id=tag_id), part, answer, n_stages=1)
        return page_of(part, after, answer, words)

    # --- one post, one person ---

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """The media and its newest comments; () where it is not ours."""
        if remote_id.startswith((TAGGED, HASHTAG)):
            return ()
        try:
            media_id = remote_id.removeprefix(OWN)
            if not remote_id.startswith(OWN):
                comment = self._graph.get(node(remote_id), {"fields": "id,media{id}"}).data
                media_id = media_id_of(comment)
            fields = media_with_comments(COMMENT_PAGE)
            media = self._graph.get(node(media_id), {"fields": fields}).data
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return ()
            raise
        me = self._me.username
        above, _ = read_each([media], lambda item: read_media(item, me, OWN, Kind.CONTEXT))
        below, _ = read_each(
            comments_of(media).items, lambda item: read_comment(item, me, media_id, Kind.CONTEXT)
        )
        return in_order(m for m in (*above, *below) if m.remote_id != remote_id)

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """Many at once. Hashtagged media cannot be seen again by their ids."""
        asked = list(dict.fromkeys(remote_ids))
        tags = [one for one in asked if one.startswith(TAGGED)]
        comments = [one for one in asked if "/" not in one]
        me, ig_id = self._me.username, self._me.ig_id
        fields = f"{COMMENT_FIELDS},media{{id}}"
        return joined(
            (
                by_ids(
                    self._graph,
                    comments,
                    fields,
                    lambda item: read_comment(item, me, media_id_of(item)),
                ),
                in_list(
                    self._graph,
                    f"{ig_id}/tags",
                    tags,
                    MEDIA_FIELDS,
                    lambda item: read_media(item, me, TAGGED, Kind.MENTION),
                ),
            )
        )

    def profile(self, author_remote_id: str) -> Author:
        """Of another professional account, by its username. Raises RefusedError for all others."""
        if not self._me.has_facebook or not _is_username(author_remote_id):
            raise RefusedError(Refusal.PERMISSION, "Instagram shows no profiles here")
        fields = f"business_discovery.username({author_remote_id}){{{ME_FIELDS}}}"
        answer = self._graph.get(self._me.ig_id, {"fields": fields})
        return read_me(answer.data.get("business_discovery"))

    def reply(self, outgoing: Outgoing) -> Posted:
        """Under our own media only. Instagram has no key: a repeat could post it twice."""
        return send_reply(self._graph, self._me.username, outgoing)

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among the answers under the same comment."""
        return look_for_reply(self._graph, self._me.username, outgoing)

    def delete(self, remote_id: str) -> None:
        """Take a comment of ours off Instagram."""
        self._graph.delete(node(remote_id))

    def card(self) -> Card:
        """The account as it is now."""
        path = self._me.ig_id if self._me.has_facebook else "me"
        own = read_me(self._graph.get(path, {"fields": ME_FIELDS}).data)
        can = CAN if self._me.has_facebook else ALWAYS
        return Card(own, can, LENGTH, "instagram", "instagram.com", MIN_POLL_S, names_author=True)


def read_me(data: Any) -> Author:
    """A professional account. Raises BadAnswerError."""
    try:
        username = text_of(data["username"])
        followers = count_or_none(data.get("followers_count"))
    except (KeyError, TypeError, AttributeError) as e:
        raise BadAnswerError("an account we cannot read") from e
    return Author(
        remote_id=username.lower(),
        handle=username,
        name=text_or(data.get("name")),
        url=f"{SITE}{username}/",
        avatar_url=text_or(data.get("profile_picture_url")),
        n_followers=followers,
    )


def _parts(below: Below) -> tuple[str, str, str]:
    """What `todo` holds: "m/{media}" or "c/{comment}/{its media}"."""
    kind, _, rest = below.id.partition("/")
    node_id, _, media_id = rest.partition("/")
    return kind, node_id, media_id


def _count(media: Any) -> int:
    n = count_or_none(media.get("comments_count"))
    return -1 if n is None else n


def _is_changed(media: Any, walk: Round) -> bool:
    """Whether there are more or fewer comments than at the last look. The first time nothing was
    looked at, and only what is new enough counts."""
    media_id = node_id_of(media)
    return bool(media_id) and not walk.is_first and walk.counts.get(media_id, -2) != _count(media)


def _is_username(name: str) -> bool:
    return 0 < len(name) <= 30 and all(c.isascii() and (c.isalnum() or c in "._") for c in name)
