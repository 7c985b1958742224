"""One business account on TikTok."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, Final

from socialdesk.domain.account import Can, Card, Watch, WatchKind
from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError, UnreachableError
from socialdesk.domain.ids import Cursor
from socialdesk.domain.length.length import LengthRule
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.domain.replies.reply import Outgoing, Posted
from socialdesk.domain.rules.brand_words import read_brand_words
from socialdesk.networks.base import Page, Recheck, read_each
from socialdesk.networks.partial import PartialConnector
from socialdesk.networks.read_back import is_same
from socialdesk.networks.tiktok.api import Api, json_list
from socialdesk.networks.tiktok.comments import Spot, read_comment, spot_of, video_url
from socialdesk.networks.tiktok.lists import Got, list_below, read_below, read_stage
from socialdesk.networks.tiktok.walk import N_STAGES, Below, after_step, begin_round
from socialdesk.networks.values import count_or_none, id_of, text_of, text_or

MAX_REPLY: Final = 150  # characters; the shortest limit of all networks
MIN_POLL_S: Final = 600
MAX_PAGES: Final = 5  # of answers, where one of ours is looked for
CAN: Final = Can.FETCH | Can.REPLY | Can.THREAD | Can.DELETE | Can.RECHECK
FIELDS: Final = ("username", "display_name", "followers_count")


class TikTokConnector(PartialConnector):
    """Remote ids: see `comments`. Cursor: see `walk`. `own`: the account."""

    def __init__(self, api: Api, own: Author) -> None:
        self._api, self._own = api, own

    def fetch(self, watch: Watch, cursor: Cursor | None, *, since: datetime) -> Page:
        """A page of the list that is read now, then of one list below a video."""
        if watch.kind is not WatchKind.MENTIONS:
            raise RefusedError(Refusal.OTHER, f"no {watch.kind.value} here")
        walk, got = begin_round(cursor, since), Got()
        if walk.stage < N_STAGES:
            walk, got = read_stage(self._api, walk)
        if walk.todo:
            walk, below = read_below(self._api, self._own, walk)
            got = got.joined(below)
        keep = read_brand_words(watch.brand_words).keep
        wanted = {
            m.uri: m
            for m in got.mentions
            if m.published_at.timestamp() >= walk.origin and keep(m.body)
        }
        in_order = sorted(wanted.values(), key=lambda mention: mention.published_at)
        after = after_step(walk)
        return Page(tuple(in_order), got.rejects, after.saved(), more=after.is_under_way)

    def thread(self, remote_id: str) -> tuple[Mention, ...]:
        """A comment and its answers, itself left out, oldest first."""
        spot = spot_of(remote_id)
        if not spot.comment:
            return ()
        around = [*self._asked(spot.video, [spot.comment])[0], *self._answers(spot)]
        found = {m.uri: m for m in around if m.uri != spot.uri}
        return tuple(sorted(found.values(), key=lambda mention: mention.published_at))

    def recheck(self, remote_ids: Iterable[str]) -> Recheck:
        """The comments of a video with one call, the answers of a comment with another."""
        found: list[Mention] = []
        gone: list[str] = []
        spots = [spot_of(remote_id) for remote_id in remote_ids]
        for video in dict.fromkeys(spot.video for spot in spots if spot.comment):
            mine = [spot for spot in spots if spot.video == video and spot.comment]
            try:
                self._look_again(video, mine, found, gone)
            except RefusedError as e:
                if e.reason is not Refusal.GONE or not self._is_video_gone(video):
                    continue  # a way of asking that TikTok does not take tells nothing
                gone += [spot.remote_id for spot in mine]
        return Recheck(tuple(found), tuple(gone))

    def reply(self, outgoing: Outgoing) -> Posted:
        """Under the comment; under its first level, when that is an answer itself."""
        spot = spot_of(outgoing.parent_remote_id)
        if not spot.comment:
            raise RefusedError(Refusal.PERMISSION, "a video of others cannot be commented on")
        body = {"video_id": spot.video, "comment_id": spot.comment, "text": outgoing.text}
        data = self._api.post("/business/comment/reply/create/", body)
        try:
            return self._posted(Spot(spot.video, spot.comment, id_of(data["comment_id"])))
        except (KeyError, TypeError, ValueError) as e:
            raise UnreachableError("TikTok told no new comment", maybe_done=True) from e

    def find_reply(self, outgoing: Outgoing) -> Posted | None:
        """Among our own answers below the comment."""
        spot = spot_of(outgoing.parent_remote_id)
        for mention in self._answers(spot):
            if mention.is_own and is_same(mention.body, mention.published_at, outgoing):
                return self._posted(spot_of(mention.remote_id))
        return None

    def delete(self, remote_id: str) -> None:
        """Only our own; one already gone is no error."""
        spot = spot_of(remote_id)
        body = {"video_id": spot.video, "comment_id": spot.answer or spot.comment}
        try:
            self._api.post("/business/comment/delete/", body)
        except RefusedError as e:
            if e.reason is not Refusal.GONE:
                raise

    def card(self) -> Card:
        """The account."""
        return Card(
            own=read_account(self._api, self._own.remote_id), can=CAN,
            length=LengthRule(MAX_REPLY), server="www.tiktok.com", min_poll_s=MIN_POLL_S,
        )  # fmt: skip

    def sign_out(self) -> None:
        """Revoke the token."""
        self._api.revoke()

    # --- looking again ---

    def _look_again(
        self, video: str, spots: list[Spot], found: list[Mention], gone: list[str]
    ) -> None:
        """What became of these comments and answers of one video."""
        tops = [spot.comment for spot in spots if not spot.answer]
        if tops:
            listed, is_filtered = self._asked(video, tops)
            found += listed
            seen = {mention.remote_id for mention in listed}
            missing = [f"{video}/{one}" for one in tops if f"{video}/{one}" not in seen]
            gone += missing if is_filtered else []
        for comment in dict.fromkeys(spot.comment for spot in spots if spot.answer):
            wanted = {s.remote_id for s in spots if s.answer and s.comment == comment}
            answers = {m.remote_id: m for m in self._answers(Spot(video, comment))}
            found += [mention for id_, mention in answers.items() if id_ in wanted]
            gone += sorted(wanted - answers.keys())

    def _asked(self, video: str, comments: list[str]) -> tuple[tuple[Mention, ...], bool]:
        """These comments, as far as they are there; and whether only they came. Where more came,
        TikTok did not take the list of ids, and what is missing is not known to be gone."""
        page = list_below(self._api, Below(video), comment_ids=json_list(comments))
        mentions = self._read(page.items, video)
        wanted = {f"{video}/{comment}" for comment in comments}
        mine = tuple(mention for mention in mentions if mention.remote_id in wanted)
        return mine, len(mine) == len(page.items) and not page.at

    def _answers(self, spot: Spot) -> Iterator[Mention]:
        """What stands below a comment, newest first."""
        place = Below(spot.video, spot.comment)
        for _ in range(MAX_PAGES):
            page = list_below(self._api, place)
            yield from self._read(page.items, spot.video)
            if not page.at or page.at == place.at:
                return
            place = Below(spot.video, spot.comment, page.at)

    def _is_video_gone(self, video: str) -> bool:
        try:
            list_below(self._api, Below(video))
        except RefusedError as e:
            if e.reason is Refusal.GONE:
                return True
            raise
        return False

    def _read(self, items: list[Any], video: str) -> tuple[Mention, ...]:
        return read_each(items, lambda item: read_comment(item, video, self._own))[0]

    def _posted(self, spot: Spot) -> Posted:
        return Posted(spot.remote_id, spot.uri, video_url(spot.video, self._own.handle))


def read_account(api: Api, business_id: str) -> Author:
    """The account as TikTok shows it now. Raises BadAnswerError."""
    data = api.get("/business/get/", {"fields": json_list(FIELDS)})
    try:
        handle = text_of(data["username"])
    except (KeyError, TypeError) as e:
        raise BadAnswerError("the account came unreadably") from e
    return Author(
        business_id, handle, text_or(data.get("display_name")),
        url=f"https://www.tiktok.com/@{handle}",
        n_followers=count_or_none(data.get("followers_count")),
    )  # fmt: skip
