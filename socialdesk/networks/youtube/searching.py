"""Videos that name the brand: the only search YouTube has; there is none in other people's
comments.

Searches have a bucket of their own, 100 calls a day (since 2026-06-01), each page one. The words
and the numbers of what is found come from `videos`, because a search shortens descriptions.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from socialdesk.domain.ids import Cursor
from socialdesk.domain.mentions.mention import Mention
from socialdesk.networks.base import Page, read_each
from socialdesk.networks.google.api import GoogleApi, items_of, next_page
from socialdesk.networks.http import Value
from socialdesk.networks.values import id_of, read_time
from socialdesk.networks.walks import Walk, as_text, begin_walk, step
from socialdesk.networks.youtube.addresses import SEARCH, VIDEOS
from socialdesk.networks.youtube.comments import read_video
from socialdesk.networks.youtube.people import with_reach

FOUND: Final = 50  # a page; the API's maximum
SEARCH_POLL_S: Final = 1800  # 48 calls a day: two watches, or one whose finds take two pages
LAG: Final = timedelta(hours=6)  # a video may be found hours after it was published
_PAGE_DIED: Final = frozenset({"invalidPageToken"})


def search_videos(
    api: GoogleApi,
    own_id: str,
    query: str,
    cursor: Cursor | None,
    since: datetime,
    keep: Callable[[str], bool],
) -> Page:
    """The next page of finds. Cursor: a `Walk` by time of publication."""
    walk = _begun(cursor, since)
    params: dict[str, Value] = {
        "part": "snippet",
        "type": "video",
        "order": "date",
        "q": query,
        "publishedAfter": walk.floor,
        "maxResults": FOUND,
        "pageToken": walk.at,
    }
    answer = api.look(SEARCH, params, _PAGE_DIED)
    if answer is None:  # its page token died: begun anew at the next search
        return Page((), (), Walk(seen=walk.seen).saved(), next_poll_s=SEARCH_POLL_S)
    ids: dict[str, datetime] = {}

    def note(item: Any) -> None:
        ids[id_of(item["id"]["videoId"])] = read_time(item["snippet"]["publishedAt"])

    _, rejects = read_each(items_of(answer), note)
    found, bad = _videos(api, list(ids), own_id)
    wanted = [m for m in found if m.published_at >= since and keep(f"{m.title}\n{m.body}")]
    wanted.sort(key=lambda mention: mention.published_at)
    after = step(walk, ids.values(), next_page(answer))
    return Page(
        tuple(with_reach(api, wanted, own_id)),
        (*rejects, *bad),
        after.saved(),
        more=bool(after.at),
        next_poll_s=SEARCH_POLL_S,
    )


def _begun(cursor: Cursor | None, since: datetime) -> Walk:
    """As `begin_walk`, with the longer overlap that slow indexing needs."""
    walk = begin_walk(cursor, since)
    if walk.at or not walk.seen:
        return walk
    return replace(walk, floor=as_text(max(since, read_time(walk.seen) - LAG)))


def _videos(api: GoogleApi, ids: list[str], own_id: str) -> Any:
    """The videos themselves: mentions and rejects; those deleted meanwhile are left out."""
    if not ids:
        return (), ()
    params: dict[str, Value] = {"part": "snippet,statistics", "id": ",".join(ids)}
    items = items_of(api.get(VIDEOS, params))

    def read(item: Any) -> Mention:
        return read_video(item, own_id)

    return read_each(items, read)
