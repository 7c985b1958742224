"""What one fetch asks of TikTok: a page of the list of its stage, or of one list below a video."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from socialdesk.domain.errors import BadAnswerError, Refusal, RefusedError
from socialdesk.domain.frozen import frozen
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.networks.base import Reject, read_each
from socialdesk.networks.http import Value
from socialdesk.networks.tiktok.api import Api, json_list
from socialdesk.networks.tiktok.comments import (
    read_comment,
    read_named_comment,
    read_named_video,
)
from socialdesk.networks.tiktok.walk import (
    NAMED_COMMENTS,
    NAMED_VIDEOS,
    VIDEOS,
    Below,
    Round,
    after_page,
)
from socialdesk.networks.values import count_or_none, id_of

PAGE: Final = 20  # of every list; more is refused by some
MAX_PAGES: Final = 5  # of videos: the newest hundred
N_DEEP: Final = 5  # pages of comments read where their number changed, whatever their age

VIDEO_FIELDS: Final = ("item_id", "create_time", "share_url", "comments")
NAMED_FIELDS: Final[Mapping[int, tuple[str, ...]]] = {
    NAMED_COMMENTS: ("item_id", "video_link", "comment_id", "comment_type", "comment_text",
                     "comment_create_time", "commenter_display_name"),
    NAMED_VIDEOS: ("item_id", "video_link", "caption", "create_time",
                         "creator_handle_name"),
}  # fmt: skip


@frozen
class Got:
    """What answers brought."""

    mentions: tuple[Mention, ...] = ()
    rejects: tuple[Reject, ...] = ()

    def joined(self, more: "Got") -> "Got":
        """Both together."""
        return Got((*self.mentions, *more.mentions), (*self.rejects, *more.rejects))


@frozen
class Listed:
    """A page of a list. `at`: the cursor of the next, "" = there is none; a short page may have
    one all the same."""

    items: list[Any]
    at: str


def read_stage(api: Api, walk: Round) -> tuple[Round, Got]:
    """A page of the own videos, or of who named the account."""
    return _videos(api, walk) if walk.stage == VIDEOS else _named(api, walk)


def read_below(api: Api, own: Author, walk: Round) -> tuple[Round, Got]:
    """A page of the first list of `todo`. A deleted video ends nothing."""
    place, *rest = walk.todo
    walk = replace(walk, todo=tuple(rest))
    try:
        page = list_below(api, place)
    except RefusedError as e:
        if e.reason is not Refusal.GONE:
            raise
        return walk, Got()
    found, rejects = read_each(page.items, lambda item: read_comment(item, place.video, own))
    more = [Below(place.video, comment) for comment in _with_new_answers(walk, place, page)]
    is_fresh = any(_second(mention) >= walk.floor for mention in found)
    if page.at and page.at != place.at and (is_fresh or place.n_deep > 1):
        more.append(replace(place, at=page.at, n_deep=max(0, place.n_deep - 1)))
    top = max([walk.top, *map(_second, found)])
    walk = _counted(replace(walk.with_todo(*more), top=top), _answer_counts(place, page))
    return walk, Got(found, rejects)


def list_below(api: Api, place: Below, **more: Value) -> Listed:
    """Comments of a video, or answers of a comment; newest first."""
    params: dict[str, Value] = {
        "video_id": place.video,
        "sort_field": "create_time",
        "sort_order": "desc",
        "cursor": place.at,
        "max_count": PAGE,
        **more,
    }
    if place.comment:
        answers = {**params, "comment_id": place.comment}
        return _listed(api.get("/business/comment/reply/list/", answers), "comments")
    return _listed(api.get("/business/comment/list/", params), "comments")


def _videos(api: Api, walk: Round) -> tuple[Round, Got]:
    asked: dict[str, Value] = {
        "fields": json_list(VIDEO_FIELDS),
        "cursor": walk.at,
        "max_count": PAGE,
    }
    page = _listed(api.get("/business/video/list/", asked), "videos")
    known, told = dict(walk.counts), {}
    places = []
    for item in page.items:
        video, n = _video_of(item)
        if not video or n == 0:
            continue
        is_changed = n is None or known.get(video) != n
        if is_changed or walk.n_pages == 0:
            places.append(Below(video, n_deep=N_DEEP if is_changed else 0))
        if n is not None:
            told[video] = n
    walk = _counted(walk.with_todo(*places), told)
    return after_page(walk, page.at, is_last=walk.n_pages + 1 >= MAX_PAGES), Got()


def _named(api: Api, walk: Round) -> tuple[Round, Got]:
    """What is not approved for this app is left out, until it is."""
    is_comment = walk.stage == NAMED_COMMENTS
    path, key = ("comment", "comments") if is_comment else ("video", "videos")
    asked: dict[str, Value] = {
        "fields": json_list(NAMED_FIELDS[walk.stage]),
        "sort_field": "COMMENT_CREATE_TIME" if is_comment else "CREATE_TIME",
        "sort_type": "DESC",
        "cursor": walk.at,
        "max_count": PAGE,
    }
    try:
        page = _listed(api.get(f"/business/mention/{path}/list/", asked), key)
    except RefusedError:
        return after_page(walk, "", is_last=True), Got()
    read: Callable[[Any], Mention] = read_named_comment if is_comment else read_named_video
    found, rejects = read_each(page.items, read)
    is_past = not any(_second(mention) >= walk.floor for mention in found)
    is_last = is_past or walk.n_pages + 1 >= MAX_PAGES
    top = max([walk.top, *map(_second, found)])
    return after_page(replace(walk, top=top), page.at, is_last=is_last), Got(found, rejects)


def _listed(data: Mapping[str, Any], key: str) -> Listed:
    items = data.get(key)
    if not isinstance(items, list):
        raise BadAnswerError("TikTok sent a list we cannot read")
    at = data.get("cursor")
    has_more = data.get("has_more") is True and isinstance(at, int | str) and at not in ("", 0)
    return Listed(items, str(at) if has_more else "")


def _video_of(item: Any) -> tuple[str, int | None]:
    """A video's id, "" when it cannot be read, and how many comments it has, None = not told."""
    try:
        return id_of(item["item_id"]), count_or_none(item.get("comments"))
    except (KeyError, TypeError, ValueError, AttributeError):
        return "", None


def _with_new_answers(walk: Round, place: Below, page: Listed) -> list[str]:
    known, counts = dict(walk.counts), _answer_counts(place, page)
    return [key.partition("/")[2] for key, n in counts.items() if known.get(key) != n]


def _answer_counts(place: Below, page: Listed) -> dict[str, int]:
    """How many answers the comments of a page have, where they have any."""
    found = {}
    for item in page.items if not place.comment else ():
        try:
            if n := count_or_none(item.get("replies")):
                found[f"{place.video}/{id_of(item['comment_id'])}"] = n
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return found


def _counted(walk: Round, told: Mapping[str, int]) -> Round:
    """With these numbers, but for lists that are not read although theirs changed, because `todo`
    is full: their video counts as changed, so that the next look meets them again."""
    known = dict(walk.counts)
    waiting = {"/".join(filter(None, (one.video, one.comment))) for one in walk.todo}
    taken = {key: n for key, n in told.items() if known.get(key) == n or key in waiting}
    for key in told.keys() - taken.keys():
        known.pop(key.partition("/")[0], None)
    return replace(walk, counts=tuple({**known, **taken}.items()))


def _second(mention: Mention) -> int:
    return int(mention.published_at.timestamp())
