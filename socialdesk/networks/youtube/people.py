"""Who writes on YouTube, and how many read them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from socialdesk.domain.errors import BadAnswerError, ConnectorError, Refusal, RefusedError
from socialdesk.domain.mentions.mention import Author, Mention
from socialdesk.networks.google.api import GoogleApi, items_of
from socialdesk.networks.youtube.addresses import CHANNELS
from socialdesk.networks.youtube.comments import n_subscribers, read_channel

BATCH: Final = 50  # ids in one question; the API's maximum

_UNREADABLE: Final = (KeyError, TypeError, ValueError, AttributeError)


def read_profile(api: GoogleApi, channel_id: str) -> Author:
    """The channel as it is now. Raises RefusedError(GONE) when there is none."""
    items = items_of(
        api.get(CHANNELS, {"part": "snippet,statistics", "id": channel_id}), may_lack=True
    )
    if not items:
        raise RefusedError(Refusal.GONE, "there is no such channel")
    return _one(items)


def read_own(api: GoogleApi) -> Author:
    """The channel that was chosen at sign-in. A Google account need not have any: then
    RefusedError(PERMISSION)."""
    items = items_of(api.get(CHANNELS, {"part": "snippet,statistics", "mine": True}), may_lack=True)
    if not items:
        raise RefusedError(Refusal.PERMISSION, "this Google account has no YouTube channel")
    return _one(items)


def with_reach(api: GoogleApi, mentions: Sequence[Mention], own_id: str) -> list[Mention]:
    """The mentions with their authors' numbers of subscribers, a call for BATCH of them. No page is
    lost because they cannot be told."""
    ids = {m.author.remote_id: None for m in mentions if m.author.remote_id.startswith("UC")}
    ids.pop(own_id, None)
    try:
        known = _sizes(api, list(ids))
    except ConnectorError:
        return list(mentions)
    return [
        replace(m, author=replace(m.author, n_followers=known.get(m.author.remote_id)))
        for m in mentions
    ]


def _sizes(api: GoogleApi, ids: Sequence[str]) -> dict[str, int | None]:
    known: dict[str, int | None] = {}
    for start in range(0, len(ids), BATCH):
        batch = ",".join(ids[start : start + BATCH])
        answer = api.get(CHANNELS, {"part": "statistics", "id": batch, "maxResults": BATCH})
        for item in items_of(answer, may_lack=True):
            try:
                known[item["id"]] = n_subscribers(item["statistics"])
            except _UNREADABLE:
                continue
    return known


def _one(items: Iterable[object]) -> Author:
    try:
        return read_channel(next(iter(items)))
    except _UNREADABLE:
        pass
    raise BadAnswerError("the channel came unreadably")
